// The tests bite: for each number a small mutation of the emulator, made in a copy, fails the tests that carry the number.
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Mutation, mutants, root, testFiles } from '../register/register.ts';

const copied = ['src', 'openapi', 'test', 'fixtures', 'docs', 'package.json', 'tsconfig.json', 'vitest.config.ts'];
const files = testFiles();

interface Outcome {
  readonly numTotalTests: number;
  readonly numPassedTests: number;
  readonly numFailedTests: number;
}

function mutatedCopy({ file, find, replace }: Mutation): string {
  const copy = mkdtempSync(join(tmpdir(), 'unsid-mutant-'));
  for (const name of copied) cpSync(join(root, name), join(copy, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  const path = join(copy, file);
  writeFileSync(
    path,
    readFileSync(path, 'utf8').replace(find, () => replace),
  );
  return copy;
}

function runTests(copy: string, number: string): Promise<Outcome> {
  const carrying = [...files].filter(([, numbers]) => numbers.has(number)).map(([file]) => file);
  const output = join(copy, 'outcome.json');
  const flags = ['run', ...carrying, '-t', `\\[${number}\\]`, '--reporter=json', `--outputFile=${output}`, '--bail=1'];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), ...flags], { cwd: copy }, (_error, _stdout, stderr) => {
      try {
        resolve(JSON.parse(readFileSync(output, 'utf8')) as Outcome);
      } catch {
        reject(new Error(`the tests of ${number} could not be run:\n${stderr}`));
      }
    });
  });
}

describe('mutations', () => {
  it.concurrent.each(mutants)('$number is noticed: $says', async ({ number, ...mutation }) => {
    const copy = mutatedCopy(mutation);
    try {
      const outcome = await runTests(copy, number);
      expect(outcome.numFailedTests, `tests of ${number} against ${mutation.find} → ${mutation.replace}`).toBeGreaterThan(0);
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  });
});
