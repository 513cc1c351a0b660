// Detects duplicate messages (F24) and stores the device's notifications and the log of what it received.
import type { ClientNotification, NotificationMessage, ToastMessage } from '../client/wire.ts';
import { createBudget, memoryOf } from './memory.ts';
import type { Received, ReceivedNotification, ReceivedToast } from './received.ts';

export interface Inbox {
  /** Current notifications by id, without deleted ones. */
  readonly notifications: ReadonlyMap<string, ClientNotification>;
  readonly received: readonly Received[];
  /** True if this id arrives with this cursor for the first time, and in another state than a fetch has just returned. */
  isNew(message: NotificationMessage): boolean;
  push(message: NotificationMessage, receivedAt: number): ReceivedNotification;
  /** Records a fetched notification; returns undefined if the device has it in this state already. */
  fetched(notification: ClientNotification, receivedAt: number): ReceivedNotification | undefined;
  toast(message: ToastMessage, receivedAt: number): ReceivedToast;
  /** Records a change by this device; a state older than the known one is ignored. */
  changedHere(notification: ClientNotification): void;
  deletedHere(id: string): void;
}

export interface InboxLimits {
  readonly received: number;
  readonly notifications: number;
  /** Memory in bytes for each of the two. */
  readonly bytes: number;
}

/** Maximum number of keys for detecting duplicates; far more than there are unacknowledged messages in practice. */
const maxSeenKeys = 20_000;

/** The whole state except the remaining time to live, which changes with time. */
function stateOf(notification: ClientNotification): string {
  return JSON.stringify({ ...notification, displayTimeToLive: null });
}

function isOlder(one: ClientNotification, other: ClientNotification | undefined): boolean {
  return Date.parse(one.lastModifiedDateTime ?? one.creationDateTime) < Date.parse(other?.lastModifiedDateTime ?? '');
}

export function createInbox(limits: InboxLimits): Inbox {
  const notifications = new Map<string, ClientNotification>();
  const received: Received[] = [];
  const broughtByFetch = new Map<string, string>();
  const { bytes } = limits;
  const seenKeys = createBudget<string>({ items: maxSeenKeys, bytes: bytes / 4 });
  const fetchedIds = createBudget<string>({ items: limits.received, bytes: bytes / 4 });
  const storedIds = createBudget<string>({ items: limits.notifications, bytes });
  const logged = createBudget<Received>({ items: limits.received, bytes });

  const log = <Item extends Received>(item: Item): Item => {
    received.push(item);
    received.splice(0, logged.add(item, memoryOf(item)).length);
    return item;
  };
  const remove = (id: string): void => {
    notifications.delete(id);
    storedIds.remove(id);
  };
  const store = (notification: ClientNotification): ClientNotification | undefined => {
    const previous = notifications.get(notification.id);
    if (notification.status === 'Deleted') remove(notification.id);
    else {
      notifications.set(notification.id, notification);
      for (const id of storedIds.add(notification.id, memoryOf(notification))) notifications.delete(id);
    }
    return previous;
  };

  return {
    notifications,
    received,
    isNew({ notification, cursor }) {
      const key = `${notification.id} ${cursor}`;
      if (seenKeys.has(key)) return false;
      seenKeys.add(key, memoryOf(key));
      return broughtByFetch.size === 0 || broughtByFetch.get(notification.id) !== stateOf(notification);
    },
    push({ change, cursor, notification }, receivedAt) {
      return log({ kind: 'notification', change, notification, previous: store(notification), via: 'push', cursor, receivedAt });
    },
    fetched(notification, receivedAt) {
      const state = stateOf(notification);
      broughtByFetch.set(notification.id, state);
      for (const id of fetchedIds.add(notification.id, memoryOf(state))) broughtByFetch.delete(id);
      const known = notifications.get(notification.id);
      if (known ? stateOf(known) === state : notification.status === 'Deleted') return undefined;
      const change = notification.status === 'Deleted' ? 'deleted' : known ? 'updated' : 'created';
      return log({
        kind: 'notification',
        change,
        notification,
        previous: store(notification),
        via: 'fetch',
        cursor: undefined,
        receivedAt,
      });
    },
    toast({ notificationId, visualContent, cursor }, receivedAt) {
      return log({ kind: 'toast', notificationId, visualContent, cursor, receivedAt });
    },
    changedHere(notification) {
      if (!isOlder(notification, notifications.get(notification.id))) store(notification);
    },
    deletedHere: remove,
  };
}
