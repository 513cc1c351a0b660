// Aborts a run against a target that has stopped responding, in place of waiting for the timeout of each request.
import { BodyTooLargeError } from '../../client/body.ts';
import { isThrottled } from './rate-limit.ts';
import { createResponseWatch, type ResponseWatch } from './response-watch.ts';

export interface SilenceWatch {
  /** Reports what becomes of each request; sends nothing once the target is considered silent, or the run is over. */
  readonly fetch: typeof fetch;
  readonly requests: ResponseWatch;
  readonly handshakes: ResponseWatch;
  /** Aborted with a SilentTargetError. */
  readonly signal: AbortSignal;
}

export interface SilenceParts {
  readonly elapsed: () => number;
  /** Aborted at the end of the run: ends pending requests. */
  readonly over: AbortSignal;
}

export function watchSilence(request: typeof fetch, { elapsed, over }: SilenceParts): SilenceWatch {
  const silent = new AbortController();
  const { signal } = silent;
  const watchOf = (what: string) => createResponseWatch({ what, elapsed, onSilent: (error) => silent.abort(error) });
  const requests = watchOf('requests');
  // Counted separately: a control surface that responds does not show that the rest does.
  const controls = watchOf('requests of its control surface');
  return {
    signal,
    requests,
    handshakes: watchOf('WebSocket handshakes'),
    fetch: async (input, init) => {
      signal.throwIfAborted();
      const watch = isControl(input) ? controls : requests;
      const given = init?.signal;
      // A new signal for each call: fetch does not remove its listeners from a longer-lived signal.
      const ending = AbortSignal.any([...(given ? [given] : []), signal, over]);
      const isLate = (error: unknown): boolean => isTimeout(error) || isTimeout(ending.reason);
      try {
        const response = await request(input, { ...init, signal: ending });
        return isThrottled(response) ? response : withWatchedBody(response, { watch, isLate });
      } catch (error) {
        signal.throwIfAborted();
        if (isLate(error)) watch.unanswered();
        throw error;
      }
    },
  };
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === 'TimeoutError';
}

function isControl(input: Parameters<typeof fetch>[0]): boolean {
  return (input instanceof Request ? input.url : String(input)).includes('/_emulator/v1/');
}

/** The same response; reports when its body ends, which it may never do. */
function withWatchedBody(
  response: Response,
  { watch, isLate }: { readonly watch: ResponseWatch; readonly isLate: (error: unknown) => boolean },
): Response {
  if (response.body === null) {
    watch.answered();
    return response;
  }
  const reader = response.body.getReader();
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (!done) return controller.enqueue(value);
          watch.answered();
          controller.close();
        } catch (error) {
          if (isLate(error)) watch.unanswered({ isBegun: true });
          controller.error(error);
        }
      },
      cancel(reason) {
        if (reason instanceof BodyTooLargeError) watch.unanswered({ isBegun: true });
        return reader.cancel(reason);
      },
    },
    // Nothing is read that the caller does not read.
    { highWaterMark: 0 },
  );
  const watched = new Response(body);
  // Not passed to the constructor, which refuses what may have been received, for example unusual statuses.
  for (const name of ['status', 'statusText', 'ok', 'headers', 'url', 'redirected', 'type'] as const)
    Object.defineProperty(watched, name, { value: response[name] });
  return watched;
}
