// An HTTP proxy (CONNECT) for a library that drops the port of its authority: what it sends to port 443 goes to the emulator.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

export interface PortProxy {
  readonly url: string;
  /** Ports that were asked for. */
  readonly asked: ReadonlySet<string>;
  stop(): Promise<void>;
}

export async function startPortProxy(origin: string): Promise<PortProxy> {
  const asked = new Set<string>();
  const open = new Set<Socket>();
  const server = createServer((_request, answer) => answer.writeHead(405).end());
  server.on('connect', ({ url = '' }, client: Socket) => {
    asked.add(url.split(':')[1] ?? '');
    const emulator = connect(Number(new URL(origin).port), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      client.pipe(emulator).pipe(client);
    });
    for (const socket of [client, emulator]) {
      open.add(socket);
      socket.on('close', () => [client, emulator].map((one) => one.destroy()));
      socket.on('error', () => socket.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    stop: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
