// The service clock: real time, moved forward on request.
import type { Clock } from '../domain/ports.ts';

export function createServiceClock(realNow: () => number = Date.now): Clock {
  let offset = 0;
  return {
    now: () => realNow() + offset,
    moveTo: (instant) => {
      offset += Math.max(0, instant - (realNow() + offset));
    },
    reset: () => {
      offset = 0;
    },
  };
}
