// Decides what of a feed is meant for a device, and in which form (R2, R4).
import type { Notification, PlatformType, Unsid } from './model.ts';
import { lastForeignChange } from './notification.ts';
import type { Seen } from './progress.ts';

export type Change = 'created' | 'updated' | 'deleted';
/** `web`: without visualContent, for web endpoints (D11, F29). */
export type PushForm = 'full' | 'web';

export interface Push {
  readonly change: Change;
  readonly form: PushForm;
}

export interface Addressee {
  readonly unsid: Unsid;
  readonly platform: PlatformType;
}

/**
 * What a device gets for this entry of its feed, given what it has seen of it; undefined: nothing is meant for it. What it has seen
 * reaches at least to its subscription's start, so that nothing from before it is sent (R4).
 */
export function pushFor(notification: Notification, device: Addressee, seen: Seen): Push | undefined {
  if (!notification.targets.includes(device.platform)) return undefined;
  if (device.platform === 'WebPush') return webPush(notification, seen);
  if (lastForeignChange(notification.marks, device.unsid) <= seen.upTo) return undefined;
  if (notification.status === 'Deleted') return seen.isKnown === false ? undefined : { change: 'deleted', form: 'full' };
  return { change: seen.isKnown === true ? 'updated' : 'created', form: 'full' };
}

/** Web endpoints get new content only, never states or deletions (F27), and only with raw content (D11). */
function webPush(notification: Notification, seen: Seen): Push | undefined {
  if (notification.status === 'Deleted' || notification.contentPosition <= seen.upTo) return undefined;
  if (notification.content.webPayloadJson === undefined) return undefined;
  return { change: seen.isKnown === true ? 'updated' : 'created', form: 'web' };
}
