// Known failures: a file that names cases which fail today, so that only news fail a run.
import type { Outcome } from './events.ts';

export interface KnownFailure {
  readonly case: string;
  readonly requirement: string;
  /** Why, in words of whoever keeps the file. */
  readonly note?: string;
}

/** @throws Error with one line that says what is wrong */
export function readKnown(text: string): ReadonlySet<string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('is not JSON');
  }
  const list: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'known') : undefined;
  if (!Array.isArray(list)) throw new Error("has no list 'known'");
  return new Set(
    list.map((one: unknown, index) => {
      const id: unknown = typeof one === 'object' && one !== null ? Reflect.get(one, 'case') : undefined;
      if (typeof id !== 'string') throw new Error(`has no case id at /known/${index}/case`);
      return id;
    }),
  );
}

/** What fails now, or was known and still fails. */
export function writeKnown(outcomes: readonly Outcome[]): string {
  const failing = outcomes.filter(({ kind }) => kind === 'fail' || kind === 'known');
  const known: readonly KnownFailure[] = failing.map(({ case: { id, requirement } }) => ({ case: id, requirement }));
  return `${JSON.stringify({ known }, null, 2)}\n`;
}
