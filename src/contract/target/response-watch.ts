// Decides from the fate of consecutive requests when a target has stopped responding, or does nothing but throttle.

/** Maximum number of consecutive requests without a response, however many are pending. */
const maxFailed = 5;
/** Maximum time of nothing but throttling: twice as long as a run waits for one request. */
const maxThrottledMs = 240_000;

/** The target does not respond any more. */
export class SilentTargetError extends Error {
  override readonly name = 'SilentTargetError';
}

/** Counts requests of one kind by what becomes of them. Connections that fail do not count: such requests end at once. */
export interface ResponseWatch {
  /** A response was complete, whatever its status, unless it throttles. */
  answered(): void;
  /** No response within the timeout, or, `isBegun`, none that ended. */
  unanswered(how?: { readonly isBegun: boolean }): void;
  /** A request was throttled, and is sent again when the target has said. */
  throttled(): void;
  /** A request was throttled and is not sent again. */
  givenUp(): void;
}

export interface ResponseWatchParts {
  /** Plural: `requests`. */
  readonly what: string;
  readonly elapsed: () => number;
  readonly onSilent: (error: SilentTargetError) => void;
}

export function createResponseWatch({ what, elapsed, onSilent }: ResponseWatchParts): ResponseWatch {
  let failed = 0;
  let throttledSince: number | undefined;
  const fail = (how: string): void => {
    failed += 1;
    if (failed >= maxFailed) onSilent(new SilentTargetError(`The target ${how} ${failed} consecutive ${what}.`));
  };
  return {
    answered: () => {
      failed = 0;
      throttledSince = undefined;
    },
    unanswered: (how) => fail(how?.isBegun ? 'has not completed its responses to' : 'has not responded to'),
    throttled: () => {
      throttledSince ??= elapsed();
      const seconds = Math.round((elapsed() - throttledSince) / 1000);
      if (seconds * 1000 >= maxThrottledMs) onSilent(new SilentTargetError(`The target has throttled all ${what} for ${seconds} s.`));
    },
    givenUp: () => fail('keeps throttling, and has done so to the last attempt of'),
  };
}
