// How far one connection has come in its feed, and what of it the device knows; exact although notifications move while a backlog is served (R1, R2).
import { coveredUpTo, withAcknowledgements } from './coverage.ts';
import type { Acknowledgement, Notification, Position, ServedRecord } from './model.ts';
import { type Addressee, meantSince } from './notification.ts';
import { mayHaveBeenSent } from './served.ts';
import type { Served } from './store-ports.ts';

/**
 * A notification that changes moves to the feed's end, so a position alone does not show whether the device has seen it: it may have
 * moved away just before it was reached. What was delivered since the device was last up to date is therefore remembered, and with
 * each position that was served what the feed's head was then.
 */
export interface Progress {
  /** Everything up to here has been examined. */
  readonly position: () => Position;
  /** What the device has seen of this notification. */
  readonly seen: (notification: Notification) => Seen;
  readonly delivered: (notification: Notification) => void;
  /** One of these is a deletion of what this connection has not sent, which the device may have read over HTTP: only the record knows. */
  readonly needsRecord: (entries: readonly Notification[]) => boolean;
  /** What is recorded as served to the device by now: lists and single reads over HTTP add to it while the connection lasts. */
  readonly recorded: (served: ServedRecord | undefined) => void;
  /** @param head of the feed when what lies up to `to` was read */
  readonly examined: (to: Position, head: Position) => void;
  /** The device is up to date: all that the feed held was examined, up to this position, which was its head. */
  readonly caughtUp: (to: Position) => void;
  /** The device says that it has handled everything up to here. @param head of the feed now */
  readonly acknowledged: (to: Position, head: Position) => Acknowledged;
  /** What was served on this connection. */
  readonly served: () => Omit<Served, 'connection'>;
}

/** What an acknowledgement on this connection says. */
export interface Acknowledged {
  readonly acknowledgements: readonly Acknowledgement[];
  /** Head of the feed now. */
  readonly head: Position;
  /** Delivered notifications with a fallback that are now fetched (R9). */
  readonly ids: readonly string[];
  /** It is ahead of what was delivered on this connection: other content that it covers is fetched too. */
  readonly isAhead: boolean;
}

export interface Seen {
  /** Every change up to this position was sent to the device or acknowledged by it, or was not meant for it. */
  readonly upTo: Position;
  /** It was sent on this connection. */
  readonly wasSent: boolean;
  /** Deleted, and may have been sent to the device before that. */
  readonly mayHaveBeenSent: boolean;
}

export interface ProgressStart {
  readonly position: Position;
  readonly acknowledgements: readonly Acknowledgement[];
  readonly served: ServedRecord;
  readonly device: Addressee;
}

/** Deliveries remembered while a backlog is served; one beyond them may come twice if it changes before the backlog ends (F24), never too little. */
const maxRemembered = 16_384;
/** Ranges remembered as served; twice as many are kept for a moment, so that dropping them costs nothing. */
const maxRanges = 16;

export function createProgress(start: ProgressStart): Progress {
  let position = start.position;
  let upToDate = 0;
  let isFull = false;
  let { acknowledgements } = start;
  let servedBesides = start.served;
  /** By position of creation, which never changes: the position at which it was delivered. */
  const deliveredAt = new Map<Position, Position>();
  const pendingFallbacks = createPendingFallbacks();
  const served = createServedLog(start.position);

  function mayHaveBeenSentBefore(notification: Notification): boolean {
    if (notification.status !== 'Deleted') return false;
    const since = meantSince(notification, start.device);
    return since !== undefined && (isFull || mayHaveBeenSent(servedBesides, notification, since));
  }

  function examined(to: Position, head: Position): void {
    if (to <= position) return;
    position = to;
    served.add(to, head);
  }

  return {
    position: () => position,
    seen: (notification) => {
      const at = deliveredAt.get(notification.createdPosition);
      const upTo = Math.max(at ?? 0, upToDate, coveredUpTo(notification, acknowledgements));
      return { upTo, wasSent: at !== undefined, mayHaveBeenSent: mayHaveBeenSentBefore(notification) };
    },
    delivered: (notification) => {
      pendingFallbacks.delivered(notification);
      if (deliveredAt.size < maxRemembered || deliveredAt.has(notification.createdPosition)) {
        deliveredAt.set(notification.createdPosition, notification.position);
      } else isFull = true;
    },
    needsRecord: (entries) =>
      entries.some(
        (one) =>
          one.status === 'Deleted' && one.position > position && !deliveredAt.has(one.createdPosition) && !mayHaveBeenSentBefore(one),
      ),
    recorded: (record) => {
      // This connection itself is no uncertainty.
      if (record) servedBesides = { ...record, isConnected: start.served.isConnected };
    },
    examined,
    caughtUp: (to) => {
      examined(to, to);
      upToDate = Math.max(upToDate, to);
      deliveredAt.clear();
      isFull = false;
    },
    acknowledged: (to, head) => {
      const ids = pendingFallbacks.acknowledged(to);
      const isAhead = to > position;
      examined(to, head);
      const added = served.acknowledgements(to, head);
      acknowledgements = withAcknowledgements(acknowledgements, added);
      return { acknowledgements: added, head, ids, isAhead };
    },
    served: served.record,
  };
}

/** In place of a head: each position of the range was served when it was the head, as a device that keeps up is. No change is at 0. */
const itself: Position = 0;

/** The heads of the feed at which this connection was served, range by range; flat, since what a connection is sent may add one each time. */
function createServedLog(start: Position) {
  let first = start;
  let ends: Position[] = [];
  /** `itself` for a range of positions that were each the head. */
  let heads: Position[] = [];

  function record() {
    const ranges = ends.map((upTo, index) => ({
      after: ends[index - 1] ?? first,
      upTo,
      head: heads[index] === itself ? ('itself' as const) : (heads[index] ?? upTo),
    }));
    const forgotten = ranges.at(-1 - maxRanges);
    return { ranges: ranges.slice(-maxRanges), shown: [], maybeSentUpTo: forgotten?.upTo ?? (first > start ? first : 0) };
  }

  return {
    record,
    add(to: Position, head: Position): void {
      const isNextHead = to === head && to === (ends.at(-1) ?? first) + 1;
      const kept = isNextHead ? itself : head;
      if (heads.at(-1) === kept) {
        ends[ends.length - 1] = to;
        return;
      }
      ends.push(to);
      heads.push(kept);
      if (ends.length < 2 * maxRanges) return;
      first = ends[maxRanges - 1] ?? first;
      ends = ends.slice(maxRanges);
      heads = heads.slice(maxRanges);
    },
    /** One for each range up to this position. Without its range, the present head is taken: a notification may come again, none is lost. */
    acknowledgements(to: Position, headNow: Position): readonly Acknowledgement[] {
      const found = ends.findIndex((end) => end >= to);
      const index = found === -1 ? ends.length : found;
      const isServed = found !== -1 && to > (ends[found - 1] ?? first);
      const headOf = (position: Position, at: number) => (heads[at] === itself ? position : (heads[at] ?? headNow));
      const last = { position: to, head: isServed ? headOf(to, found) : headNow };
      if (last.head === to) return [last];
      return [...ends.slice(0, index).map((position, at) => ({ position, head: headOf(position, at) })), last];
    },
  };
}

/** Notifications with a fallback that were delivered and not yet acknowledged, in feed order (R9). */
function createPendingFallbacks() {
  const positions = new Map<string, Position>();
  return {
    /** A change of state does not make it unfetched: only new content has to be acknowledged anew. */
    delivered(notification: Notification): void {
      if (notification.status !== 'Active' || !notification.content.fallback) return;
      const { id, position, contentPosition } = notification;
      if ((positions.get(id) ?? 0) >= contentPosition) return;
      positions.delete(id);
      positions.set(id, position);
      const [oldest] = positions.size > maxRemembered ? positions.keys() : [];
      if (oldest !== undefined) positions.delete(oldest);
    },
    acknowledged(to: Position): readonly string[] {
      const ids: string[] = [];
      for (const [id, at] of positions) {
        if (at > to) break;
        positions.delete(id);
        ids.push(id);
      }
      return ids;
    },
  };
}
