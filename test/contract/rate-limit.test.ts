// Rate limit and retries of requests: paced, retried after Retry-After, a limited number of times.
import { describe, expect, it } from 'vitest';
import { createRateLimiter, fetchWithRetryAfter } from '../../src/contract/target/rate-limit.ts';

const { signal } = new AbortController();

/** A target that returns these responses, the last one repeatedly. */
function target(...answers: readonly Response[]) {
  let count = 0;
  const request: typeof fetch = async () => {
    const answer = answers[Math.min(count, answers.length - 1)];
    count += 1;
    return answer?.clone() ?? Response.error();
  };
  return { request, sent: () => count };
}

const busy = (status: number, seconds: string) => new Response('busy', { status, headers: { 'retry-after': seconds } });

describe('fetch with retries', () => {
  it.each([429, 406, 503])('retries a request that is throttled with %i after the time in Retry-After', async (status) => {
    const pauses: number[] = [];
    const { request, sent } = target(busy(status, '7'), new Response('ok'));
    const pacing = { acquire: async () => undefined, pause: async (ms: number) => void pauses.push(ms) };
    expect((await fetchWithRetryAfter(request, pacing, signal)('http://target.example')).status).toBe(200);
    expect([sent(), pauses]).toEqual([2, [7000]]);
  });

  it('returns the response if Retry-After is missing or too long, or the target keeps throttling', async () => {
    const pacing = { acquire: async () => undefined, pause: async () => undefined };
    for (const [answer, times] of [
      [new Response('', { status: 429 }), 1],
      [busy(503, '3600'), 1],
      [busy(429, '1'), 6],
    ] as const) {
      const { request, sent } = target(answer);
      expect((await fetchWithRetryAfter(request, pacing, signal)('http://target.example')).status).toBe(answer.status);
      expect(sent()).toBe(times);
    }
  });
});

describe('the rate limiter', () => {
  it('delays requests to the rate, and does not delay without one', async () => {
    const pauses: number[] = [];
    const parts = { pause: async (ms: number) => void pauses.push(ms), elapsed: () => 1000 };
    const turn = createRateLimiter(10, parts);
    for (let count = 0; count < 3; count += 1) await turn(signal);
    expect(pauses).toEqual([100, 200]);
    await createRateLimiter(undefined, parts)(signal);
    expect(pauses).toHaveLength(2);
  });
});
