// The command `unsid contract`: verdict and exit codes, reports, known failures, replays, and what it refuses before anything is sent.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../../src/cli/program.ts';
import { startEmulator } from '../../src/index.ts';
import { memberOf } from '../../src/values/json.ts';
import { createFakeTerminal } from './fake-terminal.ts';

let folder = '';
let emulator: Awaited<ReturnType<typeof startEmulator>>;
/** Passes everything on, but reports a priority that was not asked for. */
let wrong: Server;
let wrongUrl = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'unsid-contract-'));
  emulator = await startEmulator();
  wrong = createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const { host: _host, 'content-length': _length, connection: _connection, ...headers } = req.headers;
    const sent = req.method === 'GET' || req.method === 'HEAD' ? {} : { body: Buffer.concat(chunks) };
    const answer = await fetch(`${emulator.url}${req.url}`, {
      method: req.method ?? 'GET',
      headers: headers as Record<string, string>,
      ...sent,
    });
    const text = (await answer.text()).replace('"priority":"High"', '"priority":"Low"');
    const { 'content-length': _own, 'transfer-encoding': _chunked, connection: _line, ...kept } = Object.fromEntries(answer.headers);
    res.writeHead(answer.status, kept).end(text);
  });
  wrong.listen(0, '127.0.0.1');
  await new Promise((resolve) => wrong.once('listening', resolve));
  wrongUrl = `http://127.0.0.1:${(wrong.address() as AddressInfo).port}`;
});
afterAll(async () => {
  wrong.closeAllConnections();
  wrong.close();
  await emulator.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function run(...args: readonly string[]) {
  const terminal = createFakeTerminal();
  // Longer than the default: on a busy machine an answer may take many seconds.
  const limit = args[0] === '--help' || args.includes('--dry-run') ? [] : ['--timeout', '60'];
  const code = await runProgram(['contract', ...args, ...limit], terminal);
  return { code, ...terminal.written };
}
const file = (name: string) => join(folder, name);
const only = ['--only', 'post-visual-echoed,post-priority-default'];

describe('unsid contract', () => {
  it('says that the emulator keeps the contract, and exits 0', async () => {
    const { code, out, err } = await run('--target', emulator.url, ...only);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^\d+ cases against \S+, random seed 1$/m);
    expect(out).toMatch(/✓ keeps the contract as far as it was checked: [1-9]\d? of \d{3} requirements {2}\d+ passed, 0 failed, 0 errors/);
    expect(out).toContain('postNotification');
  });

  it('says how to set the clock back if it moved the clock, and otherwise says nothing of it', async () => {
    const moved = await run('--target', emulator.url, '--only', 'expiry-removes');
    expect(moved.code).toBe(0);
    expect(moved.out).toMatch(/^The run has moved the target's clock by \d+ (days|minutes|s)\b/m);
    expect(moved.out).toContain(`curl -X POST ${emulator.url}/_emulator/v1/reset`);
    expect((await run('--target', emulator.url, ...only)).out).not.toContain('clock');
  });

  it('says what is broken, with a curl line and without the token, and exits 1; reports have it too, and a replay runs it again', async () => {
    const reports = ['json', 'junit', 'markdown', 'html'].flatMap((format) => ['--report', `${format}=${file(format)}`]);
    const { code, out } = await run('--target', wrongUrl, ...only, ...reports);
    expect(code).toBe(1);
    expect(out).toContain('✗ broken');
    expect(out).toMatch(/post-priority-default: uses High/);
    expect(out).toContain('curl -i -X POST');
    expect(out).not.toMatch(/dev\.app\./);
    for (const format of ['json', 'junit', 'markdown', 'html']) {
      const text = readFileSync(file(format), 'utf8');
      expect(text, format).toContain('post-priority-default');
      expect(text, format).not.toMatch(/dev\.app\./);
    }
    const again = await run('replay', file('json'));
    expect(again.code).toBe(1);
    expect(again.out).toMatch(/^[1-9]\d? cases against/);
    expect((await run('replay', file('json'), '--target', emulator.url)).code).toBe(0);
  });

  it('takes failures that are known, and reports one that passes after all', async () => {
    await run('--target', wrongUrl, ...only, '--write-known', file('known.json'));
    const known = await run('--target', wrongUrl, ...only, '--known', file('known.json'));
    expect(known.code).toBe(0);
    expect(known.out).toMatch(/[1-9]\d* known failures/);
    const mended = await run('--target', emulator.url, ...only, '--known', file('known.json'));
    expect(mended.code).toBe(1);
    expect(mended.out).toContain('is listed as a known failure, but passed');
  });

  it('shows with --dry-run every request and every call of devices at the addresses of the target, and sends nothing there', async () => {
    const addresses = ['--target', 'https://notify.example/v2/', '--graph-url', 'https://graph.example'];
    const chosen = ['--only', 'post-visual-echoed,change-to-others,heartbeat-missed'];
    const { code, out, err } = await run(...addresses, ...chosen, '--dry-run');
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^ {4}POST https:\/\/notify\.example\/v2\/client\/v1\/subscriptions \{"application":/m);
    expect(out).toMatch(/^ {4}POST https:\/\/graph\.example\/beta\/me\/notifications x-uns-id: \S+ \{"targetHostName":.*visualContent/m);
    expect(out).toMatch(/^ {4}device: connect \S+$/m);
    expect(out).toMatch(/^ {4}device: update \S+ at \S+ \{"readState":"Read"\}$/m);
    expect(out).toMatch(/heartbeat-missed.*\n {4}skipped: takes minutes in real time; --slow allows it/);
    expect(out).toMatch(/\n[\d,]+ cases?, [\d,]+ requests? and [\d,]+ device calls?; nothing was sent to https:\/\/notify\.example/);
    expect(out).toMatch(/At 10 requests per second, a run takes about \d+ s\./);
    expect(out).not.toMatch(/127\.0\.0\.1|dev\.(app|user)\./);
  });

  it('shows the same cases in the same order each time, and with --profile graph the UNSID that was given', async () => {
    const lines = async () => {
      const { out } = await run('--target', emulator.url, '--only', 'post-created,post-text', '--dry-run');
      return out.split('\n').filter((line) => /^(generated|table|scenario)/.test(line));
    };
    expect(await lines()).toEqual(await lines());
    const graph = ['--profile', 'graph', '--unsid', 'U-1', '--application', 'contoso.example'];
    const { out } = await run('--target', 'https://notify.example', ...graph, '--only', 'post-created', '--dry-run');
    expect(out).toMatch(
      /^ {4}POST https:\/\/notify\.example\/beta\/me\/notifications x-uns-id: U-1 \{"targetHostName":"contoso\.example"/m,
    );
  });

  it("skips what needs the token of the UNSID's user if only the UNSID was given, and checks it if both were", async () => {
    const subscribed = await fetch(`${emulator.url}/client/v1/subscriptions`, {
      method: 'POST',
      headers: { authorization: 'Bearer dev.user.adele', 'content-type': 'application/json' },
      body: JSON.stringify({ application: 'contoso.example', deviceId: 'pc', platform: 'Windows' }),
    });
    const unsid = String(memberOf(await subscribed.json(), 'userNotificationSubscriptionId'));
    const given = ['--profile', 'graph', '--unsid', unsid, '--application', 'contoso.example', '--app-token', 'dev.app.contoso-server'];
    const args = ['--target', emulator.url, ...given, '--only', 'post-delegated,post-text'];
    const without = await run(...args);
    expect([without.code, without.err]).toEqual([0, '']);
    expect(without.out).toMatch(/[1-9] × the token of the UNSID's user is needed \(--user-token\)/);
    const withToken = await run(...args, '--user-token', 'dev.user.adele');
    expect(withToken.code).toBe(0);
    expect(withToken.out).not.toContain('--user-token');
  });

  it.each([
    [
      'a host that is not this machine without --yes',
      ['--target', 'https://notify.example'],
      2,
      /notify\.example is not this machine.*--yes/,
    ],
    ['no target', [], 2, /--target/],
    ['an UNSID whose application is not given', ['--target', 'URL', '--unsid', 'U-1'], 2, /--unsid needs --application/],
    ['the same in a dry run', ['--target', 'URL', '--unsid', 'U-1', '--dry-run'], 2, /--unsid needs --application/],
    ['a profile that is unknown', ['--target', 'http://127.0.0.1:1', '--profile', 'most'], 2, /profile/],
    ['a report of no format', ['--target', 'http://127.0.0.1:1', '--report', 'pdf=x'], 2, /FORMAT=FILE/],
    ['a header without a colon', ['--target', 'http://127.0.0.1:1', '--header', 'x'], 2, /Name: value/],
    [
      'a target that does not answer',
      ['--target', 'http://127.0.0.1:1'],
      3,
      /No connection to http:\/\/127\.0\.0\.1:1: .*Is the emulator running\?/,
    ],
    ['nothing that would be tested', ['--target', 'URL', '--only', 'nobody'], 3, /^$/],
    ['an adapter that is not there', ['--target', 'URL', '--adapter', 'nowhere.mjs'], 3, /nowhere\.mjs: cannot be loaded/],
    ['known failures that are none', ['--target', 'URL', '--known', 'package.json'], 3, /package\.json: has no list 'known'/],
  ])('refuses or cannot judge: %s', async (_what, args, exitCode, message) => {
    const { code, err } = await run(...args.map((arg) => (arg === 'URL' ? emulator.url : arg)));
    expect(err.trim()).toMatch(message);
    expect(code).toBe(exitCode);
  });

  it('has help with examples and exit codes', async () => {
    const { code, out } = await run('--help');
    expect(code).toBe(0);
    expect(out).toContain('Examples:');
    expect(out).toContain('Exit codes: 0 keeps the contract');
  });
});
