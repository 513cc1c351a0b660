// A timer whose waits are over with the next turn of the loop: time passes as fast as somebody waits for it.
import type { ClientTimer } from '../../src/client/timer.ts';

export interface EagerTimer extends ClientTimer {
  /** Milliseconds of each wait that was over. */
  readonly waits: readonly number[];
  /** Lets time pass without anybody waiting. */
  skip(milliseconds: number): void;
}

export function createEagerTimer(): EagerTimer {
  let now = 0;
  const waits: number[] = [];
  return {
    waits,
    skip: (milliseconds) => {
      now += milliseconds;
    },
    now: () => now,
    after(delayMs, run) {
      const handle = setImmediate(() => {
        now += delayMs;
        waits.push(delayMs);
        run();
      });
      return () => clearImmediate(handle);
    },
  };
}
