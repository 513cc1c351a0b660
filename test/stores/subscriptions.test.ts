// The memory store of subscriptions: one a device and feed, renewal, expiry, acknowledgements.
import { describe, expect, it } from 'vitest';
import { createMemoryStores } from '../../src/stores/memory.ts';
import { createSequenceIds } from '../support/ids.ts';
import { adele, createWriter, dayMs, subscribe } from '../support/store-records.ts';

function setUp() {
  const stores = createMemoryStores({ ids: createSequenceIds() });
  return { stores, ...stores, ...createWriter(stores) };
}
const unsids = (all: readonly { readonly unsid: string }[]) => all.map(({ unsid }) => unsid);

describe('subscriptions', () => {
  it('[F21] updates the subscription of the same user, application and device', async () => {
    const { stores, subscriptions } = setUp();
    expect(await subscribe(stores, 0, 'u1', 'phone')).toMatchObject({ before: undefined });
    expect(await subscribe(stores, 5, 'u2', 'phone')).toMatchObject({
      before: { unsid: 'u1' },
      after: { unsid: 'u1', expiresAt: 5 + 30 * dayMs },
    });
    expect(await subscriptions.count()).toBe(1);
  });

  it('[F20] keeps users, applications and devices apart', async () => {
    const { stores, subscriptions } = setUp();
    const fabrikam = { ...adele, application: 'fabrikam.example' };
    await subscribe(stores, 0, 'u1', 'phone');
    await subscribe(stores, 0, 'u2', 'phone', { key: fabrikam });
    await subscribe(stores, 0, 'u3', 'phone', { key: { ...adele, userId: 'alex' } });
    await subscribe(stores, 0, 'u4', 'desk');
    expect(unsids(await subscriptions.ofFeed(adele, 0))).toEqual(['u1', 'u4']);
    expect(unsids(await subscriptions.ofUser('adele', 0))).toEqual(['u1', 'u2', 'u4']);
    expect(unsids(await subscriptions.ofFeed(fabrikam, 0))).toEqual(['u2']);
    expect(await subscriptions.ofUser('nobody', 0)).toEqual([]);
    expect(await subscriptions.ofFeed({ ...adele, userId: 'nobody' }, 0)).toEqual([]);
  });

  it('[R2] starts a new subscription at the head of its feed', async () => {
    const { stores, post } = setUp();
    await post(0);
    await post(0);
    expect((await subscribe(stores, 0, 'u1', 'phone')).after).toMatchObject({
      start: 2,
      acknowledgements: [{ position: 2, head: 2 }],
    });
  });

  it('[D12] ends when it was not renewed, and lives on when it was', async () => {
    const { stores, subscriptions, due } = setUp();
    await subscribe(stores, 0, 'u1', 'phone', { expiresAt: 1_000 });
    await subscribe(stores, 900, 'u1', 'phone', { expiresAt: 2_000 });
    expect(await due.take(1_999, 9)).toEqual([]);
    expect(await subscriptions.removeExpired('u1', 1_999)).toBe(false);
    expect(await subscriptions.get('u1', 1_999)).toBeDefined();
    expect(await subscriptions.get('u1', 2_000)).toBeUndefined();
    expect(await subscriptions.ofUser('adele', 2_000)).toEqual([]);
    expect(await subscriptions.ofFeed(adele, 2_000)).toEqual([]);
    expect(await due.take(2_000, 9)).toEqual([{ kind: 'subscription-expiry', at: 2_000, unsid: 'u1' }]);
    expect(await subscriptions.removeExpired('u1', 2_000)).toBe(true);
    expect(await subscriptions.removeExpired('u1', 2_000)).toBe(false);
    expect(await subscriptions.count()).toBe(0);
  });

  it('[D12] gives a new UNSID after expiry, and still lets the old one end', async () => {
    const { stores, subscriptions, due } = setUp();
    await subscribe(stores, 0, 'u1', 'phone', { expiresAt: 1_000 });
    expect(await subscribe(stores, 1_000, 'u2', 'phone', { expiresAt: 9_000 })).toMatchObject({
      before: undefined,
      after: { unsid: 'u2' },
    });
    expect(unsids(await subscriptions.ofFeed(adele, 1_000))).toEqual(['u2']);
    expect(await due.take(1_000, 9)).toMatchObject([{ unsid: 'u1' }]);
    expect(await subscriptions.removeExpired('u1', 1_000)).toBe(true);
    expect(unsids(await subscriptions.ofFeed(adele, 1_000))).toEqual(['u2']);
    expect(unsids(await subscriptions.ofUser('adele', 1_000))).toEqual(['u2']);
    expect(await subscribe(stores, 1_001, 'u3', 'phone')).toMatchObject({ before: { unsid: 'u2' }, after: { unsid: 'u2' } });
  });

  it('[F26] is gone once it is removed, with all that was queued for it', async () => {
    const { stores, subscriptions, due } = setUp();
    await subscribe(stores, 0, 'u1', 'phone');
    expect(await subscriptions.remove('u1')).toBe(true);
    expect(await subscriptions.remove('u1')).toBe(false);
    expect(await subscriptions.get('u1', 0)).toBeUndefined();
    expect(await due.next()).toBeUndefined();
    expect(await subscribe(stores, 1, 'u2', 'phone')).toMatchObject({ before: undefined, after: { unsid: 'u2' } });
  });

  it('[R2] moves the acknowledged position forward, never back', async () => {
    const { stores, subscriptions } = setUp();
    await subscribe(stores, 0, 'u1', 'phone', { expiresAt: 100 });
    const at = (position: number) => ({ position, head: position });
    expect(await subscriptions.acknowledge('u1', [at(5)], 9, 1)).toBe(true);
    expect(await subscriptions.acknowledge('u1', [at(3)], 9, 1)).toBe(true);
    expect(await subscribe(stores, 2, 'u1', 'phone', { expiresAt: 100 })).toMatchObject({ after: { acknowledgements: [at(5)] } });
    expect(await subscriptions.get('u1', 3)).toMatchObject({ acknowledgements: [at(5)], start: 0 });
    expect(await subscriptions.acknowledge('u1', [at(6)], 9, 100)).toBe(false);
    expect(await subscriptions.acknowledge('u9', [at(6)], 9, 1)).toBe(false);
  });

  it('[R2] records what was served to a device, and does not know it while a connection is open', async () => {
    const { stores, subscriptions } = setUp();
    await subscribe(stores, 0, 'u1', 'phone', { expiresAt: 100 });
    const range = { after: 0, upTo: 3, head: 4 };
    const opened = await subscriptions.openConnection('u1', 1);
    expect(opened).toMatchObject({ before: { served: { connections: 0, isConnected: false } }, after: { served: { connections: 1 } } });
    expect(await subscriptions.openConnection('u1', 1)).toMatchObject({ before: { served: { isConnected: true } } });
    await subscriptions.recordServed('u1', { connection: 1, ranges: [range], shown: [2], maybeSentUpTo: 3 }, 1);
    expect(await subscriptions.get('u1', 2)).toMatchObject({ served: { isConnected: true, ranges: [range], maybeSentUpTo: 3 } });
    await subscriptions.recordServed('u1', { connection: 2, ranges: [], shown: [], maybeSentUpTo: 2 }, 1);
    expect(await subscriptions.get('u1', 2)).toMatchObject({ served: { isConnected: false, ranges: [range], maybeSentUpTo: 3 } });
    expect(await subscriptions.openConnection('u1', 100)).toBeUndefined();
    expect(await subscriptions.openConnection('u9', 1)).toBeUndefined();
  });

  it('changes nothing when deciding fails', async () => {
    const { stores, subscriptions } = setUp();
    await subscribe(stores, 0, 'u1', 'phone', { expiresAt: 100 });
    const failure = subscriptions.upsert(adele, 'phone', 1, () => {
      throw new Error('another platform');
    });
    await expect(failure).rejects.toThrow('another platform');
    expect(await subscriptions.get('u1', 99)).toMatchObject({ expiresAt: 100 });
  });

  it('forgets all subscriptions on reset', async () => {
    const { stores, subscriptions } = setUp();
    await subscribe(stores, 0, 'u1', 'phone');
    await stores.reset();
    expect(await subscriptions.count()).toBe(0);
    expect(await subscriptions.get('u1', 0)).toBeUndefined();
    expect(await subscriptions.ofUser('adele', 0)).toEqual([]);
    expect(await subscribe(stores, 0, 'u1', 'phone')).toMatchObject({ before: undefined, after: { start: 0 } });
  });
});
