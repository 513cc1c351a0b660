// Reads and writes the file of known failures: cases that fail today, so that only new failures fail a run.
import { memberOf } from '../../values/json.ts';
import type { Outcome } from './events.ts';

export interface KnownFailure {
  readonly case: string;
  readonly requirement: string;
  /** A free-text explanation by the maintainer of the file. */
  readonly note?: string;
}

/** @throws Error with a one-line message that describes the problem */
export function readKnown(text: string): ReadonlySet<string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const list = memberOf(value, 'known');
  if (!Array.isArray(list)) throw new Error("has no list 'known'");
  const ids = list.map((one: unknown) => memberOf(one, 'case'));
  const missing = ids.flatMap((id, index) => (typeof id === 'string' ? [] : [`/known/${index}/case`]));
  if (missing.length > 0) throw new Error(`has no case id at ${missing.join(', ')}`);
  return new Set(ids.map(String));
}

/** Lists the cases that fail now, known failures included. */
export function writeKnown(outcomes: readonly Outcome[]): string {
  const failing = outcomes.filter(({ kind }) => kind === 'fail' || kind === 'known');
  const known: readonly KnownFailure[] = failing.map(({ case: { id, requirement } }) => ({ case: id, requirement }));
  return `${JSON.stringify({ known }, null, 2)}\n`;
}
