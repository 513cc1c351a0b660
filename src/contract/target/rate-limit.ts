// Rate limit and retries for all requests of a run, including those of devices: paced, and retried after Retry-After.
import type { Throttled } from '../../checks/throttling.ts';
import { discardBody } from '../../client/body.ts';
import { busyStatuses, retryAfterSeconds } from '../../client/throttling.ts';
import { memberOf } from '../../values/json.ts';
import type { ResponseWatch } from './response-watch.ts';

export interface RequestPacing {
  /** Resolves when the next request may be sent at the configured rate. */
  acquire(signal: AbortSignal): Promise<void>;
  /** Waits; rejects when the signal is aborted. */
  pause(ms: number, signal: AbortSignal): Promise<void>;
  /** Called for every throttling response, including those that are retried. */
  onThrottled?(throttled: Throttled): void;
  /** Counts requests that are throttled. */
  readonly requests?: ResponseWatch;
  /** The same for WebSocket handshakes. */
  readonly handshakes?: ResponseWatch;
}

/** Default number of requests per second for targets on other machines. */
export const defaultRatePerSecond = 10;
const maxAttempts = 6;
const maxWaitSeconds = 120;

/** The delay that a throttling target requests; undefined if it does not throttle, or states none. */
export function retryDelaySeconds(
  status: number,
  headers: { readonly retryAfter: string | undefined; readonly date: string | undefined },
): number | undefined {
  return busyStatuses.has(status) ? retryAfterSeconds(headers.retryAfter, Date.parse(headers.date ?? '')) : undefined;
}

/** The response asks for the same request later: with 429 in any case, with another status if it says when. */
export function isThrottled({ status, headers }: Pick<Response, 'status' | 'headers'>): boolean {
  const [retryAfter, date] = ['retry-after', 'date'].map((name) => headers.get(name) ?? undefined);
  return status === 429 || retryDelaySeconds(status, { retryAfter, date }) !== undefined;
}

/** False when the target has throttled too often, or asks for a wait that is too long. */
export function mayRetry(attempt: number, delaySeconds: number, watch: ResponseWatch | undefined): boolean {
  const may = attempt < maxAttempts && delaySeconds <= maxWaitSeconds;
  if (may) watch?.throttled();
  else watch?.givenUp();
  return may;
}

export function fetchWithRetryAfter(
  request: typeof fetch,
  { acquire, pause, onThrottled, requests }: RequestPacing,
  signal: AbortSignal,
): typeof fetch {
  return async (input, init) => {
    for (let attempt = 1; ; attempt += 1) {
      await acquire(signal);
      const answer = await request(input, init);
      const [retryAfter, date] = ['retry-after', 'date'].map((name) => answer.headers.get(name) ?? undefined);
      if (busyStatuses.has(answer.status)) onThrottled?.({ endpoint: describeRequest(input, init), status: answer.status, retryAfter });
      const seconds = retryDelaySeconds(answer.status, { retryAfter, date });
      if (seconds === undefined && answer.status === 429) requests?.givenUp();
      if (seconds === undefined || !mayRetry(attempt, seconds, requests)) return answer;
      discardBody(answer);
      await pause(seconds * 1000, signal);
    }
  };
}

/** Without the query, which may contain a token. */
function describeRequest(input: Parameters<typeof fetch>[0], init: RequestInit = {}): string {
  const { method, url } = input instanceof Request ? input : { method: 'GET', url: String(input) };
  return `${init.method ?? method} ${URL.canParse(url) ? new URL(url).pathname : url}`;
}

/**
 * Retries a handshake that the target throttles: one that throws an error with `status` and `retryAfterSeconds`.
 * @throws the action's error if it is any other, or the target keeps throttling
 */
export async function retryAfterRefusal<Result>(
  endpoint: string,
  act: () => Promise<Result>,
  { pause, onThrottled, handshakes }: RequestPacing,
  signal: AbortSignal,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const [status, seconds] = ['status', 'retryAfterSeconds'].map((name) => memberOf(error, name));
      if (typeof status !== 'number' || !busyStatuses.has(status)) throw error;
      onThrottled?.({ endpoint, status, retryAfter: typeof seconds === 'number' ? String(seconds) : undefined });
      if (typeof seconds !== 'number' && status === 429) handshakes?.givenUp();
      if (typeof seconds !== 'number' || !mayRetry(attempt, seconds, handshakes)) throw error;
      await pause(seconds * 1000, signal);
    }
  }
}

export interface BackoffMeter {
  readonly pause: RequestPacing['pause'];
  /** Milliseconds during which at least one caller waited. */
  waitedMs(): number;
}

/** Measures how long throttling has made callers wait, so that timeouts can exclude that time. */
export function createBackoffMeter({ pause, elapsed }: Pick<RequestPacing, 'pause'> & { readonly elapsed: () => number }): BackoffMeter {
  let [waiting, since, total] = [0, 0, 0];
  return {
    async pause(ms, signal) {
      if (waiting === 0) since = elapsed();
      waiting += 1;
      try {
        await pause(ms, signal);
      } finally {
        waiting -= 1;
        if (waiting === 0) total += elapsed() - since;
      }
    },
    waitedMs: () => total + (waiting > 0 ? elapsed() - since : 0),
  };
}

/** @param rate maximum number of requests per second; undefined: no limit */
export function createRateLimiter(
  rate: number | undefined,
  { pause, elapsed }: Pick<RequestPacing, 'pause'> & { readonly elapsed: () => number },
): RequestPacing['acquire'] {
  if (rate === undefined) return async () => undefined;
  let next = 0;
  return async (signal) => {
    const now = elapsed();
    const at = Math.max(now, next);
    next = at + 1000 / rate;
    if (at > now) await pause(at - now, signal);
  };
}
