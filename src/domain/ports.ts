// What the core needs from outside: clock, timer, ids, stores, signals, callers. Every store port may be a server shared by several processes.

import type { Refusal } from './errors.ts';
import type { FallbackStore } from './fallback-store.ts';
import type { GrantKind, GrantRecords } from './grants.ts';
import type {
  Acknowledgement,
  Caller,
  FeedKey,
  Instant,
  Notification,
  PlatformType,
  Position,
  ServedRecord,
  Subscription,
  Unsid,
} from './model.ts';

/** The one service clock, for everything that a client can see. It never goes back but by `reset`. */
export interface Clock {
  now(): Instant;
  /** Moves forward to this instant; an instant that has passed changes nothing. */
  moveTo(instant: Instant): void;
  /** Back to real time. */
  reset(): void;
}

export type Cancel = () => void;

/** Real, monotonic time: for the line (heartbeats, stalls) and to wake up. Waits do not keep a process alive. */
export interface Timer {
  /** Milliseconds since some fixed moment. */
  now(): number;
  after(delayMs: number, run: () => void): Cancel;
  every(intervalMs: number, run: () => void): Cancel;
}

export interface Ids {
  guid(): string;
  /** At least 128 random bits, URL-safe, at most 128 characters. */
  unsid(): Unsid;
  /** Names a feed in its cursors; new after a reset, so that old cursors are unknown. */
  feed(): string;
  /** What nobody may guess: 256 random bits in base64url, for codes, refresh tokens and sessions. */
  secret(): string;
  /** What a person types: eight letters and digits that look like no other, from at least 38 random bits. */
  userCode(): string;
}

/** What falls due at an instant of the service clock. */
export type Due =
  | { readonly kind: 'notification-expiry'; readonly at: Instant; readonly feed: FeedKey; readonly id: string }
  | { readonly kind: 'fallback'; readonly at: Instant; readonly feed: FeedKey; readonly id: string }
  | { readonly kind: 'subscription-expiry'; readonly at: Instant; readonly unsid: Unsid };

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

/** A record before and after a call that changes it; the same record twice when the call has changed nothing. */
export interface Change<Before, After = Before> {
  readonly before: Before;
  readonly after: After;
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
  /** Adds acknowledgements, which never go back; false when the subscription is gone. */
  acknowledge(unsid: Unsid, acknowledgements: readonly Acknowledgement[], now: Instant): Promise<boolean>;
  /** A connection opens: what it is sent is not known until it reports it. The subscription as it was before; undefined when it is gone. */
  openConnection(unsid: Unsid, connectionId: string, now: Instant): Promise<Subscription | undefined>;
  /** Records what was served to the device, over HTTP or on a connection, which has then ended. */
  recordServed(unsid: Unsid, served: Served, now: Instant): Promise<void>;
  /** True when it was there. */
  remove(unsid: Unsid): Promise<boolean>;
  /** Removes it if it has expired by `now`; true when that happened. */
  removeExpired(unsid: Unsid, now: Instant): Promise<boolean>;
  count(): Promise<number>;
}

/** What was served to a device. */
export interface Served extends Pick<ServedRecord, 'ranges' | 'shown' | 'maybeSentUpTo'> {
  /** The connection on which it was sent; undefined over HTTP. */
  readonly connectionId: string | undefined;
}

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

/** What sign-in remembers: codes, refresh tokens, sessions, consents. Every call is atomic; nothing that has expired is ever returned. */
export interface GrantStore {
  get<Kind extends GrantKind>(kind: Kind, key: string, now: Instant): Promise<GrantRecords[Kind] | undefined>;
  /**
   * Reads a record, asks `decide` for its next state, and stores that. `decide` is pure and may run again when another process was
   * faster; what it returns unchanged is not stored, and undefined removes the record.
   */
  change<Kind extends GrantKind>(
    kind: Kind,
    key: string,
    now: Instant,
    decide: (current: GrantRecords[Kind] | undefined) => GrantRecords[Kind] | undefined,
  ): Promise<Change<GrantRecords[Kind] | undefined>>;
}

export interface Stores {
  readonly notifications: NotificationStore;
  readonly fallbacks: FallbackStore;
  readonly subscriptions: SubscriptionStore;
  readonly due: DueStore;
  readonly grants: GrantStore;
  /** Forgets everything. */
  reset(): Promise<void>;
}

/** What processes tell each other, also themselves. */
export type Signal =
  | { readonly kind: 'feed-changed'; readonly feed: FeedKey }
  | { readonly kind: 'toast-pending'; readonly unsid: Unsid; readonly feed: FeedKey }
  | { readonly kind: 'subscription-ended'; readonly unsid: Unsid }
  | { readonly kind: 'connected'; readonly unsid: Unsid; readonly connectionId: string }
  | { readonly kind: 'reset' };

export interface Signals {
  publish(signal: Signal): void;
  subscribe(listener: (signal: Signal) => void): Cancel;
}

/** Judges a bearer token: a caller, or a refusal (TokenMissing, TokenInvalid, TokenExpired). Real tokens come behind it. */
export interface Authenticator {
  authenticate(token: string | undefined): Promise<Caller | Refusal>;
}

/** Lets a call in, or refuses it (CallerBlocked, Throttled, Unavailable). Faults come behind it. */
export interface Admission {
  admit(request: { readonly caller: Caller; readonly operationId: string }): Promise<Refusal | undefined>;
  /** The same for a client that asks for a token (Throttled, Unavailable); a blocked one may have tokens, and is refused when it uses them. */
  admitTokenRequest(request: { readonly clientId: string; readonly operationId: string }): Promise<Refusal | undefined>;
}

/** What is known of applications (F30). */
export interface Registry {
  /** May this client act for this application: publish to it, or for a device of this platform subscribe for it? */
  isClientOf(application: string, clientId: string | undefined, platform?: PlatformType): boolean;
  /** The clients that may, for the message that refuses another. */
  clientsOf(application: string, platform?: PlatformType): readonly string[];
}
