// Ends a run against a target that has stopped answering, rather than to wait in vain for each of its hundreds of requests.

/** Requests in a row without any answer, however many are under way. */
const maxUnanswered = 5;

/** The target does not answer any more, so that nothing more can be found out about it. */
export class SilentTargetError extends Error {
  override readonly name = 'SilentTargetError';
}

export interface SilenceWatch {
  /** Counts what is not answered in time; refuses to send once the target is taken for silent. */
  readonly fetch: typeof fetch;
  /** Aborted with a {@link SilentTargetError}. */
  readonly signal: AbortSignal;
}

export function watchSilence(request: typeof fetch): SilenceWatch {
  const silent = new AbortController();
  const { signal } = silent;
  let unanswered = 0;
  return {
    signal,
    fetch: async (input, init) => {
      signal.throwIfAborted();
      const given = init?.signal;
      try {
        // Derived for each call: fetch leaves its listeners on a signal that lives longer.
        const ending = AbortSignal.any(given ? [given, signal] : [signal]);
        const answer = await request(input, { ...init, signal: ending });
        unanswered = 0;
        return answer;
      } catch (error) {
        signal.throwIfAborted();
        unanswered = isTimeout(error) ? unanswered + 1 : 0;
        if (unanswered >= maxUnanswered)
          silent.abort(new SilentTargetError(`The target has not answered ${unanswered} requests in a row.`));
        throw error;
      }
    },
  };
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === 'TimeoutError';
}
