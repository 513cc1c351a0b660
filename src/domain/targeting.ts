// Decides what of a feed is meant for a device, and in which form (R2, R4).
import type { Notification, Tombstone } from './model.ts';
import { type Addressee, isMeantFor, lastForeignChange, meantSince } from './notification.ts';
import type { Seen } from './progress.ts';

export type Change = 'created' | 'updated' | 'deleted';
/** `web`: without visualContent, for web endpoints (D11, F29). */
export type PushForm = 'full' | 'web';

export interface Push {
  readonly change: Change;
  readonly form: PushForm;
}

/**
 * What a device gets for this entry of its feed, given what it has seen of it; undefined: nothing is meant for it. What it has seen
 * reaches at least to its subscription's start, so that nothing from before it is sent (R4).
 */
export function pushFor(notification: Notification, device: Addressee, seen: Seen): Push | undefined {
  const { platform, unsid } = device;
  if (notification.status === 'Deleted') return deletionFor(notification, device, seen);
  if (!isMeantFor(notification, device)) return undefined;
  // Web endpoints get new content only, never states (F27).
  const lastMeant = platform === 'WebPush' ? notification.contentPosition : lastForeignChange(notification.marks, unsid);
  if (lastMeant <= seen.upTo) return undefined;
  const isKnown = seen.wasSent || isWithin(meantSince(notification, device), seen.upTo);
  return { change: isKnown ? 'updated' : 'created', form: platform === 'WebPush' ? 'web' : 'full' };
}

/** A device that knows the notification, or may have been sent it, hears of its deletion by another one; web endpoints do not (F27). */
function deletionFor(notification: Tombstone, device: Addressee, seen: Seen): Push | undefined {
  const { platform, unsid } = device;
  if (platform === 'WebPush' || notification.marks.last.origin === unsid || notification.position <= seen.upTo) return undefined;
  const since = meantSince(notification, device);
  const mayKnow = seen.wasSent || isWithin(since, seen.upTo) || seen.mayHaveBeenSent;
  return mayKnow ? { change: 'deleted', form: 'full' } : undefined;
}

function isWithin(position: number | undefined, limit: number): boolean {
  return position !== undefined && position <= limit;
}
