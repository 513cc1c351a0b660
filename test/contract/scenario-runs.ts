// Runs scenarios for tests: an emulator of their own, the suite's own options, outcomes by case.
import { afterAll } from 'vitest';
import type { Outcome } from '../../src/contract/engine/events.ts';
import type { ContractOptions } from '../../src/contract/options.ts';
import { type ContractResult, runContract } from '../../src/contract/run.ts';
import { composeEmulator, type Emulator, type EmulatorOptions } from '../../src/emulator.ts';

/** Short, so that heartbeats can be waited for. */
export const heartbeatSeconds = 0.4;

/** Only what hangs takes that long: on a busy machine an answer may take many seconds. */
const timeoutMs = 60_000;

export interface ScenarioRuns {
  /** Judges an emulator that was started for this file. */
  judge(options: Omit<ContractOptions, 'url'>, emulator?: EmulatorOptions): Promise<readonly Outcome[]>;
  /** The same, with the summary. */
  run(options: Omit<ContractOptions, 'url'>, emulator?: EmulatorOptions): Promise<ContractResult>;
}

/** Call it once at the head of a test file; emulators live until its end. */
export function useScenarioRuns(): ScenarioRuns {
  const running = new Map<string, Promise<Emulator>>();
  afterAll(async () => {
    for (const emulator of running.values()) await (await emulator).stop();
  });
  const run: ScenarioRuns['run'] = async (options, emulatorOptions = {}) => {
    const key = JSON.stringify(emulatorOptions);
    const emulator = running.get(key) ?? composeEmulator({ heartbeatSeconds, ...emulatorOptions }, {});
    running.set(key, emulator);
    return runContract({ url: (await emulator).url, timeoutMs, ...options });
  };
  return { run, judge: async (...parts) => (await run(...parts)).outcomes };
}

/** What a person would read: `fail scenario/order/posts: expected …, got …`. */
export function outcomeText({ case: { id }, kind, reason, findings }: Outcome): string {
  const found = findings.map(({ requirement, expected, got }) => `[${requirement}] expected ${expected}, got ${got}`);
  return [`${kind} ${id}`, ...(reason === undefined ? [] : [reason]), ...found].join(': ');
}
