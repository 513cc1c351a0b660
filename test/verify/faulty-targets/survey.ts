// Runs the whole suite against a choice of mutants and writes what else it found broken: `node --import tsx test/verify/faulty-targets/survey.ts [ID…]`.
import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'yaml';
import { allMutants } from '../../faulty-targets/faults/all-faults.ts';
import type { Mutant } from '../../faulty-targets/faults/fault.ts';
import { createPool } from './pool.ts';

/** By mutant: requirements beside its own that a whole run found broken, sorted. */
export type Further = Readonly<Record<string, readonly string[]>>;

/** Whole runs take seconds each: of those that need no seconds of real time, three of each rule of the socket, and every ninth of all. */
export const wholly: readonly Mutant[] = allMutants.filter((mutant, index) => {
  if (mutant.needs === 'slow') return false;
  const ofRule = allMutants.filter(({ rule, needs }) => rule !== undefined && rule === mutant.rule && needs !== 'slow');
  return index % 9 === 0 || ofRule.slice(0, 3).includes(mutant);
});

const file = new URL('./further.yaml', import.meta.url);

export function readFurther(): Further {
  return parse(readFileSync(file, 'utf8')) as Further;
}

function write(further: Further): void {
  const head =
    '# Requirements that a whole run finds broken by these mutants, beside the one that it names; explained.yaml says why. Written by survey.ts.';
  const rows = Object.entries(further).sort(([one], [other]) => one.localeCompare(other));
  writeFileSync(file, `${[head, ...rows.map(([id, list]) => `${id}: [${list.join(', ')}]`)].join('\n')}\n`);
}

/** What was found earlier stays: not every run shows every consequence. */
async function survey(ids: readonly string[], before: Further): Promise<void> {
  const pool = createPool();
  const further: Record<string, readonly string[]> = Object.fromEntries(
    Object.entries(before).filter(([id]) => wholly.some((one) => one.id === id)),
  );
  let done = 0;
  const one = async (id: string): Promise<void> => {
    const mutant = allMutants.find((each) => each.id === id);
    if (!mutant) throw new Error(`Nobody knows the mutant ${id}.`);
    const { found, unjudged } = await pool.judge({ kind: 'mutant', id });
    const own = [mutant.requirement, ...(mutant.also ?? [])];
    const broken = [...new Set(found.map(({ requirement }) => requirement))];
    const others = broken.filter((requirement) => !own.includes(requirement));
    further[id] = [...new Set([...(further[id] ?? []), ...others])].sort();
    done += 1;
    const verdict = own.some((requirement) => broken.includes(requirement)) ? 'caught' : 'MISSED';
    console.log([`${done}/${ids.length}`, verdict, id, `[${own.join(', ')}]`, others.join(', '), ...unjudged].join('  '));
    write(further);
  };
  await Promise.all(ids.map(one)).finally(pool.stop);
}

if (process.argv[1]?.endsWith('survey.ts')) {
  const asked = process.argv.slice(2);
  let before: Further = {};
  try {
    before = readFurther();
  } catch {
    // The first survey.
  }
  await survey(asked.length > 0 ? asked : wholly.map(({ id }) => id), before);
}
