// One emulator as a whole: its start and stop, several side by side, the control surface, and what cannot be started.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { Stores, Timer } from '../../src/domain/ports.ts';
import { startEmulator } from '../../src/emulator.ts';
import { createHttpApp } from '../../src/http/app.ts';
import type { Handlers } from '../../src/http/handler.ts';
import { createServiceClock } from '../../src/runtime/clock.ts';
import { createTimer } from '../../src/runtime/timer.ts';
import { loadSpec } from '../../src/spec/spec.ts';
import { rawBody, serverToken, tokenOf, useEmulators } from '../support/emulator.ts';
import { createSequenceIds } from '../support/ids.ts';
import { createTestClock, startInstant } from '../support/time.ts';

const start = useEmulators();
const spec = await loadSpec();

/** A timer that knows how many of its waits are still to come. */
function createCountingTimer(): Timer & { readonly live: () => number } {
  const timer = createTimer();
  const waits = new Set<object>();
  const counted = (begin: (done: () => void) => () => void) => {
    const wait = {};
    waits.add(wait);
    const cancel = begin(() => waits.delete(wait));
    return () => {
      waits.delete(wait);
      cancel();
    };
  };
  return {
    now: timer.now,
    after: (delayMs, run) =>
      counted((done) =>
        timer.after(delayMs, () => {
          done();
          run();
        }),
      ),
    every: (intervalMs, run) => counted(() => timer.every(intervalMs, run)),
    live: () => waits.size,
  };
}

function createGate(): { readonly passed: Promise<void>; readonly open: () => void } {
  let open = () => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open: () => open() };
}

describe('two emulators in one process', () => {
  it('know nothing of each other', async () => {
    const [one, two] = [await start(), await start()];
    expect(one.url).not.toBe(two.url);
    const [inOne, inTwo] = [await one.subscribe('adele'), await two.subscribe('adele')];
    const [device, other] = [await one.connect(inOne), await two.connect(inTwo)];
    const { id } = await one.publish(inOne);
    expect((await device.nextOf('notification')).notification.id).toBe(id);
    expect(await other.rest()).toEqual([]);
    expect((await two.list(inTwo)).value).toEqual([]);
  });

  it('have clocks, seeds and ends of their own', async () => {
    const [one, two] = [await start({ seed: { blockList: ['mallory'] } }), await start()];
    const [inOne, inTwo] = [await one.subscribe('adele'), await two.subscribe('adele')];
    await one.emulator.advance(31 * 86_400);
    const post = ({ send }: typeof one, unsid: string, token = 'dev.app.mallory') =>
      send({ path: '/beta/me/notifications', token, unsid, json: rawBody });
    expect((await post(one, inOne.unsid)).status).toBe(403);
    expect((await post(two, inTwo.unsid)).status).toBe(201);
    expect(two.clock.now()).toBe(startInstant);
    await one.emulator.reset();
    await one.emulator.stop();
    expect((await post(two, inTwo.unsid)).status).toBe(201);
  });
});

describe('stopping', () => {
  it('may be asked for twice, frees the port, and leaves nothing that waits', async () => {
    const timer = createCountingTimer();
    const emulator = await start({}, { timer });
    const adele = await emulator.subscribe('adele');
    await emulator.connect(adele);
    await emulator.publish(adele);
    expect(timer.live()).toBeGreaterThan(0);
    await Promise.all([emulator.emulator.stop(), emulator.emulator.stop()]);
    await emulator.emulator.stop();
    expect(timer.live()).toBe(0);
    await expect(fetch(`${emulator.url}/_emulator/v1/health`)).rejects.toThrow();
    const again = await start({ port: Number(new URL(emulator.url).port) });
    expect(again.url).toBe(emulator.url);
  });

  it('finishes the request that is under way', async () => {
    const [gate, reached] = [createGate(), createGate()];
    const slow = (stores: Stores): Stores => ({
      ...stores,
      notifications: {
        ...stores.notifications,
        write: async (...args) => {
          reached.open();
          await gate.passed;
          return stores.notifications.write(...args);
        },
      },
    });
    const emulator = await start({}, { stores: slow });
    const adele = await emulator.subscribe('adele');
    const answer = emulator.send({ path: '/beta/me/notifications', token: serverToken, unsid: adele.unsid, json: rawBody });
    await reached.passed;
    const stopped = emulator.emulator.stop();
    gate.open();
    expect((await answer).status).toBe(201);
    await stopped;
  });
});

describe('the control surface', () => {
  const control = (path: string) => `/_emulator/v1/${path}`;

  it('tells its health, without a token', async () => {
    const emulator = await start();
    const adele = await emulator.subscribe('adele');
    await emulator.connect(adele);
    await emulator.publish(adele);
    const { status, body, headers } = await emulator.send({ path: control('health') });
    expect([status, headers['cache-control']]).toEqual([200, 'no-store']);
    expect(body).toEqual({
      status: 'ready',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      now: '2019-08-23T00:25:55.329Z',
      startedDateTime: '2019-08-23T00:25:55.329Z',
      notifications: 1,
      subscriptions: 1,
      connections: 1,
    });
  });

  it('[R3] forgets everything on reset, and sets the clock back', async () => {
    const emulator = await start();
    const adele = await emulator.subscribe('adele');
    const device = await emulator.connect(adele);
    await emulator.publish(adele);
    await emulator.emulator.advance(3600);
    const { status, text } = await emulator.send({ method: 'POST', path: control('reset') });
    expect([status, text]).toEqual([204, '']);
    expect((await device.closed).code).toBe(4410);
    expect((await emulator.send({ path: control('health') })).body).toMatchObject({
      now: '2019-08-23T00:25:55.329Z',
      notifications: 0,
      subscriptions: 0,
      connections: 0,
    });
    expect((await emulator.send({ path: '/client/v1/notifications', token: tokenOf('adele'), unsid: adele.unsid })).status).toBe(404);
  });

  it('moves the clock forward', async () => {
    const emulator = await start();
    const advance = (json: unknown) => emulator.send({ path: control('clock/advance'), json });
    expect((await advance({ seconds: 3600 })).body).toEqual({ now: '2019-08-23T01:25:55.329Z' });
    const answer = await advance({ seconds: 0.5 });
    expect(answer.body).toEqual({ now: '2019-08-23T01:25:55.829Z' });
    expect(answer.headers.date).toBe('Fri, 23 Aug 2019 01:25:55 GMT');
    for (const json of [{ seconds: -1 }, { seconds: 'x' }, {}, [], { seconds: 31_536_001 }])
      expect((await advance(json)).status, JSON.stringify(json)).toBe(400);
  });

  it('[D10][D12][R9] runs what falls due in order, each at its own instant', async () => {
    const clock = createTestClock();
    const happened: [string, number][] = [];
    const note = (what: string) => happened.push([what, (clock.now() - startInstant) / 1000]);
    const watched = (stores: Stores): Stores => ({
      ...stores,
      fallbacks: { ...stores.fallbacks, owe: (...args) => (note('fallback'), stores.fallbacks.owe(...args)) },
      notifications: {
        ...stores.notifications,
        removeExpired: (...args) => (note('notification'), stores.notifications.removeExpired(...args)),
      },
      subscriptions: {
        ...stores.subscriptions,
        removeExpired: (...args) => (note('subscription'), stores.subscriptions.removeExpired(...args)),
      },
    });
    const emulator = await start({}, { clock, stores: watched });
    const phone = await emulator.subscribe('adele', { platform: 'iOS' });
    await emulator.publish(phone, { expirationDateTime: new Date(startInstant + 600_000).toISOString() });
    const endpointFallback = { platformTypes: ['iOS'], fallbackDelayInSeconds: 120, visualContent: { title: 't' } };
    const expirationDateTime = new Date(startInstant + 240_000).toISOString();
    await emulator.publish(phone, { priority: 'High', fallbackPolicy: { endpointFallback }, expirationDateTime });
    const { status } = await emulator.send({ path: control('clock/advance'), json: { seconds: 31 * 86_400 } });
    expect(status).toBe(200);
    expect(happened).toEqual([
      ['fallback', 120],
      ['notification', 240],
      ['notification', 600],
      ['subscription', 30 * 86_400],
    ]);
  });

  it('[D1] knows no other method', async () => {
    const emulator = await start();
    const answer = await emulator.send({ method: 'DELETE', path: control('reset') });
    expect([answer.status, answer.headers.allow]).toEqual([405, 'POST']);
  });
});

describe('real time', () => {
  it('goes on from where the clock was moved to', async () => {
    const emulator = await startEmulator();
    try {
      const health = async () => Date.parse(((await (await fetch(`${emulator.url}/_emulator/v1/health`)).json()) as { now: string }).now);
      const before = await health();
      await emulator.advance(3600);
      const after = await health();
      expect(after - before).toBeGreaterThanOrEqual(3_600_000);
      expect(after - before).toBeLessThan(3_660_000);
      await emulator.reset();
      expect(await health()).toBeLessThan(before + 60_000);
    } finally {
      await emulator.stop();
    }
  });

  it('[R8] wakes the emulator up for what falls due', async () => {
    const scopes = new Set(['Notifications.ReadWrite.CreatedByApp']);
    const adele = { kind: 'user', userId: 'adele', upn: 'adele@contoso.com', clientId: 'app', scopes } as const;
    const authenticator = { authenticate: async () => ({ ...adele, expiresAt: Date.now() + 5 }) };
    const emulator = await start({}, { clock: createServiceClock(), authenticator });
    const device = await emulator.open(await emulator.subscribe('adele'));
    expect((await device.closed).code).toBe(4401);
  });
});

describe('a missing handler', () => {
  it.each(spec.operations.map(({ operationId }) => operationId))('of %s stops the start with its name', (missing) => {
    const others = spec.operations.filter(({ operationId }) => operationId !== missing);
    const handlers = Object.fromEntries(others.map(({ operationId }) => [operationId, async () => ({ status: 204 })]));
    const log = { error: () => undefined, warn: () => undefined, info: () => undefined, debug: () => undefined };
    const deps = {
      spec,
      clock: createTestClock(),
      timer: createTimer(),
      ids: createSequenceIds(),
      log,
      version: '0',
      draining: () => false,
    };
    const callers = {
      authenticator: { authenticate: async () => ({ kind: 'app', clientId: 'c' }) as const },
      admission: { admit: async () => undefined },
    };
    expect(() => createHttpApp({ ...deps, ...callers, handlers: handlers as unknown as Handlers })).toThrow(missing);
  });
});

describe('what cannot be started', () => {
  it('because its port is taken is one clear error, and leaves nothing that waits', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const address = blocker.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const timer = createCountingTimer();
    await expect(start({ port }, { timer })).rejects.toMatchObject({
      name: 'StartError',
      message: expect.stringContaining(`port ${port} `),
    });
    expect(timer.live()).toBe(0);
    blocker.close();
    await once(blocker, 'close');
  });
});
