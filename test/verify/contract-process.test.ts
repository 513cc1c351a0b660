// `unsid contract` as a process: it comes to a verdict when it has to wait.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { useCommands } from '../cli/command-process.ts';
import { useEmulators } from '../support/emulator.ts';

const start = useEmulators();
const run = useCommands();
const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** Passes requests on to the emulator, and asks the caller of the second one to come back after a second. */
async function throttlingFront(emulatorUrl: string): Promise<string> {
  let count = 0;
  const server = createServer(async (request, response) => {
    const isControl = request.url?.startsWith('/_emulator/') ?? false;
    count += isControl ? 0 : 1;
    if (count === 2 && !isControl) {
      request.resume();
      response.writeHead(429, { 'retry-after': '1' }).end('{}');
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { host: _host, 'content-length': _length, connection: _connection, ...headers } = request.headers;
    const body = Buffer.concat(chunks);
    const answer = await fetch(`${emulatorUrl}${request.url}`, {
      method: request.method ?? 'GET',
      headers: headers as Record<string, string>,
      ...(body.length > 0 ? { body } : {}),
    });
    const { 'content-length': _own, 'transfer-encoding': _chunked, connection: _line, ...kept } = Object.fromEntries(answer.headers);
    response.writeHead(answer.status, kept).end(Buffer.from(await answer.arrayBuffer()));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('unsid contract as a process', () => {
  it.each(['5', '10', '1'])('comes to a verdict with --rate %s, although nothing but a timer runs while it waits', async (rate) => {
    const { url } = await start();
    const only = ['--only', 'scenario/subscribe-created/*,generated/createSubscription/body/smallest'];
    const { code, stdout, stderr } = await run('contract', '--target', url, '--rate', rate, ...only).ended;
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('✓ keeps the contract');
  });

  it('comes to a verdict on a target that throttles, after the time in Retry-After', async () => {
    const url = await throttlingFront((await start()).url);
    const { code, stdout, stderr } = await run('contract', '--target', url, '--only', 'generated/postNotification/body/smallest').ended;
    // The refusal has no error body, which the checks find.
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout).toContain('✗ breaks the contract');
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ends soon after %s although the target does not respond', async (signal) => {
    let url = '';
    const asked = new Promise<void>((resolve) => {
      const server = createServer((request, response) => {
        if (request.url?.endsWith('/health')) response.writeHead(404).end();
        else resolve();
      });
      servers.push(server);
      server.listen(0, '127.0.0.1', () => {
        url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      });
    });
    await once(servers[0] as Server, 'listening');
    // Without the signal it would take an hour until a request is given up.
    const { child, ended } = run('contract', '--target', url, '--timeout', '3600');
    await asked;
    child.kill(signal);
    const { code, stdout } = await ended;
    expect(code).toBe(3);
    expect(stdout).toContain('? no verdict');
    expect(stdout).toContain('stopped before its end: stopped by the user');
  });
});
