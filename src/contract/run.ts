// Runs the contract suite: plan, run, summary.
import { answerChecks } from '../checks/all-checks.ts';
import { messageRequirements } from '../checks/message-checks.ts';
import { loadCatalogue } from '../checks/requirement.ts';
import { loadSpec, type Spec } from '../documents/spec.ts';
import type { Case } from './case.ts';
import { assertEveryRequirementHasCase, unexercised } from './engine/coverage.ts';
import { infoOf, runCases } from './engine/engine.ts';
import type { Outcome, OutcomeKind, RunEvent, Summary } from './engine/events.ts';
import { selectCases } from './engine/select.ts';
import { generatedCases } from './generators/generated-cases.ts';
import type { ContractOptions } from './options.ts';
import { createRunContext } from './run-context.ts';
import { scenarioCases } from './scenarios/scenarios.ts';
import { tableCases } from './tables/table-cases.ts';

export interface ContractResult {
  readonly summary: Summary;
  readonly outcomes: readonly Outcome[];
}

/** All cases, in a fixed order. */
export async function allCases(options: Pick<ContractOptions, 'spec' | 'randomSeed'>): Promise<readonly Case[]> {
  return casesOf(await loadSpec({ files: options.spec ?? [] }), options.randomSeed ?? 1);
}

async function casesOf(spec: Spec, seed: number): Promise<readonly Case[]> {
  return [...generatedCases(spec, seed), ...(await tableCases()), ...scenarioCases];
}

/**
 * Validates an implementation. Failures are in the result; it rejects only if it could not run at all.
 * @throws TypeError for an invalid URL, DocumentError, ConnectionError if the target cannot be reached
 */
export async function runContract(options: ContractOptions): Promise<ContractResult> {
  const began = performance.now();
  const seed = options.randomSeed ?? 1;
  const spec = await loadSpec({ files: options.spec ?? [] });
  const catalogue = await loadCatalogue();
  const every = await casesOf(spec, seed);
  assertEveryRequirementHasCase(catalogue.all, every, new Set([...Object.keys(answerChecks), ...messageRequirements]));
  const cases = selectCases(every, options);
  const emit = async (event: RunEvent): Promise<void> => {
    for (const listener of options.listeners ?? []) await listener(event);
  };
  const { engine, coverage, stopReason, end } = await createRunContext({ options, spec, catalogue, emit });
  await emit({
    kind: 'run-started',
    target: options.url,
    cases: cases.map(infoOf),
    requirements: catalogue.all,
    seed,
    at: new Date().toISOString(),
  });
  const outcomes = await runCases(cases, engine).finally(end);
  const stoppedBecause = stopReason();
  const checked = engine.results.outcomes();
  for (const outcome of checked) await emit({ kind: 'case-finished', outcome });
  const all = [...outcomes, ...checked];
  const summary: Summary = {
    ...counted(all),
    unexercised: unexercised(catalogue.all, all),
    unseenStatuses: coverage.unseenStatuses(),
    durationMs: performance.now() - began,
    isPartial: outcomes.length < cases.length,
    ...(stoppedBecause === undefined ? {} : { stopReason: stoppedBecause }),
    clockMovedSeconds: engine.clock.movedSeconds(),
    isSelection: cases.length < every.length,
  };
  await emit({ kind: 'run-finished', summary });
  return { summary, outcomes: all };
}

function counted(outcomes: readonly Outcome[]): Pick<Summary, 'outcomes' | 'unexpectedPasses' | 'warnings'> {
  const counts: Record<OutcomeKind, number> = { pass: 0, fail: 0, error: 0, skip: 0, known: 0 };
  for (const { kind } of outcomes) counts[kind] += 1;
  return {
    outcomes: counts,
    unexpectedPasses: outcomes.filter(({ isUnexpectedPass }) => isUnexpectedPass).length,
    warnings: outcomes.filter(({ kind, findings }) => kind === 'pass' && findings.length > 0).length,
  };
}
