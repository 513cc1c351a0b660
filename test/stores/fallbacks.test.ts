// The memory store of fallbacks: what waits, who has fetched, whom a toast is owed.
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

const waitingIds = async ({ fallbacks }: Parts) => (await fallbacks.waiting(adele)).map(({ id }) => id);

const both = ['phone', 'tablet'] as const;
const oweBoth = (parts: Parts, id: string) => parts.fallbacks.settle(adele, id, 60_000, both);

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
    expect(await oweBoth(parts, 'n1')).toEqual(['tablet']);
    await parts.change(2, 'n1', { readState: 'Unread' });
    expect(await waitingIds(parts)).toEqual([]);
  });

  it('[D5][F16] waits anew with new content, for all, and what was owed of the old one is owed no more', async () => {
    const parts = await setUp();
    const named = { appNotificationId: 'build' };
    await parts.post(0, { ...named, ...fallbackAt(60_000) });
    await parts.fallbacks.markFetched(adele, 'phone', ['n1']);
    await parts.post(30_000, { ...named, ...fallbackAt(90_000) });
    expect(await parts.due.take(89_999, 9)).toEqual([]);
    expect(await parts.due.take(90_000, 9)).toMatchObject([{ kind: 'fallback', at: 90_000, id: 'n1' }]);
    expect(await parts.fallbacks.settle(adele, 'n1', 90_000, ['phone'])).toEqual(['phone']);
    await parts.post(91_000, { ...named, ...fallbackAt(151_000) });
    expect(await parts.fallbacks.owed('phone')).toEqual([]);
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
    expect(await oweBoth(parts, 'n1')).toEqual([]);
    const due = await parts.due.take(60_000, 9);
    expect(due.filter(({ kind }) => kind === 'fallback')).toEqual([]);
  });

  it('knows of no fallback in a feed that nobody has used', async () => {
    const { fallbacks } = await setUp();
    const nobody = { ...adele, userId: 'nobody' };
    expect(await fallbacks.waiting(nobody)).toEqual([]);
    expect(await fallbacks.settle(nobody, 'n1', 60_000, ['phone'])).toEqual([]);
    await fallbacks.markFetched(nobody, 'phone', ['n1']);
    await fallbacks.forget(nobody, 'n1');
    expect(await fallbacks.owed('phone')).toEqual([]);
  });
});

describe('an owed toast', () => {
  it('[R9] is taken once, by one caller', async () => {
    const parts = await setUp();
    await parts.post(0, fallbackAt(60_000));
    await parts.post(0, fallbackAt(60_000));
    await oweBoth(parts, 'n2');
    await oweBoth(parts, 'n1');
    expect(await parts.fallbacks.owed('phone')).toEqual(['n2', 'n1']);
    const taken = await Promise.all([parts.fallbacks.take('phone', 'n1'), parts.fallbacks.take('phone', 'n1')]);
    expect(taken).toEqual([true, false]);
    expect(await parts.fallbacks.owed('phone')).toEqual(['n2']);
    expect(await parts.fallbacks.owed('tablet')).toEqual(['n2', 'n1']);
  });

  it.each(['deleted', 'forgotten', 'expired', 'replaced'] as const)('[R9] is owed no more when its notification is %s', async (how) => {
    const parts = await setUp();
    await parts.post(0, { appNotificationId: 'build', ...fallbackAt(60_000), expiresAt: 90_000 });
    await oweBoth(parts, 'n1');
    if (how === 'deleted') await parts.remove(1, 'n1');
    if (how === 'forgotten') await parts.fallbacks.forget(adele, 'n1');
    if (how === 'expired') await parts.notifications.removeExpired(adele, 'n1', 90_000);
    if (how === 'replaced') await parts.post(1, { appNotificationId: 'build' });
    expect(await parts.fallbacks.owed('phone')).toEqual([]);
    expect(await parts.fallbacks.take('tablet', 'n1')).toBe(false);
  });

  it('[R9] is none for content that was replaced or deleted just before it would have been settled', async () => {
    const parts = await setUp();
    await parts.post(0, { appNotificationId: 'build', ...fallbackAt(60_000) });
    await parts.post(1, { appNotificationId: 'build', ...fallbackAt(60_001) });
    expect(await oweBoth(parts, 'n1')).toEqual([]);
    expect(await waitingIds(parts)).toEqual(['n1']);
    await parts.remove(2, 'n1');
    expect(await parts.fallbacks.settle(adele, 'n1', 60_001, both)).toEqual([]);
    expect(await parts.fallbacks.owed('phone')).toEqual([]);
  });

  it('[R9] is owed only to subscriptions of the feed, and not past their end', async () => {
    const parts = await setUp();
    await subscribe(parts.stores, 0, 'stranger', 'd1', { key: { ...adele, userId: 'alex' } });
    await parts.post(0, fallbackAt(60_000));
    expect(await parts.fallbacks.settle(adele, 'n1', 60_000, ['phone', 'stranger', 'unknown'])).toEqual(['phone']);
    expect(await parts.fallbacks.owed('stranger')).toEqual([]);
    expect(await parts.fallbacks.owed('unknown')).toEqual([]);
    await parts.subscriptions.remove('phone');
    expect(await parts.fallbacks.owed('phone')).toEqual([]);
    expect(await parts.fallbacks.take('phone', 'n1')).toBe(false);
  });
});
