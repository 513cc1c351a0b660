// How long a case is waited for.

export interface TimeoutParts {
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Milliseconds that the run has waited so far because the target was busy. */
  readonly waitedMs: () => number;
}

/** Waits until it is settled, so long at most. */
export async function settleWithin(timeoutMs: number, running: Promise<unknown>, { pause }: TimeoutParts): Promise<void> {
  const limit = new AbortController();
  const ignored = () => undefined;
  await Promise.race([running.catch(ignored), pause(timeoutMs, limit.signal).catch(ignored)]);
  limit.abort();
}

/** What a busy target asks to wait for is no time of the case. */
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
