// A target whose surfaces have different origins, each with a path prefix: requests, devices and sockets use the right one.
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { runContract } from '../../src/contract/run.ts';
import { composeEmulator } from '../../src/emulator.ts';
import { outcomeText } from './scenario-runs.ts';

const emulator = composeEmulator({}, {});
const closing: (() => void)[] = [];
afterAll(async () => {
  for (const close of closing) close();
  await (await emulator).stop();
});

/** Forwards requests under the prefix, and records their paths; everything else is 404. */
async function startFront(prefix: string): Promise<{ readonly url: string; readonly paths: Set<string> }> {
  const behind = new URL((await emulator).url);
  const paths = new Set<string>();
  const inside = ({ url = '' }: IncomingMessage): string | undefined => {
    paths.add(url.replace(/[?].*$/, '').replace(/(subscriptions|notifications)\/.+/, '$1/*'));
    return url.startsWith(`${prefix}/`) ? url.slice(prefix.length) : undefined;
  };
  const server = createServer((incoming, outgoing) => {
    const path = inside(incoming);
    if (path === undefined) return void outgoing.writeHead(404).end();
    const { method, headers } = incoming;
    const passed = httpRequest({ host: behind.hostname, port: behind.port, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(passed);
  });
  server.on('upgrade', (incoming, socket, head) => {
    const path = inside(incoming);
    if (path === undefined) return void socket.destroy();
    const back = connect(Number(behind.port), behind.hostname, () => {
      const lines = incoming.rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${incoming.rawHeaders[index + 1]}`] : []));
      back.write(`GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
      back.write(head);
      back.pipe(socket).pipe(back);
    });
    for (const [one, other] of [[back, socket] as const, [socket, back] as const]) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
    closing.push(() => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${prefix}`, paths };
}

describe('a target with three origins and path prefixes', () => {
  it('is validated at the origin of each surface', async () => {
    const [graph, client, sockets] = [await startFront('/graph/x'), await startFront('/client'), await startFront('/devices/eu')];
    const only = ['post-created', 'post-location', 'subscription-list', 'history-lists', 'fan-out', 'handshake-token', 'unknown-route'];
    const { outcomes } = await runContract({
      url: (await emulator).url,
      graphUrl: `${graph.url}/`,
      clientUrl: client.url,
      socketUrl: sockets.url,
      only,
    });
    expect(outcomes.filter(({ kind }) => kind !== 'pass').map(outcomeText)).toEqual([]);
    expect(graph.paths).toContain('/graph/x/beta/me/notifications');
    expect([...graph.paths].every((path) => path.startsWith('/graph/x/') && !path.includes('/client/v1/'))).toBe(true);
    expect(client.paths).toContain('/client/client/v1/subscriptions');
    expect([...client.paths].every((path) => path.startsWith('/client/') && !path.includes('socket'))).toBe(true);
    expect([...sockets.paths]).toEqual(['/devices/eu/client/v1/socket']);
  });
});
