// The suite lets lawful implementations be: all its cases against each legal variation, without a failure, and nothing told but what it departs from.
import { afterAll, describe, expect, it } from 'vitest';
import { variations } from '../faulty-targets/variations/variations.ts';
import { sample } from './extent.ts';
import { createPool } from './faulty-targets/pool.ts';

/** Of a whole run; each variation is judged by as many cases as the emulator itself. */
const fewestCases = 600;
/** The machine may be busy with other runs: a wait that must end is long here. */
const timeoutMs = 10_000;

const pool = createPool();
afterAll(pool.stop);

describe('the suite, against an implementation that keeps the documents in its own way,', () => {
  it('is asked to let enough be', () => expect(variations.length).toBeGreaterThanOrEqual(30));

  it.concurrent.each(sample(variations, 3).map((variation) => [variation.id, variation] as const))(
    'finds nothing wrong with %s',
    async (id, { departs = [] }) => {
      const { found, failed, unjudged, outcomes } = await pool.judge({ kind: 'variation', id, timeoutMs });
      expect([...failed, ...unjudged]).toEqual([]);
      expect(found.filter(({ requirement }) => !departs.includes(requirement))).toEqual([]);
      expect(outcomes).toBeGreaterThan(fewestCases);
    },
    5 * 60_000,
  );
});
