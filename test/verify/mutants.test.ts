// The suite catches wrong implementations and lets lawful ones be: each mutant by the requirement it breaks, each variation without a failure.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { allCases } from '../../src/contract/run.ts';
import { allMutants } from '../mutants/all-mutants.ts';
import type { Mutant } from '../mutants/mutant.ts';
import { casesFor, judge } from './mutants/prove.ts';

interface Missed {
  readonly id: string;
  readonly why: string;
}

/** Those that the requirement's own cases do not show yet, told before they are mended. */
const missed = parse(readFileSync(new URL('./mutants/missed.yaml', import.meta.url), 'utf8')) as readonly Missed[];
const missedIds = new Set(missed.map(({ id }) => id));
const cases = await allCases({});
const hasCases = (requirement: string) => cases.some((one) => one.requirement === requirement);
const proved = allMutants.filter(({ id, needs }) => needs !== 'slow' && !missedIds.has(id));

async function isCaught(mutant: Mutant): Promise<boolean> {
  const { broken } = await judge(mutant, { only: casesFor(mutant, hasCases) });
  return [mutant.requirement, ...(mutant.also ?? [])].some((requirement) => broken.includes(requirement));
}

describe('the suite', () => {
  it('is asked to catch enough, and what it misses is a mutant', () => {
    expect(proved.length).toBeGreaterThan(250);
    expect(proved.filter(({ steps }) => steps === 'several').length).toBeGreaterThan(100);
    for (const { id, why } of missed) {
      expect(
        allMutants.map((one) => one.id),
        why,
      ).toContain(id);
    }
  });

  // A machine that is busy may keep a device waiting; what is wrong twice is wrong.
  it.concurrent.each(proved.map((mutant) => [mutant.id, mutant] as const))(
    'catches %s',
    async (_id, mutant) => {
      expect((await isCaught(mutant)) || (await isCaught(mutant)), `${mutant.requirement}: ${mutant.says}`).toBe(true);
    },
    120_000,
  );
});
