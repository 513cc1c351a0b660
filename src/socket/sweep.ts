// One sweep over all connections, by real time: heartbeats (R7), stalled peers (R6), and peers that do not finish a close.
import type { Connection } from './connection.ts';

export interface SweepRules {
  readonly heartbeatMs: number;
  readonly missedHeartbeats: number;
  readonly stallMs: number;
}

/** A peer that does not answer a close is cut off after so long. */
const closeGraceMs = 5_000;

type SweepAction = 'fine' | 'ping' | 'end' | 'too slow';

/** Looks at all of them once. */
export function sweepConnections(
  connections: readonly Connection[],
  now: number,
  rules: SweepRules,
  onTooSlow: (connection: Connection) => void,
): void {
  for (const connection of connections) {
    const verdict = inspect(connection, now, rules);
    if (verdict === 'ping') connection.writer.ping();
    else if (verdict === 'too slow') onTooSlow(connection);
    else if (verdict === 'end') connection.writer.terminate();
  }
}

/** What the sweep does with a connection now; its marks are brought up to date. @param now monotonic milliseconds */
function inspect(connection: Connection, now: number, rules: SweepRules): SweepAction {
  const { writer } = connection;
  if (connection.closingSince !== undefined) return now - connection.closingSince >= closeGraceMs ? 'end' : 'fine';
  if (isStalled(connection, now, rules.stallMs)) return 'too slow';
  if (now < connection.nextHeartbeatAt || !writer.isOpen()) return 'fine';
  if (connection.missedHeartbeats >= rules.missedHeartbeats) return 'end';
  connection.missedHeartbeats += 1;
  connection.nextHeartbeatAt = now + rules.heartbeatMs;
  return 'ping';
}

function isStalled(connection: Connection, now: number, stallMs: number): boolean {
  if (connection.writer.unsentBytes() === 0) {
    connection.stall = undefined;
    return false;
  }
  const mark = connection.writer.drainToken();
  if (connection.stall?.drainToken !== mark) connection.stall = { since: now, drainToken: mark };
  return now - connection.stall.since >= stallMs;
}

/** How often to look: often enough for the shortest of the times, at most once a second. */
export function sweepIntervalMs({ heartbeatMs, stallMs }: SweepRules): number {
  return Math.max(10, Math.min(1000, heartbeatMs / 4, stallMs / 4));
}
