// One device's connection as the hub keeps it: who it is, where it is served from, the state of its session and line, the rules it keeps to.
import type { CloseCodes } from '../documents/socket-numbers.ts';
import type { SocketSpec } from '../documents/socket-spec.ts';
import type { Ticket } from '../domain/due-list.ts';
import type { Position, Subscription } from '../domain/model.ts';
import { createProgress, type Progress, type ProgressStart } from '../domain/progress.ts';
import type { SessionState } from '../domain/session.ts';
import type { SocketWriter } from './socket-writer.ts';

export interface Connection {
  /** Given by the store: of two connections of one UNSID the one with the higher number is the later. */
  readonly number: number;
  readonly subscription: Subscription;
  readonly feedName: string;
  /** Whether the position that it asked for is known (R3). */
  readonly resumed: boolean;
  readonly writer: SocketWriter;
  /** How far it has come: everything meant for it up to there has been written. */
  readonly progress: Progress;
  session: SessionState;
  /** The version of the feed that it has been brought up to; behind the channel's means there may be more. */
  seenVersion: number;
  /** No room for the next message; goes on when the line has drained. */
  isBlocked: boolean;
  /** A toast may be pending (R9). */
  mayHaveToasts: boolean;
  /** Pending toasts that were sent on this connection: the content's position by id of the notification. */
  toasted: Map<string, Position>;
  /** Resolves when every message that has arrived is handled. */
  handling: Promise<void>;
  /** Pings without an answer. */
  missedHeartbeats: number;
  /** Monotonic milliseconds. */
  nextHeartbeatAt: number;
  /** Since when the peer has taken nothing although bytes wait, and the mark of that moment. */
  stall: { readonly since: number; readonly drainToken: string } | undefined;
  /** Its place among the tokens that expire. */
  tokenEnd: Ticket<Connection> | undefined;
  /** Nothing is delivered on it any more. */
  isDetached: boolean;
  /** When closing began; a peer that does not answer is cut off later. */
  closingSince: number | undefined;
}

export interface NewConnection {
  readonly number: number;
  readonly subscription: Subscription;
  readonly feedName: string;
  readonly resumed: boolean;
  readonly writer: SocketWriter;
  readonly start: Omit<ProgressStart, 'platform'>;
  /** Monotonic milliseconds of the first ping. */
  readonly nextHeartbeatAt: number;
}

export function createConnection({ start, ...parts }: NewConnection): Connection {
  return {
    ...parts,
    progress: createProgress({ ...start, platform: parts.subscription.platform }),
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

/** Connections that are served from the same position of their feed are served together. */
export function byPosition(connections: readonly Connection[]): ReadonlyMap<Position, readonly Connection[]> {
  const groups = new Map<Position, Connection[]>();
  for (const connection of connections) {
    const position = connection.progress.position();
    const group = groups.get(position);
    if (group) group.push(connection);
    else groups.set(position, [connection]);
  }
  return groups;
}

export type CloseName = keyof CloseCodes;
export type SocketRules = Pick<SocketSpec, 'limits' | 'closeCodes' | 'parseClientMessage' | 'checkServerMessage'>;
