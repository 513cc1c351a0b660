// What the core needs from outside: clock, timer, ids, stores, signals, callers. Every store port may be a server shared by several processes.
import type { Refusal } from './errors.ts';
import type { FallbackStore } from './fallback-store.ts';
import type { GrantKind, GrantRecords } from './grants.ts';
import type { EventLog } from './log-event.ts';
import type { Caller, FeedKey, Instant, PlatformType, Unsid } from './model.ts';
import type { Change, DueStore, NotificationStore, SubscriptionStore } from './store-ports.ts';

/** The one service clock, for everything that a client can see. It never goes back but by `reset`. */
export interface Clock {
  now(): Instant;
  /** Moves forward to this instant; an instant that has passed changes nothing. */
  moveTo(instant: Instant): void;
  /** Back to real time. */
  reset(): void;
}

/** How long what the service keeps lives, in milliseconds, as the documents say. */
export interface Lifetimes {
  /** A notification that names no expiration (F8). */
  readonly notificationMs: number;
  /** A subscription that is not renewed (D12). */
  readonly subscriptionMs: number;
}

/** How long what the identity surface issues lives, in milliseconds, as its document says. */
export interface IdentityLifetimes {
  readonly accessToken: number;
  readonly authorizationCode: number;
  readonly refreshToken: number;
  readonly deviceCode: number;
  /** Between two questions of a client that waits. */
  readonly deviceCodeInterval: number;
  readonly session: number;
}

export interface Log {
  error(message: string, ...more: unknown[]): void;
  warn(message: string, ...more: unknown[]): void;
  info(message: string, ...more: unknown[]): void;
  debug(message: string, ...more: unknown[]): void;
  /** Takes requests, sockets and deliveries; undefined where the level leaves them out; then nothing is composed for them. */
  readonly events?: EventLog | undefined;
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
  /** Unguessable: 256 random bits in base64url, for codes, refresh tokens and sessions. */
  secret(): string;
  /** What a person types: eight letters and digits that look like no other, from at least 38 random bits. */
  userCode(): string;
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
  /** Lets go of connections and files, and keeps what outlives its processes. Called once, at the end: calls under way then may fail. */
  close(): Promise<void>;
}

export interface StoresOptions {
  /** Names the feeds. */
  readonly ids: Ids;
}

/** Resolves when the stores can be used; rejects, with what is wrong, when they cannot. */
export type OpenStores = (options: StoresOptions) => Promise<Stores>;

/**
 * What processes announce to each other, and to themselves. A signal carries no content: who hears it reads the stores, so one that comes
 * late or twice does no harm, and what one that is lost would have caused happens at the next of its kind, or at `resync`.
 */
export type Signal =
  | { readonly kind: 'feed-changed'; readonly feed: FeedKey }
  | { readonly kind: 'toast-pending'; readonly unsid: Unsid; readonly feed: FeedKey }
  | { readonly kind: 'subscription-ended'; readonly unsid: Unsid }
  /** A connection was opened, with the number that the store gave it: every connection of the UNSID with a lower one ends (R5). */
  | { readonly kind: 'connected'; readonly unsid: Unsid; readonly connection: number }
  /** Something has been stored that falls due at this instant, perhaps earlier than all before. */
  | { readonly kind: 'due-changed'; readonly at: Instant }
  | { readonly kind: 'reset' }
  /** Signals may have been lost, as when the connection between processes was down: every listener reads anew what it would have heard of. */
  | { readonly kind: 'resync' };

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
  /** Does this name, an id or a user principal name, name the user (F53)? */
  isUser(userId: string, name: string): boolean;
  /** The registered applications for which this client may subscribe devices of this platform. */
  applicationsOf(clientId: string, platform: PlatformType): readonly string[];
}
