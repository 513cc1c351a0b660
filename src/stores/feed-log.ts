// The order of a feed: entries by position, found by binary search; what changes moves to the tail and leaves a hole.
import type { Position } from '../domain/model.ts';
import type { HeldNotification } from './held.ts';

/** A hole holds the index where the search for the next entry goes on, so that any run of holes is skipped at once. */
type Slot = HeldNotification | number;

export interface FeedLog {
  slots: Slot[];
  holes: number;
}

/** Holes that are not worth a compaction. */
const toleratedHoles = 16;

export function createFeedLog(): FeedLog {
  return { slots: [], holes: 0 };
}

export function append(log: FeedLog, held: HeldNotification): void {
  held.slot = log.slots.length;
  // A first push would reserve room for many; most feeds are short.
  if (held.slot === 0) log.slots = [held];
  else log.slots.push(held);
}

/** Leaves a hole; entries keep their slots until `compact`. */
export function vacate(log: FeedLog, { slot }: HeldNotification): void {
  log.slots[slot] = slot + 1;
  log.holes += 1;
}

/** Closes the holes when they are more than half; costs nothing in the long run. */
export function compact(log: FeedLog): void {
  const { slots, holes } = log;
  if (holes * 2 <= slots.length || (holes <= toleratedHoles && holes < slots.length)) return;
  const kept: Slot[] = [];
  for (const held of slots) {
    if (typeof held === 'number') continue;
    held.slot = kept.length;
    kept.push(held);
  }
  log.slots = kept;
  log.holes = 0;
}

/** The first entry at this slot or behind it. */
export function entryFrom({ slots }: FeedLog, start: number): HeldNotification | undefined {
  let index = start;
  let slot = slots[index];
  while (typeof slot === 'number') {
    index = slot;
    slot = slots[index];
  }
  // All holes on the way now lead here directly.
  for (let at = start; at < index; ) {
    const step = slots[at];
    if (typeof step !== 'number') break;
    slots[at] = index;
    at = step;
  }
  return slot;
}

/** The first entry with a position after `since`. */
export function entryAfter(log: FeedLog, since: Position): HeldNotification | undefined {
  let low = 0;
  let high = log.slots.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const held = entryFrom(log, middle);
    if (held === undefined || held.record.position > since) high = middle;
    else low = held.slot + 1;
  }
  return entryFrom(log, low);
}
