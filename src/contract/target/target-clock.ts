// The target's clock: measured from the Date header of responses, advanced by the control surface or by waiting.
import type { Exchange, HttpRequest } from '../../checks/exchange.ts';
import { CaseSkipped } from '../../checks/failure.ts';
import { createMeasuredClock, type MeasuredClock } from '../../checks/measured-clock.ts';
import type { TargetClock } from '../case.ts';

export interface TargetClockOptions {
  /** Local milliseconds since 1970. */
  readonly localNow: () => number;
  /** The target has the control surface. */
  readonly hasControl: boolean;
  /** Called after the clock was advanced. */
  readonly afterMove: () => void;
  /** Waiting in real time is allowed. */
  readonly isSlow: boolean;
}

export interface RunClock extends Pick<MeasuredClock, 'now' | 'observe'> {
  /** The clock is advanced for all clients of the target, not waited for. */
  readonly isMoved: boolean;
  /** Seconds by which this run has advanced the clock. */
  movedSeconds(): number;
  /** Milliseconds by which the clock was moved by others than this run; only differences are meaningful. */
  externalMs(): number;
  /** The clock that a case uses. */
  forCase(send: (request: HttpRequest) => Promise<Exchange>, wait: (ms: number) => Promise<void>): TargetClock;
}

/** Maximum real-time wait; no lifetime that a case can choose is longer. */
const maxRealSeconds = 300;

export function createTargetClock({ localNow, hasControl, isSlow, afterMove }: TargetClockOptions): RunClock {
  const { now, observe, offsetMs } = createMeasuredClock(localNow);
  let ownMs = 0;
  return {
    now,
    isMoved: hasControl,
    movedSeconds: () => ownMs / 1000,
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

/** `99 days` */
export function durationOf(seconds: number): string {
  const [size, unit] = (
    [
      [86_400, 'days'],
      [60, 'minutes'],
    ] as const
  ).find(([size]) => seconds >= 2 * size) ?? [1, 's'];
  return `${Math.round(seconds / size)} ${unit}`;
}
