// The command `unsid proxy`: what it prints for people and programs, its exit codes, its end.
import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { runProgram } from '../../src/cli/program.ts';
import { useEmulators } from '../support/emulator.ts';
import { useFolders } from '../support/folder.ts';
import { send } from '../support/http-call.ts';
import { connectSocket } from '../support/socket-device.ts';
import { urlIn, useCommands } from './command-process.ts';
import { createEagerTimer } from './eager-timer.ts';
import { createFakeTerminal } from './fake-terminal.ts';
import { useSecureFronts } from './secure-front.ts';
import { throwawayCertificate } from './throwaway-certificate.ts';

const start = useEmulators();
const run = useCommands();
const newFolder = useFolders();
const startFront = useSecureFronts();

const token = 'dev.app.contoso-secret';
const bad = {
  path: '/beta/me/notifications',
  token,
  unsid: 'nobody',
  json: { targetHostName: 'contoso.example', payload: { rawContent: 'Hello' }, priority: 'Urgent' },
};

/** Sends what breaks the documents, or what does not, and ends the command. */
async function watch(args: readonly string[], calls: number) {
  const { url } = await start();
  const terminal = createFakeTerminal();
  const ended = runProgram(['proxy', '--target', url, '--port', '0', ...args], terminal);
  await terminal.shows('\n');
  const proxyUrl = urlIn(terminal.lines()[0]?.replaceAll('"', ' ').replaceAll(',', ' ') ?? '');
  for (let count = 0; count < calls; count += 1) expect((await send(proxyUrl, bad)).status).toBe(400);
  terminal.quit();
  return { code: await ended, url, proxyUrl, ...terminal.written };
}

/** Subscribes a device, connects it, posts to it; and asks for what is not there. */
async function traffic(args: readonly string[]) {
  const { url } = await start();
  const terminal = createFakeTerminal();
  const ended = runProgram(['proxy', '--target', url, '--port', '0', ...args], terminal);
  await terminal.shows('\n');
  const proxyUrl = urlIn(terminal.lines()[0]?.replaceAll('"', ' ').replaceAll(',', ' ') ?? '');
  const json = { application: 'contoso.example', deviceId: 'phone\u001b[31m', platform: 'iOS' };
  const user = 'dev.user.adele-secret';
  const { body } = await send<{ userNotificationSubscriptionId: string }>(proxyUrl, {
    path: '/client/v1/subscriptions',
    token: user,
    json,
  });
  const unsid = body.userNotificationSubscriptionId;
  const device = await connectSocket(proxyUrl, { accessToken: user, unsid });
  await device.nextOf('connected');
  await send(proxyUrl, { ...bad, unsid, json: { ...bad.json, priority: 'High' } });
  device.ack((await device.nextOf('notification')).cursor);
  await device.rest();
  await device.close();
  await send(proxyUrl, { path: `/client/v1/nowhere/${user}?a=secret`, token: user });
  terminal.quit();
  await ended;
  return terminal.written.out;
}

describe('unsid proxy', () => {
  it('reports each cause once, with rule, request and place, and counts at the end', async () => {
    const { code, url, out, err } = await watch([], 3);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.match(/✗ app {2}postNotification/g)).toHaveLength(1);
    expect(out).toMatch(/\n {2}rule {6}post-priority: .*\(MUST; F13.*\)\n {2}expected {2}\/priority to be one of/);
    expect(out).toContain(`curl -i -X POST ${url}/beta/me/notifications`);
    expect(out).toContain("-H 'authorization: Bearer <token>'");
    expect(out).toMatch(/\n {2}document {2}notifications\.yaml#\/components\/schemas\//);
    expect(out).toContain('forwarded: 3 requests, 0 sockets with 0 messages\n      3 ×  app     postNotification (post-priority)');
    expect(out).not.toContain('contoso-secret');
  });

  it('exits with 1 only when asked to and something was found', async () => {
    expect((await watch(['--exit-code'], 1)).code).toBe(1);
    const { code, out } = await watch(['--exit-code'], 0);
    expect(code).toBe(0);
    expect(out).toContain('✓ no violation was found');
  });

  it('writes one JSON object a line with --json, and a report', async () => {
    const file = `${newFolder()}/traffic.json`;
    const { url, proxyUrl, out } = await watch(['--json', '--report', `json=${file}`], 2);
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const found = { side: 'app', where: 'postNotification', requirement: 'post-priority', got: '"Urgent"' };
    expect(lines).toMatchObject([
      { kind: 'ready', url: proxyUrl, target: url },
      { kind: 'finding', ...found, answer: { status: 400 } },
      { kind: 'summary', requests: 2, findings: [{ ...found, count: 2 }] },
    ]);
    const report = await readFile(file, 'utf8');
    expect(JSON.parse(report)).toMatchObject({ version: 1, target: url, requests: 2, findings: [{ ...found, count: 2 }] });
    expect(out + report).not.toContain('contoso-secret');
  });

  it('prints nothing for exchanges that are in order', async () => {
    expect((await traffic([])).split('\n').filter((line) => /^(POST|GET|socket) /.test(line))).toEqual([]);
  });

  it('prints with --verbose a line for each exchange and socket message, without secrets and control characters', async () => {
    const out = await traffic(['--verbose']);
    const lines = out.split('\n').map((line) => line.replace(/\d+ ms/, 'N ms'));
    for (const line of [
      'POST /client/v1/subscriptions 201 N ms',
      'GET /client/v1/socket 101 N ms',
      'socket phone\\x1b[31m: target → app connected',
      'POST /beta/me/notifications 201 N ms',
      'socket phone\\x1b[31m: target → app notification created',
      'socket phone\\x1b[31m: app → target ack',
      'GET /client/v1/nowhere/<token> 404 N ms',
    ])
      expect(lines).toContain(line);
    expect(out).not.toContain('secret');
  });

  it('prints them as objects with --verbose --json', async () => {
    const parsed = (await traffic(['--verbose', '--json']))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(parsed).toContainEqual({
      kind: 'exchange',
      method: 'POST',
      path: '/beta/me/notifications',
      status: 201,
      durationMs: expect.any(Number),
    });
    expect(parsed).toContainEqual({ kind: 'message', device: 'phone\u001b[31m', from: 'target', type: 'notification', change: 'created' });
    expect(parsed).toContainEqual({ kind: 'message', device: 'phone\u001b[31m', from: 'app', type: 'ack' });
  });

  it('says in one line that its port is taken, with exit code 1', async () => {
    const { url } = await start();
    const terminal = createFakeTerminal();
    expect(await runProgram(['proxy', '--target', url, '--port', new URL(url).port], terminal)).toBe(1);
    expect(terminal.written).toEqual({
      out: '',
      err: expect.stringMatching(/^error: port \d+ on 127[.]0[.]0[.]1 is taken; .*--port 0.*\n$/),
    });
  });

  it('reports that the target does not answer, and goes on', async () => {
    const terminal = createFakeTerminal();
    const ended = runProgram(['proxy', '--target', 'http://127.0.0.1:9', '--port', '0', '--exit-code'], terminal);
    await terminal.shows('\n');
    const url = urlIn(terminal.lines()[0]?.replaceAll(',', ' ') ?? '');
    for (const _time of [1, 2]) expect((await send(url, bad)).status).toBe(502);
    terminal.quit();
    expect(await ended).toBe(1);
    expect(terminal.written.out.match(/! no response {2}POST \/beta\/me\/notifications: connection refused\n/g)).toHaveLength(2);
  });

  it('trusts the authority of --ca, for requests and sockets; without it, it says what is missing', async () => {
    const certificate = await throwawayCertificate();
    const front = await startFront(certificate);
    const emulator = await start({ publicOrigin: front.url });
    front.leadTo(emulator.url);
    const ca = `${newFolder()}/ca.pem`;
    await writeFile(ca, certificate.ca);
    const user = 'dev.user.adele';
    const json = { application: 'contoso.example', deviceId: 'phone', platform: 'iOS' };
    const subscribe = async (args: readonly string[]) => {
      const terminal = createFakeTerminal();
      const ended = runProgram(['proxy', '--target', front.url, '--port', '0', ...args], terminal, {
        env: { UNSID_DATA_DIR: newFolder() },
        timer: createEagerTimer(),
        command: 'unsid',
      });
      await terminal.shows('\n');
      const url = urlIn(terminal.lines()[0]?.replaceAll(',', ' ') ?? '');
      const answer = await send<{ userNotificationSubscriptionId: string }>(url, { path: '/client/v1/subscriptions', token: user, json });
      return { terminal, url, ended, answer };
    };
    const blind = await subscribe([]);
    blind.terminal.quit();
    await blind.ended;
    expect(blind.answer.status).toBe(502);
    expect(blind.terminal.written.out).toContain('the authority of its certificate is not trusted');
    const { terminal, url, ended, answer } = await subscribe(['--ca', ca]);
    expect(answer.status).toBe(201);
    const device = await connectSocket(url, { token: user, unsid: answer.body.userNotificationSubscriptionId });
    await device.nextOf('connected');
    await device.close();
    terminal.quit();
    expect(await ended).toBe(0);
    expect(terminal.written.out).toContain('forwarded: 1 request, 1 socket with 1 message\n✓ no violation');
  });

  it.each([
    ['no target', []],
    ['a target that is no URL', ['--target', 'localhost']],
    ['a port that is none', ['--target', 'http://x', '--port', '70000']],
    ['another report', ['--target', 'http://x', '--report', 'junit=x.xml']],
  ])('is refused with exit code 2 for %s', async (_what, args) => {
    const terminal = createFakeTerminal();
    expect(await runProgram(['proxy', ...args], terminal)).toBe(2);
    expect(terminal.written.err).toMatch(/^error: .+\n$/);
  });

  it('shows its options with --help, with examples', async () => {
    const terminal = createFakeTerminal();
    expect(await runProgram(['proxy', '--help'], terminal)).toBe(0);
    for (const option of ['target', 'port', 'host', 'spec', 'ca', 'no-rewrite', 'json', 'report', 'exit-code'])
      expect(terminal.written.out).toMatch(new RegExp(`--${option}\\b`));
    expect(terminal.written.out).toContain('Examples:\n  unsid proxy');
  });

  it('ends on SIGINT with its summary and exit code 0', async () => {
    const { url } = await start();
    const { child, firstLine, ended } = run('proxy', '--target', url, '--port', '0');
    expect(await firstLine).toMatch(/^unsid proxy is ready at http:\/\/127\.0\.0\.1:\d+, and forwards everything to http/);
    child.kill('SIGINT');
    const { code, stdout } = await ended;
    expect({ code, isShown: stdout.includes('✓ no violation was found') }).toEqual({ code: 0, isShown: true });
  });
});
