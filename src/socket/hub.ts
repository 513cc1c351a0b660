// All connections of this process: one for each UNSID (R5), grouped by feed, woken by signals, ended when their time has come.
import { cursorOf } from '../domain/cursor.ts';
import { createDueList } from '../domain/due-list.ts';
import type { Instant, Position, Subscription, Unsid } from '../domain/model.ts';
import type { Clock, Ids, Signal, Signals, Timer } from '../domain/ports.ts';
import type { Delivery, OpenedSession } from '../service/delivery.ts';
import type { DueSource } from '../service/scheduler.ts';
import { closeCodes } from '../spec/close-codes.gen.ts';
import { type Channel, createChannel } from './channel.ts';
import { type Connection, createConnection } from './connection.ts';
import { createFrames } from './frames.ts';
import type { Line } from './line.ts';
import type { CloseName, SocketRules } from './rules.ts';
import { inspect, type SweepRules, sweepIntervalMs } from './sweep.ts';

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
  readonly session: OpenedSession;
  readonly line: Line;
  readonly tokenExpiresAt: Instant | undefined;
}

export type Hub = ReturnType<typeof createHub>;

export function createHub(parts: HubParts) {
  const { rules, delivery, signals, clock, timer, ids, push, judge, wakeBy, onError } = parts;
  const heartbeatSeconds = parts.heartbeatSeconds ?? rules.limits.heartbeatSeconds;
  const frames = createFrames({ maxEmbeddedBytes: rules.limits.maxEmbeddedBytes, judge });
  const byUnsid = new Map<Unsid, Connection>();
  const closing = new Set<Connection>();
  const channels = new Map<string, Channel>();
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
    const maxUnsentBytes = rules.limits.maxUnsentBytes;
    const onFault = (connection: Connection, error: unknown) => {
      onError(error);
      close(connection, 'serverFault', 'the message to be sent would break the contract');
    };
    const channel = createChannel({ feed, delivery, frames, clock, push, maxUnsentBytes, onFault });
    channels.set(key, channel);
    return channel;
  }

  /** Takes it out of delivery at once; only this connection, never one that has replaced it. */
  function detach(connection: Connection): void {
    const { subscription, tokenEnd } = connection;
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

  function add({ subscription, session, line, tokenExpiresAt }: NewDevice): Connection {
    const { unsid, deviceId } = subscription;
    const nextHeartbeatAt = timer.now() + sweepRules.heartbeatMs;
    const connection = createConnection({
      id: ids.guid(),
      subscription,
      feedName: session.feed.name,
      line,
      position: session.position,
      nextHeartbeatAt,
    });
    signals.publish({ kind: 'connected', unsid, connectionId: connection.id });
    byUnsid.set(unsid, connection);
    const cursor = cursorOf(session.feed.name, session.position);
    try {
      line.write(frames.message({ type: 'connected', unsid, deviceId, cursor, resumed: session.resumed, heartbeatSeconds }));
    } catch (error) {
      onError(error);
      close(connection, 'serverFault', 'the message to be sent would break the contract');
      return connection;
    }
    channelOf(subscription).add(connection);
    confirm(connection, session.acknowledge).catch(onError);
    if (tokenExpiresAt !== undefined) {
      connection.tokenEnd = tokenEnds.add(tokenExpiresAt, connection);
      wakeBy(tokenExpiresAt);
    }
    return connection;
  }

  /**
   * The handshake has succeeded: now the cursor it named counts as an acknowledgement (R2). And what ended while it went on, before
   * this connection could hear of it, ends it now (R4).
   */
  async function confirm(connection: Connection, acknowledged: Position | undefined): Promise<void> {
    const { subscription, feedName } = connection;
    if (acknowledged !== undefined) await delivery.acknowledge(subscription, acknowledged, { ids: [], since: subscription.acknowledged });
    if (!(await delivery.isCurrent(subscription, feedName)))
      close(connection, 'subscriptionGone', closeCodes.subscriptionGone.reasons.ended);
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
      case 'toast-owed': {
        const connection = byUnsid.get(signal.unsid);
        if (!connection) return;
        connection.mayBeOwedToasts = true;
        channels.get(channelKey(signal))?.pump();
        return;
      }
      case 'connected': {
        const old = byUnsid.get(signal.unsid);
        if (old && old.id !== signal.connectionId) close(old, 'replaced', 'replaced by a newer connection of the same UNSID');
        return;
      }
      case 'subscription-ended': {
        const connection = byUnsid.get(signal.unsid);
        if (connection) close(connection, 'subscriptionGone', closeCodes.subscriptionGone.reasons.ended);
        return;
      }
      case 'reset':
        for (const connection of [...byUnsid.values()]) close(connection, 'subscriptionGone', closeCodes.subscriptionGone.reasons.reset);
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
      for (const channel of [...channels.values()]) await channel.idle();
    },
  };

  const stopListening = signals.subscribe(heard);
  const stopSweeping = timer.every(sweepIntervalMs(sweepRules), sweep);

  return {
    add,
    close,
    ended,
    answered,
    tokenExpiry,
    frames,
    delivery,
    rules,
    count: () => byUnsid.size,
    closeAll: () => {
      for (const connection of [...byUnsid.values()]) close(connection, 'goingAway', 'shutting down');
    },
    /** Cuts off whoever has not finished its close, and ends the sweep. */
    stop: () => {
      stopListening();
      stopSweeping();
      for (const connection of [...closing, ...byUnsid.values()]) connection.line.terminate();
    },
  };
}
