// What answers have told of subscriptions: whose a UNSID is, and where its socket is. Bounded; the oldest is forgotten.
import { isJsonObject, listOf, textOf } from '../documents/json.ts';

export interface KnownDevice {
  readonly deviceId: string | undefined;
  readonly application: string | undefined;
  /** As the target told it. */
  readonly socketUrl: string | undefined;
}

export interface KnownDevices {
  /** Takes what an answer tells: a subscription, or a list of them. */
  learn(json: unknown): void;
  get(unsid: string): KnownDevice | undefined;
}

const most = 10_000;

export function createKnownDevices(): KnownDevices {
  const byUnsid = new Map<string, KnownDevice>();
  const learnOne = (one: unknown): void => {
    if (!isJsonObject(one)) return;
    const unsid = textOf(one['userNotificationSubscriptionId']);
    if (unsid === undefined) return;
    byUnsid.delete(unsid);
    byUnsid.set(unsid, { deviceId: textOf(one['deviceId']), application: textOf(one['application']), socketUrl: textOf(one['socketUrl']) });
    const [oldest] = byUnsid.keys();
    if (byUnsid.size > most && oldest !== undefined) byUnsid.delete(oldest);
  };
  return {
    learn: (json) => {
      learnOne(json);
      if (isJsonObject(json)) for (const one of listOf(json['value'])) learnOne(one);
    },
    get: (unsid) => byUnsid.get(unsid),
  };
}
