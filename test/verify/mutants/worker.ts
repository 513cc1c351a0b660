// A process that judges implementations one after the other: it is told which, and answers with what was found broken.
import { allMutants } from '../../mutants/all-mutants.ts';
import { variations } from '../../mutants/variations.ts';
import type { Job, Verdict } from './pool.ts';
import { judge } from './prove.ts';

async function verdictOf({ kind, id, only, isSlow }: Job): Promise<Verdict> {
  const implementation = (kind === 'mutant' ? allMutants : variations).find((one) => one.id === id);
  if (!implementation) throw new Error(`Nobody knows the ${kind} ${id}.`);
  const { outcomes } = await judge(implementation, { ...(only ? { only } : {}), slow: isSlow ?? false });
  const found = outcomes.flatMap(({ case: { id: caseId }, findings }) =>
    findings.map(({ requirement, expected, got }) => ({ requirement, caseId, expected, got: got.slice(0, 400) })),
  );
  const unjudged = outcomes.filter(({ kind: its }) => its === 'error').map(({ case: { id: caseId }, reason }) => `${caseId}: ${reason}`);
  return { found, unjudged, outcomes: outcomes.length };
}

process.on('message', (job: Job) => {
  verdictOf(job).then(
    (verdict) => process.send?.({ verdict }),
    (error: unknown) => process.send?.({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
