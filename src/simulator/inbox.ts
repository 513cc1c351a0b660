// Detects duplicate messages (F24) and stores the device's notifications and the log of what it received.
import type { ClientNotification, NotificationMessage, ToastMessage } from '../client/wire.ts';
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
}

/** Maximum number of keys for detecting duplicates; far more than there are unacknowledged messages in practice. */
const maxSeenKeys = 20_000;

/** The whole state except the remaining time to live, which changes with time. */
function stateOf(notification: ClientNotification): string {
  return JSON.stringify({ ...notification, displayTimeToLive: null });
}

function trim<Key>(map: Map<Key, unknown> | Set<Key>, limit: number): void {
  for (const key of map.keys()) {
    if (map.size <= limit) return;
    map.delete(key);
  }
}

function isOlder(one: ClientNotification, other: ClientNotification | undefined): boolean {
  return Date.parse(one.lastModifiedDateTime ?? one.creationDateTime) < Date.parse(other?.lastModifiedDateTime ?? '');
}

export function createInbox(limits: InboxLimits): Inbox {
  const notifications = new Map<string, ClientNotification>();
  const received: Received[] = [];
  const seenKeys = new Set<string>();
  const broughtByFetch = new Map<string, string>();

  const log = <Item extends Received>(item: Item): Item => {
    received.push(item);
    if (received.length > limits.received) received.shift();
    return item;
  };
  const store = (notification: ClientNotification): ClientNotification | undefined => {
    const previous = notifications.get(notification.id);
    if (notification.status === 'Deleted') notifications.delete(notification.id);
    else notifications.set(notification.id, notification);
    trim(notifications, limits.notifications);
    return previous;
  };

  return {
    notifications,
    received,
    isNew({ notification, cursor }) {
      const key = `${notification.id} ${cursor}`;
      if (seenKeys.has(key)) return false;
      seenKeys.add(key);
      trim(seenKeys, maxSeenKeys);
      return broughtByFetch.size === 0 || broughtByFetch.get(notification.id) !== stateOf(notification);
    },
    push({ change, cursor, notification }, receivedAt) {
      return log({ kind: 'notification', change, notification, previous: store(notification), via: 'push', cursor, receivedAt });
    },
    fetched(notification, receivedAt) {
      const state = stateOf(notification);
      broughtByFetch.set(notification.id, state);
      trim(broughtByFetch, limits.received);
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
    deletedHere(id) {
      notifications.delete(id);
    },
  };
}
