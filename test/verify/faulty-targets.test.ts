// The suite detects faulty targets: each by the cases of the requirement it breaks; further requirements that a whole run reports are explained.
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { allCases } from '../../src/contract/run.ts';
import { allFaults } from '../faulty-targets/faults/all-faults.ts';
import type { FaultyTarget } from '../faulty-targets/faults/fault.ts';
import { sample } from './extent.ts';
import { createPool } from './faulty-targets/pool.ts';
import { casesFor } from './faulty-targets/prove.ts';
import { faultsForWholeRuns, readFurther } from './faulty-targets/survey.ts';

const cases = await allCases({});
const hasCases = (requirement: string) => cases.some((each) => each.requirement === requirement);
const further = readFurther();
/** By requirement: why faults of other requirements are reported for it too. */
const explained = parse(readFileSync(new URL('./faulty-targets/explained.yaml', import.meta.url), 'utf8')) as Readonly<
  Record<string, string>
>;
const requirementsOf = ({ requirement, also = [] }: FaultyTarget) => [requirement, ...also];

const pool = createPool();
afterAll(pool.stop);

async function isDetected(fault: FaultyTarget): Promise<boolean> {
  const { found } = await pool.run({
    kind: 'fault',
    id: fault.id,
    only: casesFor(fault, hasCases),
    isSlow: fault.needs === 'slow',
  });
  return found.some(({ requirement }) => requirementsOf(fault).includes(requirement));
}

describe('the suite', () => {
  it('is run against enough faulty targets', () => {
    expect(allFaults.length).toBeGreaterThan(300);
    expect(faultsForWholeRuns.length).toBeGreaterThanOrEqual(60);
    expect(faultsForWholeRuns.filter(({ rule }) => rule !== undefined).length).toBeGreaterThanOrEqual(25);
  });

  // On a busy machine a run can miss a fault because a wait ends too early, so each fault gets a second run.
  it.concurrent.each(sample(allFaults, 4).map((fault) => [fault.id, fault] as const))(
    'detects %s',
    async (_id, fault) => {
      expect((await isDetected(fault)) || (await isDetected(fault)), `${fault.requirement}: ${fault.description}`).toBe(true);
    },
    180_000,
  );
});

describe('a whole run', () => {
  it.concurrent.each(sample(faultsForWholeRuns, 8).map((fault) => [fault.id, fault] as const))(
    'reports for %s its requirement, and beside it only what is listed',
    async (id, fault) => {
      const { found, outcomes } = await pool.run({ kind: 'fault', id });
      const own = requirementsOf(fault);
      const broken = [...new Set(found.map(({ requirement }) => requirement))];
      expect(broken.some((requirement) => own.includes(requirement))).toBe(true);
      expect(broken.filter((requirement) => !own.includes(requirement) && !further[id]?.includes(requirement))).toEqual([]);
      expect(outcomes).toBeGreaterThan(600);
    },
    20 * 60_000,
  );
});

describe('further failures', () => {
  it('are surveyed for each faulty target of the whole runs', () => {
    expect(Object.keys(further).sort()).toEqual(faultsForWholeRuns.map(({ id }) => id).sort());
  });

  it('are explained, and every explanation is of a failure that occurs', () => {
    const seen = new Set(Object.values(further).flat());
    expect([...seen].filter((requirement) => explained[requirement] === undefined).sort()).toEqual([]);
    expect(Object.keys(explained).filter((requirement) => !seen.has(requirement))).toEqual([]);
  });
});
