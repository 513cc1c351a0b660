// Subscriptions in memory: by UNSID, by device of a feed, and by user; expiry is judged by the caller's clock (F21, D12).
import { withAcknowledgements } from '../domain/coverage.ts';
import type { Instant, Position, Unsid } from '../domain/model.ts';
import { limitedByLists, withConnection, withoutConnection, withServed } from '../domain/served.ts';
import type { SubscriptionStore } from '../domain/store-ports.ts';
import { type Agenda, schedule, unschedule } from './due.ts';
import { forgetToasts } from './fallbacks.ts';
import type { Feeds } from './feeds.ts';
import { type HeldSubscription, isLive } from './held.ts';

/** @internal `clear` belongs to `Stores.reset`. */
export interface MemorySubscriptions extends SubscriptionStore {
  clear(): void;
}

export function createSubscriptionStore(feeds: Feeds, agenda: Agenda, byUnsid: Map<Unsid, HeldSubscription>): MemorySubscriptions {
  const byUser = new Map<string, Set<HeldSubscription>>();

  function add(held: HeldSubscription): void {
    const { unsid, deviceId, feed } = held.record;
    byUnsid.set(unsid, held);
    held.feed.byDevice ??= new Map();
    // An expired one of this device gives way; the due-list ends it in its time, and its socket with it.
    held.feed.byDevice.delete(deviceId);
    held.feed.byDevice.set(deviceId, held);
    const ofUser = byUser.get(feed.userId);
    if (ofUser) ofUser.add(held);
    else byUser.set(feed.userId, new Set([held]));
  }

  function drop(held: HeldSubscription): void {
    const { unsid, deviceId, feed } = held.record;
    byUnsid.delete(unsid);
    if (held.feed.byDevice?.get(deviceId) === held) held.feed.byDevice.delete(deviceId);
    const ofUser = byUser.get(feed.userId);
    ofUser?.delete(held);
    if (ofUser?.size === 0) byUser.delete(feed.userId);
    unschedule(agenda, held);
    forgetToasts(held);
    feeds.release(held.feed);
  }

  return {
    get: async (unsid, now) => live(byUnsid.get(unsid), now)?.record,
    upsert: async (key, deviceId, now, decide) => {
      const feed = feeds.find(key);
      const current = live(feed?.byDevice?.get(deviceId), now);
      const before = current?.record;
      const after = decide(before, feed?.head ?? 0);
      const held = current ?? {
        kind: 'subscription-expiry',
        feed: feed ?? feeds.open(key),
        record: after,
        pendingToasts: new Map<string, Position | undefined>(),
        ticket: undefined,
      };
      held.record = after;
      if (!current) add(held);
      schedule(agenda, held, after.expiresAt);
      return { before, after };
    },
    ofUser: async (userId, now) => records(byUser.get(userId), now),
    ofFeed: async (key, now) => records(feeds.find(key)?.byDevice?.values(), now),
    acknowledge: async (unsid, added, headNow, now) => {
      const held = live(byUnsid.get(unsid), now);
      if (!held) return false;
      const { acknowledgements, served } = held.record;
      const next = withAcknowledgements(acknowledgements, limitedByLists(served, added, headNow));
      if (next !== acknowledgements) held.record = { ...held.record, acknowledgements: next };
      return true;
    },
    openConnection: async (unsid, now) => {
      const held = live(byUnsid.get(unsid), now);
      if (!held) return undefined;
      const before = held.record;
      held.record = { ...before, served: withConnection(before.served) };
      return { before, after: held.record };
    },
    recordServed: async (unsid, added, now) => {
      const held = live(byUnsid.get(unsid), now);
      if (!held) return;
      const served = withServed(held.record.served, added);
      held.record = { ...held.record, served: added.connection === undefined ? served : withoutConnection(served, added.connection) };
    },
    remove: async (unsid) => {
      const held = byUnsid.get(unsid);
      if (held) drop(held);
      return held !== undefined;
    },
    removeExpired: async (unsid, now) => {
      const held = byUnsid.get(unsid);
      if (!held || isLive(held, now)) return false;
      drop(held);
      return true;
    },
    count: async () => byUnsid.size,
    clear: () => {
      byUnsid.clear();
      byUser.clear();
    },
  };
}

function live(held: HeldSubscription | undefined, now: Instant): HeldSubscription | undefined {
  return held && isLive(held, now) ? held : undefined;
}

function records(all: Iterable<HeldSubscription> | undefined, now: Instant) {
  return [...(all ?? [])].filter((held) => isLive(held, now)).map(({ record }) => record);
}
