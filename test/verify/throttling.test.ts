// A target that throttles correctly passes like any other, and its throttling is validated too.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocketServer } from 'ws';
import { throttlingFindings } from '../../src/checks/throttling.ts';
import type { WebSocketFactory } from '../../src/client/device-socket.ts';
import { nodeWebSocket } from '../../src/client/node/node-web-socket.ts';
import { runContract } from '../../src/contract/run.ts';
import { retryAfterRefusal } from '../../src/contract/target/rate-limit.ts';
import { createResponseWatch } from '../../src/contract/target/response-watch.ts';
import { createSocketOpener } from '../../src/contract/target/socket-opener.ts';
import { composeEmulator, type Emulator } from '../../src/emulator.ts';
import { outcomeText } from '../contract/scenario-runs.ts';

/** The same as `hurrying`, for handshakes. */
function hurryingSocket(emulator: Emulator, seen: { count: number }): WebSocketFactory {
  return {
    ...nodeWebSocket,
    open: (request, handlers) =>
      nodeWebSocket.open(request, {
        ...handlers,
        closed: async (closing) => {
          const seconds = closing.refusal?.retryAfterSeconds;
          if (!closing.refusal || seconds === undefined) return handlers.closed(closing);
          seen.count += 1;
          await emulator.advance(seconds);
          handlers.closed({ ...closing, refusal: { ...closing.refusal, retryAfterSeconds: 0 } });
        },
      }),
  };
}

/** Advances the emulator's clock by Retry-After, so that the test does not wait in real time. */
function hurrying(emulator: Emulator, seen: { count: number }): typeof fetch {
  return async (input, init) => {
    const answer = await fetch(input, init);
    const asked = answer.headers.get('retry-after');
    if (asked === null || !/^(429|406)$/.test(String(answer.status))) return answer;
    seen.count += 1;
    await emulator.advance(Number(asked));
    return new Response(await answer.text(), {
      status: answer.status,
      headers: { ...Object.fromEntries(answer.headers), 'retry-after': '0' },
    });
  };
}

describe('a target that throttles', () => {
  it.each([429, 406] as const)('with %i and Retry-After passes every case, and its throttling is proved', async (status) => {
    const emulator = await composeEmulator({ seed: { throttling: { callsPerMinute: 40, status } } }, {});
    onTestFinished(() => emulator.stop());
    const seen = { count: 0 };
    const only = [
      'answer-headers',
      'post-id',
      'post-new',
      'notification-content',
      'subscription-list',
      'fan-out',
      'targeting',
      'unsubscribe',
    ];
    const { outcomes, summary } = await runContract({
      url: emulator.url,
      only,
      fetch: hurrying(emulator, seen),
      webSocket: hurryingSocket(emulator, seen),
    });
    expect(seen.count).toBeGreaterThan(3);
    expect(outcomes.filter(({ kind, findings }) => kind !== 'pass' || findings.length > 0).map(outcomeText)).toEqual([]);
    expect(summary.unexercised).not.toContain('throttling');
  });

  it('does not make a case time out, however long Retry-After is', async () => {
    const emulator = await composeEmulator({}, {});
    onTestFinished(() => emulator.stop());
    let asked = 0;
    const throttling: typeof fetch = async (input, init) => {
      asked += String(input).includes('/_emulator/') ? 0 : 1;
      return asked === 2 || asked === 4 ? new Response('{}', { status: 429, headers: { 'retry-after': '2' } }) : fetch(input, init);
    };
    const only = ['generated/postNotification/body/smallest'];
    // The case's timeout is three times that of a response: less than the two seconds of Retry-After.
    const { outcomes } = await runContract({ url: emulator.url, only, timeoutMs: 600, fetch: throttling });
    // Subscribed; posted, twice; deleted, twice; unsubscribed.
    expect(asked).toBe(6);
    expect(outcomes.filter(({ case: { origin }, kind }) => origin !== 'check' && kind !== 'pass').map(outcomeText)).toEqual([]);
  });

  it('must send Retry-After, as a number of seconds or as a date', () => {
    const of = (retryAfter: string | undefined, status = 429) => throttlingFindings({ endpoint: 'POST /', status, retryAfter })?.length;
    for (const good of ['0', '1', '120', 'Fri, 23 Aug 2019 00:25:55 GMT', 'Friday, 23-Aug-19 00:25:55 GMT', 'Fri Aug 23 00:25:55 2019'])
      expect(of(good), good).toBe(0);
    for (const bad of [undefined, '', 'soon', 'soon 1', '-1', '1.5', '1 s', 'PT1S', 'Fri, soon']) expect(of(bad), `${bad}`).toBe(1);
    expect([of(undefined, 406), of(undefined, 503), of(undefined, 400)]).toEqual([1, undefined, undefined]);
  });
});

describe('a handshake that is throttled', () => {
  it('is retried after Retry-After, also for sockets that cases open directly', async () => {
    const refusals = ['HTTP/1.1 429 Too Many\r\nRetry-After: 2\r\nContent-Length: 0\r\n\r\n'];
    const sockets = new WebSocketServer({ noServer: true });
    const server = createServer().on('upgrade', (request, connection, head) => {
      const refusal = refusals.shift();
      if (refusal === undefined) sockets.handleUpgrade(request, connection, head, () => undefined);
      else connection.end(refusal);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const [pauses, reported]: [number[], unknown[]] = [[], []];
    const open = createSocketOpener({
      socketUrlOf: () => `ws://127.0.0.1:${port}/client/v1/socket`,
      token: async () => 'token',
      headers: {},
      trust: undefined,
      watch: () => () => undefined,
      pacing: { acquire: async () => undefined, pause: async (ms) => void pauses.push(ms), onThrottled: (one) => void reported.push(one) },
      limits: {
        timeoutMs: 10_000,
        over: new AbortController().signal,
        handshakes: createResponseWatch({ what: 'handshakes', elapsed: () => 0, onSilent: () => undefined }),
      },
      signal: new AbortController().signal,
    });
    const socket = await open({ user: 'user', application: 'a.example', deviceId: 'pc', platform: 'Windows', unsid: 'x' }, {});
    expect(socket.events.all.map(({ kind }) => kind)).toEqual(['open']);
    expect([pauses, reported]).toEqual([[2000], [{ endpoint: 'GET /client/v1/socket', status: 429, retryAfter: '2' }]]);
    socket.cut();
  });
});

describe('a throttled action', () => {
  const { signal } = new AbortController();
  const busy = (status: number, retryAfterSeconds?: number) => Object.assign(new Error('busy'), { status, retryAfterSeconds });

  it('is retried after Retry-After, and every refusal is reported', async () => {
    const [pauses, reported]: [number[], unknown[]] = [[], []];
    const pacing = {
      acquire: async () => undefined,
      pause: async (ms: number) => void pauses.push(ms),
      onThrottled: (one: unknown) => void reported.push(one),
    };
    const refusals = [busy(429, 2), busy(406, 1)];
    const act = async () => {
      const refusal = refusals.shift();
      if (refusal) throw refusal;
      return 'connected';
    };
    expect(await retryAfterRefusal('GET /socket', act, pacing, signal)).toBe('connected');
    expect(pauses).toEqual([2000, 1000]);
    expect(reported).toEqual([
      { endpoint: 'GET /socket', status: 429, retryAfter: '2' },
      { endpoint: 'GET /socket', status: 406, retryAfter: '1' },
    ]);
  });

  it.each([
    [busy(429), 1],
    [busy(403, 1), 1],
    [busy(503, 3600), 1],
    [busy(429, 1), 6],
  ])('is not retried if that is useless (%#)', async (refusal, times) => {
    let count = 0;
    const act = async () => {
      count += 1;
      throw refusal;
    };
    const pacing = { acquire: async () => undefined, pause: async () => undefined };
    await expect(retryAfterRefusal('GET /socket', act, pacing, signal)).rejects.toBe(refusal);
    expect(count).toBe(times);
  });
});
