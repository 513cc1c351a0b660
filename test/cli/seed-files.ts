// Seed files that live as long as a test file.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';

/** Call it once at the head of a test file; writes a seed and returns its path. */
export function useSeedFiles(): (seed: object) => Promise<string> {
  let folder = '';
  let count = 0;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'unsid-seed-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return async (seed) => {
    count += 1;
    const file = join(folder, `${count}.json`);
    await writeFile(file, JSON.stringify(seed));
    return file;
  };
}
