// One emulator as a whole: its start and stop, several side by side, and what cannot be started.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { loadSpec } from '../../src/documents/spec.ts';
import type { Stores, Timer } from '../../src/domain/ports.ts';
import { createHttpApp } from '../../src/http/app.ts';
import type { Handlers } from '../../src/http/handler.ts';
import { createTimer } from '../../src/runtime/timer.ts';
import { rawBody, serverToken, useEmulators } from '../support/emulator.ts';
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
