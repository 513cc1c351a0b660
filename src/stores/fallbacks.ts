// Fallbacks in memory: which wait, who has fetched the notification meanwhile, and for which devices a toast is pending (F16, R9).
import type { FallbackStore, PendingToast } from '../domain/fallback-store.ts';
import type { Notification, Unsid } from '../domain/model.ts';
import { type Agenda, schedule, unschedule } from './due.ts';
import type { Feeds } from './feeds.ts';
import type { Feed, HeldNotification, HeldSubscription } from './held.ts';

/** Follows a write: new content starts a new wait, a deletion ends it, a change of state leaves it alone. */
export function followWrite(agenda: Agenda, held: HeldNotification): void {
  const { feed, record } = held;
  if (record.status === 'Active' && record.contentPosition !== record.position) return;
  forgetFallback(agenda, feed, record.id);
  if (record.status !== 'Active' || record.content.fallback === undefined) return;
  const { dueAt } = record.content.fallback;
  const wait = { kind: 'fallback' as const, held, dueAt, fetchedBy: new Set<Unsid>(), ticket: undefined };
  feed.waiting ??= new Map();
  feed.waiting.set(record.id, wait);
  schedule(agenda, wait, dueAt);
}

/** Ends the wait and all pending toasts. */
export function forgetFallback(agenda: Agenda, feed: Feed, id: string): void {
  endWait(agenda, feed, id);
  for (const subscription of feed.toastedDevices?.get(id) ?? []) subscription.pendingToasts.delete(id);
  feed.toastedDevices?.delete(id);
}

/** A subscription has ended, and its pending toasts with it. */
export function forgetToasts(subscription: HeldSubscription): void {
  for (const id of subscription.pendingToasts.keys()) removeToast(subscription, id);
}

function endWait(agenda: Agenda, feed: Feed, id: string): void {
  const wait = feed.waiting?.get(id);
  if (!wait) return;
  unschedule(agenda, wait);
  feed.waiting?.delete(id);
}

function removeToast(subscription: HeldSubscription, id: string): void {
  const { toastedDevices } = subscription.feed;
  const devices = toastedDevices?.get(id);
  devices?.delete(subscription);
  if (devices?.size === 0) toastedDevices?.delete(id);
  subscription.pendingToasts.delete(id);
}

function addToast(feed: Feed, id: string, subscription: HeldSubscription): void {
  subscription.pendingToasts.set(id, undefined);
  feed.toastedDevices ??= new Map();
  const devices = feed.toastedDevices.get(id);
  if (devices) devices.add(subscription);
  else feed.toastedDevices.set(id, new Set([subscription]));
}

export function createFallbackStore(feeds: Feeds, agenda: Agenda, byUnsid: ReadonlyMap<Unsid, HeldSubscription>): FallbackStore {
  const none: readonly Notification[] = [];
  const noToasts: readonly PendingToast[] = [];
  return {
    waiting: async (key) => {
      const waiting = feeds.find(key)?.waiting;
      return waiting === undefined || waiting.size === 0 ? none : [...waiting.values()].map(({ held }) => held.record);
    },
    markFetched: async (key, unsid, ids) => {
      const waiting = feeds.find(key)?.waiting;
      if (waiting === undefined || waiting.size === 0) return;
      for (const id of ids) waiting.get(id)?.fetchedBy.add(unsid);
    },
    settle: async (key, id, now, unsids) => {
      const feed = feeds.find(key);
      const wait = feed?.waiting?.get(id);
      if (!feed || !wait || wait.dueAt > now) return [];
      endWait(agenda, feed, id);
      const subscriptions = unsids.flatMap((unsid) => byUnsid.get(unsid) ?? []);
      const addressees = subscriptions.filter((one) => one.feed === feed && !wait.fetchedBy.has(one.record.unsid));
      for (const one of addressees) addToast(feed, id, one);
      return addressees.map(({ record }) => record.unsid);
    },
    pendingToasts: async (unsid) => {
      const pending = byUnsid.get(unsid)?.pendingToasts;
      return pending === undefined || pending.size === 0 ? noToasts : [...pending].map(([id, sentAt]) => ({ id, sentAt }));
    },
    markToastSent: async (unsid, id, position) => {
      const pending = byUnsid.get(unsid)?.pendingToasts;
      if (!pending?.has(id)) return false;
      pending.set(id, position);
      return true;
    },
    acknowledgeToasts: async (unsid, position) => {
      const subscription = byUnsid.get(unsid);
      if (!subscription) return;
      for (const [id, sentAt] of subscription.pendingToasts) {
        if (sentAt !== undefined && sentAt <= position) removeToast(subscription, id);
      }
    },
    forget: async (key, id) => {
      const feed = feeds.find(key);
      if (feed) forgetFallback(agenda, feed, id);
    },
  };
}
