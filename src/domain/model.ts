// The nouns of the service as the core keeps them: notification, subscription, feed, caller.
import type { components } from '../documents/notifications.gen.ts';

type Schemas = components['schemas'];
export type PlatformType = Schemas['PlatformType'];
export type Priority = Schemas['Priority'];
export type ReadState = Schemas['ReadState'];
export type UserActionState = Schemas['UserActionState'];
export type VisualContent = Schemas['VisualContent'];

/** Milliseconds since the epoch, by the service clock. */
export type Instant = number;
/** A place in a feed: 0 is before everything, every change takes the next whole number. */
export type Position = number;
/** The opaque UNSID that names a subscription (F20). */
export type Unsid = string;

/** One user of one application: everything that is ordered together (R1). Application in lower case. */
export interface FeedKey {
  readonly userId: string;
  readonly application: string;
}

/** The services of the makers that a token can be for (F43). */
export type TokenResource = 'graph' | 'activity';

/**
 * Who calls. `clientId` undefined on a user token: it counts as a client of every application (development tokens).
 * `resource` is what the token is for; undefined: for every surface.
 */
export type Caller =
  | { readonly kind: 'app'; readonly clientId: string; readonly resource?: TokenResource; readonly expiresAt?: Instant }
  | {
      readonly kind: 'user';
      readonly userId: string;
      readonly upn: string;
      readonly clientId: string | undefined;
      readonly scopes: ReadonlySet<string>;
      readonly resource?: TokenResource;
      readonly expiresAt?: Instant;
    };
export type UserCaller = Extract<Caller, { kind: 'user' }>;

/** The device has handled everything up to `position`, which was served when the feed's head was `head` (R2). */
export interface Acknowledgement {
  readonly position: Position;
  readonly head: Position;
}

/** What lies after `after`, up to `upTo`, was served when the feed's head was `head`; `itself`: each position when it was the head. */
export interface ServedRange {
  readonly after: Position;
  readonly upTo: Position;
  readonly head: Position | 'itself';
}

/** A range, and the number of the connection on which it was served; undefined over HTTP. */
export interface RecordedRange extends ServedRange {
  readonly connection: number | undefined;
}

/** What was served to a device, on its connections and over HTTP. */
export interface ServedRecord {
  /** The latest last. */
  readonly ranges: readonly RecordedRange[];
  /** Positions of creation of notifications that were shown to it one by one over HTTP, the latest last. */
  readonly shown: readonly Position[];
  /** Whatever was created up to here may have been sent at a time that is no longer remembered. */
  readonly maybeSentUpTo: Position;
  /** Up to here, a read over HTTP may have returned a position as its cursor that is no longer among the ranges. */
  readonly forgottenCursorsUpTo: Position;
  /** The number of the newest connection: each gets the next one when it opens; 0 before the first. */
  readonly connections: number;
  /** The newest connection has not reported what it sent. */
  readonly isConnected: boolean;
}

/** A device's subscription for an application (F20, F21). Nothing before `start` is meant for it (R4). */
export interface Subscription {
  readonly unsid: Unsid;
  readonly feed: FeedKey;
  readonly upn: string;
  readonly deviceId: string;
  readonly platform: PlatformType;
  readonly displayName: string | null;
  readonly expiresAt: Instant;
  readonly start: Position;
  /** In the order of their positions, at least one; the first covers everything before it. */
  readonly acknowledgements: readonly Acknowledgement[];
  readonly served: ServedRecord;
}

/**
 * The last two changes of a notification that came from different origins. For any device that is all it takes to know
 * the last change that did not originate on it: `last`, or `other` when `last` is its own. Origin null: the app server.
 */
export interface ChangeMarks {
  readonly last: { readonly position: Position; readonly origin: Unsid | null };
  readonly other: { readonly position: Position; readonly origin: Unsid | null } | undefined;
}

/** What an app server asked for as a fallback (F16); `dueAt` starts anew when the content is replaced (D5). */
export interface Fallback {
  readonly dueAt: Instant;
  readonly visualContent: VisualContent;
}

/** What is published and can be replaced as a whole (D5). */
export interface NotificationContent {
  readonly appNotificationId: string | null;
  readonly groupName: string | null;
  readonly priority: Priority;
  /** Goes to all platforms; web endpoints get nothing else (D11, F29). */
  readonly rawContent: string | undefined;
  readonly visualContent: VisualContent | undefined;
  readonly targets: readonly PlatformType[];
  /** The only subscriptions that are meant, all of them of meant platforms (F52); undefined: all of these platforms. */
  readonly subscriptions: readonly Unsid[] | undefined;
  /** End of display; undefined when there is none. */
  readonly displayUntil: Instant | undefined;
  readonly expiresAt: Instant;
  readonly fallback: Fallback | undefined;
}

interface StoredNotification {
  readonly id: string;
  /** Where it stands in the feed: the position of its last change. */
  readonly position: Position;
  /** Position of its creation. */
  readonly createdPosition: Position;
  /** Position of the last change of its content: the creation, or D5's update. */
  readonly contentPosition: Position;
  /** Positions of the changes before the last one, oldest first, the latest only; undefined when there are none. */
  readonly earlierPositions: readonly Position[] | undefined;
  /** Since when it has been meant for a platform or a single subscription, also for one that it is no longer meant for; undefined: as at its creation. */
  readonly meantSince: Readonly<Record<PlatformType | Unsid, Position>> | undefined;
  readonly marks: ChangeMarks;
  readonly createdAt: Instant;
  readonly modifiedAt: Instant | undefined;
  readonly expiresAt: Instant;
  readonly appNotificationId: string | null;
  readonly targets: readonly PlatformType[];
  readonly subscriptions: readonly Unsid[] | undefined;
}

export interface ActiveNotification extends StoredNotification {
  readonly status: 'Active';
  readonly content: NotificationContent;
  readonly readState: ReadState;
  readonly userActionState: UserActionState;
}

/** A deleted notification, kept until it would have expired (F28). */
export interface Tombstone extends StoredNotification {
  readonly status: 'Deleted';
  readonly modifiedAt: Instant;
}

export type Notification = ActiveNotification | Tombstone;
