// One sweep over all connections, by real time: heartbeats (R7), stalled peers (R6), and peers that do not finish a close.
import type { Timer } from '../domain/ports.ts';
import type { Connection } from './connection.ts';

export interface SweepRules {
  readonly heartbeatMs: number;
  readonly missedHeartbeats: number;
  readonly stallMs: number;
}

/** Timeout for the peer's close frame, after which the connection is terminated. */
const closeGraceMs = 5_000;

type SweepAction = 'fine' | 'ping' | 'terminate' | 'too slow';

export function sweepConnections(
  connections: readonly Connection[],
  now: number,
  rules: SweepRules,
  onTooSlow: (connection: Connection) => void,
): void {
  for (const connection of connections) {
    const action = inspect(connection, now, rules);
    if (action === 'ping') connection.writer.ping();
    else if (action === 'too slow') onTooSlow(connection);
    else if (action === 'terminate') connection.writer.terminate();
  }
}

/** Decides what to do with a connection, and updates its heartbeat and stall state. @param now by `PeerTime` */
function inspect(connection: Connection, now: number, rules: SweepRules): SweepAction {
  const { writer } = connection;
  if (connection.closingSince !== undefined) return now - connection.closingSince >= closeGraceMs ? 'terminate' : 'fine';
  if (isStalled(connection, now, rules.stallMs)) return 'too slow';
  if (now < connection.nextHeartbeatAt || !writer.isOpen()) return 'fine';
  if (connection.missedHeartbeats >= rules.missedHeartbeats) return 'terminate';
  connection.missedHeartbeats += 1;
  connection.nextHeartbeatAt = now + rules.heartbeatMs;
  return 'ping';
}

function isStalled(connection: Connection, now: number, stallMs: number): boolean {
  if (connection.writer.unsentBytes() === 0) {
    connection.stall = undefined;
    return false;
  }
  const drainToken = connection.writer.drainToken();
  if (connection.stall?.drainToken !== drainToken) connection.stall = { since: now, drainToken };
  return now - connection.stall.since >= stallMs;
}

/** The time by which peers are measured, in milliseconds. */
export interface PeerTime {
  readonly now: () => number;
  /** To be called with every sweep. */
  readonly swept: () => void;
}

/**
 * Stands still while this process is too busy to sweep: answers of peers may have been waiting unread meanwhile, so that time is not
 * theirs.
 */
export function createPeerTime(timer: Pick<Timer, 'now'>, intervalMs: number): PeerTime {
  let passed = 0;
  let sweptAt = timer.now();
  const now = () => passed + Math.min(timer.now() - sweptAt, 2 * intervalMs);
  return {
    now,
    swept: () => {
      passed = now();
      sweptAt = timer.now();
    },
  };
}

/** Sweep interval: a quarter of the shortest timeout, at most one second. */
export function sweepIntervalMs({ heartbeatMs, stallMs }: SweepRules): number {
  return Math.max(10, Math.min(1000, heartbeatMs / 4, stallMs / 4));
}
