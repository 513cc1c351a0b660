// One trial of a store: random steps done to it and to the naive model, compared after each.
import { expect } from 'vitest';
import type { FeedKey, Notification } from '../../src/domain/model.ts';
import { changeState, createNotification, isActive, replaceContent, toTombstone } from '../../src/domain/notification.ts';
import type { Stores } from '../../src/domain/ports.ts';
import type { Due } from '../../src/domain/store-ports.ts';
import { createStoreModel } from './store-model.ts';
import { contentOf, subscribe } from './store-records.ts';
import { feeds, type StoreStep } from './store-steps.ts';

/** What differs from one kind of store to another. */
export interface TrialOptions {
  /** What has expired leaves the store when it is stepped over, also before the due-list says so. */
  readonly dropsWhenReading: boolean;
  /** Feeds that are kept and entries of the due-list, where they can be counted. */
  readonly sizes?: () => { readonly feeds: number; readonly due: number };
}

export function createStoreTrial(stores: Stores, { dropsWhenReading, sizes }: TrialOptions) {
  const model = createStoreModel();
  let now = 10_000;
  let count = 0;
  let late: Due[] = [];
  const pick = <T>(from: readonly T[], index: number): T | undefined => from[index % Math.max(1, from.length)];

  async function post(one: Extract<StoreStep, { do: 'post' }>): Promise<void> {
    const fallback = one.fallbackMs === undefined ? undefined : { dueAt: now + one.fallbackMs, visualContent: { title: 'Look' } };
    const content = contentOf({ appNotificationId: one.name, expiresAt: now + one.lifeMs, fallback });
    const expected = model
      .live(one.feed, now)
      .find((known) => isActive(known) && one.name !== null && known.appNotificationId === one.name);
    count += 1;
    const newId = `n${count}`;
    const { before, after } = await stores.notifications.write(
      one.feed,
      one.name === null ? { id: undefined } : { appNotificationId: one.name },
      now,
      (current, position) => {
        expect(current).toEqual(expected);
        expect(position).toBe(model.headOf(one.feed) + 1);
        const place = { position, now, origin: null };
        return isActive(current) ? replaceContent(current, content, place) : createNotification(newId, content, place);
      },
    );
    expect(before).toEqual(expected);
    if (after) model.wrote(one.feed, after);
  }

  async function alter(kind: 'change' | 'delete' | 'touch', key: FeedKey, index: number): Promise<void> {
    const target = pick(
      model.all().filter((entry) => entry.feed === key),
      index,
    )?.record;
    if (!target) return;
    const { before, after } = await stores.notifications.write(
      key,
      { id: target.id },
      now,
      (current, position): Notification | undefined => {
        expect(current).toEqual(target.expiresAt > now ? target : undefined);
        const place = { position, now, origin: 'device' };
        if (!isActive(current) || kind === 'touch') return undefined;
        if (kind === 'delete') return toTombstone(current, place);
        return changeState(current, { readState: current.readState === 'Read' ? 'Unread' : 'Read' }, place);
      },
    );
    expect(before).toEqual(target.expiresAt > now ? target : undefined);
    if (after && after !== before) model.wrote(key, after);
  }

  async function read(key: FeedKey, since: number, limit: number): Promise<void> {
    const from = Math.min(since, model.headOf(key));
    const expected = model.page(key, from, limit, now);
    const slice = await stores.notifications.read(key, from, limit, now);
    expect({ entries: slice.entries, more: slice.more, examined: slice.examined }).toEqual(expected);
    expect(slice.feed.head).toBe(model.headOf(key));
    const beyond = model.page(key, from, limit + 1, now).entries[limit]?.position;
    if (dropsWhenReading) model.dropExpiredAfter(key, from, beyond ?? slice.feed.head, now);
  }

  async function dealWith(due: Due): Promise<void> {
    if (due.kind === 'subscription-expiry') {
      const isEnding = model.isHeld(due.unsid) && !model.subscriptions(now).some(({ unsid }) => unsid === due.unsid);
      expect(await stores.subscriptions.removeExpired(due.unsid, now)).toBe(isEnding);
      if (isEnding) model.unsubscribe(due.unsid);
    } else if (due.kind === 'notification-expiry') {
      await stores.notifications.removeExpired(due.feed, due.id, now);
      model.removeExpired(due.id, now);
    } else {
      const unsids = (await stores.subscriptions.ofFeed(due.feed, now)).map(({ unsid }) => unsid);
      expect(await stores.fallbacks.settle(due.feed, due.id, now, unsids)).toEqual(model.settle(due.id, now, unsids));
    }
  }

  /**
   * What falls due is taken at once; what it asks for may be done only later, when everything has changed, and is handed out again
   * until then. So is what fails: every seventh, but in the end none.
   */
  async function fallDue(isDealtWith: boolean, mayFail = true): Promise<void> {
    const due: Due[] = [];
    for (let batch = await stores.due.take(now, 2); batch.length > 0; batch = await stores.due.take(now, 2)) due.push(...batch);
    const expected = model.take(now);
    const instants = new Map(expected.map((one) => [JSON.stringify(one.due), one.at]));
    expect(new Set(due.map((one) => JSON.stringify(one)))).toEqual(new Set(instants.keys()));
    expect(due.map((one) => instants.get(JSON.stringify(one)))).toEqual(expected.map(({ at }) => at));
    late.push(...due);
    if (!isDealtWith) return;
    const dealtWith = late.filter((_one, index) => !mayFail || index % 7 !== 3);
    for (const one of dealtWith) await dealWith(one);
    await stores.due.done(dealtWith);
    model.done(dealtWith, now);
    late = [];
  }

  async function subscribeDevice(one: Extract<StoreStep, { do: 'subscribe' }>): Promise<void> {
    const known = model.subscriptions(now).find(({ feed: key, deviceId }) => key === one.feed && deviceId === one.device);
    count += 1;
    const unsid = `u${count}`;
    const expiresAt = now + one.lifeMs;
    const { before, after: subscription } = await subscribe(stores, now, unsid, one.device, { key: one.feed, expiresAt });
    expect({ unsid: subscription.unsid, before: before?.unsid }).toEqual({ unsid: known?.unsid ?? unsid, before: known?.unsid });
    if (known) {
      known.expiresAt = expiresAt;
      return;
    }
    const start = model.headOf(one.feed);
    expect(subscription.start).toBe(start);
    model.subscribed({ unsid, feed: one.feed, deviceId: one.device, start, expiresAt, acknowledged: start });
  }

  async function useSubscription(one: Extract<StoreStep, { do: 'fetch' | 'unsubscribe' | 'acknowledge' }>): Promise<void> {
    const chosen = pick(model.subscriptions(now), one.which);
    if (!chosen) return;
    if (one.do === 'unsubscribe') {
      expect(await stores.subscriptions.remove(chosen.unsid)).toBe(true);
      model.unsubscribe(chosen.unsid);
    } else if (one.do === 'acknowledge') {
      chosen.acknowledged = Math.max(chosen.acknowledged, one.position);
      const acknowledgement = { position: one.position, head: one.position };
      expect(await stores.subscriptions.acknowledge(chosen.unsid, [acknowledgement], one.position, now)).toBe(true);
      expect((await stores.subscriptions.get(chosen.unsid, now))?.acknowledgements.at(-1)?.position).toBe(chosen.acknowledged);
    } else {
      const wait = pick(model.waiting(chosen.feed), one.position);
      if (!wait) return;
      wait.fetchedBy.add(chosen.unsid);
      await stores.fallbacks.markFetched(chosen.feed, chosen.unsid, [wait.id]);
    }
  }

  /** What both say, as two values, so that one step costs one comparison. */
  async function compare(): Promise<void> {
    const subscriptions = model.subscriptions(now);
    const seen = { counts: await counts(), next: await stores.due.next(), feeds: await Promise.all(feeds.map(seenOf)) };
    const expected = {
      counts: model.counts(feeds),
      next: model.nextDue(),
      feeds: feeds.map((key) => ({
        waiting: model.waiting(key).map(({ id }) => id),
        toasts: subscriptions.filter((one) => one.feed === key).map(({ unsid }) => [unsid, ...model.pendingToasts(unsid)]),
      })),
    };
    expect(seen).toEqual(expected);
  }

  async function counts() {
    const kept = sizes?.().feeds ?? model.counts(feeds).feeds;
    return { notifications: await stores.notifications.count(), subscriptions: await stores.subscriptions.count(), feeds: kept };
  }

  async function seenOf(key: FeedKey) {
    const waiting = (await stores.fallbacks.waiting(key)).map(({ id }) => id);
    const ofFeed = await stores.subscriptions.ofFeed(key, now);
    const toastsOf = async (unsid: string) => (await stores.fallbacks.pendingToasts(unsid)).map(({ id }) => id);
    return { waiting, toasts: await Promise.all(ofFeed.map(async ({ unsid }) => [unsid, ...(await toastsOf(unsid))])) };
  }

  async function run(one: StoreStep): Promise<void> {
    switch (one.do) {
      case 'post':
        return post(one);
      case 'change':
      case 'delete':
      case 'touch':
        return alter(one.do, one.feed, one.which);
      case 'read':
        return read(one.feed, one.since, one.limit);
      case 'move':
        now += one.byMs;
        return;
      case 'due':
        return fallDue(one.deal);
      case 'subscribe':
        return subscribeDevice(one);
      default:
        return useSubscription(one);
    }
  }

  async function finish(): Promise<void> {
    for (const key of feeds) await read(key, 0, 1_000);
    await fallDue(true);
    now += 4_000_000;
    await fallDue(true, false);
    expect(await stores.notifications.count()).toBe(0);
    expect(await stores.subscriptions.count()).toBe(0);
    expect(await stores.due.next()).toBeUndefined();
    expect(sizes?.() ?? { feeds: 0, due: 0 }).toEqual({ feeds: 0, due: 0 });
  }

  return { run, compare, finish };
}
