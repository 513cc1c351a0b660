// A feed is kept as long as it has a notification or a subscription, and then it is forgotten: memory does not grow with users who are gone.
import { describe, expect, it } from 'vitest';
import { positionOf } from '../../src/domain/cursor.ts';
import type { FeedKey } from '../../src/domain/model.ts';
import { createMemoryStores } from '../../src/stores/memory.ts';
import { createSequenceIds } from '../support/ids.ts';
import { adele, createWriter, fallbackAt, subscribe } from '../support/store-records.ts';

function setUp() {
  const stores = createMemoryStores({ ids: createSequenceIds() });
  return { stores, ...stores, ...createWriter(stores) };
}

describe('a feed', () => {
  it('[R2] keeps its name and head while a device is subscribed, also when all its notifications have expired', async () => {
    const { stores, notifications, post } = setUp();
    await subscribe(stores, 0, 'u1', 'phone');
    const { name } = await notifications.feed(adele);
    await post(0, { expiresAt: 10 });
    await notifications.removeExpired(adele, 'n1', 10);
    expect(await notifications.feed(adele)).toEqual({ name, head: 1 });
    expect((await post(11)).position).toBe(2);
  });

  it('[R2] keeps its name and head while it has a notification or a tombstone, also without a subscription', async () => {
    const { stores, subscriptions, notifications, post, remove } = setUp();
    await subscribe(stores, 0, 'u1', 'phone');
    await post(0, { expiresAt: 100 });
    const { name } = await notifications.feed(adele);
    await subscriptions.remove('u1');
    await remove(1, 'n1');
    expect(await notifications.feed(adele)).toEqual({ name, head: 2 });
    expect(stores.sizes().feeds).toBe(1);
  });

  const last = {
    'its last notification has expired': async ({ stores, subscriptions, notifications, post }: ReturnType<typeof setUp>) => {
      await subscribe(stores, 0, 'u1', 'phone');
      await post(0, { expiresAt: 10 });
      await subscriptions.remove('u1');
      await notifications.removeExpired(adele, 'n1', 10);
    },
    'its last notification has expired, as a reader finds': async ({ notifications, post }: ReturnType<typeof setUp>) => {
      await post(0, { expiresAt: 10 });
      await notifications.read(adele, 0, 9, 10);
    },
    'its last subscription is deleted': async ({ stores, subscriptions }: ReturnType<typeof setUp>) => {
      await subscribe(stores, 0, 'u1', 'phone');
      await subscriptions.remove('u1');
    },
    'its last subscription has expired': async ({ stores, subscriptions }: ReturnType<typeof setUp>) => {
      await subscribe(stores, 0, 'u1', 'phone', { expiresAt: 10 });
      await subscriptions.removeExpired('u1', 10);
    },
    'a device that had subscribed anew is gone, and what it had before': async ({ stores, subscriptions }: ReturnType<typeof setUp>) => {
      await subscribe(stores, 0, 'u1', 'phone', { expiresAt: 10 });
      await subscribe(stores, 10, 'u2', 'phone', { expiresAt: 20 });
      await subscriptions.remove('u2');
      await subscriptions.removeExpired('u1', 10);
    },
    'a fallback has ended with its notification': async ({
      stores,
      subscriptions,
      notifications,
      fallbacks,
      post,
    }: ReturnType<typeof setUp>) => {
      await subscribe(stores, 0, 'u1', 'phone');
      await post(0, { ...fallbackAt(5), expiresAt: 10 });
      await fallbacks.settle(adele, 'n1', 5, ['u1']);
      await subscriptions.remove('u1');
      await notifications.removeExpired(adele, 'n1', 10);
    },
  };
  it.each(Object.entries(last))('is forgotten when %s; a later one starts anew, and old cursors are unknown', async (_title, happen) => {
    const parts = setUp();
    await happen(parts);
    expect(parts.stores.sizes()).toEqual({ feeds: 0, due: 0 });
    await subscribe(parts.stores, 50, 'u9', 'phone');
    const feed = await parts.notifications.feed(adele);
    expect(feed.head).toBe(0);
    // The sequence of ids counts up: the first feed was the first name.
    expect(positionOf('c1.feed1.0', feed)).toBeUndefined();
    expect((await createWriter(parts.stores).post(50)).position).toBe(1);
  });

  it('is not made known by a question, and has another name each time', async () => {
    const { stores, notifications, fallbacks } = setUp();
    const names = [await notifications.feed(adele), await notifications.feed(adele), (await notifications.read(adele, 0, 9, 0)).feed];
    expect(new Set(names.map(({ name }) => name)).size).toBe(3);
    expect(names.map(({ head }) => head)).toEqual([0, 0, 0]);
    await fallbacks.waiting(adele);
    await notifications.write(adele, { id: undefined }, 0, () => undefined);
    expect(stores.sizes().feeds).toBe(0);
  });

  it('is not taken away from a later one of the same user by what is left of an earlier one', async () => {
    const { stores, subscriptions, notifications, post } = setUp();
    await subscribe(stores, 0, 'u1', 'phone', { expiresAt: 10 });
    await subscribe(stores, 10, 'u2', 'phone', { expiresAt: 20 });
    await subscriptions.remove('u2');
    await post(11);
    const { name } = await notifications.feed(adele);
    await subscriptions.removeExpired('u1', 11);
    expect(await notifications.feed(adele)).toEqual({ name, head: 1 });
  });
});

describe('the memory store', () => {
  it('holds nothing of users who came and went', async () => {
    const { stores, subscriptions, notifications, fallbacks, due } = setUp();
    let most = 0;
    for (let user = 0; user < 3_000; user += 1) {
      const key: FeedKey = { userId: `user-${user}`, application: `app-${user % 7}.example` };
      const now = user * 100;
      const unsid = `unsid-${user}`;
      await subscribe(stores, now, unsid, 'phone', { key, expiresAt: now + 2_000 });
      await createWriter(stores, key).post(now, { ...fallbackAt(now + 500), expiresAt: now + 1_000, appNotificationId: 'build' });
      await notifications.read(key, 0, 10, now);
      if (user % 3 === 0) await subscriptions.remove(unsid);
      for (const one of await due.take(now, 1_000)) {
        if (one.kind === 'notification-expiry') await notifications.removeExpired(one.feed, one.id, now);
        else if (one.kind === 'fallback') await fallbacks.settle(one.feed, one.id, now, [unsid]);
        else await subscriptions.removeExpired(one.unsid, now);
      }
      most = Math.max(most, stores.sizes().feeds);
    }
    expect(most).toBeLessThan(30);
    expect(stores.sizes().due).toBeLessThan(60);
  });
});
