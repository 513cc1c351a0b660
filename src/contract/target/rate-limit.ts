// Makes what devices ask as polite as what cases ask: in turn, and again when a busy target says so.
import type { Throttled } from '../../checks/throttling.ts';
import { discardBody } from '../../client/body.ts';
import { retryAfterSeconds } from '../../client/graph-error.ts';

export interface RequestPacing {
  /** Requests take turns, so far apart as the rate says. */
  acquire(signal: AbortSignal): Promise<void>;
  /** Waits; given up when the signal is aborted. */
  pause(ms: number, signal: AbortSignal): Promise<void>;
  /** Told of every answer of a busy target, also of those after which it is endpoint again. */
  onThrottled?(throttled: Throttled): void;
}

/** Requests a second where nobody said how many, beyond this machine. */
export const defaultRatePerSecond = 10;
const maxAttempts = 6;
const maxWaitSeconds = 120;
const throttlingStatuses: ReadonlySet<number> = new Set([429, 406, 503]);

/** How long a busy target asks to wait; undefined: it is not busy. */
export function retryDelaySeconds(
  status: number,
  headers: { readonly retryAfter: string | undefined; readonly date: string | undefined },
): number | undefined {
  return throttlingStatuses.has(status) ? retryAfterSeconds(headers.retryAfter, Date.parse(headers.date ?? '')) : undefined;
}

export function isThrottled(status: number): boolean {
  return throttlingStatuses.has(status);
}

export function fetchWithRetryAfter(
  request: typeof fetch,
  { acquire, pause, onThrottled }: RequestPacing,
  signal: AbortSignal,
): typeof fetch {
  return async (input, init) => {
    for (let attempt = 1; ; attempt += 1) {
      await acquire(signal);
      const answer = await request(input, init);
      const [retryAfter, date] = ['retry-after', 'date'].map((name) => answer.headers.get(name) ?? undefined);
      if (isThrottled(answer.status)) onThrottled?.({ endpoint: describeRequest(input, init), status: answer.status, retryAfter });
      const seconds = retryDelaySeconds(answer.status, { retryAfter, date });
      if (seconds === undefined || seconds > maxWaitSeconds || attempt >= maxAttempts) return answer;
      discardBody(answer);
      await pause(seconds * 1000, signal);
    }
  };
}

/** Without the query: it may hold a token. */
function describeRequest(input: Parameters<typeof fetch>[0], init: RequestInit = {}): string {
  const { method, url } = input instanceof Request ? input : { method: 'GET', url: String(input) };
  return `${init.method ?? method} ${URL.canParse(url) ? new URL(url).pathname : url}`;
}

/**
 * Does it again when it is refused for a while, as the refusal says: an error with `status` and `retryAfterSeconds`.
 * @throws what it throws itself, when it is another refusal, or the target stays busy
 */
export async function retryAfterRefusal<Result>(
  endpoint: string,
  act: () => Promise<Result>,
  { pause, onThrottled }: RequestPacing,
  signal: AbortSignal,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await act();
    } catch (error) {
      const [status, seconds] = ['status', 'retryAfterSeconds'].map((name): unknown =>
        error instanceof Error ? Reflect.get(error, name) : undefined,
      );
      if (typeof status !== 'number' || !isThrottled(status)) throw error;
      onThrottled?.({ endpoint, status, retryAfter: typeof seconds === 'number' ? String(seconds) : undefined });
      if (typeof seconds !== 'number' || seconds > maxWaitSeconds || attempt >= maxAttempts) throw error;
      await pause(seconds * 1000, signal);
    }
  }
}

export interface BackoffMeter {
  readonly pause: RequestPacing['pause'];
  /** Milliseconds in which somebody waited, however many did at once. */
  waitedMs(): number;
}

/** Measures how long a target that is busy has had its callers wait: that is no time of theirs. */
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

/** @param rate requests a second, at most; undefined: as fast as they come */
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
