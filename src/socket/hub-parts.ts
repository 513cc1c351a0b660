// The dependencies of the hub, and its input for a new device.
import type { Instant, PlatformType, Subscription } from '../domain/model.ts';
import type { Clock, Signals, Timer } from '../domain/ports.ts';
import type { Delivery } from '../service/delivery.ts';
import type { SocketRules } from './connection.ts';
import type { SocketWriter } from './socket-writer.ts';

export interface HubParts {
  readonly rules: SocketRules;
  readonly delivery: Delivery;
  readonly signals: Signals;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly push: 'embed' | 'signal';
  /** Seconds between two pings. Default: the document's value. */
  readonly heartbeatSeconds: number | undefined;
  /** Throws when the documents forbid the message. Undefined if messages are not validated. */
  readonly validate: ((message: unknown) => void) | undefined;
  /** The same for an envelope that a device of this platform is sent. */
  readonly validateEnvelope?: ((platform: PlatformType, envelope: unknown) => void) | undefined;
  readonly wakeBy: (instant: Instant) => void;
  readonly onError: (error: unknown) => void;
}

export interface NewDevice {
  readonly subscription: Subscription;
  /** The cursor to resume from. */
  readonly cursor: string | undefined;
  readonly writer: SocketWriter;
  /** It is sent envelopes. */
  readonly isPushChannel?: boolean;
  readonly tokenExpiresAt: Instant | undefined;
}
