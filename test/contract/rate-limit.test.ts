// What devices ask: in turn, again when a busy target says when, and never without end.
import { describe, expect, it } from 'vitest';
import { createRateLimiter, fetchWithRetryAfter } from '../../src/contract/target/rate-limit.ts';

const { signal } = new AbortController();

/** A target that gives these answers, the last again and again. */
function target(...answers: readonly Response[]) {
  let count = 0;
  const request: typeof fetch = async () => {
    const answer = answers[Math.min(count, answers.length - 1)];
    count += 1;
    return answer?.clone() ?? Response.error();
  };
  return { request, asked: () => count };
}

const busy = (status: number, seconds: string) => new Response('busy', { status, headers: { 'retry-after': seconds } });

describe('a polite fetch', () => {
  it.each([429, 406, 503])('asks a target again that was busy with %i, after the time it has asked for', async (status) => {
    const pauses: number[] = [];
    const { request, asked } = target(busy(status, '7'), new Response('ok'));
    const pacing = { acquire: async () => undefined, pause: async (ms: number) => void pauses.push(ms) };
    expect((await fetchWithRetryAfter(request, pacing, signal)('http://target.example')).status).toBe(200);
    expect([asked(), pauses]).toEqual([2, [7000]]);
  });

  it('gives the answer as it is when the target does not say how long, or says too long, or stays busy', async () => {
    const pacing = { acquire: async () => undefined, pause: async () => undefined };
    for (const [answer, times] of [
      [new Response('', { status: 429 }), 1],
      [busy(503, '3600'), 1],
      [busy(429, '1'), 6],
    ] as const) {
      const { request, asked } = target(answer);
      expect((await fetchWithRetryAfter(request, pacing, signal)('http://target.example')).status).toBe(answer.status);
      expect(asked()).toBe(times);
    }
  });
});

describe('turns', () => {
  it('are so far apart as the rate says, and cost nothing without one', async () => {
    const pauses: number[] = [];
    const parts = { pause: async (ms: number) => void pauses.push(ms), elapsed: () => 1000 };
    const turn = createRateLimiter(10, parts);
    for (let count = 0; count < 3; count += 1) await turn(signal);
    expect(pauses).toEqual([100, 200]);
    await createRateLimiter(undefined, parts)(signal);
    expect(pauses).toHaveLength(2);
  });
});
