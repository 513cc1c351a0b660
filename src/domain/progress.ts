// How far one connection has come in its feed, and what of it the device knows; exact although notifications move while a backlog is served (R1, R2).
import type { Notification, Position } from './model.ts';

/**
 * A notification that changes moves to the feed's end, so a position alone does not tell whether the device has seen it: it may have
 * moved away just before it was reached. What was delivered since the device was last up to date is therefore remembered.
 */
export interface Progress {
  /** Everything up to here has been examined. */
  readonly position: () => Position;
  /** What the device has seen of this notification. */
  readonly seen: (notification: Notification) => Seen;
  readonly delivered: (notification: Notification) => void;
  readonly examined: (position: Position) => void;
  /** The device is up to date: all that the feed held was examined, up to this position. */
  readonly caughtUp: (position: Position) => void;
  /** The device says that it has handled everything up to here. */
  readonly acknowledged: (position: Position) => void;
}

export interface Seen {
  /** Every change up to this position is known to the device, or was not meant for it. */
  readonly upTo: Position;
  /** `created` has been sent, or its creation lies before the position served from; `maybe` when that is no longer remembered. */
  readonly isKnown: boolean | 'maybe';
}

/** Deliveries remembered while a backlog is served; one beyond them may come twice if it changes before the backlog ends (F24), never too little. */
const mostRemembered = 16_384;

export function createProgress(start: Position): Progress {
  let position = start;
  let base = start;
  let isFull = false;
  /** By position of creation, which never changes: the position at which it was delivered. */
  const deliveredAt = new Map<Position, Position>();
  return {
    position: () => position,
    seen: ({ createdPosition }) => {
      const at = deliveredAt.get(createdPosition);
      if (at !== undefined) return { upTo: Math.max(at, base), isKnown: true };
      return { upTo: base, isKnown: createdPosition <= base || (isFull && 'maybe') };
    },
    delivered: (notification) => {
      if (deliveredAt.size < mostRemembered || deliveredAt.has(notification.createdPosition)) {
        deliveredAt.set(notification.createdPosition, notification.position);
      } else isFull = true;
    },
    examined: (to) => {
      position = Math.max(position, to);
    },
    caughtUp: (to) => {
      position = Math.max(position, to);
      base = Math.max(base, to);
      deliveredAt.clear();
      isFull = false;
    },
    acknowledged: (to) => {
      if (to <= position) return;
      position = to;
      base = to;
    },
  };
}
