// A run that is given up: no more cases, and what was made is taken away all the same.
import { afterAll, describe, expect, it } from 'vitest';
import type { RunEvent } from '../../src/contract/events.ts';
import { runContract } from '../../src/contract/run.ts';
import { composeEmulator } from '../../src/emulator.ts';

const emulator = composeEmulator({}, {});
afterAll(async () => (await emulator).stop());

/** What was made over HTTP and not taken away again, as the emulator's answers say. */
function createBooks() {
  const left = new Set<string>();
  const request: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    const { pathname } = new URL(String(input));
    const [id] = pathname.split('/').slice(-1);
    if (init?.method === 'DELETE' && response.status === 204) left.delete(decodeURIComponent(id ?? ''));
    if (init?.method === 'POST' && response.status === 201) {
      const made: unknown = await response.clone().json();
      for (const name of ['id', 'userNotificationSubscriptionId']) {
        const value: unknown = typeof made === 'object' && made !== null ? Reflect.get(made, name) : undefined;
        if (typeof value === 'string') left.add(value);
      }
    }
    return response;
  };
  return { left, request };
}

describe('a run', () => {
  it.each([
    ['that is given up midway', 40],
    ['that comes to its end', Number.POSITIVE_INFINITY],
  ])('%s leaves nothing behind', async (_how, mostCases) => {
    const { url } = await emulator;
    const { left, request } = createBooks();
    const giveUp = new AbortController();
    let finished = 0;
    let mostLeft = 0;
    const listen = (event: RunEvent): void => {
      mostLeft = Math.max(mostLeft, left.size);
      if (event.kind === 'case-finished') finished += 1;
      if (finished >= mostCases && !giveUp.signal.aborted) giveUp.abort(new Error('enough'));
    };
    const only = ['subscribe-*', 'history-*', 'fan-out', 'post-created', 'post-id', 'change-to-others', 'acknowledged'];
    const { summary } = await runContract({ url, only, fetch: request, listeners: [listen], signal: giveUp.signal });
    expect(summary.isPartial).toBe(mostCases < Number.POSITIVE_INFINITY);
    expect(mostLeft).toBeGreaterThan(3);
    expect([...left]).toEqual([]);
  });
});
