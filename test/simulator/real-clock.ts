// A service clock that goes with real time, for runs that take some.
import type { Clock } from '../../src/domain/ports.ts';

export function createRealClock(): Clock {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    moveTo: (instant) => {
      ahead = Math.max(ahead, instant - Date.now());
    },
    reset: () => {
      ahead = 0;
    },
  };
}
