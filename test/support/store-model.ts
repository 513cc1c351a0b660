// A store as one would write it without a thought for speed: arrays, filtered anew each time. The memory store is judged by it.
import type { FeedKey, Instant, Notification, Position } from '../../src/domain/model.ts';
import type { Due } from '../../src/domain/store-ports.ts';

export interface ModelSubscription {
  readonly unsid: string;
  readonly feed: FeedKey;
  readonly deviceId: string;
  readonly start: Position;
  expiresAt: Instant;
  acknowledged: Position;
}

interface Entry {
  readonly feed: FeedKey;
  readonly record: Notification;
}

interface ModelWait {
  readonly feed: FeedKey;
  readonly id: string;
  readonly dueAt: Instant;
  readonly fetchedBy: Set<string>;
}

const same = (a: FeedKey, b: FeedKey) => a.userId === b.userId && a.application === b.application;

export function createStoreModel() {
  let entries: Entry[] = [];
  let waits: ModelWait[] = [];
  let toasts: { unsid: string; id: string }[] = [];
  let subscriptions: ModelSubscription[] = [];
  let heads: { feed: FeedKey; head: Position }[] = [];
  /** Expired subscriptions whose device has subscribed anew. */
  const replaced = new Set<ModelSubscription>();
  /** When what was handed out is handed out again, and what is never handed out again. */
  const retries = new Map<unknown, Instant>();
  const finished = new Set<unknown>();

  const headOf = (feed: FeedKey): Position => heads.find((one) => same(one.feed, feed))?.head ?? 0;
  /** A feed without a notification and a subscription is forgotten. */
  const isKnown = (feed: FeedKey) =>
    entries.some((one) => same(one.feed, feed)) || subscriptions.some((one) => same(one.feed, feed) && !replaced.has(one));
  const forgetFeeds = () => {
    heads = heads.filter(({ feed }) => isKnown(feed));
  };
  const live = (feed: FeedKey, now: Instant) =>
    entries.filter((one) => same(one.feed, feed) && one.record.expiresAt > now).map(({ record }) => record);

  function forget(id: string): void {
    waits = waits.filter((wait) => wait.id !== id);
    toasts = toasts.filter((toast) => toast.id !== id);
  }

  function unsubscribe(unsid: string): void {
    subscriptions = subscriptions.filter((one) => one.unsid !== unsid);
    toasts = toasts.filter((toast) => toast.unsid !== unsid);
    forgetFeeds();
  }

  function queued(): { readonly due: Due; readonly key: unknown; readonly at: Instant }[] {
    const all: { due: Due; key: unknown }[] = [
      ...entries.map(({ feed, record }) => ({
        due: { kind: 'notification-expiry' as const, at: record.expiresAt, feed, id: record.id },
        key: record,
      })),
      ...waits.map((wait) => ({ due: { kind: 'fallback' as const, at: wait.dueAt, feed: wait.feed, id: wait.id }, key: wait })),
      ...subscriptions.map((one) => ({ due: { kind: 'subscription-expiry' as const, at: one.expiresAt, unsid: one.unsid }, key: one })),
    ];
    return all.filter(({ key }) => !finished.has(key)).map(({ due, key }) => ({ due, key, at: retries.get(key) ?? due.at }));
  }

  return {
    headOf,
    live,
    pendingToasts: (unsid: string) => toasts.filter((toast) => toast.unsid === unsid).map(({ id }) => id),
    waiting: (feed: FeedKey) => waits.filter((wait) => same(wait.feed, feed)),
    subscriptions: (now: Instant) => subscriptions.filter(({ expiresAt }) => expiresAt > now),
    isHeld: (unsid: string) => subscriptions.some((one) => one.unsid === unsid),
    counts: (feeds: readonly FeedKey[]) => ({
      notifications: entries.length,
      subscriptions: subscriptions.length,
      feeds: feeds.filter(isKnown).length,
    }),
    all: () => entries,
    wrote(feed: FeedKey, record: Notification): void {
      entries = entries.filter((one) => one.record.id !== record.id);
      entries.push({ feed, record });
      const head = heads.find((one) => same(one.feed, feed));
      if (head) head.head += 1;
      else heads.push({ feed, head: 1 });
      if (record.status === 'Active' && record.contentPosition !== record.position) return;
      forget(record.id);
      if (record.status !== 'Active' || !record.content.fallback) return;
      waits.push({ feed, id: record.id, dueAt: record.content.fallback.dueAt, fetchedBy: new Set() });
    },
    page(feed: FeedKey, since: Position, limit: number, now: Instant) {
      const after = live(feed, now)
        .filter(({ position }) => position > since)
        .sort((a, b) => a.position - b.position);
      const page = after.slice(0, limit);
      const more = after.length > limit;
      return { entries: page, more, examined: more ? (page.at(-1)?.position ?? since) : headOf(feed) };
    },
    removeExpired(id: string, now: Instant): void {
      entries = entries.filter(({ record }) => record.id !== id || record.expiresAt > now);
      if (!entries.some(({ record }) => record.id === id)) forget(id);
      forgetFeeds();
    },
    /** What the memory store does in passing when it reads. */
    dropExpiredAfter(feed: FeedKey, since: Position, until: Position, now: Instant): void {
      const isPassed = ({ position, expiresAt }: Notification) => position > since && position <= until && expiresAt <= now;
      for (const { record } of entries.filter((one) => same(one.feed, feed) && isPassed(one.record))) this.removeExpired(record.id, now);
    },
    settle(id: string, now: Instant, unsids: readonly string[]): readonly string[] {
      const wait = waits.find((one) => one.id === id && one.dueAt <= now);
      if (!wait) return [];
      waits = waits.filter((one) => one !== wait);
      const addressees = unsids.filter((unsid) => !wait.fetchedBy.has(unsid));
      toasts.push(...addressees.map((unsid) => ({ unsid, id })));
      return addressees;
    },
    subscribed(one: ModelSubscription): void {
      for (const old of subscriptions) if (same(old.feed, one.feed) && old.deviceId === one.deviceId) replaced.add(old);
      subscriptions.push(one);
    },
    unsubscribe,
    /** Everything that falls due by `now`, or is to be tried again by then, in order. */
    take(now: Instant): { readonly due: Due; readonly at: Instant }[] {
      const handedOut = queued().filter(({ at }) => at <= now);
      for (const { due, key } of handedOut) retries.set(key, now + Math.min(3_600_000, Math.max(10_000, now - due.at)));
      return handedOut.sort((a, b) => a.at - b.at);
    },
    /** Leaves the list unless it has been queued anew. */
    done(items: readonly Due[], now: Instant): void {
      const texts = new Set(items.map((one) => JSON.stringify(one)));
      for (const { due, key } of queued()) if (retries.has(key) && due.at <= now && texts.has(JSON.stringify(due))) finished.add(key);
    },
    nextDue: (): Instant | undefined => {
      const instants = queued().map(({ at }) => at);
      return instants.length === 0 ? undefined : Math.min(...instants);
    },
  };
}
