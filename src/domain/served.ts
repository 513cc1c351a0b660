// What was served to a device, and what the feed's head was then: what a cursor that comes back covers, and what the device may know (R2).
import type { Notification, Position, ServedRecord } from './model.ts';

/** Ranges remembered for a subscription; without its range, a cursor is taken to be served at the feed's present head. */
const maxRanges = 16;
/** Notifications remembered as shown one by one; of one that is forgotten, and of all before it, a deletion may be sent in vain. */
const maxShown = 16;

export function nothingServed(start: Position): ServedRecord {
  return { ranges: [], shown: [], maybeSentUpTo: start, connections: 0, isConnected: false };
}

/** The feed's head when this position was served to the device: the latest, which covers least; undefined when that is not remembered. */
export function headWhenServed({ ranges }: ServedRecord, position: Position): Position | undefined {
  const heads = ranges
    .filter(({ after, upTo }) => after < position && position <= upTo)
    .map(({ head }) => (head === 'itself' ? position : head));
  return heads.length === 0 ? undefined : Math.max(...heads);
}

/**
 * May this deleted notification have been sent to the device before its deletion? Only where it is certain that it was not, it is not.
 * @param since position since which it was meant for the device's platform
 */
export function mayHaveBeenSent(record: ServedRecord, { createdPosition, position }: Notification, since: Position): boolean {
  const { ranges, shown, maybeSentUpTo, isConnected } = record;
  if (isConnected || createdPosition <= maybeSentUpTo || shown.includes(createdPosition)) return true;
  return ranges.some(({ after, upTo, head }) => {
    const firstHead = head === 'itself' ? Math.max(after + 1, since) : head;
    return since <= upTo && firstHead < position;
  });
}

/** Adds what was read over HTTP, or sent on a connection that has ended. */
export function withServed(record: ServedRecord, added: Pick<ServedRecord, 'ranges' | 'shown' | 'maybeSentUpTo'>): ServedRecord {
  const ranges = [...record.ranges, ...added.ranges];
  const shown = [...record.shown, ...added.shown];
  const forgotten = [...ranges.slice(0, -maxRanges).map(({ upTo }) => upTo), ...shown.slice(0, -maxShown)];
  return {
    ...record,
    ranges: ranges.slice(-maxRanges),
    shown: shown.slice(-maxShown),
    maybeSentUpTo: Math.max(record.maybeSentUpTo, added.maybeSentUpTo, ...forgotten),
  };
}

/** While a connection is open, what it is sent is known to itself only. */
export function withConnection(record: ServedRecord): ServedRecord {
  return { ...record, connections: record.connections + 1, isConnected: true };
}

/** Only the newest connection ends the uncertainty; one that it has replaced just adds what it was sent. */
export function withoutConnection(record: ServedRecord, connection: number): ServedRecord {
  return record.connections === connection ? { ...record, isConnected: false } : record;
}
