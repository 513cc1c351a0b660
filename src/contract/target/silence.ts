// Aborts a run against a target that has stopped responding, in place of waiting for the timeout of each request.

/** Maximum number of consecutive requests without a response, however many are pending. */
const maxTimeouts = 5;

/** The target does not respond any more. */
export class SilentTargetError extends Error {
  override readonly name = 'SilentTargetError';
}

export interface SilenceWatch {
  /** Counts requests that time out; sends nothing once the target is considered silent. */
  readonly fetch: typeof fetch;
  /** Aborted with a {@link SilentTargetError}. */
  readonly signal: AbortSignal;
}

export function watchSilence(request: typeof fetch): SilenceWatch {
  const silent = new AbortController();
  const { signal } = silent;
  let timeouts = 0;
  return {
    signal,
    fetch: async (input, init) => {
      signal.throwIfAborted();
      const given = init?.signal;
      try {
        // A new signal for each call: fetch does not remove its listeners from a longer-lived signal.
        const ending = AbortSignal.any(given ? [given, signal] : [signal]);
        const answer = await request(input, { ...init, signal: ending });
        timeouts = 0;
        return answer;
      } catch (error) {
        signal.throwIfAborted();
        timeouts = isTimeout(error) ? timeouts + 1 : 0;
        if (timeouts >= maxTimeouts)
          silent.abort(new SilentTargetError(`The target has not responded to ${timeouts} consecutive requests.`));
        throw error;
      }
    },
  };
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === 'TimeoutError';
}
