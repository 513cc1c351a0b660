// Real time for clients and devices: a monotonic clock that counts from the epoch, and delays.

/** The timer of clients and devices; tests substitute it. */
export interface ClientTimer {
  /** Milliseconds since the epoch; monotonic. */
  now(): number;
  /** Runs a function once after a delay in milliseconds; returns a function that cancels it. */
  after(delayMs: number, run: () => void): () => void;
}

/** Maximum delay of the platform's timers; a longer one would fire immediately. */
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

/** Resolves after a delay in milliseconds, or as soon as the signal is aborted. */
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
