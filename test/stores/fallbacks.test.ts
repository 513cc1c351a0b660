// The memory store of fallbacks: what waits, who has fetched, for which devices a toast is pending.
import { describe, expect, it } from 'vitest';
import { createMemoryStores } from '../../src/stores/memory.ts';
import { createSequenceIds } from '../support/ids.ts';
import { adele, createWriter, fallbackAt, subscribe } from '../support/store-records.ts';

async function setUp() {
  const stores = createMemoryStores({ ids: createSequenceIds() });
  await subscribe(stores, 0, 'phone', 'd1');
  await subscribe(stores, 0, 'tablet', 'd2');
  return { stores, ...stores, ...createWriter(stores) };
}
type Parts = Awaited<ReturnType<typeof setUp>>;

const pendingIds = async ({ fallbacks }: Pick<Parts, 'fallbacks'>, unsid: string) =>
  (await fallbacks.pendingToasts(unsid)).map(({ id }) => id);

const waitingIds = async ({ fallbacks }: Parts) => (await fallbacks.waiting(adele)).map(({ id }) => id);

const both = ['phone', 'tablet'] as const;
const addToBoth = (parts: Parts, id: string) => parts.fallbacks.settle(adele, id, 60_000, both);

describe('a waiting fallback', () => {
  it('[F16] waits from the post until it is settled, with those who have fetched meanwhile', async () => {
    const parts = await setUp();
    await parts.post(0);
    await parts.post(0, fallbackAt(60_000));
    expect(await waitingIds(parts)).toEqual(['n2']);
    await parts.fallbacks.markFetched(adele, 'phone', ['n1', 'n2', 'n9']);
    expect(await parts.due.take(60_000, 9)).toEqual([{ kind: 'fallback', at: 60_000, feed: adele, id: 'n2' }]);
    expect(await parts.fallbacks.settle(adele, 'n2', 59_999, both)).toEqual([]);
    expect(await waitingIds(parts)).toEqual(['n2']);
    expect(await parts.fallbacks.settle(adele, 'n2', 60_000, both)).toEqual(['tablet']);
    expect(await parts.fallbacks.settle(adele, 'n2', 60_000, both)).toEqual([]);
    expect(await waitingIds(parts)).toEqual([]);
  });

  it('[F16] is left as it is by a change of state', async () => {
    const parts = await setUp();
    await parts.post(0, fallbackAt(60_000));
    await parts.fallbacks.markFetched(adele, 'phone', ['n1']);
    await parts.change(1, 'n1');
    expect(await parts.fallbacks.waiting(adele)).toMatchObject([{ id: 'n1', readState: 'Read', position: 2 }]);
    expect(await addToBoth(parts, 'n1')).toEqual(['tablet']);
    await parts.change(2, 'n1', { readState: 'Unread' });
    expect(await waitingIds(parts)).toEqual([]);
  });

  it('[D5][F16] waits anew with new content, for all, and the pending toasts of the old one are gone', async () => {
    const parts = await setUp();
    const named = { appNotificationId: 'build' };
    await parts.post(0, { ...named, ...fallbackAt(60_000) });
    await parts.fallbacks.markFetched(adele, 'phone', ['n1']);
    await parts.post(30_000, { ...named, ...fallbackAt(90_000) });
    expect(await parts.due.take(89_999, 9)).toEqual([]);
    expect(await parts.due.take(90_000, 9)).toMatchObject([{ kind: 'fallback', at: 90_000, id: 'n1' }]);
    expect(await parts.fallbacks.settle(adele, 'n1', 90_000, ['phone'])).toEqual(['phone']);
    await parts.post(91_000, { ...named, ...fallbackAt(151_000) });
    expect(await pendingIds(parts, 'phone')).toEqual([]);
    expect(await waitingIds(parts)).toEqual(['n1']);
    await parts.post(92_000, named);
    expect(await waitingIds(parts)).toEqual([]);
  });

  it.each(['deleted', 'forgotten', 'expired'] as const)('[R9] ends when its notification is %s', async (how) => {
    const parts = await setUp();
    await parts.post(0, { ...fallbackAt(60_000), expiresAt: 50_000 });
    if (how === 'deleted') await parts.remove(1, 'n1');
    if (how === 'forgotten') await parts.fallbacks.forget(adele, 'n1');
    if (how === 'expired') await parts.notifications.removeExpired(adele, 'n1', 50_000);
    expect(await waitingIds(parts)).toEqual([]);
    expect(await addToBoth(parts, 'n1')).toEqual([]);
    const due = await parts.due.take(60_000, 9);
    expect(due.filter(({ kind }) => kind === 'fallback')).toEqual([]);
  });

  it('knows of no fallback in a feed that was never used', async () => {
    const { fallbacks } = await setUp();
    const nobody = { ...adele, userId: 'nobody' };
    expect(await fallbacks.waiting(nobody)).toEqual([]);
    expect(await fallbacks.settle(nobody, 'n1', 60_000, ['phone'])).toEqual([]);
    await fallbacks.markFetched(nobody, 'phone', ['n1']);
    await fallbacks.forget(nobody, 'n1');
    expect(await pendingIds({ fallbacks }, 'phone')).toEqual([]);
  });
});

describe('a pending toast', () => {
  it('[R9] is pending, sent or not, until a position at or behind its cursor is acknowledged', async () => {
    const parts = await setUp();
    await parts.post(0, fallbackAt(60_000));
    await parts.post(0, fallbackAt(60_000));
    await addToBoth(parts, 'n2');
    await addToBoth(parts, 'n1');
    expect(await pendingIds(parts, 'phone')).toEqual(['n2', 'n1']);
    expect(await parts.fallbacks.markToastSent('phone', 'n1', 1)).toBe(true);
    expect(await parts.fallbacks.markToastSent('phone', 'n2', 2)).toBe(true);
    expect(await parts.fallbacks.pendingToasts('phone')).toEqual([
      { id: 'n2', sentAt: 2 },
      { id: 'n1', sentAt: 1 },
    ]);
    await parts.fallbacks.acknowledgeToasts('phone', 1);
    expect(await pendingIds(parts, 'phone')).toEqual(['n2']);
    expect(await pendingIds(parts, 'tablet')).toEqual(['n2', 'n1']);
    expect(await parts.fallbacks.markToastSent('phone', 'n1', 1)).toBe(false);
  });

  it('[R9] is not acknowledged before it was sent', async () => {
    const parts = await setUp();
    await parts.post(0, fallbackAt(60_000));
    await addToBoth(parts, 'n1');
    await parts.fallbacks.acknowledgeToasts('phone', 9);
    expect(await pendingIds(parts, 'phone')).toEqual(['n1']);
  });

  it.each(['deleted', 'forgotten', 'expired', 'replaced'] as const)('[R9] is gone when its notification is %s', async (how) => {
    const parts = await setUp();
    await parts.post(0, { appNotificationId: 'build', ...fallbackAt(60_000), expiresAt: 90_000 });
    await addToBoth(parts, 'n1');
    if (how === 'deleted') await parts.remove(1, 'n1');
    if (how === 'forgotten') await parts.fallbacks.forget(adele, 'n1');
    if (how === 'expired') await parts.notifications.removeExpired(adele, 'n1', 90_000);
    if (how === 'replaced') await parts.post(1, { appNotificationId: 'build' });
    expect(await pendingIds(parts, 'phone')).toEqual([]);
    expect(await parts.fallbacks.markToastSent('tablet', 'n1', 1)).toBe(false);
  });

  it('[R9] is none for content that was replaced or deleted just before it would have been settled', async () => {
    const parts = await setUp();
    await parts.post(0, { appNotificationId: 'build', ...fallbackAt(60_000) });
    await parts.post(1, { appNotificationId: 'build', ...fallbackAt(60_001) });
    expect(await addToBoth(parts, 'n1')).toEqual([]);
    expect(await waitingIds(parts)).toEqual(['n1']);
    await parts.remove(2, 'n1');
    expect(await parts.fallbacks.settle(adele, 'n1', 60_001, both)).toEqual([]);
    expect(await pendingIds(parts, 'phone')).toEqual([]);
  });

  it('[R9] is added only for subscriptions of the feed, and not past their end', async () => {
    const parts = await setUp();
    await subscribe(parts.stores, 0, 'stranger', 'd1', { key: { ...adele, userId: 'alex' } });
    await parts.post(0, fallbackAt(60_000));
    expect(await parts.fallbacks.settle(adele, 'n1', 60_000, ['phone', 'stranger', 'unknown'])).toEqual(['phone']);
    expect(await pendingIds(parts, 'stranger')).toEqual([]);
    expect(await pendingIds(parts, 'unknown')).toEqual([]);
    await parts.subscriptions.remove('phone');
    expect(await pendingIds(parts, 'phone')).toEqual([]);
    expect(await parts.fallbacks.markToastSent('phone', 'n1', 1)).toBe(false);
  });
});
