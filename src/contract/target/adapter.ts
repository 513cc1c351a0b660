// The port through which the suite reaches devices; other implementations map it to their own protocol (`--adapter ./target.mjs`).

export type Platform = 'Windows' | 'iOS' | 'Android' | 'WebPush';

/** The users of the suite; a target has a token for each. */
export type SuiteUser = 'user' | 'otherUser';

export interface AdapterDevice {
  readonly user: SuiteUser;
  readonly application: string;
  readonly deviceId: string;
  readonly platform: Platform;
  /** The UNSID that app servers post to. */
  readonly unsid: string;
}

/** A notification as a device receives it; members that the protocol does not transmit are omitted. */
export interface AdapterNotification {
  readonly id: string;
  readonly appNotificationId?: string | null;
  readonly groupName?: string | null;
  readonly priority?: string;
  readonly rawContent?: string;
  readonly visualContent?: { readonly title: string; readonly body?: string };
  readonly status: 'Active' | 'Deleted';
  readonly readState?: 'Unread' | 'Read';
  readonly userActionState?: 'NoInteraction' | 'Activated' | 'Dismissed' | 'Snoozed';
}

export type AdapterMessage =
  /** The device is connected; `resumed` false: its position in the feed is unknown, so it must read the history again. */
  | { readonly kind: 'connected'; readonly resumed: boolean; readonly cursor?: string }
  | {
      readonly kind: 'notification';
      readonly change: 'created' | 'updated' | 'deleted';
      readonly notification: AdapterNotification;
      /** The cursor to acknowledge it with. */
      readonly cursor: string;
    }
  | { readonly kind: 'toast'; readonly notificationId: string; readonly visualContent: { readonly title: string; readonly body?: string } }
  /** Something changed: fetch it with `changes` (F24). Never counts as an unexpected delivery. */
  | { readonly kind: 'signal'; readonly cursor: string }
  /** The connection was closed, by either side. */
  | { readonly kind: 'closed'; readonly code?: number };

export interface AdapterConnection {
  /** All messages in the order of arrival, including those received before the call; ends after `closed`. */
  messages(): AsyncIterableIterator<AdapterMessage>;
  /** Acknowledges everything up to and including this cursor. */
  acknowledge(cursor: string): Promise<void>;
  /** Closes the connection, and resolves when it is closed; `abruptly`: terminates it without a close frame. */
  close(how?: { readonly abruptly?: boolean }): Promise<void>;
}

/**
 * A target's devices. Every method throws if the target refuses or the connection fails: an error with a numeric `status` means
 * that the target refused, which may be a violation; any other is an error of the connection or the adapter, without a verdict.
 */
export interface DeviceAdapter {
  /** Subscribes, or renews (F21). */
  subscribe(device: Omit<AdapterDevice, 'unsid'>): Promise<AdapterDevice>;
  /** Unsubscribes. */
  unsubscribe(device: AdapterDevice): Promise<void>;
  /** Connects from `cursor`, by default from the last acknowledged position (R2). Resolves when the device is connected; `connected` is the first message. */
  connect(device: AdapterDevice, from?: { readonly cursor: string }): Promise<AdapterConnection>;
  /** Returns the history: active notifications of the device's user and application. */
  list(device: AdapterDevice): Promise<readonly AdapterNotification[]>;
  /** Returns what changed after a cursor, each notification once in its latest state, tombstones included, and the next cursor (F24). */
  changes(
    device: AdapterDevice,
    since: string,
  ): Promise<{ readonly notifications: readonly AdapterNotification[]; readonly cursor: string }>;
  /** Sets states (F26). */
  update(
    device: AdapterDevice,
    id: string,
    states: { readonly readState?: 'Unread' | 'Read'; readonly userActionState?: 'NoInteraction' | 'Activated' | 'Dismissed' | 'Snoozed' },
  ): Promise<void>;
  /** Deletes (F28). */
  remove(device: AdapterDevice, id: string): Promise<void>;
}

/** The function that a module for `--adapter` exports as `createAdapter`. */
export type CreateAdapter = (target: {
  /** Origins with path prefix, without trailing slash. */
  readonly clientUrl: string;
  readonly socketUrl: string;
  token(user: SuiteUser): Promise<string>;
  readonly fetch: typeof fetch;
}) => DeviceAdapter | Promise<DeviceAdapter>;
