// Puts the in-memory store together: every call does its work in one go, so that each is atomic.
import type { Unsid } from '../domain/model.ts';
import type { OpenStores, Stores, StoresOptions } from '../domain/ports.ts';
import { createAgenda, createDueStore } from './due.ts';
import { createFallbackStore } from './fallbacks.ts';
import { createFeeds } from './feeds.ts';
import { createGrantStore } from './grants.ts';
import type { HeldSubscription } from './held.ts';
import { createNotificationStore } from './notifications.ts';
import { createSubscriptionStore } from './subscriptions.ts';

/** @internal `sizes` is for tests: how many feeds are kept, and how many entries the due-list has. */
export interface MemoryStores extends Stores {
  sizes(): { readonly feeds: number; readonly due: number };
}

/** Keeps everything in this process and forgets it with it. Records go in and out as they are: they are immutable. */
export function createMemoryStores({ ids }: StoresOptions): MemoryStores {
  const feeds = createFeeds(ids);
  const agenda = createAgenda();
  const byUnsid = new Map<Unsid, HeldSubscription>();
  const notifications = createNotificationStore(feeds, agenda);
  const subscriptions = createSubscriptionStore(feeds, agenda, byUnsid);
  const grants = createGrantStore();
  return {
    notifications,
    subscriptions,
    fallbacks: createFallbackStore(feeds, agenda, byUnsid),
    due: createDueStore(feeds, agenda, byUnsid),
    grants,
    reset: async () => {
      feeds.clear();
      agenda.clear();
      notifications.clear();
      subscriptions.clear();
      grants.clear();
    },
    // There is nothing to let go of but memory.
    close: async () => undefined,
    sizes: () => ({ feeds: feeds.count(), due: agenda.size }),
  };
}

export const openMemoryStores: OpenStores = async (options) => createMemoryStores(options);
