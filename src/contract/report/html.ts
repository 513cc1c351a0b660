// Formats the report as a self-contained HTML file to browse requirements, cases, findings and coverage.
import type { Outcome } from '../engine/events.ts';
import { findingLines } from './finding-text.ts';
import { type CoverageRow, exitCodeOf, type RequirementRow, type RunReport, requirementRows, verdictText } from './run-report.ts';

const style = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; --edge: #8885; --bad: #c62828; --good: #2e7d32; --dim: #777; }
@media (prefers-color-scheme: dark) { :root { --bad: #ff8a80; --good: #81c784; --dim: #aaa; } }
body { max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2.5rem; }
.broken, .fail, .error { color: var(--bad); } .kept, .pass { color: var(--good); } .unproved, .skip, .known { color: var(--dim); }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .25rem .6rem; border-bottom: 1px solid var(--edge); vertical-align: top; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
details { border-bottom: 1px solid var(--edge); padding: .35rem 0; } summary { cursor: pointer; }
details details { margin-left: 1.2rem; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #8881; padding: .75rem; border-radius: .4rem; font-size: .85rem; }
form { display: flex; gap: 1rem; flex-wrap: wrap; margin: 1rem 0; } input[type=search] { flex: 1; min-width: 12rem; font: inherit; padding: .4rem; }
`;

/** Hides what the filters exclude; the page is complete without it. */
const script = `
const form = document.querySelector('form'), rows = [...document.querySelectorAll('[data-verdict]')];
form.hidden = false;
form.addEventListener('input', () => {
  const text = form.elements.text.value.toLowerCase(), only = form.elements.only.checked;
  for (const row of rows) row.hidden = (only && row.dataset.verdict !== 'broken') || !row.textContent.toLowerCase().includes(text);
});
form.addEventListener('submit', (event) => event.preventDefault());
`;

export function htmlOf(report: RunReport): string {
  const { target, startedAt, seed, summary, outcomes, coverage } = report;
  const verdict = verdictText(report);
  const { pass, fail, error, skip, known } = summary.outcomes;
  const rows = [...requirementRows(report)].sort((a, b) => rank(a) - rank(b));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(target)} ${verdict}</title>
<style>${style}</style>
</head>
<body>
<h1>${text(target)} <span class="${exitCodeOf(summary) === 0 ? 'kept' : 'broken'}">${verdict}</span></h1>
<p>${pass} passed, ${fail} failed, ${error} errors, ${skip} skipped, ${known} known failures; ${(summary.durationMs / 1000).toFixed(1)} s; started ${text(startedAt)}, random seed ${seed}.${summary.isPartial ? ' <strong>The run was aborted before its end.</strong>' : ''}</p>
<h2>Requirements</h2>
<form hidden><input type="search" name="text" placeholder="Filter" aria-label="Filter"><label><input type="checkbox" name="only"> only broken ones</label></form>
${rows.map((row) => requirementOf(row, outcomes)).join('\n')}
<h2>Operations and statuses</h2>
${coverageTable(coverage)}
${listed('Documented statuses that never occurred', summary.unseenStatuses)}
${listed('Requirements that this run has not proved', summary.unexercised)}
<script>${script}</script>
</body>
</html>
`;
}

const order = ['broken', 'known', 'unproved', 'kept'];
const rank = ({ verdict }: RequirementRow): number => order.indexOf(verdict);

function requirementOf({ requirement, verdict, passed, failed, skipped, errors }: RequirementRow, outcomes: readonly Outcome[]): string {
  const { id, says, level, source, surface } = requirement;
  const own = outcomes.filter((one) => one.case.requirement === id || one.findings.some((finding) => finding.requirement === id));
  const counts = [`${passed} passed`, `${failed} failed`, `${skipped} skipped`, `${errors} errors`].filter(
    (count) => !count.startsWith('0'),
  );
  return `<details data-verdict="${verdict}"${verdict === 'broken' ? ' open' : ''}>
<summary><span class="${verdict}">${verdict}</span> <strong>${text(id)}</strong> ${text(says)} <small>${level}, ${text(source.join(', '))}, ${surface}; ${counts.join(', ') || 'no case ran'}</small></summary>
${own.map(caseOf).join('\n')}
</details>`;
}

function caseOf({ case: { id, title }, kind, reason, findings, durationMs, isUnexpectedPass }: Outcome): string {
  const texts = findings.map(
    (finding) =>
      `<pre>${findingLines(finding)
        .map(([name, line]) => text(`${name.padEnd(9)} ${line}`))
        .join('\n')}</pre>`,
  );
  const note = isUnexpectedPass ? 'a known failure passed' : (reason ?? '');
  const body = `${note === '' ? '' : `<p>${text(note)}</p>`}${texts.join('')}`;
  const head = `<span class="${kind}">${kind}</span> ${text(id)} <small>${text(title)} (${Math.round(durationMs)} ms)</small>`;
  return body === ''
    ? `<div style="margin-left:1.2rem">${head}</div>`
    : `<details${kind === 'fail' ? ' open' : ''}><summary>${head}</summary>${body}</details>`;
}

function coverageTable(rows: readonly CoverageRow[]): string {
  const cells = rows.map(
    ({ operationId, status, counts }) =>
      `<tr><td>${text(operationId)}</td><td class="number">${status}</td><td class="number">${counts.document}</td><td class="number">${counts.table}</td><td class="number">${counts.scenario}</td></tr>`,
  );
  return `<table><thead><tr><th>operation</th><th class="number">status</th><th class="number">from documents</th><th class="number">from tables</th><th class="number">from scenarios</th></tr></thead><tbody>${cells.join('\n')}</tbody></table>`;
}

function listed(title: string, items: readonly string[]): string {
  return items.length === 0 ? '' : `<h2>${title}</h2><ul>${items.map((item) => `<li>${text(item)}</li>`).join('')}</ul>`;
}

function text(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
