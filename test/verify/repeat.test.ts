// Runs the suite again and again against one emulator: a verdict that changes by itself is no verdict.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/contract/engine/events.ts';
import { runContract } from '../../src/contract/run.ts';
import { composeEmulator, type Emulator } from '../../src/emulator.ts';
import { isFull } from './extent.ts';

/** Half of the runs vary the input, half repeat it. */
const otherSeeds = Array.from({ length: isFull ? 10 : 3 }, (_, index) => 101 + index);
const seeds = otherSeeds.flatMap((seed) => [1, seed]);
const concurrency = 8;

interface Run {
  readonly seed: number;
  readonly outcomes: readonly Outcome[];
  readonly unseenStatuses: readonly string[];
  readonly seconds: number;
}

describe(`the contract suite, ${seeds.length} times in a row against one emulator`, () => {
  const runs: Run[] = [];
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await composeEmulator({}, {});
    for (const randomSeed of seeds) {
      const { outcomes, summary } = await runContract({ url: emulator.url, randomSeed, concurrency });
      runs.push({ seed: randomSeed, outcomes, unseenStatuses: summary.unseenStatuses, seconds: summary.durationMs / 1000 });
    }
    const all = runs.map(({ seconds }) => seconds).toSorted((a, b) => a - b);
    console.log(
      `${all.length} runs, ${runs[0]?.outcomes.length} outcomes each; ${secondsText(all[0])} to ${secondsText(all.at(-1))} s a run`,
    );
  }, 20 * 60_000);
  afterAll(() => emulator?.stop());

  it('finds nothing wrong and errs never, whatever the seed', () => {
    const wrong = runs.flatMap(({ seed, outcomes }) =>
      outcomes
        .filter(({ kind, findings }) => kind === 'fail' || kind === 'error' || findings.length > 0)
        .map(({ case: { id }, kind, reason, findings }) => [seed, id, kind, reason, findings.map(({ expected, got }) => [expected, got])]),
    );
    expect(wrong).toEqual([]);
    expect(Math.min(...runs.map(({ outcomes }) => outcomes.filter(({ kind }) => kind === 'pass').length))).toBeGreaterThan(400);
  });

  it('comes to the same outcomes for the same seed', () => {
    const [first, ...others] = runs.filter(({ seed }) => seed === 1).map(verdict);
    expect(others).toHaveLength(otherSeeds.length - 1);
    for (const other of others) expect(other).toEqual(first);
  });

  it('asks the same cases for every seed', () => {
    const ids = ({ outcomes }: Run) => outcomes.map(({ case: { id } }) => id).sort();
    const [first, ...others] = runs.map(ids);
    for (const other of others) expect(other).toEqual(first);
  });
});

function verdict({ outcomes, unseenStatuses }: Run): unknown {
  const each = outcomes.map(({ case: { id }, kind, reason }) => [id, kind, reason ?? ''].join(' ')).sort();
  return { each, unseenStatuses };
}

function secondsText(seconds: number | undefined): string {
  return (seconds ?? 0).toFixed(1);
}
