// Timeouts of cases.

export interface TimeoutParts {
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Milliseconds for which the run has waited so far because the target throttled it. */
  readonly waitedMs: () => number;
}

/** Waits until the promise is settled or the timeout has passed. */
export async function settleWithin(timeoutMs: number, running: Promise<unknown>, { pause }: TimeoutParts): Promise<void> {
  const limit = new AbortController();
  const ignored = () => undefined;
  await Promise.race([running.catch(ignored), pause(timeoutMs, limit.signal).catch(ignored)]);
  limit.abort();
}

/** Resolves after the timeout; time that throttling makes the run wait does not count. */
export async function timeoutExcludingBackoff(timeoutMs: number, { pause, waitedMs }: TimeoutParts, signal: AbortSignal): Promise<void> {
  for (let leftMs = timeoutMs; leftMs > 0; ) {
    const before = waitedMs();
    await pause(leftMs, signal);
    leftMs = waitedMs() - before;
  }
}

export function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
