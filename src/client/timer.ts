// Real time for clients and devices: a monotonic clock that counts from the epoch, and waits.

/** Time as a client uses it; tests bring their own. */
export interface ClientTimer {
  /** Milliseconds since the epoch, never going back. */
  now(): number;
  /** Runs once after so many milliseconds; returns how to cancel. */
  after(delayMs: number, run: () => void): () => void;
}

/** The longest delay that the platform's timers count; a longer one would be over at once. */
export const maxDelayMs = 0x7fff_ffff;

export const realTimer: ClientTimer = {
  now: () => performance.timeOrigin + performance.now(),
  after: (delayMs, run) => {
    let handle: ReturnType<typeof setTimeout>;
    const wait = (leftMs: number): void => {
      handle = leftMs > maxDelayMs ? setTimeout(() => wait(leftMs - maxDelayMs), maxDelayMs) : setTimeout(run, leftMs);
    };
    wait(delayMs);
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
