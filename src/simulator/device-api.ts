// The public API of a simulated device: its events, its state and its methods.
import type { Closing } from '../client/device-socket.ts';
import type {
  ClientNotification,
  ConnectedMessage,
  ErrorMessage,
  NotificationMessage,
  PlatformType,
  SignalMessage,
  Subscription,
} from '../client/wire.ts';
import type { ConnectionState, Reconnecting } from './connection.ts';
import type { DeferredPush } from './deferred-pushes.ts';
import type { DeviceActions } from './device-actions.ts';
import type { DeviceError } from './device-error.ts';
import type { Received, ReceivedNotification, ReceivedToast } from './received.ts';

/** The events of a device by name, each with the value that its listeners receive. */
export interface DeviceEvents {
  /** The subscription was created or renewed, before the first connection. Only listeners given as an option receive this event. */
  subscribed: Subscription;
  /** The first message of every connection (R2, R3). */
  connected: ConnectedMessage;
  /** A new, changed or deleted notification; acknowledged after its listeners have run. */
  notification: ReceivedNotification;
  /** A fallback toast (F16); never acknowledged, because its cursor is that of the notification (R9). */
  toast: ReceivedToast;
  /** A message that was received before (F24); no action is needed. */
  duplicate: NotificationMessage;
  /** A change was announced; it is being fetched (F24). */
  signal: SignalMessage;
  /** The battery saver deferred this message. */
  held: DeferredPush;
  /** The cursor was no longer known and the history was fetched again (R3); these known ids are no longer in it. */
  refetched: { readonly gone: readonly string[] };
  /** A cursor was acknowledged. */
  acknowledged: string;
  /** The server rejected a message of this device. */
  refused: ErrorMessage['error'];
  /** The server sent a message that is not in the document. */
  invalid: string;
  /** The connection was lost. */
  disconnected: Closing;
  /** The device will reconnect after this delay. */
  reconnecting: Reconnecting;
  /** The device stopped and will not reconnect automatically. */
  stopped: DeviceError;
}

/** Listeners by event. */
export type DeviceListeners = { readonly [Name in keyof DeviceEvents]?: (event: DeviceEvents[Name]) => unknown };

/** Options for waiting. */
export interface Waiting {
  /** Timeout in milliseconds. Default 5,000; `Infinity` waits without limit. */
  readonly timeoutMs?: number;
}

/** A device in code. It keeps the process alive until it is closed. */
export interface Device extends DeviceActions, AsyncIterable<Received> {
  /** F20: what the client app hands to its app server. */
  readonly unsid: string;
  readonly subscription: Subscription;
  /** Alias of its user. */
  readonly user: string;
  readonly platform: PlatformType;
  readonly deviceId: string;
  /** State of its connection. */
  readonly state: ConnectionState;
  /** The notifications that the user sees, by id, in their latest known state, without deleted ones but including expired ones. */
  readonly notifications: ReadonlyMap<string, ClientNotification>;
  /** The latest messages, oldest first, without duplicates. */
  readonly received: readonly Received[];
  readonly batterySaver: boolean;
  /** Returns a function that removes the listener. A listener may be asynchronous; the acknowledgement waits for it. */
  on<Name extends keyof DeviceEvents>(name: Name, listener: (event: DeviceEvents[Name]) => unknown): () => void;
  /**
   * Returns the oldest matching message that no earlier `next` has returned; waits for one if there is none yet.
   * `timeoutMs`: milliseconds, default 5,000; `Infinity` waits without limit.
   * @throws DeviceError `Timeout`, whose message lists what was received, or the reason why the device stopped.
   */
  next<Wanted extends Received>(predicate: (received: Received) => received is Wanted, waiting?: Waiting): Promise<Wanted>;
  next(predicate?: (received: Received) => boolean, waiting?: Waiting): Promise<Received>;
  /** Switching it off delivers the deferred messages; resolves when they are handled. */
  setBatterySaver(on: boolean): Promise<void>;
  /** Acknowledges explicitly (R2), for a device created with `autoAcknowledge: false`. */
  acknowledge(cursor: string): void;
  /** Closes the connection until the next `connect`. */
  disconnect(): Promise<void>;
  /** Resolves when `connected` was received. @throws DeviceError */
  connect(): Promise<void>;
  /** Ends the device permanently; with `unsubscribe` also its UNSID (D3), a call that `signal` aborts. May be called again, also to unsubscribe later. */
  close(how?: { readonly unsubscribe?: boolean; readonly signal?: AbortSignal }): Promise<void>;
}
