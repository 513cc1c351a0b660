// The target's time: measured from the Date of its answers, moved by its control surface, or waited for.
import type { TargetClock } from './case.ts';
import type { Exchange, HttpRequest } from './exchange.ts';
import { CaseSkipped } from './failure.ts';

export interface TargetClockOptions {
  /** Local milliseconds since 1970. */
  readonly localNow: () => number;
  /** The target has the control surface. */
  readonly hasControl: boolean;
  /** Called after the clock was moved. */
  readonly afterMove: () => void;
  /** Waiting in real time is allowed. */
  readonly isSlow: boolean;
}

interface DatedAnswer {
  readonly answer: Pick<Exchange['answer'], 'headers'>;
  readonly durationMs: number;
}

export interface MeasuredClock {
  now(): number;
  /** Takes the target's time from an answer. */
  observe(exchange: DatedAnswer): void;
  /** The clock as a case sees it. */
  forCase(send: (request: HttpRequest) => Promise<Exchange>, wait: (ms: number) => Promise<void>): TargetClock;
}

export function createTargetClock({ localNow, hasControl, isSlow, afterMove }: TargetClockOptions): MeasuredClock {
  let offset = 0;
  const now = () => localNow() + offset;
  const observe = ({ answer, durationMs }: DatedAnswer): void => {
    const told = Date.parse(answer.headers['date'] ?? '');
    if (Number.isNaN(told)) return;
    // A Date is cut to whole seconds; what is known already within that second stays.
    const at = localNow() - durationMs / 2;
    const low = told - at;
    if (offset < low - 100 || offset > low + 1100) offset = low + 500;
  };
  return {
    now,
    observe,
    forCase: (send, wait) => ({
      now,
      async pass(seconds) {
        if (hasControl) {
          const json = { seconds };
          observe(await send({ surface: 'control', method: 'POST', path: '/_emulator/v1/clock/advance', caller: 'none', json }));
          afterMove();
        } else if (isSlow) await wait(seconds * 1000);
        else throw new CaseSkipped(`needs ${seconds} s to pass: the target's clock cannot be moved, and --slow was not given`);
      },
    }),
  };
}
