// The public face of a simulated device: its events, its state and what can be done with it.
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

/** What happens to a device, by name, with what its listeners get. */
export interface DeviceEvents {
  /** The subscription is made or renewed; the connection comes next. Only listeners given as an option hear it. */
  subscribed: Subscription;
  /** The first message of every connection (R2, R3). */
  connected: ConnectedMessage;
  /** A new, changed or deleted notification; acknowledged when its listeners are done. */
  notification: ReceivedNotification;
  /** A fallback toast (F16); never acknowledged, for its cursor is that of the notification (R9). */
  toast: ReceivedToast;
  /** A message that was received before (F24): nothing to do but to know it. */
  duplicate: NotificationMessage;
  /** Something changed; it is being fetched (F24). */
  signal: SignalMessage;
  /** A battery saver holds this one back. */
  held: DeferredPush;
  /** The position was lost and the history was read anew (R3); these known ids are not in it any more. */
  refetched: { readonly gone: readonly string[] };
  /** A cursor was acknowledged. */
  acknowledged: string;
  /** The server did not accept a message of this device. */
  refused: ErrorMessage['error'];
  /** The server sent something that is no message of the document. */
  invalid: string;
  /** The line was lost. */
  disconnected: Closing;
  /** It will come back after this wait. */
  reconnecting: Reconnecting;
  /** It will not come back by itself. */
  stopped: DeviceError;
}

/** Listeners by event. */
export type DeviceListeners = { readonly [Name in keyof DeviceEvents]?: (event: DeviceEvents[Name]) => unknown };

/** How long to wait. */
export interface Waiting {
  /** Milliseconds, default 5,000; `Infinity` waits for ever. */
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
  /** Of its line. */
  readonly state: ConnectionState;
  /** What the user sees: id to notification, in its latest known state; deleted ones are not in it, expired ones still are. */
  readonly notifications: ReadonlyMap<string, ClientNotification>;
  /** The last messages, oldest first, without repeated ones. */
  readonly received: readonly Received[];
  readonly batterySaver: boolean;
  /** Returns how to stop listening. A listener may be asynchronous: it is waited for before the acknowledgement. */
  on<Name extends keyof DeviceEvents>(name: Name, listener: (event: DeviceEvents[Name]) => unknown): () => void;
  /**
   * The oldest message that was not taken by an earlier `next` and fits; waits for it if need be.
   * `timeoutMs`: milliseconds, default 5,000; `Infinity` waits for ever.
   * @throws DeviceError `Timeout` (it says what was received), or why the device has ended.
   */
  next<Wanted extends Received>(predicate: (received: Received) => received is Wanted, waiting?: Waiting): Promise<Wanted>;
  next(predicate?: (received: Received) => boolean, waiting?: Waiting): Promise<Received>;
  /** Off delivers what was held back; resolves when that is handled. */
  setBatterySaver(on: boolean): Promise<void>;
  /** Acknowledges by hand (R2), for a device made with `autoAcknowledge: false`. */
  acknowledge(cursor: string): void;
  /** Closes the line and stays away until `connect`. */
  disconnect(): Promise<void>;
  /** Resolves when `connected` was received. @throws DeviceError */
  connect(): Promise<void>;
  /** Ends the device for good; with `unsubscribe` its UNSID too (D3), which `signal` gives up. May be called again, also to unsubscribe later. */
  close(how?: { readonly unsubscribe?: boolean; readonly signal?: AbortSignal }): Promise<void>;
}
