// The suite catches wrong implementations: each mutant by the cases of the requirement it breaks, and what else a whole run tells of it is explained.
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { allCases } from '../../src/contract/run.ts';
import { allMutants } from '../faulty-targets/faults/all-faults.ts';
import type { Mutant } from '../faulty-targets/faults/fault.ts';
import { sample } from './extent.ts';
import { createPool } from './faulty-targets/pool.ts';
import { casesFor } from './faulty-targets/prove.ts';
import { readFurther, wholly } from './faulty-targets/survey.ts';

const cases = await allCases({});
const hasCases = (requirement: string) => cases.some((one) => one.requirement === requirement);
const further = readFurther();
/** Why a fault elsewhere shows at this requirement too. */
const explained = parse(readFileSync(new URL('./faulty-targets/explained.yaml', import.meta.url), 'utf8')) as Readonly<
  Record<string, string>
>;
const own = ({ requirement, also = [] }: Mutant) => [requirement, ...also];

const pool = createPool();
afterAll(pool.stop);

async function isCaught(mutant: Mutant): Promise<boolean> {
  const { found } = await pool.judge({
    kind: 'mutant',
    id: mutant.id,
    only: casesFor(mutant, hasCases),
    isSlow: mutant.needs === 'slow',
  });
  return found.some(({ requirement }) => own(mutant).includes(requirement));
}

describe('the suite', () => {
  it('is asked to catch enough', () => {
    expect(allMutants.length).toBeGreaterThan(300);
    expect(allMutants.filter(({ steps }) => steps === 'several').length).toBeGreaterThan(150);
    expect(wholly.length).toBeGreaterThanOrEqual(60);
    expect(wholly.filter(({ steps }) => steps === 'several').length).toBeGreaterThanOrEqual(25);
  });

  // A machine that is busy may keep a device waiting; what is wrong twice is wrong.
  it.concurrent.each(sample(allMutants, 4).map((mutant) => [mutant.id, mutant] as const))(
    'catches %s',
    async (_id, mutant) => {
      expect((await isCaught(mutant)) || (await isCaught(mutant)), `${mutant.requirement}: ${mutant.says}`).toBe(true);
    },
    180_000,
  );
});

describe('a whole run', () => {
  it.concurrent.each(sample(wholly, 8).map((mutant) => [mutant.id, mutant] as const))(
    'finds that %s breaks its requirement, and beside it only what is listed',
    async (id, mutant) => {
      const { found, outcomes } = await pool.judge({ kind: 'mutant', id });
      const broken = [...new Set(found.map(({ requirement }) => requirement))];
      expect(broken.some((requirement) => own(mutant).includes(requirement))).toBe(true);
      expect(broken.filter((requirement) => !own(mutant).includes(requirement) && !further[id]?.includes(requirement))).toEqual([]);
      expect(outcomes).toBeGreaterThan(600);
    },
    300_000,
  );
});

describe('further failures', () => {
  it('are surveyed for each of these mutants', () => {
    expect(Object.keys(further).sort()).toEqual(wholly.map(({ id }) => id).sort());
  });

  it('are explained, and nothing is that never came', () => {
    const seen = new Set(Object.values(further).flat());
    expect([...seen].filter((requirement) => explained[requirement] === undefined).sort()).toEqual([]);
    expect(Object.keys(explained).filter((requirement) => !seen.has(requirement))).toEqual([]);
  });
});
