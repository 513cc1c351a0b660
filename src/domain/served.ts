// What was served to a device, and what the feed's head was then: what a cursor that comes back covers, and what the device may know (R2).
import type { Acknowledgement, Notification, Position, RecordedRange, ServedRange, ServedRecord } from './model.ts';
import type { Served } from './store-ports.ts';

/** Ranges remembered for a subscription; without its range, a cursor is taken to be served at the feed's present head. */
const maxRanges = 16;
/** Notifications remembered as shown one by one; of one that is forgotten, and of all before it, a deletion may be sent in vain. */
const maxShown = 16;

export function nothingServed(start: Position): ServedRecord {
  return { ranges: [], shown: [], maybeSentUpTo: start, forgottenCursorsUpTo: start, connections: 0, isConnected: false };
}

/**
 * What a cursor that the device comes back with acknowledges: everything up to this position, as it was served. With each range before it
 * comes what that covered, since a notification of it may have moved behind the position later. Where several connections have served the
 * position, it is not known on which of them the device received it: at each, the latest head counts, which covers least.
 *
 * @param headNow head of the feed, taken where it is not remembered when the position was served
 * @returns in the order of their positions, the last with this position
 */
export function acknowledgementsOf(record: ServedRecord, position: Position, headNow: Position): readonly Acknowledgement[] {
  const containing = record.ranges.filter((range) => contains(range, position));
  if (containing.length === 0) return [{ position, head: headNow }];
  const connections = new Set(containing.flatMap(({ connection }) => connection ?? []));
  const serving = [...connections].map((connection) => record.ranges.filter((range) => range.connection === connection));
  const served = (upTo: Position) => ({ position: upTo, head: Math.max(upTo, ...serving.map((one) => headAt(one, upTo))) });
  const ends = new Set(serving.flat().flatMap(({ upTo }) => (upTo < position ? upTo : [])));
  const earlier = [...ends].sort((one, other) => one - other).map(served);
  const last = served(position);
  return limitedByLists(record, last.head === position ? [last] : [...earlier, last], headNow);
}

/**
 * What acknowledgements of a connection say, where their cursor may be from a list instead: that may have been read later, and without
 * what the connection was sent, because it never arrived. The latest head counts.
 *
 * @param headNow head of the feed, taken where lists are forgotten
 */
export function limitedByLists(
  { ranges, forgottenCursorsUpTo }: ServedRecord,
  acknowledgements: readonly Acknowledgement[],
  headNow: Position,
): readonly Acknowledgement[] {
  const last = acknowledgements.at(-1);
  if (!last) return acknowledgements;
  const { position } = last;
  if (position <= forgottenCursorsUpTo) return [{ position, head: headNow }];
  const lists = ranges.filter((range) => range.connection === undefined && contains(range, position));
  return lists.length === 0 ? acknowledgements : [{ position, head: Math.max(last.head, headAt(lists, position)) }];
}

const contains = ({ after, upTo }: ServedRange, position: Position) => after < position && position <= upTo;

/** The latest head at which a connection, or one of these lists, may have come to this position: heads only grow while a connection lasts. */
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
  const served = added.ranges.map((range) => ({ ...range, connection }));
  // Reading the same list again teaches nothing, and must not displace what else is remembered.
  const ranges = [...record.ranges.filter((known) => !served.some((range) => isSame(range, known))), ...served];
  const shown = [...record.shown, ...added.shown];
  const dropped = ranges.slice(0, -maxRanges);
  const forgotten = [...dropped.map(({ upTo }) => upTo), ...shown.slice(0, -maxShown)];
  const cursors = dropped.flatMap(({ upTo, connection: on }) => (on === undefined ? upTo : []));
  return {
    ...record,
    ranges: ranges.slice(-maxRanges),
    shown: shown.slice(-maxShown),
    maybeSentUpTo: Math.max(record.maybeSentUpTo, added.maybeSentUpTo, ...forgotten),
    forgottenCursorsUpTo: Math.max(record.forgottenCursorsUpTo, ...cursors),
  };
}

const isSame = (one: RecordedRange, other: RecordedRange) =>
  one.after === other.after && one.upTo === other.upTo && one.head === other.head && one.connection === other.connection;

/** While a connection is open, what it is sent is known to itself only. */
export function withConnection(record: ServedRecord): ServedRecord {
  return { ...record, connections: record.connections + 1, isConnected: true };
}

/** Only the newest connection ends the uncertainty; one that it has replaced just adds what it was sent. */
export function withoutConnection(record: ServedRecord, connection: number): ServedRecord {
  return record.connections === connection ? { ...record, isConnected: false } : record;
}
