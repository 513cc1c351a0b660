// The package as a user gets it: packed, installed into an empty project, started from its bin and imported.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../register/register.ts';

const run = promisify(execFile);
let project = '';

beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), 'unsid-package-'));
  await run('npm', ['pack', '--pack-destination', project], { cwd: root });
  const [tarball = ''] = readdirSync(project);
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'app', private: true, type: 'module' }));
  await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', join(project, tarball)], { cwd: project });
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

const unsid = (...flags: string[]) =>
  run(process.execPath, [join(project, 'node_modules/unsid/dist/cli/main.js'), ...flags], { cwd: project });

describe('the package', () => {
  it('has a command with help and version', async () => {
    expect((await unsid('--version')).stdout.trim()).toMatch(/^\d+\.\d+\.\d+$/);
    expect((await unsid('start', '--help')).stdout).toContain('Examples:');
    expect(readdirSync(join(project, 'node_modules/.bin'))).toContain('unsid');
  });

  it('starts from its bin and stops on SIGTERM', async () => {
    const child = spawn(join(project, 'node_modules/.bin/unsid'), ['start', '--port', '0'], { cwd: project });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const url = /http:\/\/\S+/.exec(line.toString())?.[0] ?? '';
    expect((await fetch(`${url}/_emulator/v1/health`)).status).toBe(200);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('is imported as documented, with types', async () => {
    const script = `
      import { createDevice, startEmulator } from 'unsid';
      const emulator = await startEmulator();
      const device = await createDevice({ url: emulator.url, user: 'adele', platform: 'iOS', application: 'contoso.example' });
      const body = JSON.stringify({ targetHostName: 'contoso.example', payload: { visualContent: { title: 'Hello' } } });
      const headers = { Authorization: 'Bearer dev.app.server', 'X-UNS-ID': device.unsid, 'Content-Type': 'application/json' };
      await fetch(emulator.url + '/beta/me/notifications', { method: 'POST', headers, body });
      const message = await device.next((one) => one.kind === 'notification');
      console.log(message.notification.payload.visualContent.title);
      await device.close();
      await emulator.stop();
    `;
    writeFileSync(join(project, 'try.mjs'), script);
    expect((await run(process.execPath, ['try.mjs'], { cwd: project })).stdout.trim()).toBe('Hello');
  });

  it.each(['README.md', 'docs/in-tests.md'])(
    'has types with which the sample of %s compiles, strictly and with the libraries checked',
    async (page) => {
      const [, sample = ''] = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(root, page), 'utf8')) ?? [];
      expect(sample).toContain("from 'unsid'");
      writeFileSync(join(project, 'sample.ts'), sample);
      const compiler = join(root, 'node_modules/typescript/bin/tsc');
      const compilerOptions = { noEmit: true, strict: true, module: 'nodenext', target: 'es2023', lib: ['es2023', 'dom'], types: [] };
      writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['sample.ts'] }));
      const { stdout } = await run(process.execPath, [compiler, '-p', 'tsconfig.json'], { cwd: project }).catch(
        (error: { stdout: string }) => error,
      );
      expect(stdout).toBe('');
    },
  );
});
