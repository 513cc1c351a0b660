// The dependencies of forwarding requests and sockets: target, memory limit, validation, listeners.
import type { Spec } from '../documents/spec.ts';
import type { TapRoom } from './body-tap.ts';
import type { ProxyEvent } from './events.ts';
import type { ForwardedExchange } from './forwarded-exchange.ts';
import type { KnownDevices } from './known-devices.ts';
import type { TrafficListener } from './traffic.ts';
import type { Upstream } from './upstream.ts';
import type { SidedFinding } from './validate-exchange.ts';

export interface ProxyContext {
  readonly spec: Spec;
  readonly upstream: Upstream;
  readonly room: TapRoom;
  /** Larger bodies are forwarded without validation. */
  readonly maxBytes: number;
  readonly devices: KnownDevices;
  /** The URL of the device socket on the proxy, for this Host header; undefined: socketUrl is not rewritten. */
  readonly ownSocketUrl: ((host: string | undefined) => string) | undefined;
  /** The proxy's own host names, with port. */
  readonly ownHosts: (host: string | undefined) => readonly string[];
  /** Milliseconds since some moment, never backwards. */
  readonly elapsed: () => number;
  readonly now: () => number;
  readonly count: { requests: number; sockets: number; messages: number };
  /** Validates an exchange; resolves when its copies are not needed any more. */
  readonly validate: (forwarded: ForwardedExchange) => Promise<void>;
  readonly add: (finding: SidedFinding) => void;
  readonly failed: (event: Omit<Extract<ProxyEvent, { kind: 'failed' }>, 'kind'>) => void;
  readonly onUnchecked: (reason: string) => void;
  /** Called for every exchange and message. */
  readonly onTraffic: TrafficListener | undefined;
}
