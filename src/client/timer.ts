// Real time for clients and devices: a monotonic clock that counts from the epoch, and waits.

/** Time as a client uses it; tests bring their own. */
export interface ClientTimer {
  /** Milliseconds since the epoch, never going back. */
  now(): number;
  /** Runs once after so many milliseconds; returns how to cancel. */
  after(delayMs: number, run: () => void): () => void;
}

export const realTimer: ClientTimer = {
  now: () => performance.timeOrigin + performance.now(),
  after: (delayMs, run) => {
    const handle = setTimeout(run, delayMs);
    return () => clearTimeout(handle);
  },
};

/** Resolves after so many milliseconds, or as soon as the signal is aborted. */
export function pass(timer: ClientTimer, delayMs: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const finish = (): void => {
      cancel();
      signal?.removeEventListener('abort', finish);
      resolve();
    };
    const cancel = timer.after(Math.max(0, delayMs), finish);
    signal?.addEventListener('abort', finish);
  });
}
