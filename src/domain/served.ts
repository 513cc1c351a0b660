// What was served to a device, and what the feed's head was then: what a cursor that comes back covers, and what the device may know (R2).
import type { Acknowledgement, Notification, Position, ServedRange, ServedRecord } from './model.ts';
import type { Served } from './store-ports.ts';

/** Ranges remembered for a subscription; without its range, a cursor is taken to be served at the feed's present head. */
const maxRanges = 16;
/** Notifications remembered as shown one by one; of one that is forgotten, and of all before it, a deletion may be sent in vain. */
const maxShown = 16;

export function nothingServed(start: Position): ServedRecord {
  return { ranges: [], shown: [], maybeSentUpTo: start, connections: 0, isConnected: false };
}

/**
 * What a cursor that the device comes back with acknowledges: everything up to this position, as it was served. With each range before it
 * comes what that covered, since a notification of it may have moved behind the position later. Where several connections have served the
 * position, it is not known on which of them the device received it: at each, the latest head counts, which covers least.
 *
 * @param headNow head of the feed, taken where it is not remembered when the position was served
 * @returns in the order of their positions, the last with this position
 */
export function acknowledgementsOf({ ranges }: ServedRecord, position: Position, headNow: Position): readonly Acknowledgement[] {
  const connections = new Set(ranges.filter((range) => contains(range, position)).map(({ connection }) => connection));
  if (connections.size === 0) return [{ position, head: headNow }];
  const serving = [...connections].map((connection) => ranges.filter((range) => range.connection === connection));
  const served = (upTo: Position) => ({ position: upTo, head: Math.max(...serving.map((one) => headAt(one, upTo))) });
  const last = served(position);
  // A list shows single notifications, so one that is behind another may not have been shown.
  if (last.head === position || connections.has(undefined)) return [last];
  const ends = new Set(
    serving
      .flat()
      .map(({ upTo }) => upTo)
      .filter((upTo) => upTo < position),
  );
  return [...[...ends].sort((one, other) => one - other).map(served), last];
}

const contains = ({ after, upTo }: ServedRange, position: Position) => after < position && position <= upTo;

/** The latest head at which one of these connections may have come to this position: heads only grow while a connection lasts. */
function headAt(ranges: readonly ServedRange[], position: Position): Position {
  const containing = ranges.filter((range) => contains(range, position));
  const found = containing.length > 0 ? containing : ranges.filter(({ upTo }) => upTo >= position).slice(0, 1);
  return Math.max(...found.map(({ after, head }) => (head === 'itself' ? Math.max(after + 1, position) : head)));
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
export function withServed(record: ServedRecord, added: Served): ServedRecord {
  const { connection } = added;
  const ranges = [...record.ranges, ...added.ranges.map((range) => ({ ...range, connection }))];
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
