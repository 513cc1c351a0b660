// The command `unsid start --https` as a process: what it prints, and that it can be pasted and trusted.
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { runProgram } from '../../src/cli/program.ts';
import { issueCertificate } from '../../src/tls/authority.ts';
import { send } from '../support/http-call.ts';
import { useCommands } from './command-process.ts';
import { createFakeTerminal } from './fake-terminal.ts';

let folder = '';
const run = useCommands(() => ({ UNSID_DATA_DIR: join(folder, "adele's data") }));
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'unsid-'));
  const { key, certificate, authority } = await issueCertificate(['localhost'], Date.now());
  const files = { 'cert.pem': certificate, 'key.pem': key, 'authority.pem': authority, 'other-key.pem': (await other).key, file: '' };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
});
afterAll(() => rmSync(folder, { recursive: true }));
const other = issueCertificate(['localhost'], Date.now());
const named = (name: string) => join(folder, name);

describe('unsid start --https', () => {
  it('prints that it is ready, and a line that makes Node trust it when it stands before a command', async () => {
    const { child, firstLine, ended } = run('start', '--port', '0', '--https', '--https-port', '0');
    const ready = /^unsid is ready at (http:\/\/127\.0\.0\.1:\d+) and (https:\/\/localhost:\d+)$/.exec(await firstLine);
    const [, httpUrl = '', httpsUrl = ''] = ready ?? [];
    expect((await send(httpUrl, { path: '/_emulator/v1/health' })).status).toBe(200);
    const file = join(folder, "adele's data/https/ca.pem");
    const line = `NODE_EXTRA_CA_CERTS='${file.replace("'", "'\\''")}'`;
    const script = `fetch('${httpsUrl}/_emulator/v1/health').then(({ status }) => console.log(status))`;
    const pasted = await promisify(execFile)('sh', ['-c', `${line} "${process.execPath}" -e "${script}"`]);
    expect(pasted.stdout).toBe('200\n');
    child.kill('SIGTERM');
    const { code, stdout, stderr } = await ended;
    expect([code, stdout]).toEqual([0, `${await firstLine}\n${line}\n`]);
    for (const way of ['--cacert', 'SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE', 'keytool', 'browser']) expect(stderr).toContain(way);
    const quoted = line.slice(line.indexOf('=') + 1);
    const database = 'certutil -d sql:$HOME/.pki/nssdb';
    expect(stderr).toContain(
      `  Chromium (Linux)  mkdir -p ~/.pki/nssdb; ${database} -D -n unsid 2>/dev/null; ${database} -A -n unsid -t C,, -i ${quoted}\n`,
    );
  });

  it('prints one URL with --no-http', async () => {
    const { child, firstLine, ended } = run('start', '--no-http', '--https', '--https-port', '0', '--host', '127.0.0.2');
    expect(await firstLine).toMatch(/^unsid is ready at https:\/\/127\.0\.0\.2:\d+$/);
    child.kill('SIGTERM');
    expect((await ended).code).toBe(0);
  });

  it("serves the user's own certificate, and prints nothing of an authority that it does not know", async () => {
    const own = ['--cert', named('cert.pem'), '--key', named('key.pem')];
    const { child, firstLine, ended } = run('start', '--https', '--https-port', '0', '--no-http', ...own);
    const url = (await firstLine).replace('unsid is ready at ', '');
    const call = { path: '/_emulator/v1/health', ca: readFileSync(named('authority.pem'), 'utf8') };
    expect((await send(url, call)).status).toBe(200);
    child.kill('SIGTERM');
    const { stdout, stderr } = await ended;
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(`${stdout}${stderr}`).not.toContain('CA_CERTS');
  });

  it.each<[string, () => string[], string]>([
    [
      'a key that does not fit',
      () => ['--cert', named('cert.pem'), '--key', named('other-key.pem')],
      'this key does not belong to the certificate',
    ],
    ['a certificate that is missing', () => ['--cert', named('nowhere.pem'), '--key', named('key.pem')], 'nowhere.pem: cannot be read'],
  ])('ends with 1 and one line on stderr for %s', async (_what, args, text) => {
    expect(await failureOf(['--https-port', '0', ...args()])).toContain(text);
  });

  it('ends with 1 and one line on stderr when its port is taken', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const { port } = blocker.address() as AddressInfo;
    expect(await failureOf(['--https-port', String(port)])).toContain(`port ${port} on 127.0.0.1 is taken`);
    blocker.close();
  });

  it('started twice at once ends with one certificate that both serve', async () => {
    rmSync(join(folder, "adele's data"), { recursive: true, force: true });
    const both = [0, 1].map(() => run('start', '--port', '0', '--https', '--https-port', '0'));
    const urls = await Promise.all(both.map(async ({ firstLine }) => (await firstLine).split(' and ')[1] ?? ''));
    const ca = readFileSync(join(folder, "adele's data/https/ca.pem"), 'utf8');
    for (const url of urls) expect((await send(url, { path: '/_emulator/v1/health', ca })).status).toBe(200);
    expect(readdirSync(join(folder, "adele's data/https")).sort()).toEqual(['ca.pem', 'server.pem']);
  });

  it('ends with 1 and one line on stderr when the data folder is a file', async () => {
    expect(await failureOf(['--https-port', '0'], named('file'))).toMatch(/^error: .*the certificate cannot be stored there/);
  });
});

/** The one line with which a start in this process fails. */
async function failureOf(args: readonly string[], dataFolder = named('data of failures')): Promise<string> {
  vi.stubEnv('UNSID_DATA_DIR', dataFolder);
  onTestFinished(() => void vi.unstubAllEnvs());
  const terminal = createFakeTerminal();
  expect(await runProgram(['start', '--port', '0', '--https', ...args], terminal)).toBe(1);
  expect(terminal.written.out).toBe('');
  expect(terminal.written.err).toMatch(/^[^\n]+\n$/);
  return terminal.written.err;
}
