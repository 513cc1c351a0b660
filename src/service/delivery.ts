// What the device socket needs of the service: open a session, read its feed, acknowledge, collect owed toasts (R1, R2, R9).
import { positionOf } from '../domain/cursor.ts';
import type { ActiveNotification, FeedKey, Position, Subscription, Unsid } from '../domain/model.ts';
import { isActive } from '../domain/notification.ts';
import type { FeedHead, FeedSlice } from '../domain/ports.ts';
import type { Covered } from '../domain/progress.ts';
import { type Opening, openSession } from '../domain/session.ts';
import type { ServiceContext } from './context.ts';

export interface OpenedSession extends Opening {
  readonly feed: FeedHead;
}

export function createDelivery({ stores, clock, activity }: ServiceContext) {
  /** Whatever it covers counts as fetched (R9). */
  async function acknowledge({ unsid, platform, feed }: Subscription, position: Position, { ids, since }: Covered): Promise<void> {
    const moved = await stores.subscriptions.acknowledge(unsid, position, clock.now());
    if (!moved || platform !== 'iOS') return;
    const unseen = since === undefined ? [] : await publishedBetween(feed, since, position);
    const fetched = [...ids, ...unseen];
    if (fetched.length > 0) await stores.fallbacks.markFetched(feed, unsid, fetched);
  }

  async function publishedBetween(feed: FeedKey, since: Position, upTo: Position): Promise<readonly string[]> {
    const waiting = await stores.fallbacks.waiting(feed);
    return waiting.filter(({ contentPosition }) => contentPosition > since && contentPosition <= upTo).map(({ id }) => id);
  }

  /** Is the subscription still there, and its feed the same? */
  async function isCurrent({ unsid, feed }: Subscription, feedName: string): Promise<boolean> {
    return (await stores.subscriptions.get(unsid, clock.now())) !== undefined && (await stores.notifications.feed(feed)).name === feedName;
  }

  async function open(subscription: Subscription, cursor: string | undefined): Promise<OpenedSession> {
    const feed = await stores.notifications.feed(subscription.feed);
    const asked = cursor === undefined ? undefined : (positionOf(cursor, feed) ?? 'unknown');
    return { ...openSession(subscription, asked, feed.head), feed };
  }

  async function position(key: FeedKey, cursor: string): Promise<Position | undefined> {
    return positionOf(cursor, await stores.notifications.feed(key));
  }

  function read(key: FeedKey, since: Position, limit: number): Promise<FeedSlice> {
    return stores.notifications.read(key, since, limit, clock.now());
  }

  /** Notifications whose toast is owed to the device; the caller takes each when it can be sent. */
  async function owedToasts({ unsid, feed }: Subscription): Promise<readonly ActiveNotification[]> {
    const owed: ActiveNotification[] = [];
    for (const id of await stores.fallbacks.owed(unsid)) {
      const notification = await stores.notifications.get(feed, id, clock.now());
      if (isActive(notification)) owed.push(notification);
    }
    return owed;
  }

  const takeToast = (unsid: Unsid, id: string): Promise<boolean> => stores.fallbacks.take(unsid, id);

  return { open, isCurrent, read, position, acknowledge, owedToasts, takeToast, activity };
}

export type Delivery = ReturnType<typeof createDelivery>;
