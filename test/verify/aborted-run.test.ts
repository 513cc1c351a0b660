// An aborted run: no more cases start, and everything that was created is deleted.
import { afterAll, describe, expect, it } from 'vitest';
import type { RunEvent } from '../../src/contract/engine/events.ts';
import { runContract } from '../../src/contract/run.ts';
import { composeEmulator } from '../../src/emulator.ts';

const emulator = composeEmulator({}, {});
afterAll(async () => (await emulator).stop());

/** Records what was created over HTTP and not deleted, by the emulator's responses, including those of aborted requests. */
function createLedger() {
  const left = new Set<string>();
  const underWay = new Set<Promise<unknown>>();
  const enter = async (method: string | undefined, pathname: string, response: Response): Promise<void> => {
    const [id = ''] = pathname.split('/').slice(-1);
    if (method === 'DELETE' && response.status === 204) left.delete(decodeURIComponent(id));
    if (method !== 'POST' || response.status !== 201) return;
    const made: unknown = await response.json();
    for (const name of ['id', 'userNotificationSubscriptionId']) {
      const value: unknown = typeof made === 'object' && made !== null ? Reflect.get(made, name) : undefined;
      if (typeof value === 'string') left.add(value);
    }
  };
  const request: typeof fetch = async (input, { signal, ...init } = {}) => {
    const answer = fetch(input, init);
    const entered = answer.then((response) => enter(init.method, new URL(String(input)).pathname, response.clone()));
    underWay.add(entered);
    // Like fetch, an aborted call rejects although a response arrives.
    const rejected = new Promise<never>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
    const response = await Promise.race([answer, rejected]);
    await entered;
    return response;
  };
  return { left, request, settled: () => Promise.all(underWay) };
}

describe('a run', () => {
  it.each([
    ['that is aborted midway', 40],
    ['that completes', Number.POSITIVE_INFINITY],
  ])('%s leaves nothing behind', async (_how, maxCases) => {
    const { url } = await emulator;
    const { left, request, settled } = createLedger();
    const abort = new AbortController();
    let finished = 0;
    let maxLeft = 0;
    const listen = (event: RunEvent): void => {
      maxLeft = Math.max(maxLeft, left.size);
      if (event.kind === 'case-finished') finished += 1;
      if (finished >= maxCases && !abort.signal.aborted) abort.abort(new Error('enough'));
    };
    const only = ['subscribe-request', 'history-filters', 'fan-out', 'post-created', 'change-to-others', 'acknowledged'];
    const { summary } = await runContract({ url, only, fetch: request, listeners: [listen], signal: abort.signal });
    expect(summary.isPartial).toBe(maxCases < Number.POSITIVE_INFINITY);
    expect(maxLeft).toBeGreaterThan(3);
    await settled();
    expect([...left]).toEqual([]);
  });
});
