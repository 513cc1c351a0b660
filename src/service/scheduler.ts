// Runs what falls due, in order, by the service clock: one wake-up for everything, and every step of an advance at its own instant.
import type { Instant } from '../domain/model.ts';
import type { Cancel, Clock, Timer } from '../domain/ports.ts';

/** Something that has instants at which it wants to run. */
export interface DueSource {
  /** The earliest instant; it may be early. */
  next(): Promise<Instant | undefined>;
  /** Runs some of what is due by `now`, in order; false when nothing was. */
  run(now: Instant): Promise<boolean>;
  /** Resolves when what was set going by it has been done, and lets others have a turn; time stands still until then. */
  settled?(): Promise<void>;
}

export interface Scheduler {
  addSource(source: DueSource): void;
  /** Something falls due at this instant. */
  wakeBy(instant: Instant): void;
  /** Moves the service clock; resolves when all that fell due on the way is done. */
  advance(milliseconds: number): Promise<void>;
  /** Replaces what the sources hold, between two runs, and looks at all of them anew. */
  replace(change: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

/** Timers hold 31 bits of milliseconds; a later instant is looked at again after a day. */
const longestWaitMs = 86_400_000;

export interface SchedulerParts {
  readonly clock: Clock;
  readonly timer: Timer;
  readonly onError: (error: unknown) => void;
}

export function createScheduler({ clock, timer, onError }: SchedulerParts): Scheduler {
  const sources: DueSource[] = [];
  let armedAt: Instant | undefined;
  let cancel: Cancel | undefined;
  let stopped = false;
  let last: Promise<void> = Promise.resolve();

  /** One run at a time, whoever asked. */
  function exclusively(run: () => Promise<void>): Promise<void> {
    const done = last.then(run);
    last = done.catch(() => undefined);
    return done;
  }

  function disarm(): void {
    cancel?.();
    cancel = undefined;
    armedAt = undefined;
  }

  function arm(at: Instant): void {
    if (stopped || (armedAt !== undefined && armedAt <= at)) return;
    disarm();
    armedAt = at;
    cancel = timer.after(Math.min(Math.max(0, at - clock.now()), longestWaitMs), () => {
      disarm();
      exclusively(() => runUntil(clock.now()).then(armNext)).catch(onError);
    });
  }

  async function armNext(): Promise<void> {
    disarm();
    const next = await earliest();
    if (next !== undefined) arm(next);
  }

  async function earliest(): Promise<Instant | undefined> {
    const nexts = await Promise.all(sources.map((source) => source.next()));
    const known = nexts.filter((next) => next !== undefined);
    return known.length === 0 ? undefined : Math.min(...known);
  }

  /** Runs everything due by `target`, moving the clock from one due instant to the next. */
  async function runUntil(target: Instant): Promise<void> {
    for (let next = await earliest(); next !== undefined && next <= target && !stopped; next = await earliest()) {
      clock.moveTo(next);
      for (const source of sources) {
        try {
          while (await source.run(next)) if (stopped) return;
        } catch (error) {
          onError(error);
        }
      }
      for (const source of sources) await source.settled?.();
    }
  }

  return {
    addSource: (source) => {
      sources.push(source);
    },
    wakeBy: arm,
    advance: (milliseconds) =>
      exclusively(async () => {
        const target = clock.now() + milliseconds;
        await runUntil(target);
        clock.moveTo(target);
        await armNext();
      }),
    replace: (change) =>
      exclusively(async () => {
        await change();
        await armNext();
      }),
    stop: async () => {
      stopped = true;
      disarm();
      await last;
    },
  };
}
