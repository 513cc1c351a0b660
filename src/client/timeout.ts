// The timeout of one call.

export interface Timeout {
  /** Aborted with a TimeoutError when the time has passed. */
  readonly signal: AbortSignal;
  /** Stops the timer, which keeps the process alive: to be called when the call has ended. */
  stop(): void;
}

/**
 * Stands in for `AbortSignal.timeout(ms)`, which is lost to garbage collection when nothing but `AbortSignal.any` refers to it, and then
 * never fires (seen with Node 20.20).
 */
export function startTimeout(ms: number): Timeout {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new DOMException('There was no response in time.', 'TimeoutError')), ms);
  return { signal: controller.signal, stop: () => clearTimeout(timer) };
}
