// What falls due runs in order, each at its own instant, with one wake-up for all.
import { describe, expect, it } from 'vitest';
import { createDueList } from '../../src/domain/due-list.ts';
import { createScheduler } from '../../src/service/scheduler.ts';
import { createTestClock, createTestTimer, settle } from '../support/time.ts';

function setUp(fail = false) {
  const clock = createTestClock(0);
  const timer = createTestTimer();
  const errors: unknown[] = [];
  const ran: string[] = [];
  const list = createDueList<string>();
  const scheduler = createScheduler({ clock, timer, onError: (error) => errors.push(error) });
  scheduler.addSource({
    next: async () => list.next(),
    run: async (now) => {
      const due = list.take(now, 2);
      for (const name of due) ran.push(`${name} at ${clock.now()}`);
      if (fail && due.length > 0) throw new Error('failed');
      return due.length > 0;
    },
  });
  return { clock, timer, errors, ran, list, scheduler };
}

describe('the scheduler', () => {
  it('runs what falls due on the way of an advance in order, with the clock at each instant', async () => {
    const { list, scheduler, ran, clock } = setUp();
    for (const [at, name] of [
      [3_000, 'c'],
      [1_000, 'a'],
      [2_500, 'b'],
      [9_000, 'late'],
      [1_000, 'a2'],
      [1_000, 'a3'],
    ] as const)
      list.add(at, name);
    await scheduler.advance(5_000);
    expect(ran).toEqual(['a at 1000', 'a2 at 1000', 'a3 at 1000', 'b at 2500', 'c at 3000']);
    expect(clock.now()).toBe(5_000);
  });

  it('wakes by real time for the earliest instant, also for one that is added later', async () => {
    const { list, scheduler, ran, timer, clock } = setUp();
    list.add(10_000, 'b');
    scheduler.wakeBy(10_000);
    list.add(4_000, 'a');
    scheduler.wakeBy(4_000);
    clock.moveTo(4_000);
    timer.advance(4_000);
    await settle();
    expect(ran).toEqual(['a at 4000']);
    clock.moveTo(10_000);
    timer.advance(6_000);
    await settle();
    expect(ran).toEqual(['a at 4000', 'b at 10000']);
  });

  it('does not wake early for an instant months away', async () => {
    const { list, scheduler, ran, timer } = setUp();
    const month = 30 * 86_400_000;
    list.add(month, 'x');
    scheduler.wakeBy(month);
    timer.advance(86_400_000);
    await settle();
    expect(ran).toEqual([]);
  });

  it('reports what fails and goes on with the rest', async () => {
    const { list, scheduler, ran, errors } = setUp(true);
    list.add(1_000, 'a');
    list.add(2_000, 'b');
    await scheduler.advance(3_000);
    expect(ran).toEqual(['a at 1000', 'b at 2000']);
    expect(errors).toHaveLength(2);
  });

  it('lets its contents be replaced only between two runs, so that an advance under way cannot move the clock afterwards', async () => {
    const { list, scheduler, ran, clock } = setUp();
    list.add(1_000, 'a');
    list.add(2_000, 'b');
    const advanced = scheduler.advance(5_000);
    const replaced = scheduler.replace(async () => {
      list.clear();
      clock.reset();
    });
    await Promise.all([advanced, replaced]);
    expect(ran).toEqual(['a at 1000', 'b at 2000']);
    expect(clock.now()).toBe(0);
  });

  it('runs nothing once it is stopped', async () => {
    const { list, scheduler, ran, timer, clock } = setUp();
    list.add(1_000, 'a');
    scheduler.wakeBy(1_000);
    await scheduler.stop();
    clock.moveTo(1_000);
    timer.advance(1_000);
    await settle();
    expect(ran).toEqual([]);
  });
});
