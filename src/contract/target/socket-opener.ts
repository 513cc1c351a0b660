// Opens device sockets for cases, with the address, token and headers of the target's devices unless the case overrides them.
import type { Trust } from '../../client/node/trust.ts';
import { busyStatuses } from '../../client/throttling.ts';
import type { AdapterDevice, SuiteUser } from './adapter.ts';
import { type ProtocolAdapter, socketPath, type WatchConnection } from './protocol-adapter.ts';
import type { ConnectionLimits } from './protocol-connection.ts';
import { type RequestPacing, retryAfterRefusal, retryDelaySeconds } from './rate-limit.ts';
import { type Handshake, type OpenRawSocket, openRawSocket, type RawSocket, type RawSocketOptions, type Refusal } from './raw-socket.ts';

export interface SocketOpenerParts {
  readonly socketUrlOf: ProtocolAdapter['socketUrlOf'];
  readonly token: (caller: SuiteUser | 'app') => Promise<string>;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined: Node's certificate authorities. */
  readonly trust: Trust | undefined;
  readonly watch: WatchConnection;
  /** Handshakes share the rate limit. */
  readonly pacing: RequestPacing;
  readonly limits: ConnectionLimits;
  readonly signal: AbortSignal;
}

const subprotocol = 'notifications.v1.json';
/** How long to wait for a refusal by throttling after the handshake was sent. */
const refusalMs = 3000;

export function createSocketOpener(parts: SocketOpenerParts): OpenRawSocket {
  const { socketUrlOf, token, headers, trust, watch, pacing, limits, signal } = parts;
  const tokenOf = async (handshake: Handshake, user: SuiteUser): Promise<RawSocketOptions['token']> => {
    const location = handshake.tokenIn ?? 'header';
    if (location === 'nowhere') return undefined;
    return { in: location, value: handshake.token ?? (await token(handshake.caller ?? user)) };
  };
  const open = async (device: AdapterDevice, handshake: Handshake): Promise<RawSocket> =>
    openRawSocket({
      url: socketUrlOf(device),
      unsid: handshake.unsid === undefined ? device.unsid : handshake.unsid,
      cursor: handshake.cursor,
      token: await tokenOf(handshake, device.user),
      protocols: handshake.protocols ?? [subprotocol],
      answersPings: handshake.answersPings ?? true,
      headers,
      trust,
      limits,
      elapsed: () => performance.now(),
      onMessage: watch(device),
    });
  const admitted = async (device: AdapterDevice, handshake: Handshake): Promise<RawSocket> => {
    const socket = await open(device, handshake);
    const index = await socket.events.find(() => true, { limitMs: refusalMs, signal });
    const first = index === undefined ? undefined : socket.events.all[index];
    if (first?.kind === 'refused') throwIfThrottled(first.refusal);
    return socket;
  };
  return (device, handshake) => retryAfterRefusal(`GET ${socketPath}`, () => admitted(device, handshake), pacing, signal);
}

/** @throws Error with `status` and `retryAfterSeconds` */
function throwIfThrottled({ status, headers }: Refusal): void {
  if (!busyStatuses.has(status)) return;
  const seconds = retryDelaySeconds(status, { retryAfter: headers['retry-after'], date: headers['date'] });
  throw Object.assign(new Error(`The target throttles (${status}), so that the handshake has no verdict.`), {
    status,
    retryAfterSeconds: seconds,
  });
}
