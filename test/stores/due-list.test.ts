// The generic due-list: exact order, withdrawal, and a model that sorts.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDueList, isQueuedAt, type Ticket } from '../../src/domain/due-list.ts';

describe('the due-list', () => {
  it('hands out what is due in order of instants, within a second too', () => {
    const list = createDueList<string>();
    for (const [at, item] of [
      [5_002, 'c'],
      [90_000, 'e'],
      [5_001, 'b'],
      [4_999, 'a'],
      [5_003, 'd'],
    ] as const)
      list.add(at, item);
    expect(list.next()).toBe(4_999);
    expect(list.take(5_002, 10)).toEqual(['a', 'b', 'c']);
    expect(list.next()).toBe(5_003);
    expect(list.size).toBe(2);
  });

  it('keeps the order of adding among equal instants, over several takes', () => {
    const list = createDueList<number>();
    for (let item = 0; item < 9; item += 1) list.add(1_000, item);
    expect(list.take(1_000, 4)).toEqual([0, 1, 2, 3]);
    list.add(1_000, 9);
    expect(list.take(1_000, 9)).toEqual([4, 5, 6, 7, 8, 9]);
    expect(list.next()).toBeUndefined();
  });

  it('takes nothing before its instant', () => {
    const list = createDueList<string>();
    list.add(1_500, 'later');
    expect(list.take(1_499, 1)).toEqual([]);
    expect(list.take(1_500, 0)).toEqual([]);
    expect(list.take(1_500, 1)).toEqual(['later']);
  });

  it('withdraws an item once, and not one that was taken or cleared', () => {
    const list = createDueList<string>();
    const first = list.add(1_000, 'first');
    const second = list.add(1_000, 'second');
    list.withdraw(first);
    list.withdraw(first);
    expect(list.size).toBe(1);
    expect(list.take(1_000, 9)).toEqual(['second']);
    list.withdraw(second);
    const third = list.add(1_000, 'third');
    list.clear();
    list.add(1_000, 'fourth');
    list.withdraw(third);
    expect(list.size).toBe(1);
    expect(list.take(1_000, 9)).toEqual(['fourth']);
  });

  it('says of a ticket whether it is still queued, and when', () => {
    const list = createDueList<string>();
    const ticket = list.add(1_234, 'one');
    expect([isQueuedAt(ticket, 1_234), isQueuedAt(ticket, 1_235)]).toEqual([true, false]);
    list.take(1_234, 1);
    expect(isQueuedAt(ticket, 1_234)).toBe(false);
  });

  it('agrees with a list that is sorted each time', () => {
    const instant = fc.integer({ min: 0, max: 2_500 });
    const step = fc.oneof(
      { weight: 5, arbitrary: fc.record({ do: fc.constant('add' as const), at: instant }) },
      { weight: 3, arbitrary: fc.record({ do: fc.constant('withdraw' as const), which: fc.nat() }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('take' as const), now: instant, limit: fc.integer({ min: 0, max: 6 }) }) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 150, size: 'max' }), (steps) => {
        const list = createDueList<number>();
        const tickets: Ticket<number>[] = [];
        let model: { at: number; item: number }[] = [];
        for (const one of steps) {
          if (one.do === 'add') {
            model.push({ at: one.at, item: tickets.length });
            tickets.push(list.add(one.at, tickets.length));
          } else if (one.do === 'withdraw') {
            const ticket = tickets[one.which % Math.max(1, tickets.length)];
            if (!ticket) continue;
            list.withdraw(ticket);
            model = model.filter(({ item }) => item !== ticket.item);
          } else {
            const due = model.filter(({ at }) => at <= one.now).slice(0, one.limit);
            expect(list.take(one.now, one.limit)).toEqual(due.map(({ item }) => item));
            model = model.filter((queued) => !due.includes(queued));
          }
          model.sort((a, b) => a.at - b.at || a.item - b.item);
          expect([list.size, list.next()]).toEqual([model.length, model[0]?.at]);
        }
      }),
      { numRuns: 100 },
    );
  });
});
