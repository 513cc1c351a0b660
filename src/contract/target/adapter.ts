// The suite's only way to devices: a port that other implementations map onto their own protocol (`--adapter ./target.mjs`).

export type Platform = 'Windows' | 'iOS' | 'Android' | 'WebPush';

/** Which of the suite's users; a target has a token for each. */
export type SuiteUser = 'user' | 'otherUser';

export interface AdapterDevice {
  readonly user: SuiteUser;
  readonly application: string;
  readonly deviceId: string;
  readonly platform: Platform;
  /** The UNSID that app servers post to. */
  readonly unsid: string;
}

/** A notification as a device knows it; members that its protocol does not tell are left out. */
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
  /** The device is connected; `resumed` false: its place is unknown, it must read the history again. */
  | { readonly kind: 'connected'; readonly resumed: boolean; readonly cursor?: string }
  | {
      readonly kind: 'notification';
      readonly change: 'created' | 'updated' | 'deleted';
      readonly notification: AdapterNotification;
      /** What to acknowledge it with. */
      readonly cursor: string;
    }
  | { readonly kind: 'toast'; readonly notificationId: string; readonly visualContent: { readonly title: string; readonly body?: string } }
  /** Something changed: fetch it with `changes` (F24). Never taken for a delivery that should not have been. */
  | { readonly kind: 'signal'; readonly cursor: string }
  /** The connection ended, by whomever. */
  | { readonly kind: 'closed'; readonly code?: number };

export interface AdapterConnection {
  /** Messages in the order in which they came, those that came before the call included; ends after `closed`. */
  messages(): AsyncIterableIterator<AdapterMessage>;
  /** Everything up to and including this has been handled. */
  acknowledge(cursor: string): Promise<void>;
  /** Ends the connection, and resolves when it has ended; `abruptly`: as a line that is cut, without a word to the target. */
  close(how?: { readonly abruptly?: boolean }): Promise<void>;
}

/**
 * A target's devices. Every method throws when the target refuses or the line fails: an error with a numeric `status` says that
 * the target refused, which can be a breach; any other is taken for a fault of the line or of the adapter, and judges nothing.
 */
export interface DeviceAdapter {
  /** Subscribes, or renews (F21). */
  subscribe(device: Omit<AdapterDevice, 'unsid'>): Promise<AdapterDevice>;
  /** Unsubscribes. */
  unsubscribe(device: AdapterDevice): Promise<void>;
  /** Connects; from `cursor`, else from the last acknowledged place (R2). Resolves when the device is connected; `connected` is its first message. */
  connect(device: AdapterDevice, from?: { readonly cursor: string }): Promise<AdapterConnection>;
  /** The history: active notifications of the device's user and application. */
  list(device: AdapterDevice): Promise<readonly AdapterNotification[]>;
  /** What changed after a cursor, each once in its latest state, tombstones included, and where to go on (F24). */
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

/** What a module given with `--adapter` exports as `createAdapter`. */
export type CreateAdapter = (target: {
  /** Origins with path prefixes, without a slash at the end. */
  readonly clientUrl: string;
  readonly socketUrl: string;
  token(user: SuiteUser): Promise<string>;
  readonly fetch: typeof fetch;
}) => DeviceAdapter | Promise<DeviceAdapter>;
