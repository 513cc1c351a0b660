// Real, monotonic time for sockets and the scheduler; a pending timer never keeps the process alive.
import type { Timer } from '../domain/ports.ts';

export function createTimer(): Timer {
  return {
    now: () => performance.now(),
    after: (delayMs, run) => {
      const handle = setTimeout(run, delayMs).unref();
      return () => clearTimeout(handle);
    },
    every: (intervalMs, run) => {
      const handle = setInterval(run, intervalMs).unref();
      return () => clearInterval(handle);
    },
  };
}
