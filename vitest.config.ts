// The fast gate: every test but the slow ones in test/verify, on two cores.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/verify/**', 'node_modules/**', 'dist/**'],
    globalSetup: 'test/support/built-command.ts',
    // Sockets and child processes are kept apart by processes, not by threads of one.
    pool: 'forks',
    // Files share a process: it is faster by half, and shows that no module keeps state.
    isolate: false,
    maxWorkers: 2,
    // Only what hangs takes so long: a busy machine must not fail a test.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    passWithNoTests: false,
    allowOnly: false,
  },
});
