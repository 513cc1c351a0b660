// What the hub is made of, and what it is given of each new device.
import type { Instant, Subscription } from '../domain/model.ts';
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
  /** Seconds between two pings; the document's when undefined. */
  readonly heartbeatSeconds: number | undefined;
  /** Throws when the documents forbid the message; undefined: not judged. */
  readonly validate: ((message: unknown) => void) | undefined;
  readonly wakeBy: (instant: Instant) => void;
  readonly onError: (error: unknown) => void;
}

export interface NewDevice {
  readonly subscription: Subscription;
  /** Where it asks to be served from. */
  readonly cursor: string | undefined;
  readonly writer: SocketWriter;
  readonly tokenExpiresAt: Instant | undefined;
}
