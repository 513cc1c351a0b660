// All connections of this process: one for each UNSID (R5), grouped by feed, woken by signals, ended when their time has come.
import { closeCodes } from '../documents/close-codes.gen.ts';
import { cursorOf } from '../domain/cursor.ts';
import type { Unsid } from '../domain/model.ts';
import type { Signal } from '../domain/ports.ts';
import type { OpenedSession } from '../service/delivery.ts';
import { type Connection, createConnection } from './connection.ts';
import type { HubParts, NewDevice } from './hub-parts.ts';
import { createHubState } from './hub-state.ts';
import { nextTurn } from './loop-budget.ts';
import { replacedReason } from './open-connections.ts';
import type { SocketWriter } from './socket-writer.ts';
import { createPeerTime, type SweepRules, sweepConnections, sweepIntervalMs } from './sweep.ts';
import { createTurns } from './turns.ts';

const { ended: endedReason } = closeCodes.subscriptionGone.reasons;

export type Hub = ReturnType<typeof createHub>;

export function createHub(parts: HubParts) {
  const { rules, delivery, signals, timer } = parts;
  const heartbeatSeconds = parts.heartbeatSeconds ?? rules.limits.heartbeatSeconds;
  /** Writers whose session is not open yet. */
  const opening = new Set<SocketWriter>();
  /** Sessions of one UNSID open one after the other. */
  const opened = createTurns<Unsid>();
  const confirming = createTurns<Unsid>();
  const sweepRules: SweepRules = {
    heartbeatMs: heartbeatSeconds * 1000,
    missedHeartbeats: rules.limits.missedHeartbeats,
    stallMs: rules.limits.stallSeconds * 1000,
  };
  const peerTime = createPeerTime(timer, sweepIntervalMs(sweepRules));
  const { frames, busy, channels, tokenExpiry, connections } = createHubState(parts, peerTime);
  const { close, fail, replaceFormer, onClosed, ending } = connections;

  /**
   * Opens a session when what the device sent on its former connection is handled, so that the session starts from there
   * (R2, R5). Returns undefined if the socket was closed meanwhile.
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
    replaceFormer(unsid, Number.POSITIVE_INFINITY);
    await ending.settled(unsid);
    const session = await delivery.open({ unsid, cursor });
    if (!session) {
      writer.close(rules.closeCodes.subscriptionGone, endedReason);
      return undefined;
    }
    signals.publish({ kind: 'connected', unsid, connection: session.connection });
    return add(device, session);
  }

  function add({ subscription, writer, tokenExpiresAt, isPushChannel = false }: NewDevice, session: OpenedSession): Connection {
    const { unsid, deviceId } = subscription;
    const nextHeartbeatAt = peerTime.now() + sweepRules.heartbeatMs;
    const { resumed, connection: number } = session;
    const cursor = cursorOf(session.feed.name, session.position);
    const hasTag = resumed && session.position > subscription.start;
    const connection = createConnection({
      number,
      subscription,
      feedName: session.feed.name,
      resumed,
      writer,
      pushChannel: isPushChannel ? { tag: hasTag ? cursor : '' } : undefined,
      start: session,
      nextHeartbeatAt,
    });
    connections.add(connection);
    try {
      if (!isPushChannel) writer.write(frames.message({ type: 'connected', unsid, deviceId, cursor, resumed, heartbeatSeconds }));
    } catch (error) {
      fail(connection, error);
      return connection;
    }
    channels.add(connection);
    confirm(connection);
    if (tokenExpiresAt !== undefined) connection.tokenEnd = tokenExpiry.add(tokenExpiresAt, connection);
    return connection;
  }

  /** Ends it when its subscription has ended or a later connection was opened, where no signal of that has reached it (R4, R5). */
  function confirm(connection: Connection): void {
    const { subscription, feedName, number } = connection;
    const confirmed = confirming.add(subscription.unsid, async () => {
      const standing = await delivery.standing(subscription, feedName, number);
      if (standing === 'gone') close(connection, 'subscriptionGone', endedReason);
      if (standing === 'replaced') close(connection, 'replaced', replacedReason);
    });
    confirmed.catch((error: unknown) => fail(connection, error));
  }

  /** The peer has answered a ping. */
  function onPong(connection: Connection): void {
    connection.missedHeartbeats = 0;
  }

  /** Everything that a signal could have said is looked at anew. */
  function resync(): void {
    channels.allChanged();
    for (const connection of connections.open()) {
      connection.mayHaveToasts ||= connection.subscription.platform === 'iOS';
      confirm(connection);
    }
  }

  function onSignal(signal: Signal): void {
    switch (signal.kind) {
      case 'feed-changed':
        channels.changed(signal.feed);
        return;
      case 'toast-pending': {
        const connection = connections.get(signal.unsid);
        if (!connection) return;
        connection.mayHaveToasts = true;
        channels.pump(signal.feed);
        return;
      }
      case 'connected':
        replaceFormer(signal.unsid, signal.connection);
        return;
      case 'subscription-ended': {
        const connection = connections.get(signal.unsid);
        if (connection) close(connection, 'subscriptionGone', endedReason);
        return;
      }
      case 'resync':
        resync();
        return;
      case 'reset':
        for (const connection of connections.open()) close(connection, 'subscriptionGone', closeCodes.subscriptionGone.reasons.reset);
    }
  }

  function sweep(): void {
    peerTime.swept();
    sweepConnections(connections.all(), peerTime.now(), sweepRules, (connection) =>
      close(connection, 'tooSlow', 'the client takes nothing'),
    );
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
    count: connections.count,
    closeAll: () => {
      for (const writer of opening) writer.close(rules.closeCodes.goingAway, 'shutting down');
      for (const connection of connections.open()) close(connection, 'goingAway', 'shutting down');
    },
    /** Resolves when nothing is under way any more, after `stop`: the stores are not used then. */
    settled: async () => {
      const underWay = () => [...[opened, ending, confirming].flatMap((turns) => turns.underWay()), ...[...busy].map((idle) => idle())];
      for (let all = underWay(); all.length > 0; all = underWay()) await Promise.all([...all, nextTurn()]);
    },
    /** Terminates connections that have not completed their close, and stops the sweep. */
    stop: () => {
      stopListening();
      stopSweeping();
      for (const writer of [...opening, ...connections.all().map((connection) => connection.writer)]) writer.terminate();
    },
  };
}
