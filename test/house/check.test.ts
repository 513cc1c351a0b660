// Proves that `npm run check` runs every check, prints what each says, and fails when one fails or there is none.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { useFolders } from '../support/folder.ts';

const script = new URL('../../scripts/check.mjs', import.meta.url);
const createFolder = useFolders();

function check(scripts: Record<string, string>) {
  const root = createFolder();
  mkdirSync(join(root, 'scripts'));
  copyFileSync(script, join(root, 'scripts/check.mjs'));
  writeFileSync(join(root, 'package.json'), JSON.stringify({ scripts }));
  return spawnSync(process.execPath, [join(root, 'scripts/check.mjs')], { encoding: 'utf8' });
}

it('passes when every check passes, with what they said', () => {
  const { status, stdout, stderr } = check({ 'check:one': 'echo first', 'check:two': 'echo second', test: 'exit 1' });
  expect([status, stdout.trim().split('\n').sort(), stderr]).toEqual([0, ['first', 'second'], '']);
});

it('fails when one check fails, names it, and lets the others end', () => {
  const { status, stdout, stderr } = check({ 'check:one': 'echo broken >&2 && exit 3', 'check:two': 'echo second' });
  expect(status).toBe(1);
  expect(stdout.trim().split('\n').sort()).toEqual(['broken', 'second']);
  expect(stderr).toBe('check:one failed (3)\n');
});

it('fails when there is no check', () => {
  expect(check({ test: 'exit 0' }).status).toBe(1);
});
