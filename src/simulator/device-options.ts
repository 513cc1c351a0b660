// The options of a simulated device, each with unit and default.
import type { TokenSource } from '../client/client.ts';
import type { WebSocketFactory } from '../client/device-socket.ts';
import type { ClientTimer } from '../client/timer.ts';
import type { PlatformType } from '../client/wire.ts';
import type { DeviceListeners } from './device-api.ts';
import type { BackOff } from './reconnection.ts';

/** Options of `createDevice`; the first four are required. Times are milliseconds. */
export interface DeviceOptions {
  /** Base URL of the service, http or https. */
  readonly url: string;
  /** Alias of the user, for the development token `dev.user.<user>` and the device's name. */
  readonly user: string;
  /** F14. */
  readonly platform: PlatformType;
  /** Host name of the application to subscribe for (F22). */
  readonly application: string;
  /** The same id renews the same subscription (F21). Default: a new one, `<user>-<platform>-<random>`. */
  readonly deviceId?: string;
  /** For analytics (F22). Default: none. */
  readonly displayName?: string;
  /** User token, or how to get a fresh one for each call and connection. Default: `dev.user.<user>`. */
  readonly token?: TokenSource;
  /** Starts in battery saver: raw pushes and signals are deferred, so that the fallback toast is shown (F16). Default false. */
  readonly batterySaver?: boolean;
  /** Acknowledges a message after its listeners have run (R2). Default true. */
  readonly autoAcknowledge?: boolean;
  /** Milliseconds between handling and acknowledging, or a function that returns them. Default 0. */
  readonly acknowledgeDelayMs?: number | (() => number);
  /** Reconnects after every close except 4401, 4409 and 4410 (R8), and honours Retry-After and 1013. Default true. */
  readonly autoReconnect?: boolean;
  /** Milliseconds of the exponential back-off. Default from 250 to 30,000. */
  readonly backOff?: BackOff;
  /** Timeout in milliseconds for `connected`, including further attempts. Default 10,000. */
  readonly connectTimeoutMs?: number;
  /** Maximum number of messages stored in `received` and for a later `next`; the oldest are dropped. Default 1,000. */
  readonly receivedLimit?: number;
  /** Maximum number of notifications in `notifications`; the oldest are dropped. Default 10,000. */
  readonly notificationsLimit?: number;
  /**
   * Maximum memory in bytes, estimated upwards, for each of `received`, `notifications` and the messages for a later `next`; the oldest
   * are dropped. Default 268,435,456 (256 MiB). That is also the limit of one list that a device reads, and of what its battery saver
   * holds back, beyond which it stops as `Unusable`.
   */
  readonly memoryLimit?: number;
  /** Listeners that are registered before the first message can arrive. Default: none; see `Device.on`. */
  readonly listeners?: DeviceListeners;
  /** Closes the device when aborted, also while it is subscribing or connecting. */
  readonly signal?: AbortSignal;
  /** Numbers from 0 to below 1, for jitter and names. Default `Math.random`. */
  readonly random?: () => number;
  /** Default: real time. */
  readonly timer?: ClientTimer;
  /** A certificate authority in PEM to trust in addition to Node's, for `fetch` and `webSocket` if they are not given. Default: none. */
  readonly ca?: string;
  /** Default: the global `fetch`. */
  readonly fetch?: typeof fetch;
  /** Default: ws. */
  readonly webSocket?: WebSocketFactory;
}
