// Time that tests move by hand: a service clock and a monotonic timer.
import type { Clock, Timer } from '../../src/domain/ports.ts';

/** 2019-08-23T00:25:55.329Z, the moment of the recorded exchange. */
export const startInstant = Date.parse('2019-08-23T00:25:55.329Z');

export function createTestClock(start: number = startInstant): Clock {
  let now = start;
  return {
    now: () => now,
    moveTo: (instant) => {
      now = Math.max(now, instant);
    },
    reset: () => {
      now = start;
    },
  };
}

export interface TestTimer extends Timer {
  /** Moves monotonic time, running what falls due in order. */
  advance(milliseconds: number): void;
}

interface Wait {
  at: number;
  readonly run: () => void;
  readonly every: number | undefined;
}

export function createTestTimer(): TestTimer {
  let now = 0;
  const waits = new Set<Wait>();
  const add = (wait: Wait) => {
    waits.add(wait);
    return () => waits.delete(wait);
  };
  return {
    now: () => now,
    after: (delayMs, run) => add({ at: now + delayMs, run, every: undefined }),
    every: (intervalMs, run) => add({ at: now + intervalMs, run, every: intervalMs }),
    advance: (milliseconds) => {
      const target = now + milliseconds;
      for (;;) {
        const due = [...waits].filter(({ at }) => at <= target).sort((a, b) => a.at - b.at)[0];
        if (!due) break;
        now = Math.max(now, due.at);
        if (due.every === undefined) waits.delete(due);
        else due.at += due.every;
        due.run();
      }
      now = target;
    },
  };
}

/** Lets everything that is ready run: promises and turns of the loop, no time. */
export async function settle(turns = 6): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
}
