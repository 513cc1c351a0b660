// Formats a finding as text: what was expected, what was received, how to reproduce it, where it is documented.
import type { Finding } from '../../checks/failure.ts';
import type { Requirement } from '../../checks/requirement.ts';
import { curlOf } from './curl.ts';

/** Maximum number of characters of a response body; the JSON report has all of it. */
const maxBodyCharacters = 600;

/** The label and text of each line. */
export function findingLines(finding: Omit<Finding, 'requirement'>): readonly (readonly [name: string, text: string])[] {
  const { expected, got, exchange, transcript = [], document } = finding;
  return [
    ['expected', expected],
    ['got', got],
    ...(exchange ? [['request', curlOf(exchange.sent)] as const, ['response', responseText(exchange.answer)] as const] : []),
    ...transcript.map(
      ({ atMs, who, what }, index) => [index === 0 ? 'happened' : '', `${(atMs / 1000).toFixed(3)} s  ${who}  ${what}`] as const,
    ),
    ...(document === undefined ? [] : [['document', document] as const]),
  ];
}

export function requirementText({ id, says, source, level }: Requirement): string {
  return `${id}: ${says} (${level}; ${source.join(', ')})`;
}

function responseText({ status, text }: { readonly status: number; readonly text: string }): string {
  return text === '' ? String(status) : `${status} ${text.length > maxBodyCharacters ? `${text.slice(0, maxBodyCharacters)}…` : text}`;
}
