// A process that runs the suite against one implementation after the other: it receives jobs and replies with what each run found.
import type { Outcome } from '../../../src/contract/engine/events.ts';
import { allFaults } from '../../faulty-targets/faults/all-faults.ts';
import { variations } from '../../faulty-targets/variations/variations.ts';
import type { Job, Result } from './pool.ts';
import { prove } from './prove.ts';

async function resultOf({ kind, id, only, isSlow = false, timeoutMs = 5000 }: Job): Promise<Result> {
  const implementation = (kind === 'fault' ? allFaults : variations).find((each) => each.id === id);
  if (!implementation) throw new Error(`There is no ${kind} with the id ${id}.`);
  const { outcomes } = await prove(implementation, { ...(only ? { only } : {}), slow: isSlow, timeoutMs });
  const found = outcomes.flatMap(({ case: { id: caseId }, findings }) => findings.map(({ requirement }) => ({ requirement, caseId })));
  return {
    found,
    failed: outcomes.filter((each) => each.kind === 'fail').map(format),
    inconclusive: outcomes.filter((each) => each.kind === 'error').map(format),
    outcomes: outcomes.length,
  };
}

function format({ case: { id }, reason, findings }: Outcome): string {
  const found = findings.map(({ requirement, expected, got }) => `[${requirement}] expected ${expected}, got ${got.slice(0, 400)}`);
  return [id, ...(reason === undefined ? [] : [reason]), ...found].join(': ');
}

process.on('message', (job: Job) => {
  resultOf(job).then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
