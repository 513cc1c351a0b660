// What pending requests and sockets on needs: the line, room for copies, and whom to tell.
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
  /** Larger bodies are passed on and not judged. */
  readonly maxBytes: number;
  readonly devices: KnownDevices;
  /** Where the device socket is on the proxy, as this Host header names it; undefined: socketUrl is left as it is. */
  readonly ownSocketUrl: ((host: string | undefined) => string) | undefined;
  /** Names of the proxy itself, with its port. */
  readonly ownHosts: (host: string | undefined) => readonly string[];
  /** Milliseconds since some moment, never backwards. */
  readonly elapsed: () => number;
  readonly now: () => number;
  readonly count: { requests: number; sockets: number; messages: number };
  /** Resolves when it is judged and nothing of it is needed any more. */
  readonly validate: (forwarded: ForwardedExchange) => Promise<void>;
  readonly add: (finding: SidedFinding) => void;
  readonly failed: (event: Omit<Extract<ProxyEvent, { kind: 'failed' }>, 'kind'>) => void;
  readonly onUnchecked: (reason: string) => void;
  /** Called for every exchange and message; undefined: nobody listens. */
  readonly onTraffic: TrafficListener | undefined;
}
