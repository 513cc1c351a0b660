// The one due-list of the memory store: every notification, waiting fallback and subscription is queued at most once, at its true instant.
import { createDueList, type DueList, isQueuedAt } from '../domain/due-list.ts';
import type { Instant } from '../domain/model.ts';
import type { Due, DueStore } from '../domain/ports.ts';
import type { Held } from './held.ts';

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

export function createDueStore(agenda: Agenda): DueStore {
  return {
    next: async () => agenda.next(),
    take: async (now, limit) => agenda.take(now, limit).map(dueOf),
  };
}

function dueOf(held: Held): Due {
  held.ticket = undefined;
  switch (held.kind) {
    case 'notification-expiry':
      return { kind: held.kind, at: held.record.expiresAt, feed: held.feed.key, id: held.record.id };
    case 'fallback':
      return { kind: held.kind, at: held.dueAt, feed: held.held.feed.key, id: held.held.record.id };
    case 'subscription-expiry':
      return { kind: held.kind, at: held.record.expiresAt, unsid: held.record.unsid };
  }
}
