// The tests bite: for each number a small mutation of the emulator, made in a copy, fails the tests that carry the number.
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Mutation, mutants, root, testFiles } from '../register/register.ts';
import { sample } from './extent.ts';

const copied = ['src', 'openapi', 'test', 'fixtures', 'docs', 'package.json', 'tsconfig.json', 'vitest.config.ts'];
const files = testFiles();

/** A mutant may make its tests wait for ever, which is noticed too: well before the time of the test here has passed. */
const soonOver = ['--testTimeout=120000', '--hookTimeout=120000'];

interface Outcome {
  readonly numTotalTests: number;
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly success: boolean;
  readonly testResults: readonly { readonly name: string; readonly message: string }[];
}

function freshCopy(): string {
  const copy = mkdtempSync(join(tmpdir(), 'unsid-mutant-'));
  for (const name of copied) cpSync(join(root, name), join(copy, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

function mutatedCopy({ file, find, replace }: Mutation): string {
  const copy = freshCopy();
  const path = join(copy, file);
  writeFileSync(
    path,
    readFileSync(path, 'utf8').replace(find, () => replace),
  );
  return copy;
}

function runTests(copy: string, number: string): Promise<Outcome> {
  const carrying = [...files].filter(([, numbers]) => numbers.has(number)).map(([file]) => file);
  return runFiles(copy, carrying, number, soonOver);
}

/** @param number a number, or the pattern of several */
function runFiles(copy: string, carrying: readonly string[], number: string, more: readonly string[] = []): Promise<Outcome> {
  const output = join(copy, 'outcome.json');
  const flags = ['run', ...carrying, '-t', `\\[${number}\\]`, '--reporter=json', `--outputFile=${output}`, '--bail=1', ...more];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), ...flags], { cwd: copy }, (_error, _stdout, stderr) => {
      try {
        resolve(read(output));
      } catch (error) {
        reject(new Error(`the tests of ${number} could not be run: ${error instanceof Error ? error.message : error}\n${stderr}`));
      }
    });
  });
}

/** @throws Error when a file failed as a whole, which says nothing of its tests */
function read(output: string): Outcome {
  const outcome = JSON.parse(readFileSync(output, 'utf8')) as Outcome;
  if (outcome.numFailedTests > 0 || outcome.success) return outcome;
  throw new Error(outcome.testResults.map(({ name, message }) => `${name}: ${message}`).join('\n'));
}

describe('mutations', () => {
  it('are made in copies whose tests pass without one, or a failure would say nothing', async () => {
    const copy = freshCopy();
    try {
      const carrying = [...files].filter(([, numbers]) => numbers.size > 0).map(([file]) => file);
      const outcome = await runFiles(copy, carrying, '[FDR]\\d+');
      expect(outcome).toMatchObject({ numFailedTests: 0 });
      expect(outcome.numPassedTests).toBeGreaterThan(mutants.length);
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  });

  it.concurrent.each(sample(mutants, 6))('$number is noticed: $says', async ({ number, ...mutation }) => {
    const copy = mutatedCopy(mutation);
    try {
      const outcome = await runTests(copy, number);
      expect(outcome.numFailedTests, `tests of ${number} against ${mutation.find} → ${mutation.replace}`).toBeGreaterThan(0);
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  });
});
