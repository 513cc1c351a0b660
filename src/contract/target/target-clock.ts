// The target's time: measured from the Date of its answers, moved by its control surface, or waited for.
import type { Exchange, HttpRequest } from '../../checks/exchange.ts';
import { CaseSkipped } from '../../checks/failure.ts';
import { createMeasuredClock, type MeasuredClock } from '../../checks/measured-clock.ts';
import type { TargetClock } from '../case.ts';

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

export interface RunClock extends Pick<MeasuredClock, 'now' | 'observe'> {
  /** Time passes by moving the clock, for everybody at once. */
  readonly isMoved: boolean;
  /** Milliseconds by which it moved beside real time and the moves of this run; only differences say something. */
  externalMs(): number;
  /** The clock as a case sees it. */
  forCase(send: (request: HttpRequest) => Promise<Exchange>, wait: (ms: number) => Promise<void>): TargetClock;
}

/** Longer than this nobody waits in real time; no lifetime that a case can choose is longer. */
const maxRealSeconds = 300;

export function createTargetClock({ localNow, hasControl, isSlow, afterMove }: TargetClockOptions): RunClock {
  const { now, observe, offsetMs } = createMeasuredClock(localNow);
  let ownMs = 0;
  return {
    now,
    isMoved: hasControl,
    externalMs: () => offsetMs() - ownMs,
    observe,
    forCase: (send, wait) => ({
      now,
      async pass(seconds) {
        if (hasControl) {
          const json = { seconds };
          ownMs += seconds * 1000;
          observe(await send({ surface: 'control', method: 'POST', path: '/_emulator/v1/clock/advance', caller: 'none', json }));
          afterMove();
          return;
        }
        const needs = `needs ${durationOf(seconds)} to pass, and the target's clock cannot be moved`;
        if (!isSlow) throw new CaseSkipped(`${needs}; --slow was not given`);
        if (seconds > maxRealSeconds) throw new CaseSkipped(`${needs}; --slow waits ${durationOf(maxRealSeconds)} at most`);
        await wait(seconds * 1000);
      },
    }),
  };
}

function durationOf(seconds: number): string {
  const [size, unit] = (
    [
      [86_400, 'days'],
      [60, 'minutes'],
    ] as const
  ).find(([least]) => seconds >= 2 * least) ?? [1, 's'];
  return `${Math.round(seconds / size)} ${unit}`;
}
