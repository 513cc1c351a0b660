// Prints a contract run on the terminal: progress, each failure when it occurs, summary tables at the end.
import type { Finding } from '../../checks/failure.ts';
import type { Requirement } from '../../checks/requirement.ts';
import type { Outcome, RunEvent, RunListener, Summary } from '../../contract/engine/events.ts';
import { findingLines, requirementText } from '../../contract/report/finding-text.ts';
import { exitCodeOf, type RunReport, requirementRows, verdictText } from '../../contract/report/run-report.ts';
import { durationOf } from '../../contract/target/target-clock.ts';
import { createScreen, type Screen } from '../terminal/screen.ts';
import { tableLines } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { counted, pad, safeLine, safeLines, truncate } from '../terminal/text.ts';

/** Maximum number of failures that are printed in full; the rest are counted. */
const maxPrinted = 50;

export interface ContractConsole {
  readonly listener: RunListener;
  /** Prints the summary tables. */
  close(report: RunReport): void;
}

export function createContractConsole(terminal: Terminal): ContractConsole {
  const { colors } = terminal.out;
  const screen = createScreen(terminal);
  const requirements = new Map<string, Requirement>();
  const printed = new Set<string>();
  const reasons = new Set<string>();
  const counts = { total: 0, done: 0, failed: 0, inconclusive: 0 };

  /** Prints each cause once, however many cases it fails. */
  function printOutcome(outcome: Outcome): void {
    if (outcome.kind === 'known') return;
    for (const finding of outcome.findings) {
      const key = `${finding.requirement} ${finding.fingerprint ?? `${finding.expected} ${finding.got}`}`;
      if (printed.has(key)) continue;
      printed.add(key);
      if (printed.size <= maxPrinted) screen.print(findingText(outcome, finding));
    }
    if (outcome.kind === 'error' && !reasons.has(outcome.reason ?? '')) {
      reasons.add(outcome.reason ?? '');
      screen.print([`${colors.yellow('! error')}  ${safeLine(`${outcome.case.id}: ${outcome.reason ?? ''}`)}`, '']);
    }
    if (outcome.isUnexpectedPass)
      screen.print([
        `${colors.yellow('! passes')} ${safeLine(outcome.case.id)} is listed as a known failure, but passed; remove it from the file of --known`,
        '',
      ]);
  }

  function findingText(outcome: Outcome, finding: Finding): readonly string[] {
    const requirement = requirements.get(finding.requirement);
    const isWarning = requirement?.level === 'SHOULD';
    const head = `${isWarning ? colors.yellow('~ should') : colors.red('✗ broken')} ${colors.bold(safeLine(requirement ? requirementText(requirement) : finding.requirement))}`;
    const lines = [['case', outcome.case.id] as const, ...findingLines(finding)];
    return [head, ...lines.flatMap(([name, text]) => indented(name, text)), ''];
  }

  function indented(name: string, text: string): readonly string[] {
    return safeLines(text).map((line, index) => `  ${colors.dim(pad(index === 0 ? name : '', 9))} ${line}`);
  }

  function progress(current: string): void {
    const { done, total, failed, inconclusive } = counts;
    const more = [...(failed > 0 ? [`${failed} failed`] : []), ...(inconclusive > 0 ? [counted(inconclusive, 'error')] : [])];
    screen.setStatus(truncate([`${done}/${total}`, ...more, safeLine(current)].join(' · '), terminal.columns() - 1));
  }

  return {
    listener: (event: RunEvent) => {
      if (event.kind === 'run-started') {
        for (const requirement of event.requirements) requirements.set(requirement.id, requirement);
        counts.total = event.cases.length;
        screen.print([`${counted(event.cases.length, 'case')} against ${event.target}, random seed ${event.seed}`, '']);
      } else if (event.kind === 'case-started') progress(event.case.id);
      else if (event.kind === 'case-finished') {
        const { kind, case: info } = event.outcome;
        if (info.origin !== 'check') counts.done += 1;
        if (kind === 'fail') counts.failed += 1;
        if (kind === 'error') counts.inconclusive += 1;
        printOutcome(event.outcome);
        progress(info.id);
      }
    },
    close: (report) => {
      screen.end();
      if (printed.size > maxPrinted) screen.print([`… and ${printed.size - maxPrinted} more; --report json=FILE writes all of them`, '']);
      closing(screen, terminal.out, report);
    },
  };
}

function closing(screen: Screen, { colors }: Terminal['out'], report: RunReport): void {
  const rows = requirementRows(report);
  const { summary } = report;
  const { pass, fail, error, skip, known } = summary.outcomes;
  const surfaces = ['graph', 'client', 'devices'].map((surface) => {
    const own = rows.filter(({ requirement }) => requirement.surface === surface);
    const countOf = (verdict: string) => String(own.filter((row) => row.verdict === verdict).length);
    return [surface, String(own.length), countOf('kept'), countOf('broken'), countOf('known'), countOf('unproved')];
  });
  screen.print(
    tableLines({ title: 'Requirements', heads: ['surface', 'all', 'kept', 'broken', 'known', 'unproved'], rows: surfaces }, colors),
  );
  screen.print(['', ...coverageLines(report, colors)]);
  const skips = tallied(report.outcomes.filter(({ kind }) => kind === 'skip').map(({ reason }) => reason ?? ''));
  screen.print(listed('Skipped', skips));
  screen.print(
    listed('Without a verdict', tallied(report.outcomes.filter(({ kind }) => kind === 'error').map(({ reason }) => reason ?? ''))),
  );
  screen.print(listed('Documented statuses that never occurred', byOperation(summary.unseenStatuses)));
  screen.print(listed('Requirements that this run has not proved', unprovedOf(report)));
  const exitCode = exitCodeOf(summary);
  const [sign, paint] = exitCode === 0 ? ['✓', colors.green] : exitCode === 1 ? ['✗', colors.red] : ['?', colors.yellow];
  const verdict = paint(`${sign} ${verdictText(report)}`);
  const numbers = [
    `${pass} passed, ${fail} failed, ${counted(error, 'error')}, ${skip} skipped`,
    `${counted(known, 'known failure')}, ${counted(summary.warnings, 'warning')}`,
  ].join(', ');
  screen.print(clockText(report));
  screen.print(['', `${verdict}  ${numbers}, ${(summary.durationMs / 1000).toFixed(1)} s${stopText(summary)}`]);
}

/** Subscriptions that others made before have ended at the new time. */
function clockText({ target, summary: { clockMovedSeconds } }: RunReport): readonly string[] {
  if (clockMovedSeconds === 0) return [];
  return [
    '',
    `The run has moved the target's clock by ${durationOf(clockMovedSeconds)}, and has left notifications there. This sets the clock back, and deletes all data:`,
    `  curl -X POST ${safeLine(target.replace(/\/+$/, ''))}/_emulator/v1/reset`,
  ];
}

function stopText({ isPartial, stopReason }: Summary): string {
  if (!isPartial) return '';
  return `; stopped before its end${stopReason === undefined ? '' : `: ${safeLine(stopReason)}`}`;
}

/** One row for each operation and status; the cells count responses by the origin of the case: documents, tables, scenarios. */
function coverageLines({ coverage }: RunReport, colors: Terminal['out']['colors']): readonly string[] {
  const rows = coverage.map(({ operationId, status, counts: { document, table, scenario } }) => [
    operationId,
    String(status),
    String(document),
    String(table),
    String(scenario),
  ]);
  return tableLines({ title: 'Responses', heads: ['operation', 'status', 'document', 'table', 'scenario'], rows }, colors);
}

function listed(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : ['', title, ...items.map((item) => `  ${safeLine(item)}`)];
}

/** `postNotification 429, 500`: one line for each operation. */
function byOperation(statuses: readonly string[]): readonly string[] {
  const found = new Map<string, string[]>();
  for (const text of statuses) {
    const [operation = '', status = ''] = text.split(' ');
    found.set(operation, [...(found.get(operation) ?? []), status]);
  }
  return [...found].map(([operation, all]) => `${operation} ${all.join(', ')}`);
}

/** Requirements without a selected case are only counted: the user left them out on purpose. */
function unprovedOf({ summary, outcomes }: RunReport): readonly string[] {
  if (!summary.isSelection) return summary.unexercised;
  const chosen = new Set(outcomes.map(({ case: { requirement } }) => requirement));
  const named = summary.unexercised.filter((id) => chosen.has(id));
  const others = summary.unexercised.length - named.length;
  return [...named, ...(others > 0 ? [`${others}${named.length > 0 ? ' others' : ''}, for which no case was selected`] : [])];
}

function tallied(items: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return [...counts].map(([item, count]) => `${count} × ${item}`);
}
