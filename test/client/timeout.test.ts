// The timeout of a call: it comes after garbage collection too, and nothing of it is left when the call has ended.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createClient } from '../../src/client/client.ts';
import { createIdentityClient } from '../../src/client/identity-client.ts';
import { startTimeout } from '../../src/client/timeout.ts';
import { runContract } from '../../src/contract/run.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Rejects when it is aborted, and keeps nothing alive but what the platform's fetch does: a listener on the signal. */
const silent: typeof fetch = (_input, init) =>
  new Promise((_, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason)));
const refusing: typeof fetch = async () => {
  throw new TypeError('fetch failed');
};

type Call = (request: typeof fetch, timeoutMs: number, signal: AbortSignal) => Promise<unknown>;
const calls: readonly (readonly [string, Call])[] = [
  [
    'the client',
    (fetch, timeoutMs, signal) =>
      createClient({ url: 'http://service.example', token: 'token', fetch, timeoutMs, signal }).listSubscriptions(),
  ],
  [
    'the identity client',
    (fetch, timeoutMs, signal) =>
      createIdentityClient({ authority: 'https://login.example/tenant', clientId: 'id', fetch, timeoutMs }).metadata({ signal }),
  ],
  ['a contract run', (fetch, timeoutMs, signal) => runContract({ url: 'http://service.example', fetch, timeoutMs, signal })],
];

afterEach(() => vi.useRealTimers());

it('a timeout is a TimeoutError, and does not come once it was stopped', async () => {
  vi.useFakeTimers();
  const [one, stopped] = [startTimeout(50), startTimeout(50)];
  stopped.stop();
  vi.advanceTimersByTime(50);
  expect([one.signal.aborted, stopped.signal.aborted]).toEqual([true, false]);
  expect(one.signal.reason).toMatchObject({ name: 'TimeoutError' });
});

describe.each(calls)('a call of %s', (_name, call) => {
  it('that gets no response ends in time although garbage was collected meanwhile', async () => {
    let isSent = () => undefined as unknown;
    const sent = new Promise((resolve) => {
      isSent = () => resolve(undefined);
    });
    const ended = expect(
      call(
        (input, init) => {
          isSent();
          return silent(input, init);
        },
        50,
        new AbortController().signal,
      ),
    ).rejects.toThrow('no response within the timeout');
    await sent;
    // What was referred to in this turn of the event loop is kept to its end.
    await new Promise(setImmediate);
    collectGarbage();
    await ended;
  });

  it('that fails at once leaves no timer, which would keep the process alive', async () => {
    const starting = vi.spyOn(globalThis, 'setTimeout');
    const stopping = vi.spyOn(globalThis, 'clearTimeout');
    await expect(call(refusing, 54_321, new AbortController().signal)).rejects.toThrow();
    const started = starting.mock.calls.flatMap(([, ms], index) => (ms === 54_321 ? [starting.mock.results[index]?.value] : []));
    expect(started).toHaveLength(1);
    expect(stopping.mock.calls.map(([timer]) => timer)).toEqual(expect.arrayContaining(started));
    vi.restoreAllMocks();
  });
});
