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
/** A subscription with a longer text is not stored: many of them would take all memory. */
const maxCharacters = 8192;

export function createKnownDevices(): KnownDevices {
  const byUnsid = new Map<string, KnownDevice>();
  const learnOne = (one: unknown): void => {
    if (!isJsonObject(one)) return;
    const unsid = textOf(one['userNotificationSubscriptionId']);
    if (unsid === undefined) return;
    const known = { deviceId: textOf(one['deviceId']), application: textOf(one['application']), socketUrl: textOf(one['socketUrl']) };
    byUnsid.delete(unsid);
    if ([unsid, ...Object.values(known)].some((text) => (text?.length ?? 0) > maxCharacters)) return;
    byUnsid.set(unsid, known);
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
