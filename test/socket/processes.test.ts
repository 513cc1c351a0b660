// Several processes over one store: which of two connections of a UNSID stays, and how a process catches up on signals that were lost (R5).
import { describe, expect, it } from 'vitest';
import type { Signal, Signals, Stores } from '../../src/domain/ports.ts';
import { appServer, createCore, notificationsOf, user } from '../support/core.ts';

/** Signals that are lost while the line between processes is down. */
function createLossySignals() {
  const state = { isDown: false };
  const signals = (local: Signals): Signals => ({
    subscribe: local.subscribe,
    publish: (signal: Signal) => {
      if (!state.isDown) local.publish(signal);
    },
  });
  return { state, signals };
}

function createLossyCore() {
  const { state, signals } = createLossySignals();
  const core = createCore({ signals });
  return {
    ...core,
    goDown: () => {
      state.isDown = true;
    },
    resync: async () => {
      state.isDown = false;
      core.signals.publish({ kind: 'resync' });
      await core.settle();
    },
  };
}

/** Two processes with one store, and signals that both hear. */
function createTwoProcesses(options: { readonly stores?: (stores: Stores) => Stores } = {}) {
  const one = createCore(options);
  const other = createCore({ stores: () => one.stores, signals: () => one.signals });
  return { one, other };
}

describe('after signals were lost, a resync', () => {
  it('[R1] brings devices what was published meanwhile, in order and once', async () => {
    const core = createLossyCore();
    const phone = await core.connect(await core.subscribe('adele', 'Android'));
    const desk = await core.connect(await core.subscribe('adele', 'Windows'));
    const other = await core.connect(await core.subscribe('alex', 'Windows'));
    const first = await core.publish(phone.subscription);
    core.goDown();
    const missed = [await core.publish(phone.subscription), await core.publish(phone.subscription)];
    expect(notificationsOf(desk)).toHaveLength(1);
    await core.resync();
    await core.resync();
    for (const device of [phone, desk]) {
      expect(notificationsOf(device).map(({ notification }) => notification.id)).toEqual([first.id, ...missed.map(({ id }) => id)]);
    }
    expect(notificationsOf(other)).toEqual([]);
  });

  it('[R9] brings a toast that has become pending meanwhile', async () => {
    const core = createLossyCore();
    const phone = await core.connect(await core.subscribe('adele', 'iOS'));
    const endpointFallback = { platformTypes: ['iOS' as const], fallbackDelayInSeconds: 60, visualContent: { title: 'Look' } };
    await core.publish(phone.subscription, { priority: 'High', fallbackPolicy: { endpointFallback } });
    core.goDown();
    await core.advance(60);
    const toasts = () => phone.messages.filter(({ type }) => type === 'toast');
    expect(toasts()).toEqual([]);
    await core.resync();
    expect(toasts()).toHaveLength(1);
  });

  it('[F9] has the scheduler look for what falls due', async () => {
    const core = createLossyCore();
    const phone = await core.subscribe('adele', 'Android');
    core.goDown();
    await core.publish(phone, { expirationDateTime: new Date(core.clock.now() + 60_000).toISOString() });
    core.clock.moveTo(core.clock.now() + 60_000);
    core.timer.advance(60_000);
    await core.settle();
    expect(await core.stores.notifications.count()).toBe(1);
    await core.resync();
    core.timer.advance(0);
    await core.settle();
    expect(await core.stores.notifications.count()).toBe(0);
  });

  it.each([
    ['its subscription has ended', 4410, (core, { unsid }) => core.service.subscriptions.unsubscribe(user('adele'), unsid)],
    ['everything was reset', 4410, (core) => core.stores.reset()],
    [
      'another process has opened a later connection',
      4409,
      (core, { unsid }) => core.stores.subscriptions.openConnection(unsid, core.clock.now()),
    ],
  ] satisfies [string, number, (core: ReturnType<typeof createLossyCore>, phone: { unsid: string }) => Promise<unknown>][])(
    '[R5][R8] closes a connection when %s, with %i',
    async (_what, code, happen) => {
      const core = createLossyCore();
      const phone = await core.connect(await core.subscribe('adele', 'Android'));
      core.goDown();
      await happen(core, phone.subscription);
      await core.settle();
      expect(phone.closed()).toBeUndefined();
      await core.resync();
      expect(phone.closed()?.code).toBe(code);
    },
  );
});

describe('two processes over one store', () => {
  it('[R1] deliver what the other has taken', async () => {
    const { one, other } = createTwoProcesses();
    const phone = await other.connect(await one.subscribe('adele', 'Android'));
    const { id } = await one.publish(phone.subscription);
    await other.settle();
    expect(notificationsOf(phone)).toMatchObject([{ notification: { id } }]);
  });

  it('[F9] wake up for what the other has stored', async () => {
    const { one, other } = createTwoProcesses();
    const phone = await one.subscribe('adele', 'Android');
    await one.service.publish(
      appServer,
      { unsid: phone.unsid },
      one.request({ expirationDateTime: new Date(one.clock.now() + 60_000).toISOString() }),
    );
    other.clock.moveTo(other.clock.now() + 60_000);
    other.timer.advance(60_000);
    await other.settle();
    expect(await one.stores.notifications.count()).toBe(0);
  });

  it('[R5] the connection that came later stays, whichever process it came to', async () => {
    const { one, other } = createTwoProcesses();
    const subscription = await one.subscribe('adele', 'Android');
    const first = await one.connect(subscription);
    const second = await other.connect(subscription);
    expect([first.closed()?.code, second.closed()]).toEqual([4409, undefined]);
    const third = await one.connect(subscription);
    expect([second.closed()?.code, third.closed()]).toEqual([4409, undefined]);
  });

  it('[R5] an announcement that comes late does not close a later connection', async () => {
    const core = createCore();
    const subscription = await core.subscribe('adele', 'Android');
    await core.connect(subscription);
    const phone = await core.connect(subscription);
    core.signals.publish({ kind: 'connected', unsid: subscription.unsid, connection: 1 });
    expect(phone.closed()).toBeUndefined();
    core.signals.publish({ kind: 'connected', unsid: subscription.unsid, connection: 3 });
    expect(phone.closed()?.code).toBe(4409);
  });

  it.each([[['one', 'other']], [['other', 'one']]] as const)(
    '[R5] that accept the same UNSID at the same moment keep exactly one connection, the later one, when their calls end in the order %s',
    async (order) => {
      const waiting = new Map<string, () => void>();
      let calls = 0;
      // Both connections have got their numbers before either process hears of it.
      const gated = (stores: Stores): Stores => ({
        ...stores,
        subscriptions: {
          ...stores.subscriptions,
          openConnection: async (...args) => {
            const opened = await stores.subscriptions.openConnection(...args);
            calls += 1;
            await new Promise<void>((resolve) => waiting.set(calls === 1 ? 'one' : 'other', resolve));
            return opened;
          },
        },
      });
      const { one, other } = createTwoProcesses({ stores: gated });
      const subscription = await one.subscribe('adele', 'Android');
      const connecting = [one.connect(subscription), other.connect(subscription)];
      await one.settle();
      for (const name of order) {
        waiting.get(name)?.();
        await one.settle();
      }
      const [first, second] = await Promise.all(connecting);
      await one.settle();
      expect([first?.connection.number, second?.connection.number]).toEqual([1, 2]);
      expect([first?.closed()?.code, second?.closed()]).toEqual([4409, undefined]);
    },
  );
});
