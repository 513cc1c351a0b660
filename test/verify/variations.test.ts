// The suite lets lawful implementations be: all its cases against each legal variation, without a failure, and nothing told but what it departs from.
import { describe, expect, it } from 'vitest';
import { toldOf } from '../contract/scenario-runs.ts';
import { variations } from '../mutants/variations.ts';
import { judge } from './mutants/prove.ts';

/** Of a whole run; each variation is judged by as many cases as the emulator itself. */
const fewestCases = 600;

describe('the suite, against an implementation that keeps the documents in its own way,', () => {
  it.concurrent.each(variations.map((variation) => [variation.id, variation] as const))(
    'finds nothing wrong with %s',
    async (_id, variation) => {
      // The machine may be busy with other runs: a wait that must end is long here.
      const { broken, outcomes } = await judge(variation, { timeoutMs: 10_000 });
      expect(outcomes.filter(({ kind }) => kind === 'fail' || kind === 'error').map(toldOf)).toEqual([]);
      const { departs = [] } = variation;
      expect(broken.filter((requirement) => !departs.includes(requirement))).toEqual([]);
      expect(outcomes.length).toBeGreaterThan(fewestCases);
    },
    5 * 60_000,
  );
});
