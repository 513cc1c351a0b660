// Every command against a service that does not answer, or answers what is of no use: it ends with one line, and Ctrl-C ends it at once.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../../src/cli/program.ts';
import { createFakeTerminal } from './fake-terminal.ts';
import { useServers } from './other-server.ts';

const { startSilentServer, startListener } = useServers();
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'unsid-'));
  writeFileSync(join(folder, 'script.yaml'), 'devices: 2\nnotifications: { count: 2, everyMs: 1 }\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

const device = ['device', '--user', 'u', '--platform', 'ios', '--app', 'a', '--url', '{url}'];
const authority = ['--authority', '{url}/tenant', '--client-id', 'c'];
const commands: readonly (readonly [string, readonly string[], number])[] = [
  ['a device', device, 0],
  ['a device that signs in with a secret', [...device, ...authority, '--username', 'u', '--password', 'p'], 0],
  ['a device that signs in with a code', [...device, ...authority], 0],
  ['a fleet', ['device', '--app', 'a', '--count', '3', '--url', '{url}'], 0],
  ['a script', ['device', '--script', '{folder}/script.yaml', '--url', '{url}'], 1],
  ['a post', ['send', '--unsid', 'U', '--app', 'a', '--raw', 'x', '--url', '{url}'], 1],
  ['a post to a user', ['send', '--user', 'u', '--app', 'a', '--raw', 'x', '--url', '{url}'], 1],
  ['a post with a token to come', ['send', '--unsid', 'U', '--app', 'a', '--raw', 'x', ...authority, '--client-secret', 's'], 1],
  ['a token', ['token', '--user', 'adele', '--url', '{url}'], 1],
  ['a contract run', ['contract', '--target', '{url}'], 3],
];

async function quitWhen(args: readonly string[], { url, called }: { readonly url: string; called(): Promise<void> }) {
  const terminal = createFakeTerminal();
  const ended = runProgram(
    args.map((arg) => arg.replace('{url}', url).replace('{folder}', folder)),
    terminal,
  );
  await called();
  terminal.quit();
  return { code: await ended, err: terminal.written.err };
}

describe('Ctrl-C', () => {
  it.each(commands)('ends %s while no answer comes', async (_what, args, code) => {
    const outcome = await quitWhen(args, await startSilentServer());
    expect(outcome.code).toBe(code);
    expect(outcome.err.split('\n').length).toBeLessThanOrEqual(2);
  });

  it.each(commands.filter(([, [name = '']]) => name === 'device'))(
    'ends %s while it waits as Retry-After says',
    async (_what, args, code) => {
      const server = await startListener((_request, response) => response.writeHead(429, { 'retry-after': '3000' }).end());
      expect((await quitWhen(args, server)).code).toBeLessThanOrEqual(Math.max(code, 1));
    },
  );

  it('ends a fleet by q too, where keys are read', async () => {
    const silent = await startSilentServer();
    const terminal = createFakeTerminal({ isInteractive: true });
    const ended = runProgram(['device', '--app', 'a', '--count', '3', '--url', silent.url], terminal);
    await silent.called();
    terminal.press('x');
    terminal.press('q');
    expect(await ended).toBe(0);
  });
});

describe('one line and exit code 1', () => {
  const subscription = (socketUrl: string) => ({
    userNotificationSubscriptionId: 'U',
    application: 'a',
    deviceId: 'd',
    platform: 'iOS',
    displayName: null,
    expirationDateTime: '2026-11-28T00:00:00Z',
    socketUrl,
  });

  it.each([
    [
      429,
      { 'retry-after': '3000000' },
      '',
      /^error: Subscribing was refused: 429 .*it asked for a wait of 3000000 s, and a device waits at most 3600 s/,
    ],
    [503, { 'retry-after': '9'.repeat(300) }, '', /^error: Subscribing was refused: 503 .*it asked for a wait of \S+ s/],
    [201, {}, JSON.stringify(subscription('nowhere')), /^error: Subscribing: the socketUrl nowhere is not a URL\./],
    [201, {}, JSON.stringify(subscription('ftp://x.example/')), /^error: Subscribing: the socketUrl ftp:\S+ is not a ws or wss URL\./],
    [201, {}, JSON.stringify(subscription('wss://x.example/#a')), /^error: Subscribing: the socketUrl \S+ has a fragment/],
    [201, {}, '{}', /^error: Subscribing: the response is not a subscription: /],
    [204, {}, '', /^error: Subscribing: status 204 is not a response of a notifications service\./],
  ])('end a device whose subscription is answered %i %j %s', async (status, headers, body, line) => {
    const { url } = await startListener((_request, response) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(status === 204 ? undefined : body);
    });
    const terminal = createFakeTerminal();
    const args = device.map((arg) => arg.replace('{url}', url));
    expect(await runProgram(args, terminal)).toBe(1);
    expect(terminal.written.err).toMatch(line);
    expect(terminal.written.err.split('\n')).toHaveLength(2);
  });

  it('end a post whose answer has no end, after a bounded part of it', async () => {
    let mebibytes = 0;
    const chunk = Buffer.alloc(1_048_576, ' ');
    const { url } = await startListener((_request, response) => {
      const endless = new Readable({
        read() {
          mebibytes += 1;
          this.push(chunk);
        },
      });
      response.writeHead(201, { 'content-type': 'application/json' }).on('close', () => endless.destroy());
      endless.pipe(response);
    });
    const terminal = createFakeTerminal();
    expect(await runProgram(['send', '--unsid', 'U', '--app', 'a', '--raw', 'x', '--url', url], terminal)).toBe(1);
    expect(terminal.written.err).toBe(`error: ${url}: the response is larger than 67108864 bytes, the maximum that is read.\n`);
    expect(mebibytes).toBeLessThan(200);
  });
});
