// The fast gate: every test but the slow ones in test/verify, on two cores.
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files of many seconds. One that starts among the last leaves the other workers without work until it ends. */
const longest = [
  'contract/requirements',
  'cli/start',
  'documents/documents-drive',
  'emulator/https',
  'demo/demo',
  'surfaces/socket-endings',
];

/** Vitest starts the longest files first when it has seen a run before; a clean checkout has none. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const place = longest.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
      return place === -1 ? longest.length : place;
    };
    const sorted = await super.sort(files);
    return sorted.sort((one, other) => rank(one) - rank(other));
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/verify/**', 'node_modules/**', 'dist/**'],
    globalSetup: 'test/support/built-command.ts',
    // Sockets and child processes are kept apart by processes, not by threads of one.
    pool: 'forks',
    // Files share a process: it is faster by half, and shows that no module keeps state.
    isolate: false,
    // One more than there are cores: a quarter of the time a worker waits for processes that it has started, and for timers.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    // Only what hangs takes so long: a busy machine must not fail a test.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    passWithNoTests: false,
    allowOnly: false,
  },
});
