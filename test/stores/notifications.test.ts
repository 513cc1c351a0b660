// The memory store of notifications: order, lookups, tombstones, expiry.
import { describe, expect, it } from 'vitest';
import type { FeedKey } from '../../src/domain/model.ts';
import { createMemoryStores } from '../../src/stores/memory.ts';
import { createSequenceIds } from '../support/ids.ts';
import { adele, contentOf, createWriter, subscribe } from '../support/store-records.ts';

function setUp() {
  const stores = createMemoryStores({ ids: createSequenceIds() });
  return { stores, ...stores, ...createWriter(stores) };
}
const ids = (entries: readonly { readonly id: string }[]) => entries.map(({ id }) => id);

describe('feeds', () => {
  it('[R1] numbers the changes of one feed without gaps, each feed for itself', async () => {
    const { stores, notifications, post } = setUp();
    const other = createWriter(stores, { ...adele, application: 'fabrikam.example' });
    expect((await post(0)).position).toBe(1);
    expect((await other.post(0)).position).toBe(1);
    expect((await post(0)).position).toBe(2);
    expect((await notifications.feed(adele)).head).toBe(2);
  });

  it('names a feed once, also when it is used before it is asked for', async () => {
    const { stores, notifications, post } = setUp();
    await subscribe(stores, 0, 'u1', 'phone');
    const { name, head } = await notifications.feed(adele);
    expect(head).toBe(0);
    await post(0);
    expect(await notifications.feed(adele)).toEqual({ name, head: 1 });
    expect((await notifications.read(adele, 0, 1, 0)).feed).toEqual({ name, head: 1 });
  });

  it('never takes one key for another, whatever the names contain', async () => {
    const { stores, notifications } = setUp();
    const keys: FeedKey[] = [
      { userId: 'a', application: 'b/c' },
      { userId: 'a/b', application: 'c' },
      { userId: 'a\0b', application: 'c' },
      { userId: 'a', application: '\0bc' },
      { userId: '__proto__', application: 'constructor' },
      { userId: '', application: '' },
      { userId: '["a"', application: '"b"]' },
      { userId: 'a","b', application: '' },
    ];
    const names = await Promise.all(keys.map(async (key) => (await notifications.feed(key)).name));
    expect(new Set(names).size).toBe(keys.length);
    for (const key of keys) await createWriter(stores, key).post(0, { groupName: JSON.stringify(key) });
    for (const key of keys) {
      const { entries } = await notifications.read(key, 0, 9, 0);
      expect(entries).toMatchObject([{ content: { groupName: JSON.stringify(key) } }]);
    }
  });
});

describe('writing', () => {
  it('changes nothing when nothing is decided, or when deciding fails', async () => {
    const { notifications, due, post } = setUp();
    await post(0);
    const { before, after } = await notifications.write(adele, { id: 'n1' }, 0, () => undefined);
    expect(before).toMatchObject({ id: 'n1', position: 1 });
    expect(after).toBe(before);
    const failure = notifications.write(adele, { id: 'n1' }, 0, () => {
      throw new Error('no');
    });
    await expect(failure).rejects.toThrow('no');
    expect((await notifications.feed(adele)).head).toBe(1);
    expect(await notifications.count()).toBe(1);
    expect(await due.next()).toBe(contentOf().expiresAt);
  });

  it('[D5] finds an active notification by appNotificationId, and none after its deletion', async () => {
    const { post, remove } = setUp();
    expect((await post(0, { appNotificationId: 'build' })).id).toBe('n1');
    expect(await post(1, { appNotificationId: 'build' })).toMatchObject({ id: 'n1', position: 2, createdPosition: 1 });
    await remove(2, 'n1');
    expect((await post(3, { appNotificationId: 'build' })).id).toBe('n2');
    expect((await post(4, { appNotificationId: 'build' })).id).toBe('n2');
  });

  it('[D5] makes a new one after the old one has expired, and keeps its name when the old one is cleaned up', async () => {
    const { notifications, post } = setUp();
    await post(0, { appNotificationId: 'build', expiresAt: 10 });
    expect((await post(10, { appNotificationId: 'build', expiresAt: 99 })).id).toBe('n2');
    await notifications.removeExpired(adele, 'n1', 10);
    expect((await post(11, { appNotificationId: 'build', expiresAt: 99 })).id).toBe('n2');
    expect(await notifications.count()).toBe(1);
  });

  it('[D5] knows the same appNotificationId in another feed as another notification', async () => {
    const { stores, post } = setUp();
    const other = createWriter(stores, { userId: 'alex', application: adele.application });
    await post(0, { appNotificationId: 'build' });
    expect((await other.post(0, { appNotificationId: 'build' })).createdPosition).toBe(1);
    expect((await stores.notifications.read(adele, 0, 9, 0)).entries).toHaveLength(1);
  });

  it('takes the place of an expired notification of the same id', async () => {
    const { notifications, due, post } = setUp();
    await post(0, { expiresAt: 10 });
    const content = contentOf({ expiresAt: 50 });
    await notifications.write(adele, { id: 'n1' }, 10, (current, position) => {
      expect(current).toBeUndefined();
      return { ...template, id: 'n1', position, createdPosition: position, contentPosition: position, content, expiresAt: 50 };
    });
    expect(await notifications.count()).toBe(1);
    expect(await due.take(49, 9)).toEqual([]);
    expect(ids((await notifications.read(adele, 0, 9, 49)).entries)).toEqual(['n1']);
  });
});

const template = {
  status: 'Active',
  earlierPositions: undefined,
  meantSince: undefined,
  marks: { last: { position: 1, origin: null }, other: undefined },
  createdAt: 0,
  modifiedAt: undefined,
  appNotificationId: null,
  targets: [],
  subscriptions: undefined,
  readState: 'Unread',
  userActionState: 'NoInteraction',
} as const;

describe('reading', () => {
  it('[R1] lists each notification once, in the order of the last change', async () => {
    const { notifications, post, change } = setUp();
    for (let count = 0; count < 4; count += 1) await post(0);
    await change(1, 'n2');
    await change(1, 'n1');
    const slice = await notifications.read(adele, 0, 9, 1);
    expect(ids(slice.entries)).toEqual(['n3', 'n4', 'n2', 'n1']);
    expect(ids((await notifications.read(adele, 4, 9, 1)).entries)).toEqual(['n2', 'n1']);
  });

  it('pages exactly: at most the limit, the position to go on from, and whether there is more', async () => {
    const { notifications, post } = setUp();
    for (let count = 0; count < 5; count += 1) await post(0);
    expect(await notifications.read(adele, 0, 2, 0)).toMatchObject({ entries: [{ id: 'n1' }, { id: 'n2' }], examined: 2, more: true });
    expect(await notifications.read(adele, 2, 2, 0)).toMatchObject({ entries: [{ id: 'n3' }, { id: 'n4' }], examined: 4, more: true });
    expect(await notifications.read(adele, 4, 2, 0)).toMatchObject({ entries: [{ id: 'n5' }], examined: 5, more: false });
    expect(await notifications.read(adele, 3, 2, 0)).toMatchObject({ examined: 5, more: false });
    expect(await notifications.read(adele, 5, 2, 0)).toMatchObject({ entries: [], examined: 5, more: false });
  });

  it('[F9] steps over any number of expired ones in calls of bounded length, and says from where to go on', async () => {
    const { notifications, post } = setUp();
    for (let count = 0; count < 2_500; count += 1) await post(0, { expiresAt: 10 });
    await post(0);
    expect(await notifications.read(adele, 0, 9, 10)).toMatchObject({ entries: [], examined: 1_000, more: true });
    expect(await notifications.count()).toBe(1_501);
    expect(await notifications.read(adele, 1_000, 9, 10)).toMatchObject({ entries: [], examined: 2_000, more: true });
    expect(await notifications.read(adele, 2_000, 9, 10)).toMatchObject({ entries: [{ id: 'n2501' }], examined: 2_501, more: false });
    expect(await notifications.count()).toBe(1);
  });

  it('does not promise more when all that is left has expired', async () => {
    const { notifications, post } = setUp();
    await post(0);
    await post(0, { expiresAt: 10 });
    expect(await notifications.read(adele, 0, 1, 9)).toMatchObject({ examined: 1, more: true });
    expect(await notifications.read(adele, 0, 1, 10)).toMatchObject({ examined: 2, more: false });
  });

  it('[R2] keeps the head and every position when notifications go', async () => {
    const { notifications, post } = setUp();
    for (let count = 1; count <= 50; count += 1) await post(0, { expiresAt: count === 7 ? 1_000 : 10 });
    for (let count = 1; count <= 50; count += 1) await notifications.removeExpired(adele, `n${count}`, 10);
    expect(await notifications.read(adele, 3, 9, 10)).toMatchObject({
      entries: [{ id: 'n7', position: 7 }],
      examined: 50,
      feed: { head: 50 },
    });
    expect((await post(11)).position).toBe(51);
    await notifications.removeExpired(adele, 'n7', 1_000);
    expect(ids((await notifications.read(adele, 7, 9, 1_000)).entries)).toEqual(['n51']);
  });
});

describe('the end of a notification', () => {
  it('[F28] keeps a read and dismissed notification until it expires', async () => {
    const { notifications, post, change } = setUp();
    await post(0, { expiresAt: 100 });
    await change(1, 'n1', { readState: 'Read', userActionState: 'Dismissed' });
    expect(await notifications.get(adele, 'n1', 99)).toMatchObject({ status: 'Active', userActionState: 'Dismissed' });
    expect(await notifications.get(adele, 'n1', 100)).toBeUndefined();
  });

  it('[F28] keeps a tombstone, in its new place, until the notification would have expired', async () => {
    const { notifications, post, remove } = setUp();
    await post(0, { expiresAt: 100 });
    await post(0);
    await remove(1, 'n1');
    expect(await notifications.get(adele, 'n1', 99)).toMatchObject({ status: 'Deleted', position: 3 });
    expect(ids((await notifications.read(adele, 0, 9, 99)).entries)).toEqual(['n2', 'n1']);
    expect(ids((await notifications.read(adele, 0, 9, 100)).entries)).toEqual(['n2']);
  });

  it.each(['get', 'read', 'write', 'appNotificationId'] as const)(
    '[F9] %s finds nothing that has expired, before anybody cleaned up',
    async (by) => {
      const { notifications, post } = setUp();
      await post(0, { appNotificationId: 'build', expiresAt: 100 });
      const seenAt = async (now: number): Promise<unknown> => {
        if (by === 'get') return notifications.get(adele, 'n1', now);
        if (by === 'read') return (await notifications.read(adele, 0, 9, now)).entries[0];
        const which = by === 'write' ? { id: 'n1' } : { appNotificationId: 'build' };
        return (await notifications.write(adele, which, now, () => undefined)).before;
      };
      expect(await seenAt(99)).toMatchObject({ id: 'n1' });
      expect(await seenAt(100)).toBeUndefined();
    },
  );

  it('[F9][D10] leaves the store completely at expiry, and nothing else happens in the feed', async () => {
    const { stores, notifications, fallbacks, due, post } = setUp();
    await subscribe(stores, 0, 'u1', 'phone', { expiresAt: 1_000 });
    await post(0, { expiresAt: 100, fallback: { dueAt: 200, visualContent: { title: 'Look' } } });
    expect(await due.take(100, 9)).toEqual([{ kind: 'notification-expiry', at: 100, feed: adele, id: 'n1' }]);
    await notifications.removeExpired(adele, 'n1', 100);
    expect(await notifications.count()).toBe(0);
    expect(await notifications.get(adele, 'n1', 0)).toBeUndefined();
    expect(await notifications.read(adele, 0, 9, 0)).toMatchObject({ entries: [], more: false, feed: { head: 1 } });
    expect(await fallbacks.waiting(adele)).toEqual([]);
    expect(await due.next()).toBe(1_000);
  });

  it('[F9] does not remove what lives on, nor what is gone', async () => {
    const { notifications, post } = setUp();
    await post(0, { appNotificationId: 'build', expiresAt: 100 });
    await post(1, { appNotificationId: 'build', expiresAt: 200 });
    await notifications.removeExpired(adele, 'n1', 100);
    await notifications.removeExpired(adele, 'n9', 100);
    await notifications.removeExpired({ ...adele, userId: 'nobody' }, 'n1', 500);
    expect(await notifications.count()).toBe(1);
  });

  it('forgets everything on reset, and names feeds anew', async () => {
    const { stores, notifications, due, post } = setUp();
    await post(0);
    const { name } = await notifications.feed(adele);
    await stores.reset();
    expect(await notifications.count()).toBe(0);
    expect(await due.next()).toBeUndefined();
    const after = await notifications.feed(adele);
    expect(after.head).toBe(0);
    expect(after.name).not.toBe(name);
  });

  it('shares nothing between two stores', async () => {
    const one = setUp();
    const two = setUp();
    await one.post(0);
    expect(await two.notifications.count()).toBe(0);
    expect(await two.due.next()).toBeUndefined();
  });
});
