// Starts proxies and fake targets for tests, records their events, and stops them.
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach } from 'vitest';
import type { ProxyEvent, ProxyFinding } from '../../src/proxy/events.ts';
import { type ProxyOptions, type SpecProxy, startProxy } from '../../src/proxy/proxy.ts';

export interface WatchedProxy extends SpecProxy {
  readonly events: readonly ProxyEvent[];
  /** Stops the proxy, and returns all findings. */
  found(): Promise<readonly ProxyFinding[]>;
}

/** Call it once at the head of a test file. */
export function useProxies(): (target: string, options?: Omit<ProxyOptions, 'target'>) => Promise<WatchedProxy> {
  const running: SpecProxy[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map((proxy) => proxy.stop()));
  });
  return async (target, options = {}) => {
    const events: ProxyEvent[] = [];
    const proxy = await startProxy({ target, port: 0, listener: (event) => events.push(event), ...options });
    running.push(proxy);
    const found = async () => {
      await proxy.stop();
      return proxy.summary().findings.map(({ finding }) => finding);
    };
    return { ...proxy, events, found };
  };
}

export interface FakeTarget {
  readonly url: string;
  readonly server: Server;
}

/** Targets whose responses the test defines; call it once at the head of a test file. */
export function useFakeTargets(): (answer: RequestListener) => Promise<FakeTarget> {
  const running: { readonly server: Server; readonly sockets: Set<Socket> }[] = [];
  afterEach(async () => {
    for (const { server, sockets } of running.splice(0)) {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    }
  });
  return async (answer) => {
    const server = createServer(answer);
    const sockets = new Set<Socket>();
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
    running.push({ server, sockets });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
  };
}
