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
  readonly acknowledged: (position: Position) => Covered;
}

/** What an acknowledgement covers, for the fallback (R9). */
export interface Covered {
  /** Delivered notifications with a fallback. */
  readonly ids: readonly string[];
  /** It is ahead of what was delivered: everything published after this position is covered too. */
  readonly since: Position | undefined;
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
  /** Notifications with a fallback that were delivered and not yet acknowledged, in feed order, by id. */
  const withFallback = new Map<string, Position>();

  /** A change of state does not make it unfetched: only new content has to be acknowledged anew. */
  function noteFallback({ id, position: at, contentPosition }: Notification): void {
    if ((withFallback.get(id) ?? 0) >= contentPosition) return;
    withFallback.delete(id);
    withFallback.set(id, at);
    const [oldest] = withFallback.size > mostRemembered ? withFallback.keys() : [];
    if (oldest !== undefined) withFallback.delete(oldest);
  }

  return {
    position: () => position,
    seen: ({ createdPosition }) => {
      const at = deliveredAt.get(createdPosition);
      if (at !== undefined) return { upTo: Math.max(at, base), isKnown: true };
      return { upTo: base, isKnown: createdPosition <= base || (isFull && 'maybe') };
    },
    delivered: (notification) => {
      if (notification.status === 'Active' && notification.content.fallback) noteFallback(notification);
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
      const ids = [...withFallback].filter(([, at]) => at <= to).map(([id]) => id);
      for (const id of ids) withFallback.delete(id);
      if (to <= position) return { ids, since: undefined };
      const since = position;
      position = to;
      base = to;
      return { ids, since };
    },
  };
}
