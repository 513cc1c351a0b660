// Measures the clock of an implementation from the `Date` header of its responses.
import type { Exchange } from './exchange.ts';

export interface DatedAnswer {
  readonly answer: Pick<Exchange['answer'], 'headers'>;
  readonly durationMs: number;
}

export interface MeasuredClock {
  /** Milliseconds since 1970 by the implementation's clock, exact to about a second. */
  now(): number;
  /** Milliseconds by which the implementation's clock is ahead of the local clock. */
  offsetMs(): number;
  /** Updates the measurement from a response. */
  observe(exchange: DatedAnswer): void;
}

/** @param localNow local milliseconds since 1970 */
export function createMeasuredClock(localNow: () => number): MeasuredClock {
  let offset = 0;
  return {
    now: () => localNow() + offset,
    offsetMs: () => offset,
    observe({ answer, durationMs }) {
      const dated = Date.parse(answer.headers['date'] ?? '');
      if (Number.isNaN(dated)) return;
      // A Date has whole seconds only: an offset that already lies within that second is kept.
      const at = localNow() - durationMs / 2;
      const low = dated - at;
      if (offset < low - 100 || offset > low + 1100) offset = low + 500;
    },
  };
}
