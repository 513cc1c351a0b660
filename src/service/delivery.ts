// What the device socket needs of the service: open a session, read its feed, acknowledge, collect owed toasts (R1, R2, R9).
import { positionOf } from '../domain/cursor.ts';
import type { ActiveNotification, FeedKey, Position, Subscription, Unsid } from '../domain/model.ts';
import { isActive } from '../domain/notification.ts';
import type { FeedHead, FeedSlice } from '../domain/ports.ts';
import { type Opening, openSession } from '../domain/session.ts';
import type { ServiceContext } from './context.ts';

export interface OpenedSession extends Opening {
  readonly feed: FeedHead;
}

export function createDelivery({ stores, clock }: ServiceContext) {
  async function acknowledge({ unsid, platform, feed }: Subscription, position: Position): Promise<void> {
    const moved = await stores.subscriptions.acknowledge(unsid, position, clock.now());
    if (!moved || moved.after === moved.before || platform !== 'iOS') return;
    const waiting = await stores.fallbacks.waiting(feed);
    const ids = waiting.filter((one) => one.position > moved.before && one.position <= moved.after).map(({ id }) => id);
    if (ids.length > 0) await stores.fallbacks.markFetched(feed, unsid, ids);
  }

  async function open(subscription: Subscription, cursor: string | undefined): Promise<OpenedSession> {
    const feed = await stores.notifications.feed(subscription.feed);
    const asked = cursor === undefined ? undefined : (positionOf(cursor, feed) ?? 'unknown');
    const opening = openSession(subscription, asked, feed.head);
    if (opening.acknowledge !== undefined) await acknowledge(subscription, opening.acknowledge);
    return { ...opening, feed };
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

  return { open, read, position, acknowledge, owedToasts, takeToast };
}

export type Delivery = ReturnType<typeof createDelivery>;
