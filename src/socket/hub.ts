// All connections of this process: one for each UNSID (R5), grouped by feed, woken by signals, ended when their time has come.
import { closeCodes } from '../documents/close-codes.gen.ts';
import { cursorOf } from '../domain/cursor.ts';
import type { Subscription, Unsid } from '../domain/model.ts';
import type { Signal } from '../domain/ports.ts';
import type { OpenedSession } from '../service/delivery.ts';
import { type Channel, createChannel } from './channel.ts';
import { type CloseName, type Connection, createConnection } from './connection.ts';
import { createFrames } from './frames.ts';
import type { HubParts, NewDevice } from './hub-parts.ts';
import { MessageViolation } from './message-validator.ts';
import type { SocketWriter } from './socket-writer.ts';
import { type SweepRules, sweepConnections, sweepIntervalMs } from './sweep.ts';
import { createTokenExpiry } from './token-expiry.ts';
import { createTurns } from './turns.ts';

const replacedReason = 'replaced by a newer connection of the same UNSID';
const { ended: endedReason } = closeCodes.subscriptionGone.reasons;

export type Hub = ReturnType<typeof createHub>;

export function createHub(parts: HubParts) {
  const { rules, delivery, signals, clock, timer, ids, push, validate, wakeBy, onError } = parts;
  const { maxUnsentBytes } = rules.limits;
  const heartbeatSeconds = parts.heartbeatSeconds ?? rules.limits.heartbeatSeconds;
  const frames = createFrames({ maxEmbeddedBytes: rules.limits.maxEmbeddedBytes, validate });
  const byUnsid = new Map<Unsid, Connection>();
  const closing = new Set<Connection>();
  /** Lines whose session is not open yet. */
  const opening = new Set<SocketWriter>();
  /** Sessions of one UNSID open one after the other. */
  const opened = createTurns<Unsid>();
  /** Connections that have ended, until all that arrived on them is handled and what they were sent is recorded. */
  const ending = createTurns<Unsid>();
  const channels = new Map<string, Channel>();
  const busy = new Set<() => Promise<void>>();
  const tokenExpiry = createTokenExpiry({
    wakeBy,
    busy,
    onExpired: (connection) => close(connection, 'tokenExpired', 'the token has expired'),
  });
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
    const channel = createChannel({ feed, delivery, frames, clock, push, maxUnsentBytes, onFailure: fail, busy });
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
    if (tokenEnd) tokenExpiry.withdraw(tokenEnd);
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
    connection.writer.close(rules.closeCodes[as], reason);
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
    opening.add(device.writer);
    try {
      return await opened.add(device.subscription.unsid, () => openInTurn(device));
    } finally {
      opening.delete(device.writer);
    }
  }

  async function openInTurn(device: NewDevice): Promise<Connection | undefined> {
    const { writer, cursor, subscription } = device;
    const { unsid } = subscription;
    if (!writer.isOpen()) return undefined;
    const id = ids.guid();
    replaceFormer(unsid, id);
    signals.publish({ kind: 'connected', unsid, connectionId: id });
    await ending.settled(unsid);
    const session = await delivery.open({ unsid, connectionId: id, cursor });
    if (!session) {
      writer.close(rules.closeCodes.subscriptionGone, endedReason);
      return undefined;
    }
    return add(id, device, session);
  }

  function add(id: string, { subscription, writer, tokenExpiresAt }: NewDevice, session: OpenedSession): Connection {
    const { unsid, deviceId } = subscription;
    const nextHeartbeatAt = timer.now() + sweepRules.heartbeatMs;
    const { resumed } = session;
    const connection = createConnection({
      id,
      subscription,
      feedName: session.feed.name,
      resumed,
      writer,
      start: session,
      nextHeartbeatAt,
    });
    byUnsid.set(unsid, connection);
    const cursor = cursorOf(session.feed.name, session.position);
    try {
      writer.write(frames.message({ type: 'connected', unsid, deviceId, cursor, resumed, heartbeatSeconds }));
    } catch (error) {
      fail(connection, error);
      return connection;
    }
    channelOf(subscription).add(connection);
    confirm(connection).catch((error: unknown) => fail(connection, error));
    if (tokenExpiresAt !== undefined) connection.tokenEnd = tokenExpiry.add(tokenExpiresAt, connection);
    return connection;
  }

  /** Closes the connection if its subscription ended while the session was being opened (R4). */
  async function confirm(connection: Connection): Promise<void> {
    if (await delivery.isCurrent(connection.subscription, connection.feedName)) return;
    close(connection, 'subscriptionGone', endedReason);
  }

  /** The socket is closed, by either side. */
  function onClosed(connection: Connection): void {
    detach(connection);
    closing.delete(connection);
    connection.closingSince ??= timer.now();
  }

  /** The peer has answered a ping. */
  function onPong(connection: Connection): void {
    connection.missedHeartbeats = 0;
  }

  function onSignal(signal: Signal): void {
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
        for (const connection of [...byUnsid.values()]) close(connection, 'subscriptionGone', closeCodes.subscriptionGone.reasons.reset);
    }
  }

  function sweep(): void {
    const connections = [...byUnsid.values(), ...closing.values()];
    sweepConnections(connections, timer.now(), sweepRules, (connection) => close(connection, 'tooSlow', 'the client takes nothing'));
  }

  const stopListening = signals.subscribe(onSignal);
  const stopSweeping = timer.every(sweepIntervalMs(sweepRules), sweep);

  return {
    open,
    close,
    onClosed,
    onPong,
    tokenExpiry: tokenExpiry.source,
    frames,
    delivery,
    rules,
    count: () => byUnsid.size,
    closeAll: () => {
      for (const writer of opening) writer.close(rules.closeCodes.goingAway, 'shutting down');
      for (const connection of [...byUnsid.values()]) close(connection, 'goingAway', 'shutting down');
    },
    /** Terminates connections that have not completed their close, and stops the sweep. */
    stop: () => {
      stopListening();
      stopSweeping();
      for (const writer of [...opening, ...[...closing, ...byUnsid.values()].map((one) => one.writer)]) writer.terminate();
    },
  };
}
