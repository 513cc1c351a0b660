// The order of a feed under many moves: exact, and never much longer than its entries.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Notification } from '../../src/domain/model.ts';
import { createNotification } from '../../src/domain/notification.ts';
import { append, compact, createFeedLog, type FeedLog, slotAfter, slotFrom, vacate } from '../../src/stores/feed-log.ts';
import { contentOf } from '../support/store-records.ts';

interface Entry {
  record: Notification;
  slot: number;
}

function recordAt(position: number): Notification {
  return createNotification(`n${position}`, contentOf(), { position, now: 0, origin: null });
}

function positionsAfter(log: FeedLog, since: number): number[] {
  const positions: number[] = [];
  for (let slot = slotAfter(log, since); slot < log.slots.length; slot = slotFrom(log, slot + 1)) {
    const record = log.slots[slot];
    if (typeof record === 'object') positions.push(record.position);
  }
  return positions;
}

describe('the log of a feed', () => {
  it('[R1] lists what is after a position, in order, after any moves and removals', () => {
    const step = fc.record({ which: fc.nat(), isMove: fc.boolean(), since: fc.nat(200) });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.array(step, { maxLength: 150, size: 'max' }), (count, steps) => {
        const log = createFeedLog();
        const records = Array.from({ length: count }, (_, index) => recordAt(index + 1));
        let entries: Entry[] = records.map((record) => ({ record, slot: append(log, record) }));
        let head = count;
        for (const { which, isMove, since } of steps) {
          const entry = entries[which % Math.max(1, entries.length)];
          if (!entry) break;
          entries = entries.filter((one) => one !== entry);
          vacate(log, entry.slot);
          if (isMove) {
            head += 1;
            entry.record = { ...entry.record, position: head };
            entry.slot = append(log, entry.record);
            entries.push(entry);
          }
          compact(log, (record, slot) => {
            for (const one of entries) if (one.record === record) one.slot = slot;
          });
          expect(positionsAfter(log, since)).toEqual(entries.map(({ record }) => record.position).filter((position) => position > since));
          expect(log.holes).toBe(log.slots.length - entries.length);
          expect(log.slots.length).toBeLessThanOrEqual(2 * entries.length + 17);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('keeps nothing of a feed that has become empty', () => {
    const log = createFeedLog();
    vacate(log, append(log, recordAt(1)));
    compact(log, () => undefined);
    expect(log).toEqual({ slots: [], holes: 0 });
  });
});
