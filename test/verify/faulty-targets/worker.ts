// A process that judges implementations one after the other: it is told which, and answers with what was found broken.
import type { Outcome } from '../../../src/contract/engine/events.ts';
import { allMutants } from '../../faulty-targets/faults/all-faults.ts';
import { variations } from '../../faulty-targets/variations/variations.ts';
import type { Job, Verdict } from './pool.ts';
import { judge } from './prove.ts';

async function verdictOf({ kind, id, only, isSlow = false, timeoutMs = 5000 }: Job): Promise<Verdict> {
  const implementation = (kind === 'mutant' ? allMutants : variations).find((one) => one.id === id);
  if (!implementation) throw new Error(`Nobody knows the ${kind} ${id}.`);
  const { outcomes } = await judge(implementation, { ...(only ? { only } : {}), slow: isSlow, timeoutMs });
  const found = outcomes.flatMap(({ case: { id: caseId }, findings }) => findings.map(({ requirement }) => ({ requirement, caseId })));
  return {
    found,
    failed: outcomes.filter((one) => one.kind === 'fail').map(told),
    unjudged: outcomes.filter((one) => one.kind === 'error').map(told),
    outcomes: outcomes.length,
  };
}

function told({ case: { id }, reason, findings }: Outcome): string {
  const found = findings.map(({ requirement, expected, got }) => `[${requirement}] expected ${expected}, got ${got.slice(0, 400)}`);
  return [id, ...(reason === undefined ? [] : [reason]), ...found].join(': ');
}

process.on('message', (job: Job) => {
  verdictOf(job).then(
    (verdict) => process.send?.({ verdict }),
    (error: unknown) => process.send?.({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
