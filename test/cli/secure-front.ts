// Puts TLS in front of something that speaks plain TCP.
import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { createServer, type Server } from 'node:tls';
import { afterEach } from 'vitest';
import type { PemPair } from './throwaway-certificate.ts';

export interface SecureFront {
  /** `https://localhost:<port>` */
  readonly url: string;
  /** Hands on to this URL from now on. */
  leadTo(url: string): void;
}

/** Call it once at the head of a test file. */
export function useSecureFronts(): (pair: PemPair) => Promise<SecureFront> {
  const servers: Server[] = [];
  const sockets = new Set<Socket>();
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
  });
  return async (pair) => {
    let behind = { hostname: '127.0.0.1', port: 0 };
    const server = createServer(pair, (front) => {
      const back = connect(behind.port, behind.hostname);
      for (const [one, other] of [[front, back] as const, [back, front] as const]) {
        sockets.add(one);
        one.on('error', () => other.destroy());
        one.on('close', () => other.destroy());
        one.pipe(other);
      }
    });
    // A client that does not trust the certificate ends the handshake.
    server.on('tlsClientError', () => undefined);
    servers.push(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return {
      url: `https://localhost:${(server.address() as AddressInfo).port}`,
      leadTo: (url) => {
        const { hostname, port } = new URL(url);
        behind = { hostname, port: Number(port) };
      },
    };
  };
}
