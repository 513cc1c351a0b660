// What falls due runs in order, each at its own instant, with one wake-up for all.
import { describe, expect, it } from 'vitest';
import { createDueList } from '../../src/domain/due-list.ts';
import { createLocalSignals } from '../../src/runtime/signals.ts';
import { createScheduler, type DueSource } from '../../src/service/scheduler.ts';
import { createTestClock, createTestTimer, settle } from '../support/time.ts';

function setUp() {
  const clock = createTestClock(0);
  const timer = createTestTimer();
  const errors: unknown[] = [];
  const signals = createLocalSignals((error) => errors.push(error));
  const ran: string[] = [];
  const turns = { count: 0 };
  const turn = async () => {
    turns.count += 1;
    await settle(1);
  };
  const scheduler = createScheduler({ clock, timer, signals, turn, onError: (error) => errors.push(error) });
  const list = createDueList<string>();
  /** Two at a time; the items named `bad` fail, the others do not. */
  const source: DueSource = {
    next: async () => list.next(),
    run: async (now, report) => {
      const due = list.take(now, 2);
      for (const name of due) {
        if (name === 'bad') report(new Error('bad failed'));
        else ran.push(`${name} at ${clock.now()}`);
      }
      return due.length === 2;
    },
  };
  scheduler.addSource(source);
  /** Real time passes, and the service clock with it. */
  const pass = async (milliseconds: number) => {
    clock.moveTo(clock.now() + milliseconds);
    timer.advance(milliseconds);
    await settle();
  };
  return { clock, timer, signals, errors, ran, list, scheduler, turns, pass };
}

type Failing = 'next' | 'run' | 'settled';

/** A source that wants to run now, and fails while it is broken; counts how often it was asked. */
function createFailingSource(failing: Failing) {
  const state = { isBroken: true, wants: 0 as number | undefined, asked: 0, ran: 0 };
  const ask = (what: Failing) => {
    if (what !== failing || !state.isBroken) return;
    state.asked += 1;
    throw new Error(`${what} failed`);
  };
  const source: DueSource = {
    next: async () => {
      ask('next');
      return state.wants;
    },
    run: async (now) => {
      if (state.wants === undefined || state.wants > now) return false;
      ask('run');
      // What settles late has been done before it fails.
      state.wants = undefined;
      state.ran += 1;
      return false;
    },
    settled: async () => ask('settled'),
  };
  return { source, state };
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

describe('a failure of what falls due', () => {
  it('ends an advance with an error that says what failed, after all the rest has been done', async () => {
    const { list, scheduler, ran, errors, clock } = setUp();
    list.add(1_000, 'bad');
    list.add(1_000, 'a');
    list.add(2_000, 'b');
    await expect(scheduler.advance(3_000)).rejects.toMatchObject({ message: expect.stringContaining('bad failed') });
    expect(ran).toEqual(['a at 1000', 'b at 2000']);
    expect(clock.now()).toBe(3_000);
    expect(errors).toEqual([]);
  });

  it('is reported once when no advance waits for it', async () => {
    const { list, scheduler, ran, errors, pass } = setUp();
    list.add(1_000, 'bad');
    list.add(1_000, 'a');
    scheduler.wakeBy(1_000);
    await pass(1_000);
    expect(ran).toEqual(['a at 1000']);
    expect(errors).toMatchObject([{ errors: [{ message: 'bad failed' }] }]);
  });

  it('is reported with its number and the first few when there are many', async () => {
    const { list, scheduler } = setUp();
    for (let count = 0; count < 5_000; count += 1) list.add(1_000 + count, 'bad');
    const failure: unknown = await scheduler.advance(10_000).catch((error: unknown) => error);
    expect(failure).toMatchObject({ message: expect.stringContaining('5000') });
    expect((failure as AggregateError).errors.length).toBeLessThanOrEqual(16);
  });

  it('does not stop the next wake-up', async () => {
    const { list, scheduler, ran, pass } = setUp();
    list.add(1_000, 'bad');
    list.add(2_000, 'later');
    scheduler.wakeBy(1_000);
    await pass(1_000);
    await pass(1_000);
    expect(ran).toEqual(['later at 2000']);
  });
});

describe.each(['next', 'run', 'settled'] as const)('a source whose %s rejects', (failing) => {
  it('does not keep the others from running on time', async () => {
    const { list, scheduler, ran, pass } = setUp();
    const { source } = createFailingSource(failing);
    scheduler.addSource(source);
    list.add(1_000, 'a');
    list.add(2_000, 'b');
    scheduler.wakeBy(1_000);
    await pass(1_000);
    await pass(1_000);
    expect(ran).toEqual(['a at 1000', 'b at 2000']);
  });

  it('ends an advance with its error, once, with the clock at its end and the others done', async () => {
    const { list, scheduler, ran, errors, clock } = setUp();
    const { source, state } = createFailingSource(failing);
    scheduler.addSource(source);
    list.add(1_000, 'a');
    list.add(2_000, 'b');
    await expect(scheduler.advance(3_000)).rejects.toMatchObject({ errors: [{ message: `${failing} failed` }] });
    expect(ran).toEqual(['a at 1000', 'b at 2000']);
    expect(clock.now()).toBe(3_000);
    expect(state.asked).toBe(1);
    expect(errors).toEqual([]);
  });

  it('is asked again by itself, after a second, then ever later up to a minute, with one report each time', async () => {
    const { scheduler, errors, pass } = setUp();
    const { source, state } = createFailingSource(failing);
    scheduler.addSource(source);
    scheduler.wakeBy(0);
    await pass(0);
    for (const [seconds, asked] of [
      [0.9, 1],
      [0.1, 2],
      [1.9, 2],
      [0.1, 3],
      [4, 4],
      [8, 5],
      [16, 6],
      [32, 7],
      [60, 8],
      [60, 9],
    ] as const) {
      if (failing === 'settled') state.wants = 0;
      await pass(seconds * 1_000);
      expect([state.asked, errors.length]).toEqual([asked, asked]);
    }
  });

  it('runs what it missed as soon as it is well again, and starts again with a second when it fails once more', async () => {
    const { scheduler, errors, pass } = setUp();
    const { source, state } = createFailingSource(failing);
    scheduler.addSource(source);
    scheduler.wakeBy(0);
    await pass(0);
    await pass(1_000);
    state.isBroken = false;
    await pass(2_000);
    expect([state.ran > 0, state.wants]).toEqual([true, undefined]);
    Object.assign(state, { isBroken: true, wants: 0 });
    scheduler.wakeBy(0);
    await pass(0);
    const reported = errors.length;
    await pass(1_000);
    expect(errors).toHaveLength(reported + (failing === 'settled' ? 0 : 1));
  });

  it('is asked by an advance even while it rests', async () => {
    const { scheduler, pass } = setUp();
    const { source, state } = createFailingSource(failing);
    scheduler.addSource(source);
    scheduler.wakeBy(0);
    await pass(0);
    state.isBroken = false;
    state.wants = 1;
    await scheduler.advance(10);
    expect(state.wants).toBeUndefined();
  });
});

describe('a source that asks for an instant at which it has nothing to do', () => {
  it('ends an advance with an error instead of holding it for ever', async () => {
    const { scheduler, list, ran } = setUp();
    scheduler.addSource({ next: async () => 500, run: async () => false });
    list.add(1_000, 'a');
    await expect(scheduler.advance(2_000)).rejects.toThrow('500');
    expect(ran).toEqual(['a at 1000']);
  });

  it('may be early', async () => {
    const { scheduler } = setUp();
    let next: number | undefined = 500;
    scheduler.addSource({
      next: async () => next,
      run: async (now) => {
        next = now < 700 ? 700 : undefined;
        return false;
      },
    });
    await scheduler.advance(1_000);
    expect(next).toBeUndefined();
  });
});

describe('a replacement that fails', () => {
  it('rejects, and what was there goes on falling due', async () => {
    const { list, scheduler, ran, pass, errors } = setUp();
    list.add(1_000, 'a');
    await expect(
      scheduler.replace(async () => {
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    await pass(1_000);
    expect(ran).toEqual(['a at 1000']);
    expect(errors).toEqual([]);
  });
});

describe('much that falls due at once', () => {
  it('is done in slices, in order, with a turn for others between them', async () => {
    const { list, scheduler, ran, turns } = setUp();
    const names = Array.from({ length: 1_001 }, (_, index) => `n${index}`);
    for (const name of names) list.add(1_000, name);
    await scheduler.advance(1_000);
    expect(ran).toEqual(names.map((name) => `${name} at 1000`));
    expect(turns.count).toBe(500);
  });
});
