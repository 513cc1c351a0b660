// What every store has to do, whatever it is made of: a naive model over random steps, and what its ports promise when many call at once.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withAcknowledgements } from '../../src/domain/coverage.ts';
import { retryInstant } from '../../src/domain/due-list.ts';
import { changeState, createNotification, isActive, replaceContent } from '../../src/domain/notification.ts';
import type { Stores } from '../../src/domain/ports.ts';
import { adele, contentOf, createWriter, fallbackAt, subscribe } from './store-records.ts';
import { storeStep } from './store-steps.ts';
import { createStoreTrial, type TrialOptions } from './store-trial.ts';

/** A store with nothing in it, and what is known of its kind. */
export interface OpenedStore extends TrialOptions {
  readonly stores: Stores;
}

const together = <Result>(count: number, act: (index: number) => Promise<Result>): Promise<Result[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => act(index)));
const numbersTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const sorted = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b);

/** Declares the tests of one kind of store. `open` is called for each of them; what it opened is closed after it. */
export function describeStore(name: string, open: () => Promise<OpenedStore>, runs = { trials: 120 }): void {
  const withStores = (test: (stores: Stores) => Promise<void>) => async () => {
    const { stores } = await open();
    await test(stores);
    await stores.close();
  };

  describe(name, () => {
    it('[R1][F9][F28] agrees with a naive model over random interleavings', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(storeStep, { maxLength: 150, size: 'max' }), async (steps) => {
          const { stores, ...options } = await open();
          const trial = createStoreTrial(stores, options);
          for (const one of steps) {
            await trial.run(one);
            await trial.compare();
          }
          await trial.finish();
          await stores.close();
        }),
        { numRuns: runs.trials },
      );
    }, 60_000);

    it('shares nothing with another one, and starts empty', async () => {
      const [one, other] = [await open(), await open()];
      await createWriter(one.stores).post(0);
      expect([await other.stores.notifications.count(), await other.stores.due.next()]).toEqual([0, undefined]);
      await Promise.all([one.stores.close(), other.stores.close()]);
    });

    it('forgets everything at a reset, also what has been handed out, and can be used on', withStores(forgetsAtReset));
  });

  describe(`${name}: many calls at once`, () => {
    it('[R1] write: each change takes a position of its own, without gaps', withStores(writesInOrder));
    it('[D5] write: one appNotificationId is one notification', withStores(writesOneNotification));
    it('write: what changes nothing returns the same record twice', withStores(changesNothing));
    it('[F21] upsert: one device gets one subscription', withStores(subscribesOnce));
    it('[F33] change: a record that is good once is used once', withStores(usesOnce));
    it('[R2] acknowledge: all are added, and none goes back', withStores(addsAcknowledgements));
    it('[R5] openConnection: numbers without gaps, which a renewal keeps', withStores(numbersConnections));
    it('[R2] recordServed: all is added, and only the newest connection ends what is uncertain', withStores(mergesServed));
    it('[R9] settle: each device is returned once', withStores(settlesOnce));
    it('[F9] take: each item is handed out once, until it is due for another try', withStores(leasesOnce));
    it('[F9] done: an item leaves the list, but for what was queued anew', withStores(leavesWhenDone));
  });
}

async function forgetsAtReset(stores: Stores): Promise<void> {
  await subscribe(stores, 0, 'u1', 'phone', { expiresAt: 100 });
  await createWriter(stores).post(0, { expiresAt: 50 });
  const { name } = await stores.notifications.feed(adele);
  const items = await stores.due.take(50, 9);
  await stores.reset();
  await stores.due.done(items);
  expect([await stores.notifications.count(), await stores.subscriptions.count(), await stores.due.next()]).toEqual([0, 0, undefined]);
  const feed = await stores.notifications.feed(adele);
  expect([feed.head, feed.name === name]).toEqual([0, false]);
  expect((await createWriter(stores).post(60)).position).toBe(1);
}

async function writesInOrder(stores: Stores): Promise<void> {
  const { notifications } = stores;
  const written = await together(20, (index) =>
    notifications.write(adele, { id: undefined }, 0, (_none, position) =>
      createNotification(`n${index}`, contentOf(), { position, now: 0, origin: null }),
    ),
  );
  expect(sorted(written.map(({ after }) => after?.position ?? 0))).toEqual(numbersTo(20));
  const { entries, feed } = await notifications.read(adele, 0, 30, 0);
  expect([entries.map(({ position }) => position), feed.head]).toEqual([numbersTo(20), 20]);
}

async function writesOneNotification(stores: Stores): Promise<void> {
  const content = contentOf({ appNotificationId: 'build' });
  const written = await together(20, (index) =>
    stores.notifications.write(adele, { appNotificationId: 'build' }, 0, (current, position) => {
      const place = { position, now: 0, origin: null };
      return isActive(current) ? replaceContent(current, content, place) : createNotification(`n${index}`, content, place);
    }),
  );
  expect(written.filter(({ before }) => before === undefined)).toHaveLength(1);
  expect(new Set(written.map(({ after }) => after?.id)).size).toBe(1);
  expect(await stores.notifications.read(adele, 0, 9, 0)).toMatchObject({ entries: [{ position: 20, createdPosition: 1 }] });
}

async function changesNothing(stores: Stores): Promise<void> {
  const { post } = createWriter(stores);
  await post(0);
  const changes = await together(5, () =>
    stores.notifications.write(adele, { id: 'n1' }, 1, (current, position) =>
      isActive(current) ? changeState(current, { readState: 'Read' }, { position, now: 1, origin: 'device' }) : undefined,
    ),
  );
  expect(changes.filter(({ before, after }) => before !== after)).toMatchObject([{ after: { position: 2, readState: 'Read' } }]);
  const failing = stores.notifications.write(adele, { id: 'n1' }, 1, () => {
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect((await stores.notifications.feed(adele)).head).toBe(2);
}

async function subscribesOnce(stores: Stores): Promise<void> {
  const results = await together(10, (index) => subscribe(stores, 0, `u${index}`, 'phone'));
  expect(results.filter(({ before }) => before === undefined)).toHaveLength(1);
  expect(new Set(results.map(({ after }) => after.unsid)).size).toBe(1);
  expect(await stores.subscriptions.count()).toBe(1);
}

async function usesOnce(stores: Stores): Promise<void> {
  const record = { expiresAt: 1_000 };
  const uses = await together(10, () => stores.grants.change('assertion', 'jti', 0, (current) => current ?? record));
  expect(uses.filter(({ before }) => before === undefined)).toHaveLength(1);
  expect(await stores.grants.get('assertion', 'jti', 999)).toEqual(record);
  expect(await stores.grants.get('assertion', 'jti', 1_000)).toBeUndefined();
}

async function addsAcknowledgements(stores: Stores): Promise<void> {
  const { subscriptions } = stores;
  const { after } = await subscribe(stores, 0, 'u1', 'phone');
  const added = [5, 9, 2, 7].map((position) => ({ position, head: position + 1 }));
  expect(await together(4, (index) => subscriptions.acknowledge('u1', added.slice(index, index + 1), 9, 1))).toEqual([
    true,
    true,
    true,
    true,
  ]);
  const expected = added.reduce((known, one) => withAcknowledgements(known, [one]), after.acknowledgements);
  const acknowledgements = (await subscriptions.get('u1', 1))?.acknowledgements;
  expect(acknowledgements?.at(-1)).toEqual(expected.at(-1));
  await subscriptions.acknowledge('u1', [{ position: 3, head: 3 }], 9, 1);
  expect((await subscriptions.get('u1', 1))?.acknowledgements.at(-1)?.position).toBe(9);
  expect(await subscriptions.acknowledge('unknown', added, 9, 1)).toBe(false);
}

async function numbersConnections(stores: Stores): Promise<void> {
  const { subscriptions } = stores;
  await subscribe(stores, 0, 'u1', 'phone', { expiresAt: 100 });
  await subscribe(stores, 0, 'u2', 'desk', { expiresAt: 100 });
  const opened = await together(10, () => subscriptions.openConnection('u1', 1));
  expect(sorted(opened.map((one) => one?.after.served.connections ?? 0))).toEqual(numbersTo(10));
  for (const one of opened) expect(one?.before.served.connections).toBe((one?.after.served.connections ?? 0) - 1);
  await subscribe(stores, 2, 'u9', 'phone', { expiresAt: 200 });
  expect((await subscriptions.openConnection('u1', 3))?.after).toMatchObject({ expiresAt: 200, served: { connections: 11 } });
  expect((await subscriptions.openConnection('u2', 3))?.after.served.connections).toBe(1);
  expect(await subscriptions.openConnection('u1', 200)).toBeUndefined();
}

async function mergesServed(stores: Stores): Promise<void> {
  const { subscriptions } = stores;
  await subscribe(stores, 0, 'u1', 'phone');
  for (let count = 0; count < 3; count += 1) await subscriptions.openConnection('u1', 1);
  const served = async () => (await subscriptions.get('u1', 1))?.served;
  const range = (position: number) => ({ after: position, upTo: position + 1, head: position + 1 });
  await together(8, (index) =>
    subscriptions.recordServed('u1', { connection: undefined, ranges: [range(index)], shown: [index], maybeSentUpTo: 0 }, 1),
  );
  expect(sorted((await served())?.ranges.map(({ after }) => after) ?? [])).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(sorted((await served())?.shown ?? [])).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  for (const [connection, isConnected] of [
    [2, true],
    [3, false],
    [1, false],
  ] as const) {
    await subscriptions.recordServed('u1', { connection, ranges: [], shown: [], maybeSentUpTo: connection }, 1);
    expect(await served()).toMatchObject({ isConnected, connections: 3 });
  }
  expect((await served())?.maybeSentUpTo).toBe(3);
}

async function settlesOnce(stores: Stores): Promise<void> {
  for (const device of ['one', 'two']) await subscribe(stores, 0, device, device);
  await createWriter(stores).post(0, fallbackAt(10));
  const settled = await together(5, () => stores.fallbacks.settle(adele, 'n1', 10, ['one', 'two']));
  expect(settled.flat().toSorted()).toEqual(['one', 'two']);
}

async function leasesOnce(stores: Stores): Promise<void> {
  const { post } = createWriter(stores);
  for (let count = 0; count < 10; count += 1) await post(0, { expiresAt: 100 });
  const idsOf = (batches: readonly (readonly object[])[]) => batches.flat().map((one) => ('id' in one ? String(one.id) : ''));
  const first = idsOf(await together(4, () => stores.due.take(100, 3)));
  expect([first.length, new Set(first).size]).toEqual([10, 10]);
  const retryAt = retryInstant(100, 100);
  expect(await stores.due.take(retryAt - 1, 20)).toEqual([]);
  expect(await stores.due.next()).toBe(retryAt);
  expect(idsOf([await stores.due.take(retryAt, 20)]).toSorted()).toEqual(first.toSorted());
}

async function leavesWhenDone(stores: Stores): Promise<void> {
  await subscribe(stores, 0, 'u1', 'phone', { expiresAt: 100 });
  await subscribe(stores, 0, 'u2', 'desk', { expiresAt: 100 });
  const items = await stores.due.take(100, 9);
  // Renewed by a device before the process that took it says that it is done.
  await subscribe(stores, 99, 'u9', 'phone', { expiresAt: 500 });
  await together(3, () => stores.due.done(items));
  expect(await stores.due.next()).toBe(500);
  expect(await stores.due.take(10_000_000, 9)).toMatchObject([{ unsid: 'u1', at: 500 }]);
}
