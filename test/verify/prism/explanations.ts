// Reads the table of explanations and finds the one for a disagreement, or for a request that Prism does not get to see.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Exchange } from '../../../src/checks/exchange.ts';
import type { Disagreement, Seen } from './disagreements.ts';
import type { Withheld } from './witness.ts';

interface Place {
  readonly id: string;
  /** Ids of cases, `*` for any part. */
  readonly cases: readonly string[];
  /** A regular expression of the request: its first line, headers, an empty line, its body. */
  readonly sent?: string;
  readonly why: string;
}

export interface Explanation extends Place {
  readonly about: Disagreement['about'];
  /** What Prism reports, `*` for any part; `nothing`. */
  readonly prism: string;
}

/** Why Prism does not get to see a request as it is sent. */
export interface Hindrance extends Place {
  readonly withheld: Withheld;
}

export interface Table {
  readonly disagreements: readonly Explanation[];
  readonly withheld: readonly Hindrance[];
}

/** @throws Error for what is no such table */
export function loadTable(): Table {
  const table = parse(readFileSync(new URL('explained.yaml', import.meta.url), 'utf8')) as Table;
  for (const { id, why, cases } of [...table.disagreements, ...table.withheld]) {
    if (!id || !why || cases.length === 0) throw new Error(`${id} has no reason, or no cases.`);
  }
  return table;
}

export function explanationOf(table: Table, disagreement: Disagreement): Explanation | undefined {
  return table.disagreements.find(
    (one) => one.about === disagreement.about && like(one.prism)(disagreement.prism) && isAt(one, disagreement),
  );
}

export function hindranceOf(table: Table, seen: Seen, withheld: Withheld): Hindrance | undefined {
  return table.withheld.find((one) => one.withheld === withheld && isAt(one, seen));
}

export function isOfCase({ cases }: Place, caseId: string): boolean {
  return cases.some((pattern) => like(pattern)(caseId));
}

function isAt(place: Place, { caseId, exchange }: Seen): boolean {
  return isOfCase(place, caseId) && (place.sent === undefined || new RegExp(place.sent, 'm').test(sentText(exchange)));
}

export function sentText({ sent: { method, url, headers, body } }: Exchange): string {
  const { pathname, search } = new URL(url);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${pathname}${search}`, ...lines, '', body ?? ''].join('\n');
}

/** `*` stands for any part. */
export function like(pattern: string): (text: string) => boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const test = new RegExp(`^${parts.join('.*')}$`);
  return (text) => test.test(text);
}
