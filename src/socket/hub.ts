// All connections of this process: one for each UNSID (R5), grouped by feed, woken by signals, ended when their time has come.

import { cursorOf } from '../domain/cursor.ts';
import { createDueList } from '../domain/due-list.ts';
import type { Instant, Subscription, Unsid } from '../domain/model.ts';
import type { Clock, Ids, Signal, Signals, Timer } from '../domain/ports.ts';
import type { Delivery, OpenedSession } from '../service/delivery.ts';
import type { DueSource } from '../service/scheduler.ts';
import { type Channel, createChannel } from './channel.ts';
import { type Connection, createConnection } from './connection.ts';
import { createFrames } from './frames.ts';
import type { Line } from './line.ts';
import { MessageViolation } from './message-judge.ts';
import type { CloseName, SocketRules } from './rules.ts';
import { inspect, type SweepRules, sweepIntervalMs } from './sweep.ts';
import { createTurns } from './turns.ts';

export interface HubParts {
  readonly rules: SocketRules;
  readonly delivery: Delivery;
  readonly signals: Signals;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly ids: Ids;
  readonly push: 'embed' | 'signal';
  /** Seconds between two pings; the document's when undefined. */
  readonly heartbeatSeconds: number | undefined;
  /** Throws when the documents forbid the message; undefined: not judged. */
  readonly judge: ((message: unknown) => void) | undefined;
  readonly wakeBy: (instant: Instant) => void;
  readonly onError: (error: unknown) => void;
}

export interface NewDevice {
  readonly subscription: Subscription;
  /** Where it asks to be served from. */
  readonly cursor: string | undefined;
  readonly line: Line;
  readonly tokenExpiresAt: Instant | undefined;
}

const replacedReason = 'replaced by a newer connection of the same UNSID';
const endedReason = 'the subscription is deleted or has expired';

export type Hub = ReturnType<typeof createHub>;

export function createHub(parts: HubParts) {
  const { rules, delivery, signals, clock, timer, ids, push, judge, wakeBy, onError } = parts;
  const heartbeatSeconds = parts.heartbeatSeconds ?? rules.limits.heartbeatSeconds;
  const frames = createFrames({ maxEmbeddedBytes: rules.limits.maxEmbeddedBytes, judge });
  const byUnsid = new Map<Unsid, Connection>();
  const closing = new Set<Connection>();
  /** Lines whose session is not open yet. */
  const opening = new Set<Line>();
  /** Sessions of one UNSID open one after the other. */
  const opened = createTurns<Unsid>();
  /** Connections that have ended, until all that arrived on them is handled and what they were sent is recorded. */
  const ending = createTurns<Unsid>();
  const channels = new Map<string, Channel>();
  const busy = new Set<() => Promise<void>>();
  const tokenEnds = createDueList<Connection>();
  const sweepRules: SweepRules = {
    heartbeatMs: heartbeatSeconds * 1000,
    missedHeartbeats: rules.limits.missedHeartbeats,
    stallMs: rules.limits.stallSeconds * 1000,
  };

  const channelKey = ({ feed }: { feed: Subscription['feed'] }) => JSON.stringify([feed.userId, feed.application]);

  function channelOf({ feed }: Subscription): Channel {
    const key = channelKey({ feed });
    const existing = channels.get(key);
    if (existing) return existing;
    const channel = createChannel({
      feed,
      delivery,
      frames,
      clock,
      push,
      maxUnsentBytes: rules.limits.maxUnsentBytes,
      onFailure: fail,
      busy,
    });
    channels.set(key, channel);
    return channel;
  }

  /** Our own failure ends a connection: the device comes back and is served again. */
  function fail(connection: Connection, error: unknown): void {
    onError(error);
    const isViolation = error instanceof MessageViolation;
    close(connection, 'serverFault', isViolation ? 'the message to be sent would break the contract' : 'the service failed');
  }

  /** Takes it out of delivery at once; only this connection, never one that has replaced it. */
  function detach(connection: Connection): void {
    if (connection.isDetached) return;
    connection.isDetached = true;
    const { id, subscription, tokenEnd, progress } = connection;
    const recorded = ending.add(subscription.unsid, async () => {
      await connection.handling;
      await delivery.close(subscription, id, progress);
    });
    recorded.catch(onError);
    if (tokenEnd) tokenEnds.withdraw(tokenEnd);
    if (byUnsid.get(subscription.unsid) === connection) byUnsid.delete(subscription.unsid);
    const key = channelKey(subscription);
    const channel = channels.get(key);
    channel?.remove(connection);
    if (channel?.connections.size === 0) channels.delete(key);
  }

  function close(connection: Connection, as: CloseName, reason: string): void {
    detach(connection);
    if (connection.closingSince !== undefined) return;
    connection.closingSince = timer.now();
    closing.add(connection);
    connection.line.close(rules.closeCodes[as], reason);
  }

  /** R5 */
  function replaceFormer(unsid: Unsid, connectionId: string): void {
    const former = byUnsid.get(unsid);
    if (former && former.id !== connectionId) close(former, 'replaced', replacedReason);
  }

  /**
   * Opens the session of a line: when what the device sent on its former connection is handled, so that the session starts from there
   * (R2, R5). Undefined when the line was closed meanwhile.
   */
  async function open(device: NewDevice): Promise<Connection | undefined> {
    opening.add(device.line);
    try {
      return await opened.add(device.subscription.unsid, () => openInTurn(device));
    } finally {
      opening.delete(device.line);
    }
  }

  async function openInTurn(device: NewDevice): Promise<Connection | undefined> {
    const { line, cursor, subscription } = device;
    const { unsid } = subscription;
    if (!line.isOpen()) return undefined;
    const id = ids.guid();
    replaceFormer(unsid, id);
    signals.publish({ kind: 'connected', unsid, connectionId: id });
    await ending.settled(unsid);
    const session = await delivery.open({ unsid, connectionId: id, cursor });
    if (!session) {
      line.close(rules.closeCodes.subscriptionGone, endedReason);
      return undefined;
    }
    return add(id, device, session);
  }

  function add(id: string, { subscription, line, tokenExpiresAt }: NewDevice, session: OpenedSession): Connection {
    const { unsid, deviceId } = subscription;
    const nextHeartbeatAt = timer.now() + sweepRules.heartbeatMs;
    const { resumed } = session;
    const connection = createConnection({ id, subscription, feedName: session.feed.name, resumed, line, start: session, nextHeartbeatAt });
    byUnsid.set(unsid, connection);
    const cursor = cursorOf(session.feed.name, session.position);
    try {
      line.write(frames.message({ type: 'connected', unsid, deviceId, cursor, resumed, heartbeatSeconds }));
    } catch (error) {
      fail(connection, error);
      return connection;
    }
    channelOf(subscription).add(connection);
    confirm(connection).catch((error: unknown) => fail(connection, error));
    if (tokenExpiresAt !== undefined) {
      connection.tokenEnd = tokenEnds.add(tokenExpiresAt, connection);
      wakeBy(tokenExpiresAt);
    }
    return connection;
  }

  /** What ended while the session was opened, before this connection could be told, ends it now (R4). */
  async function confirm(connection: Connection): Promise<void> {
    if (await delivery.isCurrent(connection.subscription, connection.feedName)) return;
    close(connection, 'subscriptionGone', endedReason);
  }

  /** The line is gone, whoever ended it. */
  function ended(connection: Connection): void {
    detach(connection);
    closing.delete(connection);
    connection.closingSince ??= timer.now();
  }

  /** The peer has answered a ping. */
  function answered(connection: Connection): void {
    connection.missedHeartbeats = 0;
  }

  function heard(signal: Signal): void {
    switch (signal.kind) {
      case 'feed-changed':
        channels.get(channelKey(signal))?.changed();
        return;
      case 'toast-pending': {
        const connection = byUnsid.get(signal.unsid);
        if (!connection) return;
        connection.mayHaveToasts = true;
        channels.get(channelKey(signal))?.pump();
        return;
      }
      case 'connected':
        replaceFormer(signal.unsid, signal.connectionId);
        return;
      case 'subscription-ended': {
        const connection = byUnsid.get(signal.unsid);
        if (connection) close(connection, 'subscriptionGone', endedReason);
        return;
      }
      case 'reset':
        for (const connection of [...byUnsid.values()]) close(connection, 'subscriptionGone', 'the emulator was reset');
    }
  }

  function sweep(): void {
    const now = timer.now();
    for (const group of [byUnsid.values(), closing.values()]) {
      for (const connection of [...group]) {
        const verdict = inspect(connection, now, sweepRules);
        if (verdict === 'ping') connection.line.ping();
        else if (verdict === 'too slow') close(connection, 'tooSlow', 'the client takes nothing');
        else if (verdict === 'end') connection.line.terminate();
      }
    }
  }

  /** Ends connections whose token expires (4401), by the service clock. */
  const tokenExpiry: DueSource = {
    next: async () => tokenEnds.next(),
    run: async (now) => {
      const due = tokenEnds.take(now, 256);
      for (const connection of due) if (connection.closingSince === undefined) close(connection, 'tokenExpired', 'the token has expired');
      return due.length > 0;
    },
    settled: async () => {
      await new Promise<void>((resolve) => setImmediate(resolve));
      for (const idle of [...busy]) await idle();
    },
  };

  const stopListening = signals.subscribe(heard);
  const stopSweeping = timer.every(sweepIntervalMs(sweepRules), sweep);

  return {
    open,
    close,
    ended,
    answered,
    tokenExpiry,
    frames,
    delivery,
    rules,
    count: () => byUnsid.size,
    closeAll: () => {
      for (const line of opening) line.close(rules.closeCodes.goingAway, 'shutting down');
      for (const connection of [...byUnsid.values()]) close(connection, 'goingAway', 'shutting down');
    },
    /** Cuts off whoever has not finished its close, and ends the sweep. */
    stop: () => {
      stopListening();
      stopSweeping();
      for (const { line } of [...closing, ...byUnsid.values()]) line.terminate();
      for (const line of opening) line.terminate();
    },
  };
}
