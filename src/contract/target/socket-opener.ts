// Opens device sockets for cases: address, token and headers of the target's own devices, unless the case says otherwise.
import { retryAfterSeconds } from '../../client/graph-error.ts';
import type { Trust } from '../../client/node/trust.ts';
import type { AdapterDevice, SuiteUser } from './adapter.ts';
import { type ProtocolAdapter, socketPath, type WatchConnection } from './protocol-adapter.ts';
import { isThrottled, type RequestPacing, retryAfterRefusal } from './rate-limit.ts';
import { type Handshake, type OpenRawSocket, openRawSocket, type RawSocket, type RawSocketOptions, type Refusal } from './raw-socket.ts';

export interface SocketOpenerParts {
  readonly socketUrlOf: ProtocolAdapter['socketUrlOf'];
  readonly token: (caller: SuiteUser | 'app') => Promise<string>;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined: as Node trusts. */
  readonly trust: Trust | undefined;
  readonly watch: WatchConnection;
  /** Handshakes are as polite as everything else. */
  readonly pacing: RequestPacing;
  readonly signal: AbortSignal;
}

const subprotocol = 'notifications.v1.json';
/** Who has not been refused for being one too many so soon, is not at all. */
const refusalMs = 3000;

export function createSocketOpener(parts: SocketOpenerParts): OpenRawSocket {
  const { socketUrlOf, token, headers, trust, watch, pacing, signal } = parts;
  const tokenOf = async (handshake: Handshake, user: SuiteUser): Promise<RawSocketOptions['token']> => {
    const place = handshake.tokenIn ?? 'header';
    if (place === 'nowhere') return undefined;
    return { in: place, value: handshake.token ?? (await token(handshake.caller ?? user)) };
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
  if (!isThrottled(status)) return;
  const seconds = retryAfterSeconds(headers['retry-after'], Date.parse(headers['date'] ?? ''));
  throw Object.assign(new Error(`The target is busy (${status}); its handshake cannot be judged.`), { status, retryAfterSeconds: seconds });
}
