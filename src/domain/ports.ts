// What the core needs from outside: clock, timer, ids, stores, signals, callers. Every store port may be a server shared by several processes.

import type { Refusal } from './errors.ts';
import type { GrantKind, GrantRecords } from './grants.ts';
import type { Caller, FeedKey, Instant, Notification, PlatformType, Position, Subscription, Unsid } from './model.ts';

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

/** Entries after a position, in feed order. `examined` is the position to go on from; `more` that there are entries behind it. */
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
  /** Name and head of a feed; an unused feed has head 0 and is made known. */
  feed(key: FeedKey): Promise<FeedHead>;
  get(key: FeedKey, id: string, now: Instant): Promise<Notification | undefined>;
  /**
   * Reads one notification (or none), asks `decide` for its next state at the feed's next position, and stores that. `decide` is pure
   * and may run again when another process was faster; undefined changes nothing. A tombstone is never found by appNotificationId (D5).
   * Keeps expiry (and a waiting fallback of an active notification) in the due-list.
   */
  write(
    key: FeedKey,
    which: WhichNotification,
    now: Instant,
    decide: (current: Notification | undefined, position: Position) => Notification | undefined,
  ): Promise<Notification | undefined>;
  /** At most `limit` entries after `since`; cost is that of finding the place (binary search) and of the entries returned. */
  read(key: FeedKey, since: Position, limit: number, now: Instant): Promise<FeedSlice>;
  /** Removes a notification that has expired by `now`; an id that is gone, or lives on, changes nothing. */
  removeExpired(key: FeedKey, id: string, now: Instant): Promise<void>;
  count(): Promise<number>;
}

/** Toasts that are owed and who has fetched what (F16, R9). */
export interface FallbackStore {
  /** Active notifications of a feed whose fallback still waits. Usually none, and then it costs nothing. */
  waiting(key: FeedKey): Promise<readonly Notification[]>;
  /** This device has fetched these notifications; those without a waiting fallback are ignored. */
  markFetched(key: FeedKey, unsid: Unsid, ids: readonly string[]): Promise<void>;
  /** Ends the wait of a fallback: who has fetched it so far; undefined when it no longer waits. */
  settle(key: FeedKey, id: string): Promise<ReadonlySet<Unsid> | undefined>;
  /** Owes toasts of this notification to these devices. */
  owe(key: FeedKey, id: string, unsids: readonly Unsid[]): Promise<void>;
  /** Ids of notifications whose toast is owed to this device, oldest first. */
  owed(unsid: Unsid): Promise<readonly string[]>;
  /** Takes an owed toast; true for exactly one caller. */
  take(unsid: Unsid, id: string): Promise<boolean>;
  /** Forgets all that is waiting or owed for a notification: deleted, replaced or expired. */
  forget(key: FeedKey, id: string): Promise<void>;
}

/** Subscriptions. Every call is atomic; one that has expired by `now` is never returned. */
export interface SubscriptionStore {
  get(unsid: Unsid, now: Instant): Promise<Subscription | undefined>;
  /** Finds by (user, application, deviceId), asks `decide` for the next state, stores it and keeps its expiry in the due-list. `decide` may throw. */
  upsert(
    key: FeedKey,
    deviceId: string,
    now: Instant,
    decide: (current: Subscription | undefined, head: Position) => Subscription,
  ): Promise<{ readonly subscription: Subscription; readonly isNew: boolean }>;
  ofUser(userId: string, now: Instant): Promise<readonly Subscription[]>;
  ofFeed(key: FeedKey, now: Instant): Promise<readonly Subscription[]>;
  /** Moves the acknowledged position forward, never back; the subscription before and after, undefined when it is gone. */
  acknowledge(unsid: Unsid, position: Position, now: Instant): Promise<{ readonly before: Position; readonly after: Position } | undefined>;
  /** True when it was there. */
  remove(unsid: Unsid): Promise<boolean>;
  /** Removes it if it has expired by `now`; true when that happened. */
  removeExpired(unsid: Unsid, now: Instant): Promise<boolean>;
  count(): Promise<number>;
}

/** One due-list for all: nothing has a timer of its own. */
export interface DueStore {
  /** The earliest instant at which something falls due; it may be early for what has been put off since. */
  next(): Promise<Instant | undefined>;
  /** Takes at most `limit` items due by `now`, in order of their instants. */
  take(now: Instant, limit: number): Promise<readonly Due[]>;
}

/** A record before and after a change. */
export interface GrantChange<Kind extends GrantKind> {
  readonly before: GrantRecords[Kind] | undefined;
  readonly after: GrantRecords[Kind] | undefined;
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
  ): Promise<GrantChange<Kind>>;
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
  | { readonly kind: 'toast-owed'; readonly unsid: Unsid; readonly feed: FeedKey }
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
