// Timeouts of cases.
import { once } from 'node:events';

export interface TimeoutParts {
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Milliseconds for which the run has waited so far because the target throttled it. */
  readonly waitedMs: () => number;
  /** Aborted when the run is to end. */
  readonly signal: AbortSignal;
  /** How long to wait then for what is pending, in milliseconds. */
  readonly stopGraceMs: number;
}

/**
 * Waits until the promise is settled, or `late` is, or the run has been about to end for a moment.
 * @param late is passed a signal that is aborted when its result is no longer needed
 * @returns whether the promise is settled
 */
export async function settledBefore(
  late: (unneeded: AbortSignal) => Promise<unknown>,
  running: Promise<unknown>,
  { pause, signal, stopGraceMs }: TimeoutParts,
): Promise<boolean> {
  const unneeded = new AbortController();
  const stopped = async (): Promise<void> => {
    if (!signal.aborted) await once(signal, 'abort', { signal: unneeded.signal });
    await pause(stopGraceMs, unneeded.signal);
  };
  const isSettled = (value: boolean) => () => value;
  const limit = Promise.race([late(unneeded.signal), stopped()]).then(isSettled(false), isSettled(false));
  const settled = await Promise.race([running.then(isSettled(true), isSettled(true)), limit]);
  unneeded.abort();
  return settled;
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
