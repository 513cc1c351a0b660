// The order of a feed under many moves: exact, and never much longer than its entries.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createNotification } from '../../src/domain/notification.ts';
import { append, compact, createFeedLog, entryAfter, entryFrom, vacate } from '../../src/stores/feed-log.ts';
import { createFeeds } from '../../src/stores/feeds.ts';
import type { HeldNotification } from '../../src/stores/held.ts';
import { createSequenceIds } from '../support/ids.ts';
import { adele, contentOf } from '../support/store-records.ts';

const feed = createFeeds(createSequenceIds()).open(adele);

function heldAt(position: number): HeldNotification {
  const record = createNotification(`n${position}`, contentOf(), { position, now: 0, origin: null });
  return { kind: 'notification-expiry', feed, record, slot: -1, ticket: undefined };
}

const positionsFrom = (log: ReturnType<typeof createFeedLog>, since: number) => {
  const positions: number[] = [];
  for (let held = entryAfter(log, since); held; held = entryFrom(log, held.slot + 1)) positions.push(held.record.position);
  return positions;
};

describe('the log of a feed', () => {
  it('[R1] lists what is after a position, in order, after any moves and removals', () => {
    const step = fc.record({ which: fc.nat(), isMove: fc.boolean(), since: fc.nat(200) });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.array(step, { maxLength: 150, size: 'max' }), (count, steps) => {
        const log = createFeedLog();
        let entries = Array.from({ length: count }, (_, index) => heldAt(index + 1));
        for (const held of entries) append(log, held);
        let head = count;
        for (const { which, isMove, since } of steps) {
          const held = entries[which % Math.max(1, entries.length)];
          if (!held) break;
          entries = entries.filter((one) => one !== held);
          vacate(log, held);
          if (isMove) {
            head += 1;
            held.record = { ...held.record, position: head };
            append(log, held);
            entries.push(held);
          }
          compact(log);
          expect(positionsFrom(log, since)).toEqual(entries.map(({ record }) => record.position).filter((position) => position > since));
          expect(log.holes).toBe(log.slots.length - entries.length);
          expect(log.slots.length).toBeLessThanOrEqual(2 * entries.length + 17);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('keeps nothing of a feed that has become empty', () => {
    const log = createFeedLog();
    const held = heldAt(1);
    append(log, held);
    vacate(log, held);
    compact(log);
    expect(log).toEqual({ slots: [], holes: 0 });
  });
});
