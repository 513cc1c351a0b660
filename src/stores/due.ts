// The one due-list of the memory store: every notification, waiting fallback and subscription is queued at most once, at its instant or for another try.
import { createDueList, type DueList, isQueuedAt, retryInstant } from '../domain/due-list.ts';
import type { Instant, Unsid } from '../domain/model.ts';
import type { Due, DueStore } from '../domain/store-ports.ts';
import type { Feeds } from './feeds.ts';
import type { Held, HeldSubscription } from './held.ts';

export type Agenda = DueList<Held>;

export function createAgenda(): Agenda {
  return createDueList<Held>();
}

/** Queues it at this instant, and nowhere else. */
export function schedule(agenda: Agenda, held: Held, at: Instant): void {
  if (held.ticket) {
    if (isQueuedAt(held.ticket, at)) return;
    agenda.withdraw(held.ticket);
  }
  held.ticket = agenda.add(at, held);
}

export function unschedule(agenda: Agenda, held: Held): void {
  if (held.ticket) agenda.withdraw(held.ticket);
  held.ticket = undefined;
}

export function createDueStore(feeds: Feeds, agenda: Agenda, byUnsid: ReadonlyMap<Unsid, HeldSubscription>): DueStore {
  /** It stays queued for another try; dealing with it, or `done`, takes it off. */
  function handOut(entry: Held, now: Instant): Due {
    entry.ticket = agenda.add(retryInstant(instantOf(entry), now), entry);
    return dueOf(entry);
  }

  function find(due: Due): Held | undefined {
    if (due.kind === 'subscription-expiry') return byUnsid.get(due.unsid);
    const feed = feeds.find(due.feed);
    return due.kind === 'fallback' ? feed?.waiting?.get(due.id) : feed?.byId?.get(due.id);
  }

  return {
    next: async () => agenda.next(),
    take: async (now, limit) => agenda.take(now, limit).map((entry) => handOut(entry, now)),
    done: async (items) => {
      for (const entry of items.map(find)) if (entry && awaitsRetry(entry)) unschedule(agenda, entry);
    },
  };
}

/** What is queued at its true instant was queued anew after it had been handed out. */
function awaitsRetry(entry: Held): boolean {
  return entry.ticket !== undefined && !isQueuedAt(entry.ticket, instantOf(entry));
}

function instantOf(entry: Held): Instant {
  return entry.kind === 'fallback' ? entry.dueAt : entry.record.expiresAt;
}

function dueOf(entry: Held): Due {
  const at = instantOf(entry);
  switch (entry.kind) {
    case 'notification-expiry':
      return { kind: entry.kind, at, feed: entry.feed.key, id: entry.record.id };
    case 'fallback':
      return { kind: entry.kind, at, feed: entry.held.feed.key, id: entry.held.record.id };
    case 'subscription-expiry':
      return { kind: entry.kind, at, unsid: entry.record.unsid };
  }
}
