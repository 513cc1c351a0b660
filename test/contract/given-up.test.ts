// A run that is given up: no more cases, and what was made is taken away all the same.
import { afterAll, describe, expect, it } from 'vitest';
import type { RunEvent } from '../../src/contract/engine/events.ts';
import { runContract } from '../../src/contract/run.ts';
import { composeEmulator } from '../../src/emulator.ts';

const emulator = composeEmulator({}, {});
afterAll(async () => (await emulator).stop());

/** What was made over HTTP and not taken away again, as the emulator answered it, whether or not anybody waited for the answer. */
function createBooks() {
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
    // As fetch has it: whoever gives up hears no answer, although one comes.
    const givenUp = new Promise<never>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
    const response = await Promise.race([answer, givenUp]);
    await entered;
    return response;
  };
  return { left, request, settled: () => Promise.all(underWay) };
}

describe('a run', () => {
  it.each([
    ['that is given up midway', 40],
    ['that comes to its end', Number.POSITIVE_INFINITY],
  ])('%s leaves nothing behind', async (_how, mostCases) => {
    const { url } = await emulator;
    const { left, request, settled } = createBooks();
    const giveUp = new AbortController();
    let finished = 0;
    let mostLeft = 0;
    const listen = (event: RunEvent): void => {
      mostLeft = Math.max(mostLeft, left.size);
      if (event.kind === 'case-finished') finished += 1;
      if (finished >= mostCases && !giveUp.signal.aborted) giveUp.abort(new Error('enough'));
    };
    const only = ['subscribe-request', 'history-filters', 'fan-out', 'post-created', 'change-to-others', 'acknowledged'];
    const { summary } = await runContract({ url, only, fetch: request, listeners: [listen], signal: giveUp.signal });
    expect(summary.isPartial).toBe(mostCases < Number.POSITIVE_INFINITY);
    expect(mostLeft).toBeGreaterThan(3);
    await settled();
    expect([...left]).toEqual([]);
  });
});
