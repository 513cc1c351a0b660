// What falls due is done in the end, whatever fails on the way: nothing that was taken from the due-list is lost.
import { describe, expect, it } from 'vitest';
import type { Stores } from '../../src/domain/ports.ts';
import { appServer, createCore } from '../support/core.ts';

/** A store whose named calls reject while it is broken. */
function createBreakable(...broken: readonly `${'notifications' | 'subscriptions' | 'fallbacks' | 'due'}.${string}`[]) {
  const state = { isBroken: false, failures: 0 };
  const breakable = <Store extends object>(store: Store, name: string): Store =>
    new Proxy(store, {
      get: (target, member, receiver) => {
        const own: unknown = Reflect.get(target, member, receiver);
        if (typeof own !== 'function' || !broken.some((one) => one === `${name}.${String(member)}`)) return own;
        return (...args: unknown[]) => {
          if (!state.isBroken) return Reflect.apply(own, target, args);
          state.failures += 1;
          return Promise.reject(new Error(`${name}.${String(member)} failed`));
        };
      },
    });
  const stores = (memory: Stores): Stores => ({
    ...memory,
    notifications: breakable(memory.notifications, 'notifications'),
    subscriptions: breakable(memory.subscriptions, 'subscriptions'),
    fallbacks: breakable(memory.fallbacks, 'fallbacks'),
    due: breakable(memory.due, 'due'),
  });
  return { state, stores };
}

const fallback = (fallbackDelayInSeconds: number) => ({
  priority: 'High' as const,
  fallbackPolicy: {
    endpointFallback: { platformTypes: ['iOS' as const], fallbackDelayInSeconds, visualContent: { title: 'Look' } },
  },
});
const inSeconds = (now: number, seconds: number) => ({ expirationDateTime: new Date(now + seconds * 1000).toISOString() });

describe('an item whose handling fails', () => {
  it('[F9] an expiry: the notification leaves the store on another try', async () => {
    const { state, stores } = createBreakable('notifications.removeExpired');
    const core = createCore({ stores });
    const phone = await core.subscribe('adele', 'Android');
    await core.publish(phone, inSeconds(core.clock.now(), 60));
    state.isBroken = true;
    await expect(core.advance(61)).rejects.toThrow('notifications.removeExpired failed');
    state.isBroken = false;
    await core.advance(60);
    expect(await core.stores.notifications.count()).toBe(0);
  });

  it.each(['notifications.get', 'subscriptions.ofFeed', 'fallbacks.settle'] as const)(
    '[R9] a fallback, when %s fails: the toast comes on another try, once',
    async (call) => {
      const { state, stores } = createBreakable(call);
      const core = createCore({ stores });
      const phone = await core.connect(await core.subscribe('adele', 'iOS'));
      await core.publish(phone.subscription, fallback(60));
      state.isBroken = true;
      await expect(core.advance(60)).rejects.toThrow(`${call} failed`);
      state.isBroken = false;
      await core.advance(3_600);
      expect(phone.messages.filter(({ type }) => type === 'toast')).toHaveLength(1);
    },
  );

  it('[D12][R8] the end of a subscription: its socket is closed on another try', async () => {
    const { state, stores } = createBreakable('subscriptions.removeExpired');
    const core = createCore({ stores });
    const phone = await core.connect(await core.subscribe('adele', 'Android'));
    state.isBroken = true;
    await expect(core.advance(30 * 86_400)).rejects.toThrow('subscriptions.removeExpired failed');
    expect(phone.closed()).toBeUndefined();
    state.isBroken = false;
    await core.advance(60);
    expect(phone.closed()?.code).toBe(4410);
  });

  it('does not keep the others of the same instant from being done, in order', async () => {
    const { state, stores } = createBreakable('fallbacks.settle');
    const core = createCore({ stores });
    const phone = await core.subscribe('adele', 'iOS');
    await core.publish(phone, fallback(60));
    for (let count = 0; count < 600; count += 1)
      await core.service.publish(appServer, { unsid: phone.unsid }, core.request(inSeconds(core.clock.now(), 60)));
    state.isBroken = true;
    await expect(core.advance(60)).rejects.toThrow('fallbacks.settle failed');
    expect(await core.stores.notifications.count()).toBe(1);
  });

  it('comes again by real time, without anything that would call for it', async () => {
    const { state, stores } = createBreakable('notifications.removeExpired');
    const core = createCore({ stores });
    const phone = await core.subscribe('adele', 'Android');
    await core.publish(phone, inSeconds(core.clock.now(), 60));
    const pass = async (seconds: number) => {
      core.clock.moveTo(core.clock.now() + seconds * 1000);
      core.timer.advance(seconds * 1000);
      await core.settle();
    };
    state.isBroken = true;
    await pass(60);
    expect(core.errors.splice(0)).toMatchObject([{ errors: [{ message: 'notifications.removeExpired failed' }] }]);
    state.isBroken = false;
    await pass(10);
    expect([core.errors, await core.stores.notifications.count()]).toEqual([[], 0]);
  });

  it('is tried less and less often, so that a year costs a bounded number of tries', async () => {
    const { state, stores } = createBreakable('notifications.removeExpired');
    const core = createCore({ stores });
    const phone = await core.subscribe('adele', 'Android');
    await core.publish(phone, inSeconds(core.clock.now(), 60));
    state.isBroken = true;
    await core.advance(86_400).catch(() => undefined);
    expect(state.failures).toBeLessThan(40);
    state.isBroken = false;
    await core.advance(3_600);
    expect(await core.stores.notifications.count()).toBe(0);
  });
});

describe('a due-list that fails', () => {
  it.each(['due.next', 'due.take', 'due.done'] as const)('%s: ends an advance with its error and loses nothing', async (call) => {
    const { state, stores } = createBreakable(call);
    const core = createCore({ stores });
    const phone = await core.connect(await core.subscribe('adele', 'iOS'));
    await core.publish(phone.subscription, { ...fallback(60), ...inSeconds(core.clock.now(), 7_200) });
    state.isBroken = true;
    await expect(core.advance(60)).rejects.toThrow(`${call} failed`);
    expect(state.failures).toBeLessThan(3);
    state.isBroken = false;
    await core.advance(60);
    expect(phone.messages.filter(({ type }) => type === 'toast')).toHaveLength(1);
    await core.advance(86_400);
    expect(await core.stores.notifications.count()).toBe(0);
  });
});

describe('much that falls due at one instant', () => {
  it('[F9] leaves others their turn: a reader sees it go slice by slice, in order', async () => {
    const core = createCore();
    const phone = await core.subscribe('adele', 'Android');
    const now = core.clock.now();
    const ids: string[] = [];
    for (let count = 0; count < 1_500; count += 1)
      ids.push((await core.service.publish(appServer, { unsid: phone.unsid }, core.request(inSeconds(now, 60)))).notification.id);
    const seen: number[] = [];
    let isOver = false;
    const look = async () => {
      const left = await core.stores.notifications.count();
      seen.push(left);
      // Before its expiry every one could still be read: what is gone is what came first.
      const first = await core.stores.notifications.get(phone.feed, ids[ids.length - left] ?? '', now);
      expect(first?.id).toBe(ids[ids.length - left]);
      if (!isOver) setImmediate(look);
    };
    setImmediate(look);
    await core.advance(60);
    isOver = true;
    await core.settle();
    expect(new Set(seen).size).toBeGreaterThan(4);
    expect(seen.at(-1)).toBe(0);
  });
});
