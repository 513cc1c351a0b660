// Files that an emulator cannot be started with: pipes, whose reading might never end, and files that are nested too deeply.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type EmulatorOptions, startEmulator } from '../../src/emulator.ts';
import { useFolders } from '../support/folder.ts';

const newFolder = useFolders();

function messageOf(options: EmulatorOptions): Promise<string> {
  return startEmulator(options).then(
    async (emulator) => {
      await emulator.stop();
      return 'started';
    },
    (error: Error) => error.message,
  );
}

function newPipe(): { readonly folder: string; readonly pipe: string } {
  const folder = newFolder();
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  return { folder, pipe };
}

it.each<[string, (pipe: string) => EmulatorOptions]>([
  ['seed', (seed) => ({ seed })],
  ['document', (pipe) => ({ spec: [pipe] })],
  ['key set', (jwks) => ({ trustedIssuer: { jwks, issuer: 'https://id.example' } })],
  ['certificate', (pipe) => ({ https: { cert: pipe, key: pipe } })],
])('a pipe as %s is an error with its name, and is not waited for', async (_what, optionsOf) => {
  const { pipe } = newPipe();
  const message = await messageOf(optionsOf(pipe));
  expect(message).toContain(pipe);
  expect(message).toContain('it is a pipe or a device, not a regular file');
});

it('a pipe that a document or a seed refers to is one too', async () => {
  const { folder } = newPipe();
  const [spec, seed] = ['spec.yaml', 'seed.yaml'].map((name) => join(folder, name));
  writeFileSync(String(spec), 'openapi: 3.1.0\ninfo: { title: x, version: "1" }\npaths: { $ref: ./pipe }\n');
  writeFileSync(String(seed), 'clients: [{ clientId: a, displayName: a, certificates: [{ file: pipe }] }]\n');
  expect(await messageOf({ spec: [String(spec)] })).toContain('it is a pipe or a device');
  expect(await messageOf({ seed: String(seed) })).toContain('it is a pipe or a device');
});

it.each(['seed', 'spec'] as const)('a %s file that is nested too deeply is one line that says so', async (option) => {
  const file = join(newFolder(), 'deep.json');
  writeFileSync(file, `{"openapi":"3.1.0","users":${'['.repeat(20_000)}${']'.repeat(20_000)}}`);
  const message = await messageOf(option === 'seed' ? { seed: file } : { spec: [file] });
  expect(message).toMatch(/^[^\n]*deep\.json: .*it is nested too deeply$/);
});
