// The samples for Node of docs/clients.md are run as they are written, except for the address; the README's is the first of them.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeEmulator, type Emulator } from '../../src/emulator.ts';
import { createDevice, type Device } from '../../src/index.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const samplesOf = (page: string) =>
  [...readFileSync(join(root, page), 'utf8').matchAll(/```js\n([\s\S]*?)```/g)].map(([, code = '']) => code);
const samples = samplesOf('docs/clients.md');

let folder = '';
let emulator: Emulator;
let device: Device;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'unsid-readme-'));
  emulator = await composeEmulator({ https: { dataFolder: folder }, validateResponses: true }, {});
  device = await createDevice({ url: emulator.url, user: 'adele', platform: 'Windows', application: 'contoso.example' });
});
afterAll(async () => {
  await device?.close();
  await emulator?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function run(sample: string): Promise<string> {
  const { port } = new URL(emulator.httpsUrl ?? '');
  const code = sample.replaceAll('localhost:4281', `127.0.0.1:${port}`).replaceAll("'localhost'", "'127.0.0.1'");
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: emulator.caFile ?? '', UNSID: device.unsid };
  const flags = ['--import', './test/clients/loopback-only.mjs', '--input-type=module', '-e', `${code}\nprocess.exit(0);`];
  return (await promisify(execFile)(process.execPath, flags, { cwd: root, env })).stdout.trim();
}

// Each sample is a process of its own.
describe('the samples of docs/clients.md', () => {
  it('are two for Node', () => expect(samples).toHaveLength(2));

  it('include the one of the README', () => expect(samplesOf('README.md')).toEqual(samples.slice(0, 1)));

  it('[F32] gets a token with MSAL', async () => expect(await run(samples[0] ?? '')).toBe('Bearer'));

  it('[F32] publishes with the Graph client, to a device', async () => {
    expect(await run(samples[1] ?? '')).toBe('High');
    const { notification } = await device.next((one) => one.kind === 'notification');
    expect(notification).toMatchObject({ payload: { visualContent: { title: 'Build finished' } } });
  });
});
