// Formats the report as a Markdown summary for a CI page: verdict, broken requirements, requirements not proved.
import { findingLines } from './finding-text.ts';
import { type RunReport, requirementRows, verdictText } from './run-report.ts';

/** Maximum number of findings that are listed in full. */
const maxFindings = 30;

export function markdownOf(report: RunReport): string {
  const { target, startedAt, seed, summary, outcomes } = report;
  const rows = requirementRows(report);
  const broken = rows.filter(({ verdict }) => verdict === 'broken');
  const { pass, fail, error, skip, known } = summary.outcomes;
  const findings = outcomes
    .filter(({ kind }) => kind !== 'known')
    .flatMap((one) => one.findings.map((finding) => ({ id: one.case.id, finding })));
  const skips = [...new Set(outcomes.filter(({ kind }) => kind === 'skip').map(({ reason }) => reason ?? ''))];
  return [
    `# ${target} ${verdictText(report)}`,
    '',
    `${pass} passed, ${fail} failed, ${error} errors, ${skip} skipped, ${known} known failures; ${(summary.durationMs / 1000).toFixed(1)} s; started ${startedAt}, random seed ${seed}.`,
    ...(summary.isPartial ? ['', '**The run was aborted before its end.**'] : []),
    ...(broken.length === 0
      ? []
      : ['', '## Broken requirements', '', '| requirement | description | level | source |', '|---|---|---|---|']),
    ...broken.map(({ requirement: { id, says, level, source } }) => `| ${cell(id)} | ${cell(says)} | ${level} | ${source.join(', ')} |`),
    ...findings
      .slice(0, maxFindings)
      .flatMap(({ id, finding }) => ['', `### ${finding.requirement}: ${id}`, '', ...fenced(findingLines(finding))]),
    ...(findings.length > maxFindings ? ['', `… and ${findings.length - maxFindings} more in the JSON report.`] : []),
    ...listed('Not proved in this run', summary.unexercised),
    ...listed('Documented statuses that never occurred', summary.unseenStatuses),
    ...listed('Why cases were skipped', skips),
    '',
  ].join('\n');
}

function listed(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : ['', `## ${title}`, '', ...items.map((item) => `* ${cell(item)}`)];
}

/** A code block whose fence does not occur in the text. */
function fenced(lines: readonly (readonly [string, string])[]): readonly string[] {
  const text = lines.map(([name, line]) => `${name.padEnd(9)} ${line}`).join('\n');
  const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return [fence, text, fence];
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
