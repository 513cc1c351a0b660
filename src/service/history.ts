// Use cases on a user's notifications: read, change states, delete, list and sync (F24, F26, F27, F28).
import { cursorOf, positionOf } from '../domain/cursor.ts';
import { Refusal } from '../domain/errors.ts';
import type { ActiveNotification, FeedKey, Notification, ReadState, Subscription, Unsid, UserActionState } from '../domain/model.ts';
import { changeState, isActive, type StateChange, toTombstone } from '../domain/notification.ts';
import { utf8Length } from '../domain/utf8.ts';
import { clientNotificationJson } from '../domain/wire.ts';
import type { ServiceContext } from './context.ts';

export interface ListQuery {
  readonly since: string | undefined;
  readonly status: 'Active' | 'Deleted' | 'Any' | undefined;
  readonly readState: ReadState | undefined;
  readonly userActionState: UserActionState | undefined;
  readonly top: number;
}

export interface NotificationPage {
  readonly notifications: readonly Notification[];
  readonly cursor: string;
  readonly more: boolean;
  readonly syncCursor: string | undefined;
}

/** Maximum number of entries that are read at once, and examined in one turn of the event loop. */
const maxSlice = 1_024;
/** Maximum number of entries that a page examines, so that a filter that matches nothing costs a bounded time. */
const maxExamined = 10_000;

function unknownCursor(): Refusal {
  const message = 'is unknown; read the history again without it';
  return new Refusal('CursorUnknown', `since ${message}.`, { violations: [{ code: 'unknown', target: 'since', message }] });
}

const unknownNotification = () => new Refusal('UnknownResource', 'There is no such notification.');

export function createHistory({ stores, clock, signals, turn, activity, maxPageBytes }: ServiceContext) {
  /** Reading over HTTP counts as fetching, for the fallback (R9). */
  async function fetched({ platform, feed, unsid }: Subscription, notifications: readonly Notification[]): Promise<void> {
    if (platform !== 'iOS' || notifications.length === 0) return;
    const ids = notifications.map(({ id }) => id);
    await stores.fallbacks.markFetched(feed, unsid, ids);
  }

  /** What a response has shown to the device counts as sent: it will hear of its deletion by another device (R2). */
  async function shown({ unsid, served }: Subscription, { createdPosition }: Notification): Promise<void> {
    if (createdPosition <= served.maybeSentUpTo || served.shown.includes(createdPosition)) return;
    const shown = { connection: undefined, ranges: [], shown: [createdPosition], maybeSentUpTo: 0 };
    await stores.subscriptions.recordServed(unsid, shown, clock.now());
  }

  function announce(feed: FeedKey, changed: Notification): void {
    activity?.changed(feed, changed);
    signals.publish({ kind: 'feed-changed', feed });
  }

  async function get(device: Subscription, id: string): Promise<ActiveNotification> {
    const notification = await stores.notifications.get(device.feed, id, clock.now());
    if (!isActive(notification)) throw unknownNotification();
    await fetched(device, [notification]);
    await shown(device, notification);
    return notification;
  }

  /** @param origin the device that makes the change, and is not sent it (R4); null where it is not known */
  async function changeIn(feed: FeedKey, id: string, change: StateChange, origin: Unsid | null): Promise<ActiveNotification> {
    const now = clock.now();
    const { before, after } = await stores.notifications.write(feed, { id }, now, (current, position) =>
      isActive(current) ? changeState(current, change, { position, now, origin }) : undefined,
    );
    if (!isActive(after)) throw unknownNotification();
    if (after !== before) announce(feed, after);
    return after;
  }

  async function update(device: Subscription, id: string, change: StateChange): Promise<ActiveNotification> {
    const after = await changeIn(device.feed, id, change, device.unsid);
    await fetched(device, [after]);
    await shown(device, after);
    return after;
  }

  async function removeFrom(feed: FeedKey, id: string, origin: Unsid | null): Promise<void> {
    const now = clock.now();
    const { before, after } = await stores.notifications.write(feed, { id }, now, (current, position) =>
      isActive(current) ? toTombstone(current, { position, now, origin }) : undefined,
    );
    if (!after || after === before) throw unknownNotification();
    announce(feed, after);
    await stores.fallbacks.forget(feed, id);
  }

  const remove = (device: Subscription, id: string): Promise<void> => removeFrom(device.feed, id, device.unsid);

  async function list(device: Subscription, query: ListQuery): Promise<NotificationPage> {
    const page = await read(device, query);
    await fetched(device, page.notifications);
    return page;
  }

  /** A page whose notifications do not all reach the device: what does counts as fetched by the caller's own call. */
  async function read(device: Subscription, query: ListQuery): Promise<NotificationPage> {
    const now = clock.now();
    const head = await stores.notifications.feed(device.feed);
    const since = query.since === undefined ? 0 : positionOf(query.since, head);
    if (since === undefined) throw unknownCursor();
    const wanted = matcher(query);
    const notifications: Notification[] = [];
    let position = since;
    let more = true;
    let examined = 0;
    let headWhenRead = head.head;
    let bytes = 0;
    /** False when the page is full without it. */
    const take = (notification: Notification): boolean => {
      if (notifications.length >= query.top) return false;
      bytes += utf8Length(clientNotificationJson(notification, device.feed.application, now));
      if (notifications.length > 0 && bytes > maxPageBytes) return false;
      notifications.push(notification);
      return true;
    };
    while (more && notifications.length < query.top && examined < maxExamined && bytes <= maxPageBytes) {
      // Where the filter matches little, each slice is larger, so that a page takes few reads.
      const size = Math.min(maxSlice, Math.max(query.top - notifications.length, examined));
      if (examined >= maxSlice) await turn();
      const slice = await stores.notifications.read(device.feed, position, size, now);
      const isWhole = slice.entries.filter(wanted).every(take);
      examined += slice.entries.length;
      position = isWhole ? slice.examined : (notifications.at(-1)?.position ?? position);
      more = slice.more || !isWhole;
      headWhenRead = slice.feed.head;
    }
    const isHistory = query.since === undefined;
    // Only these positions have cursors in the answer. From the history a device goes on from the head, whichever page of it was read (F28).
    const history = { after: head.head - 1, upTo: head.head, head: head.head };
    const ranges = [...(isHistory ? [history] : []), { after: position - 1, upTo: position, head: headWhenRead }];
    await stores.subscriptions.recordServed(device.unsid, { connection: undefined, ranges, shown: [], maybeSentUpTo: 0 }, now);
    const syncCursor = isHistory ? cursorOf(head.name, head.head) : undefined;
    return { notifications, cursor: cursorOf(head.name, position), more, syncCursor };
  }

  return { get, update, remove, list, read, fetched, changeIn, removeFrom };
}

export type History = ReturnType<typeof createHistory>;

function matcher({ since, status = since === undefined ? 'Active' : 'Any', readState, userActionState }: ListQuery) {
  return (notification: Notification): boolean => {
    if (status !== 'Any' && notification.status !== status) return false;
    if (readState !== undefined && !(isActive(notification) && notification.readState === readState)) return false;
    return userActionState === undefined || (isActive(notification) && notification.userActionState === userActionState);
  };
}
