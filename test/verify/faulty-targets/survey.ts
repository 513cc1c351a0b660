// Runs the whole suite against some faulty targets and lists the further requirements it found broken: `node --import tsx test/verify/faulty-targets/survey.ts [ID…]`.
import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'yaml';
import { allFaults } from '../../faulty-targets/faults/all-faults.ts';
import type { FaultyTarget } from '../../faulty-targets/faults/fault.ts';
import { createPool } from './pool.ts';

/** By id of the faulty target: requirements that a whole run found broken beside its own, sorted. */
export type Further = Readonly<Record<string, readonly string[]>>;

const file = new URL('./further.yaml', import.meta.url);

export function readFurther(): Further {
  return parse(readFileSync(file, 'utf8')) as Further;
}

/**
 * A whole run takes several seconds, so these are a choice: the faults that further.yaml lists. It was made of three of each socket rule, and
 * every ninth of all; a new fault is added there by running this file with its id.
 */
export const faultsForWholeRuns: readonly FaultyTarget[] = allFaults.filter(({ id }) => Object.hasOwn(readFurther(), id));

function write(further: Further): void {
  const head =
    '# By faulty target: requirements that a whole run finds broken beside its own; explained.yaml has the reasons. Written by survey.ts.';
  const rows = Object.entries(further).sort(([a], [b]) => a.localeCompare(b));
  writeFileSync(file, `${[head, ...rows.map(([id, list]) => `${id}: [${list.join(', ')}]`)].join('\n')}\n`);
}

/** Keeps what earlier surveys found, because a run does not always show every consequence. */
async function survey(ids: readonly string[], before: Further): Promise<void> {
  const pool = createPool();
  const further: Record<string, readonly string[]> = Object.fromEntries(
    Object.entries(before).filter(([id]) => allFaults.some((fault) => fault.id === id)),
  );
  let done = 0;
  const surveyOne = async (id: string): Promise<void> => {
    const fault = allFaults.find((each) => each.id === id);
    if (!fault) throw new Error(`There is no faulty target with the id ${id}; faults/all-faults.ts lists them.`);
    const { found, inconclusive } = await pool.run({ kind: 'fault', id });
    const own = [fault.requirement, ...(fault.also ?? [])];
    const broken = [...new Set(found.map(({ requirement }) => requirement))];
    const others = broken.filter((requirement) => !own.includes(requirement));
    further[id] = [...new Set([...(further[id] ?? []), ...others])].sort();
    done += 1;
    const verdict = own.some((requirement) => broken.includes(requirement)) ? 'detected' : 'MISSED';
    console.log([`${done}/${ids.length}`, verdict, id, `[${own.join(', ')}]`, others.join(', '), ...inconclusive].join('  '));
    write(further);
  };
  await Promise.all(ids.map(surveyOne)).finally(pool.stop);
}

if (process.argv[1]?.endsWith('survey.ts')) {
  const ids = process.argv.slice(2);
  let before: Further = {};
  try {
    before = readFurther();
  } catch {
    // The first survey.
  }
  await survey(ids.length > 0 ? ids : faultsForWholeRuns.map(({ id }) => id), before);
}
