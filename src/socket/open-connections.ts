// The open connections of this process, one for each UNSID (R5): how they are replaced and closed, and what is recorded when they end.
import type { Unsid } from '../domain/model.ts';
import type { Delivery } from '../service/delivery.ts';
import type { CloseName, Connection, SocketRules } from './connection.ts';
import { MessageViolation } from './message-validator.ts';
import type { PeerTime } from './sweep.ts';
import { createTurns } from './turns.ts';

export interface OpenConnectionsParts {
  readonly closeCodes: SocketRules['closeCodes'];
  readonly delivery: Delivery;
  readonly peerTime: PeerTime;
  /** Nothing is delivered on it any more. */
  readonly onDetached: (connection: Connection) => void;
  readonly onError: (error: unknown) => void;
}

export const replacedReason = 'replaced by a newer connection of the same UNSID';

export type OpenConnections = ReturnType<typeof createOpenConnections>;

export function createOpenConnections({ closeCodes, delivery, peerTime, onDetached, onError }: OpenConnectionsParts) {
  const byUnsid = new Map<Unsid, Connection>();
  const closing = new Set<Connection>();
  /** Connections that have ended, until all that arrived on them is handled and what they were sent is recorded. */
  const ending = createTurns<Unsid>();

  /** Takes it out of delivery at once; only this connection, never one that has replaced it. */
  function detach(connection: Connection): void {
    if (connection.isDetached) return;
    connection.isDetached = true;
    const { number, subscription, progress } = connection;
    const recorded = ending.add(subscription.unsid, async () => {
      await connection.handling;
      await delivery.close(subscription, number, progress);
    });
    recorded.catch(onError);
    if (byUnsid.get(subscription.unsid) === connection) byUnsid.delete(subscription.unsid);
    onDetached(connection);
  }

  function close(connection: Connection, as: CloseName, reason: string): void {
    detach(connection);
    if (connection.closingSince !== undefined) return;
    connection.closingSince = peerTime.now();
    closing.add(connection);
    connection.writer.close(closeCodes[as], reason);
  }

  /** An internal failure closes a connection: the device reconnects and is served again. */
  function fail(connection: Connection, error: unknown): void {
    onError(error);
    const isViolation = error instanceof MessageViolation;
    close(connection, 'serverFault', isViolation ? 'the message to be sent would break the contract' : 'the service failed');
  }

  /** Ends the connection that was opened before the one with this number, which may be in another process. */
  function replaceFormer(unsid: Unsid, later: number): void {
    const former = byUnsid.get(unsid);
    if (former && former.number < later) close(former, 'replaced', replacedReason);
  }

  /** The socket is closed, by either side. */
  function onClosed(connection: Connection): void {
    detach(connection);
    closing.delete(connection);
    connection.closingSince ??= peerTime.now();
  }

  return {
    add: (connection: Connection) => {
      byUnsid.set(connection.subscription.unsid, connection);
    },
    get: (unsid: Unsid) => byUnsid.get(unsid),
    open: (): readonly Connection[] => [...byUnsid.values()],
    /** Also those that are being closed. */
    all: (): readonly Connection[] => [...byUnsid.values(), ...closing],
    count: () => byUnsid.size,
    close,
    fail,
    replaceFormer,
    onClosed,
    /** What the connections that have ended still do. */
    ending,
  };
}
