// The end of a call: whichever comes first ends it, nothing is left of it, and garbage collection does not take its timer away.
import { getEventListeners } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { createClient } from '../../src/client/client.ts';
import { createEnding } from '../../src/client/ending.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const aborted = (signal: AbortSignal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve(signal.reason)));

describe('the end of a call', () => {
  it('is the first of its signals, with its reason', async () => {
    const [one, other] = [new AbortController(), new AbortController()];
    const { signal } = createEnding([one.signal, other.signal], 60_000);
    expect(signal.aborted).toBe(false);
    other.abort('other');
    one.abort('one');
    expect(signal.reason).toBe('other');
    expect(createEnding([other.signal], 60_000).signal.reason).toBe('other');
  });

  it('is a timeout', async () => {
    expect(await aborted(createEnding([], 1).signal)).toMatchObject({ name: 'TimeoutError' });
  });

  it('leaves no listener, whether the call has ended or was aborted', () => {
    const [one, other] = [new AbortController(), new AbortController()];
    createEnding([one.signal, other.signal], 60_000).over();
    createEnding([one.signal, other.signal], 60_000);
    one.abort();
    expect([one, other].flatMap(({ signal }) => getEventListeners(signal, 'abort'))).toEqual([]);
  });

  it('comes after garbage was collected, too', async () => {
    // In a function of its own, so that nothing here refers to what is not returned.
    const start = () => [createEnding([new AbortController().signal], 50).signal, createEnding([AbortSignal.timeout(50)]).signal];
    const ends = start().map(aborted);
    await new Promise(setImmediate);
    collectGarbage();
    expect(await Promise.all(ends)).toMatchObject([{ name: 'TimeoutError' }, { name: 'TimeoutError' }]);
  });
});

describe('a call of the client', () => {
  it('that gets no response ends in time although garbage was collected meanwhile', async () => {
    const signals: AbortSignal[] = [];
    const silent: typeof fetch = (_input, init) =>
      new Promise((_, reject) => {
        const { signal } = init ?? {};
        if (!signal) return;
        signals.push(signal);
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    const client = createClient({ url: 'http://service.example', token: 'token', fetch: silent, timeoutMs: 50 });
    const call = client.listSubscriptions();
    await new Promise(setImmediate);
    signals.splice(0);
    collectGarbage();
    await expect(call).rejects.toThrow('no response within the timeout');
  });
});
