// Opens device sockets for cases: address, token and headers of the target's own devices, unless the case says otherwise.
import type { Trust } from '../simulator/trust.ts';
import type { SuiteUser } from './adapter.ts';
import type { ProtocolAdapter, WatchConnection } from './protocol-adapter.ts';
import { type Handshake, type OpenRawSocket, openRawSocket, type RawSocketOptions } from './raw-socket.ts';

export interface SocketOpenerParts {
  readonly socketUrlOf: ProtocolAdapter['socketUrlOf'];
  readonly token: (caller: SuiteUser | 'app') => Promise<string>;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined: as Node trusts. */
  readonly trust: Trust | undefined;
  readonly watch: WatchConnection;
}

const subprotocol = 'notifications.v1.json';

export function createSocketOpener({ socketUrlOf, token, headers, trust, watch }: SocketOpenerParts): OpenRawSocket {
  const tokenOf = async (handshake: Handshake, user: SuiteUser): Promise<RawSocketOptions['token']> => {
    const place = handshake.tokenIn ?? 'header';
    if (place === 'nowhere') return undefined;
    return { in: place, value: handshake.token ?? (await token(handshake.caller ?? user)) };
  };
  return async (device, handshake) =>
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
}
