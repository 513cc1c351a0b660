// What the memory store keeps of a notification, a waiting fallback, a subscription and a feed, and how they know each other.
import type { Ticket } from '../domain/due-list.ts';
import type { FeedKey, Instant, Notification, Position, Subscription, Unsid } from '../domain/model.ts';
import type { FeedLog } from './feed-log.ts';

/** Everything that falls due is queued once: the thing itself is the item. */
export type Held = HeldNotification | Wait | HeldSubscription;

export interface HeldNotification {
  readonly kind: 'notification-expiry';
  readonly feed: Feed;
  record: Notification;
  /** Its place in the feed's log. */
  slot: number;
  ticket: Ticket<Held> | undefined;
}

/** A fallback that waits (F16); it ends with the content it came with. */
export interface Wait {
  readonly kind: 'fallback';
  readonly held: HeldNotification;
  readonly dueAt: Instant;
  readonly fetchedBy: Set<Unsid>;
  ticket: Ticket<Held> | undefined;
}

export interface HeldSubscription {
  readonly kind: 'subscription-expiry';
  readonly feed: Feed;
  record: Subscription;
  /** By id of the notification, oldest first: the cursor with which its toast was last sent. */
  readonly pendingToasts: Map<string, Position | undefined>;
  ticket: Ticket<Held> | undefined;
}

/** Parts that most feeds never need are made on first use: an unused feed costs its name and key. */
export interface Feed {
  readonly key: FeedKey;
  readonly name: string;
  head: Position;
  readonly log: FeedLog;
  byId: Map<string, HeldNotification> | undefined;
  /** Active ones only (D5). */
  byAppNotificationId: Map<string, HeldNotification> | undefined;
  waiting: Map<string, Wait> | undefined;
  /** For which subscriptions the toast of a notification is pending. */
  toastedDevices: Map<string, Set<HeldSubscription>> | undefined;
  byDevice: Map<string, HeldSubscription> | undefined;
}

export function isLive({ record }: HeldNotification | HeldSubscription, now: Instant): boolean {
  return record.expiresAt > now;
}
