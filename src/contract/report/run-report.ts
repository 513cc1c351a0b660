// Collects the events of a run into the report from which all formats are generated.
import type { Requirement } from '../../checks/requirement.ts';
import type { CaseInfo, Outcome, RunEvent, RunListener, Summary } from '../engine/events.ts';

/** How often an operation responded with a status, by the origin of the cases. */
export interface CoverageRow {
  readonly operationId: string;
  readonly status: number;
  readonly counts: Readonly<Record<CaseInfo['origin'], number>>;
}

export interface RunReport {
  readonly version: 1;
  readonly target: string;
  /** ISO 8601, by this machine's clock. */
  readonly startedAt: string;
  readonly seed: number;
  readonly requirements: readonly Requirement[];
  readonly outcomes: readonly Outcome[];
  readonly coverage: readonly CoverageRow[];
  readonly summary: Summary;
}

export interface Collector {
  readonly listener: RunListener;
  /** @throws Error before the run has finished */
  report(): RunReport;
}

export function createCollector(): Collector {
  let started: Extract<RunEvent, { kind: 'run-started' }> | undefined;
  let summary: Summary | undefined;
  const outcomes: Outcome[] = [];
  const rows = new Map<string, { operationId: string; status: number; counts: Record<CaseInfo['origin'], number> }>();
  const count = ({ case: info, exchange, operationId }: Extract<RunEvent, { kind: 'exchange' }>): void => {
    if (operationId === undefined) return;
    const { status } = exchange.answer;
    const key = `${operationId} ${status}`;
    const row = rows.get(key) ?? { operationId, status, counts: { document: 0, table: 0, scenario: 0, check: 0 } };
    row.counts[info.origin] += 1;
    rows.set(key, row);
  };
  return {
    listener: (event) => {
      if (event.kind === 'run-started') started = event;
      else if (event.kind === 'exchange') count(event);
      else if (event.kind === 'case-finished') outcomes.push(event.outcome);
      else if (event.kind === 'run-finished') summary = event.summary;
    },
    report: () => {
      if (!started || !summary) throw new Error('The run has not finished.');
      const { target, at, seed, requirements } = started;
      const coverage = [...rows.values()].sort((a, b) => a.operationId.localeCompare(b.operationId) || a.status - b.status);
      return { version: 1, target, startedAt: at, seed, requirements, outcomes, coverage, summary };
    },
  };
}

export type RequirementVerdict = 'kept' | 'broken' | 'known' | 'unproved';

export interface RequirementRow {
  readonly requirement: Requirement;
  readonly verdict: RequirementVerdict;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly errors: number;
}

/** Each requirement with the results of its cases; a finding counts for the requirement that it names. */
export function requirementRows({ requirements, outcomes }: Pick<RunReport, 'requirements' | 'outcomes'>): readonly RequirementRow[] {
  return requirements.map((requirement) => {
    const { id } = requirement;
    const own = outcomes.filter((one) => one.case.requirement === id);
    const failed = outcomes.filter(
      ({ kind, findings }) => kind !== 'known' && findings.some((finding) => finding.requirement === id),
    ).length;
    const counted = (kind: Outcome['kind']) => own.filter((one) => one.kind === kind).length;
    const passed = own.filter(({ kind, findings }) => kind === 'pass' && findings.length === 0).length;
    const known = counted('known');
    const verdict: RequirementVerdict = failed > 0 ? 'broken' : known > 0 ? 'known' : passed > 0 ? 'kept' : 'unproved';
    return { requirement, verdict, passed, failed, skipped: counted('skip'), errors: counted('error') };
  });
}

/** The verdict in words; says how much was checked if that is not everything. */
export function verdictText(report: RunReport): string {
  const exitCode = exitCodeOf(report.summary);
  if (exitCode !== 0) return exitCode === 1 ? 'breaks the contract' : 'no verdict';
  const rows = requirementRows(report);
  const checked = rows.filter(({ verdict }) => verdict !== 'unproved').length;
  if (checked === rows.length) return 'keeps the contract';
  return `keeps the contract as far as it was checked: ${checked} of ${rows.length} requirements`;
}

/** 0: passed. 1: failures or unexpected passes. 3: no verdict, or errors. */
export function exitCodeOf({ outcomes, unexpectedPasses }: Summary): 0 | 1 | 3 {
  if (outcomes.fail > 0 || unexpectedPasses > 0) return 1;
  if (outcomes.pass + outcomes.known === 0 || outcomes.error > 0) return 3;
  return 0;
}
