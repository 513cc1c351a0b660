// Binding a server: both loopback families on one port, what happens where one of them cannot be had, and its end.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, createServer as createNetServer, type Server as NetServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { closeServer, type Listening, type ListenOptions, listen } from '../../src/net/listen.ts';
import { StartError } from '../../src/runtime/start-options.ts';
import { hasIpv6 } from '../support/ipv6.ts';

const errorOf = (message: string): Error => new StartError(message);
const closing = { graceMs: 1000, cut: () => undefined };
const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function listening(
  place: Partial<ListenOptions> = {},
  createSecond?: Parameters<typeof listen>[2],
): Promise<Listening & { server: Server }> {
  const server = createServer((_req, res) => res.end('hello'));
  const bound = await listen(server, { hosts: ['127.0.0.1', '::1'], port: 0, option: '--port', errorOf, ...place }, createSecond);
  open.push(() => closeServer(server, { ...closing, others: bound.others }));
  return { ...bound, server };
}

/** A socket's server that cannot be bound: at the first tries, or ever. */
function failing(
  code: string,
  times = Number.POSITIVE_INFINITY,
): { readonly create: Parameters<typeof listen>[2]; readonly tries: () => number } {
  let tries = 0;
  const create = (...args: Parameters<NonNullable<Parameters<typeof listen>[2]>>): NetServer => {
    const server = createNetServer(...args);
    tries += 1;
    if (tries > times) return server;
    const listen = () => {
      queueMicrotask(() => server.emit('error', Object.assign(new Error(code), { code })));
      return server;
    };
    return Object.assign(server, { listen });
  };
  return { create, tries: () => tries };
}

const bodyFrom = async (host: string, port: number) => (await fetch(`http://${host.includes(':') ? `[${host}]` : host}:${port}/`)).text();

describe('a server on both loopback families', () => {
  it('serves both on one port', async () => {
    const { address } = await listening();
    expect(address.address).toBe('127.0.0.1');
    const hosts = (await hasIpv6()) ? ['127.0.0.1', '::1'] : ['127.0.0.1'];
    for (const host of hosts) expect(await bodyFrom(host, address.port)).toBe('hello');
  });

  it('tries another port when the one it was given is taken on the second', async () => {
    const { create, tries } = failing('EADDRINUSE', 3);
    const { address, others } = await listening({}, create);
    expect([tries(), others.length]).toEqual([4, (await hasIpv6()) ? 1 : 0]);
    expect(await bodyFrom('127.0.0.1', address.port)).toBe('hello');
  });

  it('gives up when no port is free on both', async () => {
    const { create } = failing('EADDRINUSE');
    await expect(listening({}, create)).rejects.toMatchObject({
      name: 'StartError',
      message: expect.stringMatching(/^port \d+ on ::1 is taken; choose another with --port, or --port 0 for a free one$/),
    });
  });

  it.each(['EADDRNOTAVAIL', 'EAFNOSUPPORT'])('serves the first alone where the machine has no second (%s)', async (code) => {
    const { create, tries } = failing(code);
    const { address, others } = await listening({}, create);
    expect([tries(), others]).toEqual([1, []]);
    expect(await bodyFrom('127.0.0.1', address.port)).toBe('hello');
  });

  it('is refused a port that is asked for and taken on the second, and lets go of the first', async () => {
    const { address, server, others } = await listening();
    await closeServer(server, { ...closing, others });
    const { create } = failing('EADDRINUSE');
    await expect(listening({ port: address.port }, create)).rejects.toMatchObject({
      name: 'StartError',
      message: `port ${address.port} on ::1 is taken; choose another with --port, or --port 0 for a free one`,
    });
    expect((await listening({ port: address.port })).address.port).toBe(address.port);
  });

  it('names the first when a port is taken on it', async () => {
    const { address } = await listening();
    await expect(listening({ port: address.port })).rejects.toMatchObject({
      message: `port ${address.port} on 127.0.0.1 is taken; choose another with --port, or --port 0 for a free one`,
    });
  });

  it('ends on both, with connections that are idle or stalled on either', async () => {
    const { address, server, others } = await listening();
    const hosts = others.length > 0 ? ['127.0.0.1', '::1'] : ['127.0.0.1'];
    const sockets = hosts.map((host) => connect(address.port, host));
    for (const socket of sockets) {
      socket.on('error', () => undefined);
      await once(socket, 'connect');
      socket.write('GET / HTTP/1.1\r\nHost: a\r\n');
    }
    const ended = sockets.map((socket) => once(socket.resume(), 'close'));
    await closeServer(server, { ...closing, others });
    await Promise.all(ended);
    for (const host of hosts) await expect(bodyFrom(host, address.port)).rejects.toThrow();
  });
});

describe('a server on one address', () => {
  it('is not reached at the other family', async () => {
    const { address, others } = await listening({ hosts: ['127.0.0.1'] });
    expect(others).toEqual([]);
    await expect(bodyFrom('::1', address.port)).rejects.toThrow();
  });
});
