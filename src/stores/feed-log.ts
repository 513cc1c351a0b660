// The order of a feed: records by position, found by binary search; what changes moves to the tail and leaves a hole.
import type { Notification, Position } from '../domain/model.ts';

/** A hole holds the index where the search for the next record goes on, so that any run of holes is skipped at once. */
type Slot = Notification | number;

export interface FeedLog {
  slots: Slot[];
  holes: number;
}

/** Holes that are not worth a compaction. */
const toleratedHoles = 16;

export function createFeedLog(): FeedLog {
  return { slots: [], holes: 0 };
}

/** Returns the slot, which the record keeps until it is vacated or `compact` says otherwise. */
export function append(log: FeedLog, record: Notification): number {
  // A first push would reserve room for many; most feeds are short.
  if (log.slots.length === 0) log.slots = [record];
  else log.slots.push(record);
  return log.slots.length - 1;
}

/** Leaves a hole; the others keep their slots until `compact`. */
export function vacate(log: FeedLog, slot: number): void {
  log.slots[slot] = slot + 1;
  log.holes += 1;
}

/** Closes the holes when they are more than half, at a cost that is constant per write on average; returns where each record is now. */
export function compact(log: FeedLog, moved: (record: Notification, slot: number) => void): void {
  const { slots, holes } = log;
  if (holes * 2 <= slots.length || (holes <= toleratedHoles && holes < slots.length)) return;
  const kept: Slot[] = [];
  for (const record of slots) {
    if (typeof record === 'number') continue;
    moved(record, kept.length);
    kept.push(record);
  }
  log.slots = kept;
  log.holes = 0;
}

/** The slot of the first record at this slot or behind it; the end of the slots when there is none. */
export function slotFrom({ slots }: FeedLog, start: number): number {
  let end = start;
  for (let slot = slots[end]; typeof slot === 'number'; slot = slots[end]) end = slot;
  // All holes on the way now lead here directly.
  for (let at = start; at < end; ) {
    const step = slots[at];
    if (typeof step !== 'number') break;
    slots[at] = end;
    at = step;
  }
  return end;
}

/** The slot of the first record with a position after `since`; the end of the slots when there is none. */
export function slotAfter(log: FeedLog, since: Position): number {
  const isAfter = (slot: number): boolean => {
    const record = log.slots[slotFrom(log, slot)];
    return typeof record !== 'object' || record.position > since;
  };
  // Most readers are close to the tail: the steps back to them double, and the search is between the last two.
  let high = log.slots.length;
  let low = 0;
  for (let step = 1; high > 0; step *= 2) {
    const probe = Math.max(0, high - step);
    if (!isAfter(probe)) {
      low = probe + 1;
      break;
    }
    high = probe;
  }
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isAfter(middle)) high = middle;
    else low = middle + 1;
  }
  return slotFrom(log, low);
}
