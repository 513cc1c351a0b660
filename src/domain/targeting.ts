// Decides what of a feed is meant for a device, and in which form (R2, R4).
import type { Notification, PlatformType, Position, Unsid } from './model.ts';
import { lastForeignChange } from './notification.ts';

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
 * What a device that is served from `since` gets for this entry of its feed; undefined: nothing is meant for it.
 * `since` is never before the subscription's start, so that nothing from before it is sent (R4).
 */
export function pushFor(notification: Notification, device: Addressee, since: Position): Push | undefined {
  if (!notification.targets.includes(device.platform)) return undefined;
  if (device.platform === 'WebPush') return webPush(notification, since);
  if (lastForeignChange(notification.marks, device.unsid) <= since) return undefined;
  const isNew = notification.createdPosition > since;
  if (notification.status === 'Deleted') return isNew ? undefined : { change: 'deleted', form: 'full' };
  return { change: isNew ? 'created' : 'updated', form: 'full' };
}

/** Web endpoints get new content only, never states or deletions (F27), and only with raw content (D11). */
function webPush(notification: Notification, since: Position): Push | undefined {
  if (notification.status === 'Deleted' || notification.contentPosition <= since) return undefined;
  if (notification.content.webPayloadJson === undefined) return undefined;
  return { change: notification.createdPosition > since ? 'created' : 'updated', form: 'web' };
}
