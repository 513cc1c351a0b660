// Delivers one feed to all its connections: one read for all connections at the same position, and shared frames (R1, R6).
import type { FeedKey, Notification, Position } from '../domain/model.ts';
import type { Clock } from '../domain/ports.ts';
import type { FeedSlice } from '../domain/store-ports.ts';
import { pushFor } from '../domain/targeting.ts';
import type { Delivery } from '../service/delivery.ts';
import { byPosition, type Connection } from './connection.ts';
import { createDeviceMessages } from './device-messages.ts';
import type { Frame, Frames } from './frames.ts';
import { createLoopBudget, type LoopBudget, nextTurn } from './loop-budget.ts';

/** Entries per read. */
const sliceSize = 128;

export interface ChannelParts {
  readonly feed: FeedKey;
  readonly delivery: Delivery;
  readonly frames: Frames;
  readonly clock: Clock;
  readonly push: 'embed' | 'signal';
  readonly maxUnsentBytes: number;
  /** A message for this connection violates the documents, or the store could not be read. */
  readonly onFailure: (connection: Connection, error: unknown) => void;
  /** The `idle` functions of the channels that are delivering. */
  readonly busy: Set<() => Promise<void>>;
}

export interface Channel {
  readonly connections: ReadonlySet<Connection>;
  add(connection: Connection): void;
  remove(connection: Connection): void;
  /** The feed has changed. */
  changed(): void;
  /** Starts a delivery run, for connections that may have pending toasts. */
  pump(): void;
}

export function createChannel({ feed, delivery, frames, clock, push, maxUnsentBytes, onFailure, busy }: ChannelParts): Channel {
  const activity = delivery.activity?.feed(feed);
  const messages = createDeviceMessages({ feed, frames, clock });
  const connections = new Set<Connection>();
  let version = 0;
  let isPumping = false;
  let isAsked = false;
  let running: Promise<void> = Promise.resolve();

  const isBehind = (one: Connection) => one.writer.isOpen() && !one.isBlocked && one.seenVersion < version;
  const mayHaveToasts = (one: Connection) => one.mayHaveToasts && one.writer.isOpen() && !one.isBlocked;

  /** Runs in the next turn of the event loop, so that all changes of one turn are sent together; one run at a time. */
  function pump(): void {
    if (isPumping) {
      isAsked = true;
      return;
    }
    isPumping = true;
    busy.add(idle);
    running = nextTurn()
      .then(run)
      .catch((error: unknown) => {
        for (const connection of connections) onFailure(connection, error);
      })
      .finally(() => {
        isPumping = false;
        busy.delete(idle);
        if (!isAsked) return activity?.settled();
        isAsked = false;
        pump();
      });
  }

  /** Resolves when nothing is being delivered. */
  async function idle(): Promise<void> {
    while (isPumping) await running;
  }

  async function run(): Promise<void> {
    const shares = createLoopBudget();
    for (let behind = byPosition(connections, isBehind); behind.size > 0; behind = byPosition(connections, isBehind)) {
      for (const [position, members] of behind) await deliverFrom(position, members, shares);
    }
    for (const connection of connections) {
      if (mayHaveToasts(connection)) await deliverToasts(connection).catch((error: unknown) => onFailure(connection, error));
    }
  }

  async function deliverFrom(position: Position, members: readonly Connection[], shares: LoopBudget): Promise<void> {
    const versionBefore = version;
    let slice: FeedSlice;
    try {
      slice = await delivery.read(feed, position, sliceSize);
    } catch (error) {
      for (const member of members) onFailure(member, error);
      return;
    }
    const hasDeletions = slice.entries.some(({ status }) => status === 'Deleted');
    for (const member of members) {
      const nextShare = shares.take(slice.entries.length);
      if (nextShare) await nextShare;
      if (hasDeletions && member.progress.needsRecord(slice.entries))
        await delivery.served(member.subscription).then(member.progress.recorded, (error: unknown) => onFailure(member, error));
      if (!connections.has(member)) continue;
      member.writer.cork();
      try {
        deliverSlice(member, slice);
        if (!member.isBlocked && !slice.more) {
          member.seenVersion = versionBefore;
          member.progress.caughtUp(slice.examined);
        }
      } catch (error) {
        onFailure(member, error);
      } finally {
        member.writer.uncork();
      }
    }
  }

  /** Writes the slice's entries for this device until its buffer is full. */
  function deliverSlice(member: Connection, slice: FeedSlice): void {
    const { progress } = member;
    if (push === 'signal' && !signalSlice(member, slice)) return;
    for (const notification of push === 'embed' ? slice.entries : []) {
      if (notification.position <= progress.position()) continue;
      if (!deliverEntry(member, notification)) return;
      progress.examined(notification.position, slice.feed.head);
    }
    progress.examined(slice.examined, slice.feed.head);
  }

  /** One signal announces all entries of the slice for this device (F24). */
  function signalSlice(member: Connection, { entries }: FeedSlice): boolean {
    const last = entries.findLast((one) => one.position > member.progress.position() && meantFor(member, one));
    if (last === undefined) return true;
    if (!writeIfRoom(member, messages.signal(member, last.position))) return false;
    messages.written(member, last.position);
    for (const one of entries) {
      if (!meantFor(member, one)) continue;
      member.progress.delivered(one);
      activity?.sent(member.subscription, one);
    }
    return true;
  }

  const meantFor = (member: Connection, notification: Notification) =>
    pushFor(notification, member.subscription, member.progress.seen(notification));

  /** Returns false if the buffer is full. */
  function deliverEntry(member: Connection, notification: Notification): boolean {
    const meant = meantFor(member, notification);
    if (!meant) return true;
    if (!writeIfRoom(member, messages.entry(member, notification, meant))) return false;
    messages.written(member, notification.position);
    member.progress.delivered(notification);
    activity?.sent(member.subscription, notification);
    return true;
  }

  function writeIfRoom(member: Connection, frame: Frame): boolean {
    if (!hasRoom(member, frame)) return false;
    member.writer.write(frame);
    return true;
  }

  /** R6. An empty buffer accepts a message of any size, otherwise a large one could never be sent. */
  function hasRoom(member: Connection, frame: Frame): boolean {
    const unsent = member.writer.unsentBytes();
    if (unsent === 0 || unsent + frame.length <= maxUnsentBytes) return true;
    member.isBlocked = true;
    member.writer.whenDrained(() => {
      member.isBlocked = false;
      pump();
    });
    return false;
  }

  /**
   * R9: a toast is sent after the notification's own position has been delivered, so that acknowledging its cursor loses nothing. It is
   * repeated on every connection until it is acknowledged.
   */
  async function deliverToasts(member: Connection): Promise<void> {
    member.mayHaveToasts = false;
    const pending = await delivery.pendingToasts(member.subscription);
    const isSent = ({ id, contentPosition }: Notification) => member.toasted.get(id) === contentPosition;
    member.toasted = new Map(pending.filter(isSent).map(({ id, contentPosition }) => [id, contentPosition]));
    for (const notification of pending) {
      const { fallback } = notification.content;
      if (!fallback || isSent(notification)) continue;
      if (notification.position > member.progress.position()) {
        member.mayHaveToasts = true;
        continue;
      }
      const toast = messages.toast(member, notification, fallback);
      if (!hasRoom(member, toast)) {
        member.mayHaveToasts = true;
        return;
      }
      if (!member.writer.isOpen() || !(await delivery.markToastSent(member.subscription.unsid, notification))) continue;
      member.toasted.set(notification.id, notification.contentPosition);
      member.writer.write(toast);
      activity?.toastSent(member.subscription, notification);
    }
  }

  return {
    connections,
    add: (connection) => {
      connections.add(connection);
      pump();
    },
    remove: (connection) => {
      connections.delete(connection);
    },
    changed: () => {
      version += 1;
      if (connections.size > 0) pump();
    },
    pump,
  };
}
