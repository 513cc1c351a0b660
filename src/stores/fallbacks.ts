// Fallbacks in memory: which wait, who has fetched the notification meanwhile, and whom a toast is owed (F16, R9).
import type { Notification, Unsid } from '../domain/model.ts';
import type { FallbackStore } from '../domain/ports.ts';
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

/** Ends the wait and all toasts that are owed. */
export function forgetFallback(agenda: Agenda, feed: Feed, id: string): void {
  endWait(agenda, feed, id);
  for (const debtor of feed.owedTo?.get(id) ?? []) debtor.owed.delete(id);
  feed.owedTo?.delete(id);
}

/** A subscription has ended: no toast is owed to it any more. */
export function forgetDebts(subscription: HeldSubscription): void {
  for (const id of subscription.owed) takeDebt(subscription, id);
}

function endWait(agenda: Agenda, feed: Feed, id: string): void {
  const wait = feed.waiting?.get(id);
  if (!wait) return;
  unschedule(agenda, wait);
  feed.waiting?.delete(id);
}

function takeDebt(subscription: HeldSubscription, id: string): boolean {
  const { owedTo } = subscription.feed;
  const debtors = owedTo?.get(id);
  debtors?.delete(subscription);
  if (debtors?.size === 0) owedTo?.delete(id);
  return subscription.owed.delete(id);
}

function addToast(feed: Feed, id: string, subscription: HeldSubscription): void {
  subscription.owed.add(id);
  feed.owedTo ??= new Map();
  const addressees = feed.owedTo.get(id);
  if (addressees) addressees.add(subscription);
  else feed.owedTo.set(id, new Set([subscription]));
}

export function createFallbackStore(feeds: Feeds, agenda: Agenda, byUnsid: ReadonlyMap<Unsid, HeldSubscription>): FallbackStore {
  const none: readonly Notification[] = [];
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
    owed: async (unsid) => [...(byUnsid.get(unsid)?.owed ?? [])],
    take: async (unsid, id) => {
      const debtor = byUnsid.get(unsid);
      return debtor !== undefined && takeDebt(debtor, id);
    },
    forget: async (key, id) => {
      const feed = feeds.find(key);
      if (feed) forgetFallback(agenda, feed, id);
    },
  };
}
