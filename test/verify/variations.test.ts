// The suite accepts valid implementations: all its cases against each legal variation, without a failure, and with no finding but the SHOULDs that the variation departs from.
import { afterAll, describe, expect, it } from 'vitest';
import { variations } from '../faulty-targets/variations/variations.ts';
import { sample } from './extent.ts';
import { createPool } from './faulty-targets/pool.ts';

/** Outcomes of a whole run: a variation is validated by as many cases as the emulator itself. */
const minOutcomes = 600;
/** Longer than the default, since other runs may keep the machine busy. */
const timeoutMs = 10_000;

const pool = createPool();
afterAll(pool.stop);

describe('the suite, against an implementation that conforms to the documents in another way,', () => {
  it('is run with enough variations', () => expect(variations.length).toBeGreaterThanOrEqual(30));

  it.concurrent.each(sample(variations, 3).map((variation) => [variation.id, variation] as const))(
    'finds no fault in %s',
    async (id, { departs = [] }) => {
      const { found, failed, inconclusive, outcomes } = await pool.run({ kind: 'variation', id, timeoutMs });
      expect([...failed, ...inconclusive]).toEqual([]);
      expect(found.filter(({ requirement }) => !departs.includes(requirement))).toEqual([]);
      expect(outcomes).toBeGreaterThan(minOutcomes);
    },
    20 * 60_000,
  );
});
