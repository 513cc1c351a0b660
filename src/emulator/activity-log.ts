// Turns what core and socket do into events of the log: one for each message that is delivered, however many devices get it.
import type { Activity, ObservedConnection } from '../domain/activity.ts';
import type { EventLog } from '../domain/log-event.ts';
import type { FeedKey, Notification, Subscription } from '../domain/model.ts';
import { pushFor } from '../domain/targeting.ts';
import { changeOf, createFeedTally, type Delivery, type FeedTally } from './feed-tally.ts';

export interface ActivityLogParts {
  readonly events: EventLog;
  /** Milliseconds of a monotonic clock. */
  readonly monotonicNow: () => number;
  /** Asked once for each message that is delivered. */
  readonly subscriptionsOf: (feed: FeedKey) => Promise<readonly Subscription[]>;
  /** Runs after what is under way in this turn of the event loop. */
  readonly defer: (run: () => void) => void;
}

export interface ActivityLog extends Activity {
  /** Resolves when everything that has happened is written. */
  flush(): Promise<void>;
}

/** Turns of the event loop in which sockets that are cut report their end. */
const closingTurns = 50;

export function createActivityLog({ events, monotonicNow, subscriptionsOf, defer }: ActivityLogParts): ActivityLog {
  const { isDetailed, write } = events;
  const tallies = new Map<string, FeedTally>();
  const connected = new Map<string, Set<ObservedConnection>>();
  const openedAt = new WeakMap<ObservedConnection, number>();
  const expired = new Map<string, string[]>();
  const underWay = new Set<Promise<void>>();

  const subjectOf = ({ userId, application }: FeedKey) => ({ user: userId, application });
  const deviceOf = ({ feed, platform, deviceId, unsid }: Subscription) => ({
    ...subjectOf(feed),
    platform,
    device: deviceId,
    unsid: isDetailed ? unsid : undefined,
  });
  const idOf = (id: string | undefined) => ({ notificationId: isDetailed ? id : undefined });

  function isServed(key: string): boolean {
    for (const connection of connected.get(key) ?? []) if (isOpen(connection)) return true;
    return false;
  }

  /** What is written needs more than this moment knows; the end of the emulator waits for it. */
  function later(run: () => Promise<void> | void): void {
    const done = new Promise<void>((resolve) => defer(() => resolve(run()))).finally(() => underWay.delete(done));
    underWay.add(done);
  }

  function tallyOf(key: string): FeedTally {
    const tally = tallies.get(key) ?? createFeedTally();
    tallies.set(key, tally);
    return tally;
  }

  function settled(key: string, feed: FeedKey): void {
    const tally = tallies.get(key);
    if (!tally) return;
    tallies.delete(key);
    for (const { device, count } of tally.caughtUp()) later(() => write({ event: 'caught-up', ...deviceOf(device), notifications: count }));
    for (const delivery of tally.deliveries()) later(() => writeDelivery(feed, delivery));
  }

  async function writeDelivery(feed: FeedKey, delivery: Delivery): Promise<void> {
    // Without the subscriptions only what was sent is known.
    const subscriptions = await subscriptionsOf(feed).catch(() => undefined);
    const { change, notification, sent } = delivery;
    const states = change === 'changed' && notification.status === 'Active' ? notification : undefined;
    write({
      event: 'delivery',
      change,
      readState: states?.readState,
      userActionState: states?.userActionState,
      ...subjectOf(feed),
      ...idOf(notification.id),
      sent,
      ...(subscriptions && notReached(feed, delivery, subscriptions)),
    });
  }

  function notReached(feed: FeedKey, { notification, sent }: Delivery, subscriptions: readonly Subscription[]) {
    const meant = subscriptions.filter((device) => isMeantFor(notification, device));
    const rest = Math.max(0, meant.length - sent);
    const served = new Set([...(connected.get(keyOf(feed)) ?? [])].filter(isOpen).map(({ subscription }) => subscription.unsid));
    const offline = Math.min(rest, meant.filter(({ unsid }) => !served.has(unsid)).length);
    return { offline, waiting: rest - offline };
  }

  return {
    opened: (connection, resumed) => {
      const key = keyOf(connection.subscription.feed);
      connected.set(key, (connected.get(key) ?? new Set()).add(connection));
      openedAt.set(connection, monotonicNow());
      write({ event: 'socket-opened', ...deviceOf(connection.subscription), resumed });
    },
    closed: (connection, { code, reason, by }) => {
      const key = keyOf(connection.subscription.feed);
      connected.get(key)?.delete(connection);
      if (connected.get(key)?.size === 0) connected.delete(key);
      const durationMs = Math.round(monotonicNow() - (openedAt.get(connection) ?? monotonicNow()));
      const end = { code, reason: reason === '' ? undefined : reason, by };
      write({ event: 'socket-closed', ...deviceOf(connection.subscription), ...end, durationMs });
    },
    changed: (feed, notification) => {
      const key = keyOf(feed);
      const overtaken = tallyOf(key).begin(notification, changeOf(notification));
      if (overtaken) later(() => writeDelivery(feed, overtaken));
      // Without a connection nothing is pumped, and nothing would settle it.
      if (!isServed(key)) settled(key, feed);
    },
    feed: (feed) => {
      const key = keyOf(feed);
      return {
        sent: (device, notification) => tallyOf(key).sent(device, notification),
        toastSent: (device, { id }) => write({ event: 'toast', ...deviceOf(device), ...idOf(id) }),
        settled: () => settled(key, feed),
      };
    },
    fallbackDue: (feed, { id }, devices) => write({ event: 'fallback-due', ...subjectOf(feed), ...idOf(id), devices }),
    notificationExpired: (feed, { id }) => {
      const key = keyOf(feed);
      const known = expired.get(key);
      if (known) return void known.push(id);
      const ids = [id];
      expired.set(key, ids);
      // What expires at one instant is one line.
      later(() => {
        expired.delete(key);
        write({ event: 'notifications-expired', ...subjectOf(feed), ...idOf(ids.length === 1 ? id : undefined), count: ids.length });
      });
    },
    subscriptionExpired: (one) =>
      write({ event: 'subscription-expired', ...deviceOf(one), expiredAt: new Date(one.expiresAt).toISOString() }),
    flush: async () => {
      for (let turn = 0; turn < closingTurns && connected.size > 0; turn += 1) await new Promise<void>((resolve) => defer(resolve));
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

const isOpen = ({ closingSince }: ObservedConnection): boolean => closingSince === undefined;

const keyOf = ({ userId, application }: FeedKey): string => JSON.stringify([userId, application]);

/** By the rule that delivers it, for a device that knows everything before it. */
function isMeantFor(notification: Notification, device: Subscription): boolean {
  const { position } = notification;
  return (
    device.start < position && pushFor(notification, device, { upTo: position - 1, wasSent: false, mayHaveBeenSent: true }) !== undefined
  );
}
