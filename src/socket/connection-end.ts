// How a connection ended, and who ended it, from what the emulator and its peer said in their close frames.
import type { WebSocket } from 'ws';
import type { ConnectionEnd } from '../domain/activity.ts';
import type { Connection } from './connection.ts';

export interface Close {
  readonly code: number;
  readonly reason: string;
}

/** A socket that knows which close frame it has sent first. */
export interface DeviceWebSocket extends WebSocket {
  closedWith: Close | undefined;
}

/** RFC 6455, 7.1.5: no close frame came, or one without a code. */
export const noCloseFrame = 1006;
export const noStatus = 1005;

/**
 * @param seen what `ws` says: the peer's close frame, or that none came
 * @param sent the close frame of this side, which may be an answer to the peer's
 */
export function endOf(
  connection: Pick<Connection, 'closingSince' | 'missedHeartbeats'>,
  seen: Close,
  sent: Close | undefined,
): ConnectionEnd {
  const isOurs = connection.closingSince !== undefined || seen.code === noCloseFrame;
  if (sent && isOurs) return { ...sent, by: 'emulator' };
  if (seen.code !== noCloseFrame) return { ...seen, by: 'device' };
  const unanswered = connection.missedHeartbeats;
  const pings = unanswered === 1 ? '1 ping was' : `${unanswered} pings were`;
  return { code: noCloseFrame, reason: unanswered > 0 ? `${pings} not answered` : 'no close frame came', by: 'line' };
}
