// The stores of the service as ports: notifications, subscriptions and what falls due. Each may be a server that several processes share.
import type { Acknowledgement, FeedKey, Instant, Notification, Position, ServedRange, ServedRecord, Subscription, Unsid } from './model.ts';

/** A record before and after a call that changes it; the same record twice when the call has changed nothing. */
export interface Change<Before, After = Before> {
  readonly before: Before;
  readonly after: After;
}

export interface FeedHead {
  /** The feed's name in cursors. */
  readonly name: string;
  readonly head: Position;
}

/** Entries after a position, in feed order. `examined` is the position to go on from; `more` that there may be entries behind it. */
export interface FeedSlice {
  readonly feed: FeedHead;
  readonly entries: readonly Notification[];
  readonly examined: Position;
  readonly more: boolean;
}

export type WhichNotification = { readonly id: string } | { readonly appNotificationId: string } | { readonly id: undefined };

/**
 * Notifications of all feeds. Every call is atomic. Nothing that has expired by `now` is ever returned or handed to `decide`.
 */
export interface NotificationStore {
  /**
   * Name and head of a feed. It is known, with both, while it has a notification or a subscription; after that, and before, its head is 0
   * and its name another one each time: a cursor of a feed that has been forgotten is unknown (R3).
   */
  feed(key: FeedKey): Promise<FeedHead>;
  get(key: FeedKey, id: string, now: Instant): Promise<Notification | undefined>;
  /**
   * Reads one notification (or none), asks `decide` for its next state at the feed's next position, and stores that. `decide` is pure
   * and runs again when another process was faster: ids are drawn outside it, and what it was given is in the result. Undefined changes
   * nothing; then `after` is `before`. A tombstone is never found by appNotificationId (D5).
   * Keeps expiry (and a waiting fallback of an active notification) in the due-list.
   */
  write(
    key: FeedKey,
    which: WhichNotification,
    now: Instant,
    decide: (current: Notification | undefined, position: Position) => Notification | undefined,
  ): Promise<Change<Notification | undefined>>;
  /** At most `limit` entries after `since`; cost is that of finding the place (binary search) and of the entries returned. */
  read(key: FeedKey, since: Position, limit: number, now: Instant): Promise<FeedSlice>;
  /** Removes a notification that has expired by `now`; an id that is gone, or lives on, changes nothing. */
  removeExpired(key: FeedKey, id: string, now: Instant): Promise<void>;
  count(): Promise<number>;
}

/** Subscriptions. Every call is atomic; one that has expired by `now` is never returned. */
export interface SubscriptionStore {
  get(unsid: Unsid, now: Instant): Promise<Subscription | undefined>;
  /**
   * Finds by (user, application, deviceId), asks `decide` for the next state, stores it and keeps its expiry in the due-list. `decide` is
   * pure, may throw, and runs again when another process was faster.
   */
  upsert(
    key: FeedKey,
    deviceId: string,
    now: Instant,
    decide: (current: Subscription | undefined, head: Position) => Subscription,
  ): Promise<Change<Subscription | undefined, Subscription>>;
  ofUser(userId: string, now: Instant): Promise<readonly Subscription[]>;
  ofFeed(key: FeedKey, now: Instant): Promise<readonly Subscription[]>;
  /**
   * Adds acknowledgements, which never go back, limited to what lists allow (`limitedByLists`); false when the subscription is gone.
   *
   * @param headNow head of the feed
   */
  acknowledge(unsid: Unsid, acknowledgements: readonly Acknowledgement[], headNow: Position, now: Instant): Promise<boolean>;
  /**
   * A connection opens and gets the subscription's next number, `after.served.connections`: of any two the one with the higher number is
   * the later, in whichever processes they are. What it is sent is not known until it reports it. Undefined when the subscription is gone.
   */
  openConnection(unsid: Unsid, now: Instant): Promise<Change<Subscription> | undefined>;
  /** Records what was served to the device, over HTTP or on a connection, which has then ended. */
  recordServed(unsid: Unsid, served: Served, now: Instant): Promise<void>;
  /** True when it was there. */
  remove(unsid: Unsid): Promise<boolean>;
  /** Removes it if it has expired by `now`; true when that happened. */
  removeExpired(unsid: Unsid, now: Instant): Promise<boolean>;
  count(): Promise<number>;
}

/** What was served to a device. */
export interface Served extends Pick<ServedRecord, 'shown' | 'maybeSentUpTo'> {
  /** The latest last. */
  readonly ranges: readonly ServedRange[];
  /** Number of the connection on which it was sent; undefined over HTTP. */
  readonly connection: number | undefined;
}

/** What falls due at an instant of the service clock. */
export type Due =
  | { readonly kind: 'notification-expiry'; readonly at: Instant; readonly feed: FeedKey; readonly id: string }
  | { readonly kind: 'fallback'; readonly at: Instant; readonly feed: FeedKey; readonly id: string }
  | { readonly kind: 'subscription-expiry'; readonly at: Instant; readonly unsid: Unsid };

/** One due-list for all: nothing has a timer of its own. */
export interface DueStore {
  /** The earliest instant at which something falls due or is to be tried again; it may be early for what has been put off since. */
  next(): Promise<Instant | undefined>;
  /**
   * Hands out at most `limit` items due by `now`, in order of their instants. Each stays on the list until it is done: what could not be
   * dealt with, because a handler failed or its process ended, is handed out again at `retryInstant` of `domain/due-list.ts`.
   */
  take(now: Instant, limit: number): Promise<readonly Due[]>;
  /** These have been dealt with and leave the list, but for what was queued anew meanwhile. */
  done(items: readonly Due[]): Promise<void>;
}
