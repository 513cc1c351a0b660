// Runs what falls due, in order, by the service clock: one wake-up for everything, and every step of an advance at its own instant.
import type { Instant } from '../domain/model.ts';
import type { Cancel, Clock, Signal, Signals, Timer } from '../domain/ports.ts';
import { createPass, type DueSource, type Pass } from './due-pass.ts';

export type { DueSource } from './due-pass.ts';

export interface Scheduler {
  addSource(source: DueSource): void;
  /** Something falls due at this instant. */
  wakeBy(instant: Instant): void;
  /**
   * Moves the service clock; resolves when all that fell due on the way is done. What fails does not stop the rest or the clock: it is
   * tried again later. @throws AggregateError of what failed
   */
  advance(milliseconds: number): Promise<void>;
  /** Replaces what the sources hold, between two runs, and looks at all of them anew. */
  replace(change: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

/** Timers hold 31 bits of milliseconds; a later instant is looked at again after a day. */
const maxWaitMs = 86_400_000;
/** A source that fails is left alone for a second, then for twice as long each time, up to a minute of real time. */
const minRestMs = 1_000;
const maxRestMs = 60_000;

export interface SchedulerParts {
  readonly clock: Clock;
  readonly timer: Timer;
  /** Say what falls due earlier, also when another process has stored it. */
  readonly signals: Pick<Signals, 'subscribe'>;
  /** Resolves after everything else that is ready has had its turn. */
  readonly turn: () => Promise<void>;
  /** What failed in one wake-up, together. */
  readonly onError: (error: unknown) => void;
}

interface Rest {
  /** Failures in a row. */
  readonly failures: number;
  /** Monotonic milliseconds. */
  readonly until: number;
}

export function createScheduler({ clock, timer, signals, turn, onError }: SchedulerParts): Scheduler {
  const sources: DueSource[] = [];
  const rests = new Map<DueSource, Rest>();
  let armedAt: Instant | undefined;
  let cancel: Cancel | undefined;
  let stopped = false;
  let last: Promise<void> = Promise.resolve();

  /** One run at a time, whatever asked for it. */
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
    cancel = timer.after(Math.min(Math.max(0, at - clock.now()), maxWaitMs), () => {
      disarm();
      exclusively(() => runUntil(clock.now(), awake())).catch(onError);
    });
  }

  const isResting = (source: DueSource): boolean => (rests.get(source)?.until ?? 0) > timer.now();
  const awake = (): readonly DueSource[] => sources.filter((source) => !isResting(source));

  function rest(source: DueSource): void {
    const failures = (rests.get(source)?.failures ?? 0) + 1;
    rests.set(source, { failures, until: timer.now() + Math.min(maxRestMs, minRestMs * 2 ** (failures - 1)) });
  }

  /** Runs what is due by `target` of these sources, and sets the next wake-up in any case. @throws AggregateError of what failed */
  async function runUntil(target: Instant, chosen: readonly DueSource[]): Promise<void> {
    const pass = createPass({ sources: chosen, turn, isStopped: () => stopped, onSourceFailure: rest });
    await step(pass, target);
    for (const source of pass.able) rests.delete(source);
    await armNext(pass);
    pass.throwFailures();
  }

  /** Moves the clock from one due instant to the next. */
  async function step(pass: Pass, target: Instant): Promise<void> {
    for (let next = await pass.earliest(); next !== undefined && next <= target && !stopped; next = await pass.earliest()) {
      clock.moveTo(next);
      await pass.run(next);
    }
    if (!stopped) clock.moveTo(target);
  }

  /** Those that rest are looked at again when they have rested. */
  async function armNext(pass: Pass): Promise<void> {
    disarm();
    const next = await pass.earliest();
    if (next !== undefined) arm(next);
    for (const { until } of rests.values()) arm(clock.now() + Math.max(0, until - timer.now()));
  }

  function onSignal(signal: Signal): void {
    if (signal.kind === 'due-changed') arm(signal.at);
    else if (signal.kind === 'resync') arm(clock.now());
  }

  const stopListening = signals.subscribe(onSignal);

  return {
    addSource: (source) => {
      sources.push(source);
    },
    wakeBy: arm,
    advance: (milliseconds) => exclusively(() => runUntil(clock.now() + milliseconds, sources)),
    replace: (change) =>
      exclusively(async () => {
        try {
          await change();
        } finally {
          arm(clock.now());
        }
      }),
    stop: async () => {
      stopped = true;
      stopListening();
      disarm();
      await last;
    },
  };
}
