// A list of what falls due when: buckets of one second, of which the earliest is always at hand; nothing has a timer of its own.
import type { Instant } from './model.ts';

/** A queued item, and the means to withdraw it. Its fields belong to the list. */
export interface Ticket<T> {
  readonly item: T;
  readonly bucket: Bucket<T>;
  /** Milliseconds within the bucket's second; small, so that a ticket needs no number of its own on the heap. */
  readonly offsetMs: number;
  /** First come, first served among equal instants. */
  readonly order: number;
  /** Place in the bucket; -1 once taken or withdrawn. */
  index: number;
}

interface Bucket<T> {
  readonly second: number;
  tickets: Ticket<T>[];
  index: number;
}

export interface DueList<T> {
  /** Queued items. */
  readonly size: number;
  add(at: Instant, item: T): Ticket<T>;
  /** Takes an item out before its time; one that was taken or withdrawn already changes nothing. */
  withdraw(ticket: Ticket<T>): void;
  /** The earliest instant, exactly; undefined when nothing is queued. */
  next(): Instant | undefined;
  /** Takes at most `limit` items due by `now`, in order of their instants, equal ones in the order they were added. */
  take(now: Instant, limit: number): T[];
  clear(): void;
}

/** Costs a few steps an item however many are queued: a Map finds the bucket, and only the items of one second are ordered among themselves. */
export function createDueList<T>(): DueList<T> {
  const bySecond = new Map<number, Bucket<T>>();
  const buckets: Bucket<T>[] = [];
  let order = 0;
  let size = 0;

  function bucketOf(second: number): Bucket<T> {
    const known = bySecond.get(second);
    if (known) return known;
    const bucket: Bucket<T> = { second, tickets: [], index: -1 };
    bySecond.set(second, bucket);
    insert(buckets, bucket, bucketBefore);
    return bucket;
  }

  function withdraw(ticket: Ticket<T>): void {
    const { bucket } = ticket;
    // A bucket that is not known any more went with `clear`.
    if (ticket.index < 0 || bySecond.get(bucket.second) !== bucket) return;
    remove(bucket.tickets, ticket, ticketBefore);
    size -= 1;
    if (bucket.tickets.length > 0) return;
    bySecond.delete(bucket.second);
    remove(buckets, bucket, bucketBefore);
  }

  const first = (): Ticket<T> | undefined => buckets[0]?.tickets[0];

  return {
    get size() {
      return size;
    },
    add: (at, item) => {
      const second = Math.floor(at / 1000);
      const bucket = bucketOf(second);
      const ticket: Ticket<T> = { item, bucket, offsetMs: at - second * 1000, order, index: -1 };
      order += 1;
      size += 1;
      // A first push would reserve room for many; in nearly all seconds nothing falls due.
      if (bucket.tickets.length === 0) {
        bucket.tickets = [ticket];
        ticket.index = 0;
      } else insert(bucket.tickets, ticket, ticketBefore);
      return ticket;
    },
    withdraw,
    next: () => {
      const ticket = first();
      return ticket && instantOf(ticket);
    },
    take: (now, limit) => {
      const taken: T[] = [];
      for (let ticket = first(); ticket && taken.length < limit && instantOf(ticket) <= now; ticket = first()) {
        withdraw(ticket);
        taken.push(ticket.item);
      }
      return taken;
    },
    clear: () => {
      bySecond.clear();
      buckets.length = 0;
      size = 0;
    },
  };
}

/** What fails is tried again after as long again as it is late already: at first soon, then ever later. */
const minRetryMs = 10_000;
const maxRetryMs = 3_600_000;

/** When something that was due at `at`, and was handed out at `now`, is handed out again unless it has been done. */
export function retryInstant(at: Instant, now: Instant): Instant {
  return now + Math.min(maxRetryMs, Math.max(minRetryMs, now - at));
}

export function isQueuedAt(ticket: Ticket<unknown>, at: Instant): boolean {
  return ticket.index >= 0 && instantOf(ticket) === at;
}

function instantOf({ bucket, offsetMs }: Ticket<unknown>): Instant {
  return bucket.second * 1000 + offsetMs;
}

const bucketBefore = (a: Bucket<unknown>, b: Bucket<unknown>): boolean => a.second < b.second;
const ticketBefore = (a: Ticket<unknown>, b: Ticket<unknown>): boolean =>
  a.offsetMs < b.offsetMs || (a.offsetMs === b.offsetMs && a.order < b.order);

// A binary heap whose members know their place, so that any of them can leave.

type Before<M> = (a: M, b: M) => boolean;

function insert<M extends { index: number }>(heap: M[], member: M, before: Before<M>): void {
  heap.push(member);
  rise(heap, member, heap.length - 1, before);
}

function remove<M extends { index: number }>(heap: M[], member: M, before: Before<M>): void {
  const gap = member.index;
  member.index = -1;
  const last = heap.pop();
  if (last === undefined || last === member) return;
  sink(heap, last, gap, before);
  if (last.index === gap) rise(heap, last, gap, before);
}

function rise<M extends { index: number }>(heap: M[], member: M, from: number, before: Before<M>): void {
  let index = from;
  while (index > 0) {
    const above = heap[(index - 1) >> 1];
    if (above === undefined || !before(member, above)) break;
    const parent = above.index;
    heap[index] = above;
    above.index = index;
    index = parent;
  }
  heap[index] = member;
  member.index = index;
}

function sink<M extends { index: number }>(heap: M[], member: M, from: number, before: Before<M>): void {
  let index = from;
  for (;;) {
    const left = heap[2 * index + 1];
    const right = heap[2 * index + 2];
    const child = right !== undefined && left !== undefined && before(right, left) ? right : left;
    if (child === undefined || !before(child, member)) break;
    const below = child.index;
    heap[index] = child;
    child.index = index;
    index = below;
  }
  heap[index] = member;
  member.index = index;
}
