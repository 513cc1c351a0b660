// The hub's state of one device connection: subscription, delivery progress, session, socket.
import type { CloseCodes } from '../documents/socket-numbers.ts';
import type { SocketSpec } from '../documents/socket-spec.ts';
import type { Ticket } from '../domain/due-list.ts';
import type { Position, Subscription } from '../domain/model.ts';
import { createProgress, type Progress, type ProgressStart } from '../domain/progress.ts';
import type { SessionState } from '../domain/session.ts';
import type { SocketWriter } from './socket-writer.ts';

/** A connection that is sent what the push channel of its platform would have delivered. */
export interface PushChannel {
  /** The tag of the last change that was sent, or that the device has acknowledged; empty before the first (D41). */
  tag: string;
}

export interface Connection {
  /** Given by the store: of two connections of one UNSID the one with the higher number is the later. */
  readonly number: number;
  readonly subscription: Subscription;
  readonly feedName: string;
  /** The requested cursor was known (R3). */
  readonly resumed: boolean;
  readonly writer: SocketWriter;
  /** Undefined unless it is sent envelopes. */
  readonly pushChannel: PushChannel | undefined;
  /** The position up to which everything for this device has been written. */
  readonly progress: Progress;
  session: SessionState;
  /** The version of the feed that has been delivered; lower than the channel's if there may be more. */
  seenVersion: number;
  /** The buffer is full; delivery continues when it has drained. */
  isBlocked: boolean;
  /** A toast may be pending (R9). */
  mayHaveToasts: boolean;
  /** Pending toasts that were sent on this connection: content position by notification id. */
  toasted: Map<string, Position>;
  /** Resolves when every received message has been handled. */
  handling: Promise<void>;
  /** Pings without a pong. */
  missedHeartbeats: number;
  /** In milliseconds, by `PeerTime` as the next ones. */
  nextHeartbeatAt: number;
  /** Since when the peer has read nothing although bytes are unsent, and the drain token at that time. */
  stall: { readonly since: number; readonly drainToken: string } | undefined;
  /** Its entry in the list of token expirations. */
  tokenEnd: Ticket<Connection> | undefined;
  /** Removed from delivery. */
  isDetached: boolean;
  /** When closing began; the connection is terminated if the peer does not complete it. */
  closingSince: number | undefined;
}

export interface NewConnection {
  readonly number: number;
  readonly subscription: Subscription;
  readonly feedName: string;
  readonly resumed: boolean;
  readonly writer: SocketWriter;
  readonly pushChannel: PushChannel | undefined;
  readonly start: Omit<ProgressStart, 'device'>;
  /** Milliseconds of the first ping, by `PeerTime`. */
  readonly nextHeartbeatAt: number;
}

export function createConnection({ start, ...parts }: NewConnection): Connection {
  return {
    ...parts,
    progress: createProgress({ ...start, device: parts.subscription }),
    session: { invalidInARow: 0 },
    seenVersion: -1,
    isBlocked: false,
    mayHaveToasts: parts.subscription.platform === 'iOS',
    toasted: new Map(),
    handling: Promise.resolve(),
    missedHeartbeats: 0,
    stall: undefined,
    tokenEnd: undefined,
    isDetached: false,
    closingSince: undefined,
  };
}

/** Those of the connections that are wanted, grouped: at the same position of their feed they are served together. */
export function byPosition(
  connections: Iterable<Connection>,
  isWanted: (connection: Connection) => boolean,
): ReadonlyMap<Position, readonly Connection[]> {
  const groups = new Map<Position, Connection[]>();
  for (const connection of connections) {
    if (!isWanted(connection)) continue;
    const position = connection.progress.position();
    const group = groups.get(position);
    if (group) group.push(connection);
    else groups.set(position, [connection]);
  }
  return groups;
}

export type CloseName = keyof CloseCodes;
export type SocketRules = Pick<SocketSpec, 'limits' | 'closeCodes' | 'parseClientMessage' | 'checkServerMessage'>;
