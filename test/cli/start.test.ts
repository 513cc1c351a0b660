// The command `unsid start` as a process: its one line, its end on a signal, and how it fails.
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runProgram } from '../../src/cli/program.ts';
import { version } from '../../src/runtime/version.ts';
import { createForeignSigner } from '../support/forged-tokens.ts';
import { send } from '../support/http-call.ts';
import { foreignClaims, foreignIssuer } from '../support/key-server.ts';
import { connectSocket } from '../support/socket-device.ts';
import { urlIn, useCommands } from './command-process.ts';
import { createFakeTerminal } from './fake-terminal.ts';

const run = useCommands();
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unsid-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('unsid start', () => {
  it('hears signals before it says that it is ready, so that a reader of the line may end it at once', async () => {
    const before = process.listenerCount('SIGTERM');
    let listening = 0;
    const write = vi.spyOn(process.stdout, 'write').mockImplementationOnce(() => {
      listening = process.listenerCount('SIGTERM') - before;
      setImmediate(() => process.emit('SIGTERM'));
      return true;
    });
    expect(await runProgram(['start', '--port', '0', '--log-level', 'silent'], createFakeTerminal())).toBe(0);
    write.mockRestore();
    expect(listening).toBe(1);
  });

  it('prints one line with its URL when it answers, and nothing else', async () => {
    const { child, firstLine, ended } = run('start', '--port', '0');
    const url = urlIn(await firstLine);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await send(url, { path: '/_emulator/v1/health' })).status).toBe(200);
    child.kill('SIGTERM');
    const { code, stdout } = await ended;
    expect(code).toBe(0);
    expect(stdout.trim().split('\n')).toHaveLength(1);
  });

  it('prints an address to connect to when it listens at every one, and warns who can reach it', async () => {
    const { child, firstLine, ended } = run('start', '--port', '0', '--host', '0.0.0.0');
    const url = urlIn(await firstLine);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await send(url, { path: '/_emulator/v1/health' })).status).toBe(200);
    child.kill('SIGTERM');
    expect((await ended).stderr).toContain('every machine that can reach it can use the emulator');
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('[R8] closes sockets with 1001 on %s and exits 0', async (signal) => {
    const { child, firstLine, ended } = run('start', '--port', '0', '--validate-responses', '--heartbeat', '5');
    const url = urlIn(await firstLine);
    const token = 'dev.user.adele';
    const json = { application: 'contoso.example', deviceId: 'pc', platform: 'Windows' };
    const { body } = await send<{ userNotificationSubscriptionId: string }>(url, { path: '/client/v1/subscriptions', token, json });
    const device = await connectSocket(url, { token, unsid: body.userNotificationSubscriptionId });
    expect(await device.nextOf('connected')).toMatchObject({ heartbeatSeconds: 5 });
    child.kill(signal);
    expect((await device.closed).code).toBe(1001);
    expect((await ended).code).toBe(0);
  });

  it('logs each request with its time, also into a pipe, and says at its end that it has stopped', async () => {
    const { child, firstLine, ended } = run('start', '--port', '0');
    const url = urlIn(await firstLine);
    await send(url, { path: '/client/v1/subscriptions?access_token=secret', token: 'dev.user.adele' });
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    expect(code).toBe(0);
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^-- \d{4}-\d\d-\d\d, local time \(UTC[+-]\d\d:\d\d\) --$/),
      expect.stringMatching(/^\d\d:\d\d:\d\d ✓ GET \/client\/v1\/subscriptions 200 · adele · \d+ ms$/),
      expect.stringMatching(/^\d\d:\d\d:\d\d · stopped$/),
    ]);
  });

  it('logs nothing but JSON with --log-format json', async () => {
    const { child, firstLine, ended } = run('start', '--port', '0', '--log-format', 'json');
    await send(urlIn(await firstLine), { path: '/client/v1/subscriptions' });
    child.kill('SIGTERM');
    const lines = (await ended).stderr.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { event: 'request', status: 401, code: 'TokenMissing', time: expect.stringMatching(/Z$/), level: 'info' },
      { event: 'stopped', sockets: 0 },
    ]);
  });

  it('takes a seed and a public origin', async () => {
    const { firstLine } = run('start', '--port', '0', '--seed', 'fixtures/seeds/contoso.yaml', '--public-origin', 'https://notify.example');
    const url = urlIn(await firstLine);
    const json = { targetHostName: 'contoso.example', payload: { rawContent: 'x' } };
    const { body } = await send<Record<string, string>>(url, { path: '/beta/me/notifications', token: 'dev.user.adele', json });
    expect(body['@odata.context']).toBe("https://notify.example/beta/$metadata#users('adele%40contoso.com')/notifications/$entity");
  });

  it.each([
    ['an invalid document', async () => ['start', '--port', '0', '--spec', await written('broken.yaml', 'openapi: [')], 'broken.yaml'],
    ['a document that is missing', async () => ['start', '--port', '0', '--spec', join(folder, 'nowhere.yaml')], 'nowhere.yaml'],
    ['an invalid seed', async () => ['start', '--port', '0', '--seed', await written('seed.yaml', 'user: []')], 'seed.yaml'],
    ['a key set that is missing', async () => trusting(join(folder, 'nowhere.json')), 'nowhere.json: cannot be read (ENOENT)'],
    ['a key set that is none', async () => trusting(await written('keys.json', '[]')), 'keys.json'],
  ])('ends with 1 and one line on stderr for %s', async (_what, args, named) => {
    const terminal = createFakeTerminal();
    expect(await runProgram(await args(), terminal)).toBe(1);
    expect(terminal.written.out).toBe('');
    expect(terminal.written.err.trimEnd().split('\n')).toHaveLength(1);
    expect(terminal.written.err).toContain(named);
  });

  it('exits 1 with one line on stderr when its port is taken', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const address = blocker.address();
    const port = String(typeof address === 'object' && address ? address.port : 0);
    const { code, stdout, stderr } = await run('start', '--port', port).ended;
    blocker.close();
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).toContain(port);
  });

  it('exits 2 on a usage error, and says so in one line on stderr', async () => {
    const { code, stdout, stderr } = await run('start', '--colour', 'red').ended;
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toBe("error: unknown option '--colour'\n");
  });

  it('takes nothing but signed tokens with --auth strict, also those of another issuer', async () => {
    const { jwk, sign } = await createForeignSigner();
    const keys = await written('issuer.json', JSON.stringify({ keys: [{ ...jwk, kid: 'one' }] }));
    const { firstLine } = run(...trusting(keys), '--auth', 'strict', '--audience', 'api://notify', 'https://graph.microsoft.com');
    const url = urlIn(await firstLine);
    const subscriptions = async (token: string) => (await send(url, { path: '/client/v1/subscriptions', token })).status;
    expect(await subscriptions('dev.user.adele')).toBe(401);
    for (const aud of ['api://notify', 'https://graph.microsoft.com']) {
      expect(await subscriptions(await sign(foreignClaims(Date.now(), { aud }), { kid: 'one' }))).toBe(200);
    }
  });

  it('reports its version', async () => {
    expect(await run('--version').ended).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  function trusting(keys: string): string[] {
    return ['start', '--port', '0', '--jwks', keys, '--issuer', foreignIssuer];
  }

  async function written(name: string, text: string): Promise<string> {
    const file = join(folder, name);
    await writeFile(file, text);
    return file;
  }
});

describe('the options of unsid start', () => {
  it.each([
    ['an unknown option', '--colour red'],
    ['a port that is none', '--port 70000'],
    ['a port in words', '--port http'],
    ['a heartbeat of 0', '--heartbeat 0'],
    ['a keep-alive of less than a second', '--keep-alive 0.5'],
    ['a push mode that is unknown', '--push loud'],
    ['an auth mode that is unknown', '--auth lax'],
    ['a log level that is unknown', '--log-level loud'],
    ['an unknown log format', '--log-format xml'],
    ['an origin with a path', '--public-origin https://notify.example/path'],
    ['a key set without its issuer', '--jwks keys.json'],
    ['an issuer without its key set', '--issuer https://id.example/'],
    ['audiences of no issuer', '--audience api://notify'],
    ['an argument too many', 'now'],
    ['an https port that is none', '--https --https-port 70000'],
    ['an https host that is none', '--https --https-host *.example'],
    ['an https host with a port', '--https --https-host good.example bad.example:443'],
    ['an https port without https', '--https-port 0'],
    ['an https host without https', '--https-host my-pc.local'],
    ['neither http nor https', '--no-http'],
    ['a certificate and key without https', '--cert cert.pem --key key.pem'],
    ['a certificate without its key', '--https --cert cert.pem'],
    ['a key without its certificate', '--https --key key.pem'],
    ['hosts for an own certificate', '--https --https-host my-pc.local --cert cert.pem --key key.pem'],
    ['a port of http without http', '--https --no-http --port 4280'],
  ])('are refused with exit 2 and one line for %s', async (_what, args) => {
    const terminal = createFakeTerminal();
    expect(await runProgram(['start', ...args.split(' ')], terminal)).toBe(2);
    expect(terminal.written.out).toBe('');
    expect(terminal.written.err).toMatch(/^error: .+\n$/);
  });

  it('are all shown by --help, with examples', async () => {
    const terminal = createFakeTerminal();
    expect(await runProgram(['start', '--help'], terminal)).toBe(0);
    const options = [
      'port',
      'host',
      'spec',
      'seed',
      'auth',
      'jwks',
      'issuer',
      'audience',
      'push',
      'heartbeat',
      'keep-alive',
      'public-origin',
      'validate-responses',
      'log-level',
      'log-format',
    ];
    options.push('https', 'https-port', 'https-host', 'no-http', 'cert', 'key');
    for (const option of options) expect(terminal.written.out).toContain(`--${option} `);
    expect(terminal.written.out).toContain('Examples:\n  unsid start');
    expect(terminal.written.out).toContain('unsid start --log-format json 2> unsid.log');
  });
});
