// What the device socket needs of the service: open a session, read its feed, acknowledge, collect pending toasts (R1, R2, R9).
import { coversContent } from '../domain/coverage.ts';
import { positionOf } from '../domain/cursor.ts';
import type { Acknowledgement, ActiveNotification, FeedKey, Position, ServedRecord, Subscription, Unsid } from '../domain/model.ts';
import { isActive } from '../domain/notification.ts';
import type { Acknowledged, Progress } from '../domain/progress.ts';
import { type Opening, openSession } from '../domain/session.ts';
import type { FeedHead, FeedSlice } from '../domain/store-ports.ts';
import type { ServiceContext } from './context.ts';

export interface OpenedSession extends Opening {
  readonly feed: FeedHead;
  /** The connection's number: the higher of two is the later (R5). */
  readonly connection: number;
}

/** What a device asks for in its handshake. */
export interface SessionRequest {
  readonly unsid: Unsid;
  readonly cursor: string | undefined;
}

export function createDelivery({ stores, clock, activity }: ServiceContext) {
  /** Whatever it covers counts as fetched, and the toasts before it as received (R9). */
  async function acknowledge({ unsid, platform, feed }: Subscription, acknowledged: Acknowledged): Promise<void> {
    const { acknowledgements, head, ids, isAhead } = acknowledged;
    const isThere = await stores.subscriptions.acknowledge(unsid, acknowledgements, head, clock.now());
    if (!isThere || platform !== 'iOS') return;
    const unseen = isAhead ? await coveredFallbacks(feed, acknowledgements) : [];
    const fetched = [...ids, ...unseen];
    if (fetched.length > 0) await stores.fallbacks.markFetched(feed, unsid, fetched);
    const position = acknowledgements.at(-1)?.position;
    if (position !== undefined) await stores.fallbacks.acknowledgeToasts(unsid, position);
  }

  /** Waiting notifications whose content is covered although this connection has not delivered it. */
  async function coveredFallbacks(feed: FeedKey, acknowledgements: readonly Acknowledgement[]): Promise<readonly string[]> {
    const waiting = await stores.fallbacks.waiting(feed);
    return waiting.filter((one) => acknowledgements.some((acknowledgement) => coversContent(acknowledgement, one))).map(({ id }) => id);
  }

  /** Opens the session of a new connection; undefined when the subscription is gone. A cursor that counts as an acknowledgement does so now. */
  async function open({ unsid, cursor }: SessionRequest): Promise<OpenedSession | undefined> {
    const opened = await stores.subscriptions.openConnection(unsid, clock.now());
    if (!opened) return undefined;
    const { before: subscription, after } = opened;
    const feed = await stores.notifications.feed(subscription.feed);
    const asked = cursor === undefined ? undefined : (positionOf(cursor, feed) ?? 'unknown');
    const opening = openSession(subscription, asked, feed.head);
    const { acknowledged } = opening;
    if (acknowledged.length > 0)
      await acknowledge(subscription, { acknowledgements: acknowledged, head: feed.head, ids: [], isAhead: true });
    return { ...opening, feed, connection: after.served.connections };
  }

  /** What is recorded as served to the device by now; undefined when its subscription is gone. */
  async function served({ unsid }: Subscription): Promise<ServedRecord | undefined> {
    return (await stores.subscriptions.get(unsid, clock.now()))?.served;
  }

  /** The connection has ended: from now on it is known what the device was sent. */
  function close({ unsid }: Subscription, connection: number, progress: Progress): Promise<void> {
    return stores.subscriptions.recordServed(unsid, { connection, ...progress.served() }, clock.now());
  }

  /** Whether an open connection is still to be served: its subscription or feed may be gone, or a later connection opened anywhere. */
  async function standing({ unsid, feed }: Subscription, feedName: string, connection: number): Promise<'current' | 'replaced' | 'gone'> {
    const subscription = await stores.subscriptions.get(unsid, clock.now());
    if (!subscription || (await stores.notifications.feed(feed)).name !== feedName) return 'gone';
    return subscription.served.connections > connection ? 'replaced' : 'current';
  }

  /** The position that a cursor names, and the feed's head; undefined when it names none. */
  async function locate(key: FeedKey, cursor: string): Promise<Acknowledgement | undefined> {
    const feed = await stores.notifications.feed(key);
    const position = positionOf(cursor, feed);
    return position === undefined ? undefined : { position, head: feed.head };
  }

  function read(key: FeedKey, since: Position, limit: number): Promise<FeedSlice> {
    return stores.notifications.read(key, since, limit, clock.now());
  }

  /** Notifications whose toast is pending for the device. */
  async function pendingToasts({ unsid, feed }: Subscription): Promise<readonly ActiveNotification[]> {
    const pending: ActiveNotification[] = [];
    for (const { id } of await stores.fallbacks.pendingToasts(unsid)) {
      const notification = await stores.notifications.get(feed, id, clock.now());
      if (isActive(notification)) pending.push(notification);
    }
    return pending;
  }

  /** True when the toast may be sent: it is still pending, and is so until the device acknowledges this position. */
  const markToastSent = (unsid: Unsid, { id, position }: ActiveNotification): Promise<boolean> =>
    stores.fallbacks.markToastSent(unsid, id, position);

  return { open, close, served, standing, read, locate, acknowledge, pendingToasts, markToastSent, activity };
}

export type Delivery = ReturnType<typeof createDelivery>;
