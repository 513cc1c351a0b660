// One pass over the sources of the scheduler: what each wants, what it runs, and what fails, without one stopping the others.
import type { Instant } from '../domain/model.ts';

/** Something that has instants at which it wants to run. A rejection means that the source as a whole has failed. */
export interface DueSource {
  /** The earliest instant; it may be early. */
  next(): Promise<Instant | undefined>;
  /** Runs some of what is due by `now`, in order; true when there may be more. One item that fails is reported, and comes again later. */
  run(now: Instant, report: (error: unknown) => void): Promise<boolean>;
  /** Resolves when what was set going by it has been done, and lets others have a turn; time stands still until then. */
  settled?(): Promise<void>;
}

export interface PassParts {
  readonly sources: readonly DueSource[];
  readonly turn: () => Promise<void>;
  readonly isStopped: () => boolean;
  readonly onSourceFailure: (source: DueSource) => void;
}

export interface Pass {
  /** Sources that have not failed. */
  readonly able: ReadonlySet<DueSource>;
  /** The earliest instant that one of them wants. */
  earliest(): Promise<Instant | undefined>;
  /** Runs all that is due by this instant, in slices, with a turn for others between them, and waits until it has settled. */
  run(now: Instant): Promise<void>;
  /** @throws AggregateError when something failed */
  throwFailures(): void;
}

/** Errors that are kept; the others are counted. */
const maxErrors = 16;
/** How often a source may ask for an instant that it has finished: something may have been added at that very instant. */
const maxRepeats = 3;

export function createPass({ sources, turn, isStopped, onSourceFailure }: PassParts): Pass {
  const able = new Set(sources);
  const repeats = new Map<DueSource, number>();
  const errors: unknown[] = [];
  let failures = 0;
  let finished = Number.NEGATIVE_INFINITY;

  function report(error: unknown): void {
    failures += 1;
    if (errors.length < maxErrors) errors.push(error);
  }

  /** A source that rejects has no more part in this pass. */
  async function attempt<Result>(source: DueSource, act: () => Promise<Result>): Promise<Result | undefined> {
    try {
      return await act();
    } catch (error) {
      report(error);
      able.delete(source);
      onSourceFailure(source);
      return undefined;
    }
  }

  async function nextOf(source: DueSource): Promise<Instant | undefined> {
    const next = await source.next();
    if (next === undefined || next > finished) {
      repeats.delete(source);
      return next;
    }
    const repeated = (repeats.get(source) ?? 0) + 1;
    repeats.set(source, repeated);
    if (repeated > maxRepeats) throw new Error(`a source asks again and again for the instant ${next}, at which it has nothing to do`);
    return next;
  }

  async function runAll(source: DueSource, now: Instant): Promise<void> {
    while ((await source.run(now, report)) && !isStopped()) await turn();
  }

  return {
    able,
    earliest: async () => {
      const nexts = await Promise.all([...able].map((source) => attempt(source, () => nextOf(source))));
      const known = nexts.filter((next) => next !== undefined);
      return known.length === 0 ? undefined : Math.min(...known);
    },
    run: async (now) => {
      for (const source of [...able]) await attempt(source, () => runAll(source, now));
      if (isStopped()) return;
      finished = Math.max(finished, now);
      for (const source of [...able]) await attempt(source, async () => source.settled?.());
    },
    throwFailures: () => {
      if (failures === 0) return;
      const [first] = errors;
      const cause = first instanceof Error ? first.message : String(first);
      throw new AggregateError(errors, `${failures} of what fell due failed and will be tried again; the first: ${cause}`);
    },
  };
}
