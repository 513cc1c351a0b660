// The slow gate: mutations, cut lines, long properties, the walk of the documents, the package; it fails when it finds no test.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/verify/**/*.test.ts'],
    exclude: ['node_modules/**', 'dist/**'],
    globalSetup: 'test/support/built-command.ts',
    pool: 'forks',
    maxWorkers: 2,
    // These tests measure and start processes: one file at a time, so that they do not disturb each other.
    fileParallelism: false,
    // Tests that say so run beside each other within their file.
    maxConcurrency: 3,
    testTimeout: 10 * 60_000,
    hookTimeout: 5 * 60_000,
    passWithNoTests: false,
    allowOnly: false,
  },
});
