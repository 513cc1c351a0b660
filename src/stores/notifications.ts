// Notifications in memory: a log in feed order, maps by id and appNotificationId, and expiry judged by the caller's clock (F9, F28).
import type { Instant, Notification, Position } from '../domain/model.ts';
import type { FeedHead, FeedSlice, NotificationStore, WhichNotification } from '../domain/store-ports.ts';
import { type Agenda, schedule, unschedule } from './due.ts';
import { followWrite, forgetFallback } from './fallbacks.ts';
import { append, compact, slotAfter, slotFrom, vacate } from './feed-log.ts';
import type { Feeds } from './feeds.ts';
import { type Feed, type HeldNotification, isLive } from './held.ts';

/** @internal `clear` belongs to `Stores.reset`. */
export interface MemoryNotifications extends NotificationStore {
  clear(): void;
}

export function createNotificationStore(feeds: Feeds, agenda: Agenda): MemoryNotifications {
  let count = 0;

  /** Leaves every map, the log and the due-list; holes are closed by the caller, who may be walking the log. */
  function drop(held: HeldNotification): void {
    const { feed, record } = held;
    unindex(held);
    feed.byId?.delete(record.id);
    vacate(feed.log, held.slot);
    unschedule(agenda, held);
    forgetFallback(agenda, feed, record.id);
    count -= 1;
  }

  /** After something was dropped. */
  function tidy(feed: Feed): void {
    closeHoles(feed);
    feeds.release(feed);
  }

  function store(feed: Feed, current: HeldNotification | undefined, record: Notification): void {
    const known = feed.byId?.get(record.id);
    // One that has expired, and of which only the due-list does not know yet.
    if (known && known !== current) drop(known);
    const held = current && known === current ? moved(current, record) : created(feed, record);
    held.slot = append(feed.log, record);
    feed.head = record.position;
    index(held);
    closeHoles(feed);
    schedule(agenda, held, record.expiresAt);
    followWrite(agenda, held);
  }

  function created(feed: Feed, record: Notification): HeldNotification {
    const held: HeldNotification = { kind: 'notification-expiry', feed, record, slot: -1, ticket: undefined };
    feed.byId ??= new Map();
    feed.byId.set(record.id, held);
    count += 1;
    return held;
  }

  return {
    feed: async (key) => feeds.headOf(key),
    get: async (key, id, now) => live(feeds.find(key)?.byId?.get(id), now)?.record,
    write: async (key, which, now, decide) => {
      const feed = feeds.find(key);
      const current = live(feed && find(feed, which), now);
      const before = current?.record;
      const record = decide(before, (feed?.head ?? 0) + 1);
      if (!record) return { before, after: before };
      store(feed ?? feeds.open(key), current, record);
      return { before, after: record };
    },
    read: async (key, since, limit, now) => {
      const feed = feeds.find(key);
      if (!feed) return { feed: feeds.headOf(key), entries: [], examined: 0, more: false };
      const slice = readFeed(feed, { since, limit, now }, drop);
      tidy(feed);
      return slice;
    },
    removeExpired: async (key, id, now) => {
      const held = feeds.find(key)?.byId?.get(id);
      if (!held || isLive(held, now)) return;
      drop(held);
      tidy(held.feed);
    },
    count: async () => count,
    clear: () => {
      count = 0;
    },
  };
}

interface Range {
  readonly since: Position;
  readonly limit: number;
  readonly now: Instant;
}

/** What one call drops at most; the rest is left to the next, so that no call takes long. */
const maxDropped = 1_000;

/** What has expired on the way is dropped, so that the next reader does not step over it again. */
function readFeed(feed: Feed, { since, limit, now }: Range, drop: (held: HeldNotification) => void): FeedSlice {
  const { log } = feed;
  const entries: Notification[] = [];
  let examined = since;
  let dropped = 0;
  for (let slot = slotAfter(log, since); slot < log.slots.length; slot = slotFrom(log, slot + 1)) {
    const record = log.slots[slot];
    if (typeof record !== 'object') break;
    if (record.expiresAt <= now) {
      if (dropped >= maxDropped) return { feed: headOf(feed), entries, examined: record.position - 1, more: true };
      const held = feed.byId?.get(record.id);
      if (held) drop(held);
      dropped += 1;
      continue;
    }
    if (entries.length >= limit) return { feed: headOf(feed), entries, examined, more: true };
    entries.push(record);
    examined = record.position;
  }
  return { feed: headOf(feed), entries, examined: feed.head, more: false };
}

function closeHoles({ log, byId }: Feed): void {
  compact(log, ({ id }, slot) => {
    const held = byId?.get(id);
    if (held) held.slot = slot;
  });
}

function headOf({ name, head }: Feed): FeedHead {
  return { name, head };
}

function live(held: HeldNotification | undefined, now: Instant): HeldNotification | undefined {
  return held && isLive(held, now) ? held : undefined;
}

function find({ byId, byAppNotificationId }: Feed, which: WhichNotification): HeldNotification | undefined {
  if ('appNotificationId' in which) return byAppNotificationId?.get(which.appNotificationId);
  return which.id === undefined ? undefined : byId?.get(which.id);
}

/** Out of its old place in the order, with its new state. */
function moved(held: HeldNotification, record: Notification): HeldNotification {
  unindex(held);
  vacate(held.feed.log, held.slot);
  held.record = record;
  return held;
}

function index(held: HeldNotification): void {
  const { feed, record } = held;
  if (record.status !== 'Active' || record.appNotificationId === null) return;
  feed.byAppNotificationId ??= new Map();
  feed.byAppNotificationId.set(record.appNotificationId, held);
}

/** The name may belong to a later notification already, when this one has expired. */
function unindex(held: HeldNotification): void {
  const { appNotificationId } = held.record;
  const { byAppNotificationId } = held.feed;
  if (appNotificationId === null || byAppNotificationId?.get(appNotificationId) !== held) return;
  byAppNotificationId.delete(appNotificationId);
}
