// The end of one call: by a timeout, or by any of several signals.

/** When a call is to end. */
export interface Ending {
  /** Aborted with the reason of the first of the signals that is, or with a TimeoutError. */
  readonly signal: AbortSignal;
  /** The call is over: ends the timer, and removes the listeners from the signals. */
  over(): void;
}

/**
 * Stands in for `AbortSignal.any([…, AbortSignal.timeout(ms)])`, whose timer does not fire once garbage was collected: what it combines
 * is held weakly (seen with Node 20.20).
 * @param timeoutMs undefined: none
 */
export function createEnding(signals: readonly AbortSignal[], timeoutMs?: number): Ending {
  const controller = new AbortController();
  const releases: (() => void)[] = [];
  const over = (): void => {
    for (const release of releases.splice(0)) release();
  };
  const abort = (reason: unknown): void => {
    over();
    controller.abort(reason);
  };
  const aborted = signals.find((signal) => signal.aborted);
  if (aborted) {
    abort(aborted.reason);
    return { signal: controller.signal, over };
  }
  for (const signal of signals) {
    const onAbort = () => abort(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    releases.push(() => signal.removeEventListener('abort', onAbort));
  }
  if (timeoutMs !== undefined) {
    const timer = setTimeout(() => abort(new DOMException('There was no response in time.', 'TimeoutError')), timeoutMs);
    releases.push(() => clearTimeout(timer));
  }
  return { signal: controller.signal, over };
}
