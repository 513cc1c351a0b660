// Servers that are no notifications service: one that never answers, one that answers the same to everything.
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';

export interface OtherServer {
  readonly url: string;
  /** Resolves when the first request has come. */
  called(): Promise<void>;
}

export function useServers() {
  const running: Server[] = [];
  afterEach(async () => {
    for (const server of running.splice(0)) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
  const listen = async (answer: RequestListener): Promise<OtherServer> => {
    let call = (): void => undefined;
    const called = new Promise<void>((resolve) => {
      call = resolve;
    });
    const server = createServer((request, response) => {
      call();
      answer(request, response);
    });
    running.push(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    return { url: `http://127.0.0.1:${port}`, called: () => called };
  };
  return {
    startSilentServer: () => listen(() => undefined),
    startListener: listen,
    startServer: (status: number, contentType: string, body: string) =>
      listen((_request, response) => response.writeHead(status, { 'content-type': contentType }).end(body)),
  };
}
