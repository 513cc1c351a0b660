// Determines from the close frames how a connection ended, and which side ended it.
import type { WebSocket } from 'ws';
import type { ConnectionEnd } from '../domain/activity.ts';
import type { Connection } from './connection.ts';

export interface Close {
  readonly code: number;
  readonly reason: string;
}

/** A WebSocket that records the first close frame it sent. */
export interface DeviceWebSocket extends WebSocket {
  closedWith: Close | undefined;
}

/** RFC 6455, 7.1.5: no close frame was received, or one without a code. */
export const noCloseFrame = 1006;
export const noStatus = 1005;

/**
 * @param seen from `ws`: the peer's close frame, or 1006 if there was none
 * @param sent the close frame of this side, which may be the reply to the peer's
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
  return { code: noCloseFrame, reason: unanswered > 0 ? `${pings} not answered` : 'no close frame came', by: 'network' };
}
