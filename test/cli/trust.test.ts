// `--ca` and the local emulator's authority over real TLS: for token requests, service requests and WebSockets.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../../src/cli/program.ts';
import { createDevice } from '../../src/simulator/device.ts';
import { application, useEmulators } from '../support/emulator.ts';
import { createEagerTimer } from './eager-timer.ts';
import { createFakeTerminal } from './fake-terminal.ts';
import { useIdentityServers } from './identity-server.ts';
import { useSecureFronts } from './secure-front.ts';
import { type Throwaway, throwawayCertificate } from './throwaway-certificate.ts';

const start = useEmulators();
const startFront = useSecureFronts();
const startIdentity = useIdentityServers();

let folder = '';
let certificate: Throwaway = { ca: '', cert: '', key: '' };
let ca = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unsid-trust-'));
  certificate = await throwawayCertificate();
  ca = join(folder, 'ca.pem');
  await writeFile(ca, certificate.ca);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Where no one has run an emulator with https. */
const elsewhere = () => ({ UNSID_DATA_DIR: join(folder, 'nothing-here') });

/** As `unsid start --https` leaves it. */
async function asLocalEmulator(): Promise<Record<string, string>> {
  const data = join(folder, 'data');
  await mkdir(join(data, 'https'), { recursive: true });
  await writeFile(join(data, 'https', 'ca.pem'), certificate.ca);
  return { UNSID_DATA_DIR: data };
}

function begin(args: readonly string[], env: Record<string, string>) {
  const terminal = createFakeTerminal();
  const ended = runProgram(args, terminal, { env, timer: createEagerTimer(), command: 'unsid' });
  return { terminal, ended: ended.then((code) => ({ code, ...terminal.written })) };
}

async function secureEmulator() {
  const front = await startFront(certificate);
  const emulator = await start({ publicOrigin: front.url });
  front.leadTo(emulator.url);
  return { emulator, url: front.url };
}

const hint =
  'the authority of its certificate is not trusted. Name the certificate authority to trust with --ca FILE, or in NODE_EXTRA_CA_CERTS.';

describe('without an authority to trust', () => {
  it.each([
    ['token', (url: string) => ['--authority', `${url}/t1`, '--client-id', 'c1', '--client-secret', 's3cret']],
    ['send', (url: string) => ['--url', url, '--app', 'a', '--raw', 'x', '--unsid', 'U']],
    ['device', (url: string) => ['--url', url, '--app', 'a', '--platform', 'iOS', '--user', 'adele']],
    ['device', (url: string) => ['--url', url, '--app', 'a', '--count', '2']],
  ])('unsid %s fails in one line that says which flag helps', async (command, argsFor) => {
    const { url } = await startIdentity({ secure: certificate });
    const { code, out, err } = await begin([command, ...argsFor(url)], elsewhere()).ended;
    expect({ code, err }).toEqual({ code: 1, err: `error: No connection to ${url}: ${hint}\n` });
    expect(out).not.toContain('s3cret');
  });
});

describe('with --ca', () => {
  it('a contract run reaches requests, devices and the sockets that cases open by hand', async () => {
    const { url } = await secureEmulator();
    const only = 'post-created,fan-out,handshake-token,invalid-error';
    const { code, out } = await begin(['contract', '--target', url, '--only', only, '--ca', ca], elsewhere()).ended;
    expect(out).toMatch(/✓ keeps the contract as far as it was checked: .* {2}\d+ passed, 0 failed, 0 errors, 0 skipped/);
    expect(code).toBe(0);
  });

  it('[F32] requests tokens', async () => {
    const { url } = await startIdentity({ secure: certificate });
    const args = ['token', '--authority', `${url}/t1`, '--client-id', 'c1', '--client-secret', 's3cret', '--ca', ca];
    expect(await begin(args, elsewhere()).ended).toEqual({ code: 0, out: 'dev.user.adele\n', err: '' });
  });

  it.each([[[]], [['--count', '1']]])(
    'a device gets its token, subscribes and stays connected, and unsid send reaches it %j',
    async (more) => {
      const { emulator, url } = await secureEmulator();
      const identity = await startIdentity({ secure: certificate });
      const asAdele = ['--authority', `${identity.url}/t1`, '--client-id', 'c1', '--username', 'adele', '--password', 'pa55', '--ca', ca];
      const { terminal, ended } = begin(
        ['device', '--url', url, '--platform', 'iOS', '--app', application, '--json', ...more, ...asAdele],
        elsewhere(),
      );
      if (more.length === 0) await terminal.shows('"connected"');
      const sent = await begin(['send', '--url', url, '--app', application, '--raw', 'over TLS', ...asAdele], elsewhere()).ended;
      // A user without a subscription cannot be reached yet.
      if (more.length === 0) {
        expect(sent).toMatchObject({ code: 0, err: '' });
        await terminal.shows('over TLS');
      }
      while ((await emulator.send<{ connections: number }>({ path: '/_emulator/v1/health', method: 'GET' })).body.connections === 0);
      terminal.quit();
      expect(await ended).toMatchObject({ code: 0, err: '' });
      expect(emulator.violations).toEqual([]);
    },
  );

  it('runs a script', async () => {
    const { url } = await secureEmulator();
    const script = join(folder, 'script.yaml');
    await writeFile(script, JSON.stringify({ seed: 1, devices: 2, users: 1, notifications: { count: 3, everyMs: 1 } }));
    const { code, out, err } = await begin(['device', '--script', script, '--url', url, '--ca', ca, '--json'], elsewhere()).ended;
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({ published: 3, isGood: true });
  });

  it.each([
    ['/nowhere.pem', '/nowhere.pem: cannot be read: there is no such file'],
    ['package.json', 'package.json: expected a certificate in PEM format, and found none'],
  ])('says that a file is of no use: %s', async (file, error) => {
    const args = ['send', '--url', 'https://localhost:1', '--unsid', 'U', '--app', 'a', '--raw', 'x', '--ca', file];
    expect(await begin(args, elsewhere()).ended).toEqual({ code: 1, out: '', err: `error: ${error}\n` });
  });
});

describe("the local emulator's authority", () => {
  it('is trusted by itself for https on this machine', async () => {
    const { url } = await startIdentity({ secure: certificate });
    const args = ['token', '--user', 'adele', '--url', url];
    expect(await begin(args, await asLocalEmulator()).ended).toEqual({ code: 0, out: 'dev.user.adele\n', err: '' });
  });
});

describe('createDevice', () => {
  it('trusts the authority of `ca` for requests and its socket', async () => {
    const { emulator, url } = await secureEmulator();
    const options = { url, user: 'adele', platform: 'iOS', application } as const;
    await expect(createDevice(options)).rejects.toThrow('the authority of its certificate is not trusted');
    const device = await createDevice({ ...options, ca: certificate.ca });
    await emulator.publish({ alias: 'adele', unsid: device.unsid });
    expect(await device.next()).toMatchObject({ kind: 'notification' });
    await device.close();
  });

  it('says what is no authority', async () => {
    const options = { url: 'https://localhost:1', user: 'adele', platform: 'iOS', application, ca: 'hello' } as const;
    await expect(createDevice(options)).rejects.toThrow(new TypeError('Expected a certificate authority in PEM format.'));
  });
});
