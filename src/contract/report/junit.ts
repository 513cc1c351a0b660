// Formats the report as JUnit XML: a suite for each requirement, a test case for each case.
import type { Outcome } from '../engine/events.ts';
import { findingLines } from './finding-text.ts';
import type { RunReport } from './run-report.ts';

export function junitOf({ outcomes, requirements, summary }: RunReport): string {
  const titles = new Map(requirements.map(({ id, says }) => [id, says]));
  const byRequirement = new Map<string, Outcome[]>();
  for (const one of outcomes) byRequirement.set(one.case.requirement, [...(byRequirement.get(one.case.requirement) ?? []), one]);
  const suites = [...byRequirement].map(([id, ones]) => suiteOf(`${id}: ${titles.get(id) ?? ''}`, ones));
  const { fail, error, skip } = summary.outcomes;
  const head = `tests="${outcomes.length}" failures="${fail}" errors="${error}" skipped="${skip}" time="${seconds(summary.durationMs)}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="unsid contract" ${head}>\n${suites.join('')}</testsuites>\n`;
}

function suiteOf(name: string, outcomes: readonly Outcome[]): string {
  const counted = (kind: Outcome['kind']) => outcomes.filter((one) => one.kind === kind).length;
  const counts = `tests="${outcomes.length}" failures="${counted('fail')}" errors="${counted('error')}" skipped="${counted('skip')}"`;
  return `  <testsuite name="${escaped(name)}" ${counts}>\n${outcomes.map(caseOf).join('')}  </testsuite>\n`;
}

function caseOf({ case: { id, title, requirement }, kind, reason = '', findings, durationMs, isUnexpectedPass }: Outcome): string {
  const head = `    <testcase name="${escaped(`${id}: ${title}`)}" classname="${escaped(requirement)}" time="${seconds(durationMs)}"`;
  const text = findings
    .map((finding) =>
      findingLines(finding)
        .map(([name, line]) => `${name}: ${line}`)
        .join('\n'),
    )
    .join('\n\n');
  const first = findings[0];
  const message = escaped(first ? `expected ${first.expected}, got ${first.got}` : '');
  if (kind === 'fail') return `${head}>\n      <failure message="${message}">${escaped(text)}</failure>\n    </testcase>\n`;
  if (kind === 'error') return `${head}>\n      <error message="${escaped(reason)}"/>\n    </testcase>\n`;
  if (kind === 'skip') return `${head}>\n      <skipped message="${escaped(reason)}"/>\n    </testcase>\n`;
  if (kind === 'known') return `${head}>\n      <skipped message="known failure: ${message}"/>\n    </testcase>\n`;
  const note = isUnexpectedPass ? 'a known failure passed' : text;
  return note === '' ? `${head}/>\n` : `${head}>\n      <system-out>${escaped(note)}</system-out>\n    </testcase>\n`;
}

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

/** Escapes text, and replaces characters that XML does not allow. */
function escaped(text: string): string {
  const safe = text.replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
  return safe.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll('\n', '&#10;');
}
