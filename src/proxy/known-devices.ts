// Remembers the subscriptions that responses contained: device, application and socketUrl by UNSID. Bounded; the oldest are dropped.
import { isJsonObject, listOf, textOf } from '../values/json.ts';

export interface KnownDevice {
  readonly deviceId: string | undefined;
  readonly application: string | undefined;
  /** As in the target's response. */
  readonly socketUrl: string | undefined;
}

export interface KnownDevices {
  /** Stores the subscription, or list of subscriptions, in a response. */
  learn(json: unknown): void;
  get(unsid: string): KnownDevice | undefined;
}

const maxDevices = 10_000;

export function createKnownDevices(): KnownDevices {
  const byUnsid = new Map<string, KnownDevice>();
  const learnOne = (one: unknown): void => {
    if (!isJsonObject(one)) return;
    const unsid = textOf(one['userNotificationSubscriptionId']);
    if (unsid === undefined) return;
    byUnsid.delete(unsid);
    byUnsid.set(unsid, { deviceId: textOf(one['deviceId']), application: textOf(one['application']), socketUrl: textOf(one['socketUrl']) });
    const [oldest] = byUnsid.keys();
    if (byUnsid.size > maxDevices && oldest !== undefined) byUnsid.delete(oldest);
  };
  return {
    learn: (json) => {
      learnOne(json);
      if (isJsonObject(json)) for (const one of listOf(json['value'])) learnOne(one);
    },
    get: (unsid) => byUnsid.get(unsid),
  };
}
