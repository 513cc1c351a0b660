// A log that keeps its events, and waits for the next of a kind by event, never by time.
import type { LogEvent } from '../../src/domain/log-event.ts';
import type { Log } from '../../src/domain/ports.ts';

type Kind = LogEvent['event'];
type Of<K extends Kind> = Extract<LogEvent, { event: K }>;

export interface EventList {
  /** To be put in place of an emulator's own; messages and errors are dropped. */
  readonly log: Log;
  readonly events: LogEvent[];
  /** The first event of this kind that was not taken yet; waits for it. */
  next<K extends Kind>(kind: K): Promise<Of<K>>;
}

export function createEventList(isDetailed = false): EventList {
  const events: LogEvent[] = [];
  const taken = new Set<LogEvent>();
  const waiting = new Set<() => void>();
  const quiet = () => undefined;
  const write = (event: LogEvent) => {
    events.push(event);
    for (const look of [...waiting]) look();
  };
  return {
    events,
    log: { error: quiet, warn: quiet, info: quiet, debug: quiet, events: { isDetailed, write } },
    next: <K extends Kind>(kind: K) =>
      new Promise<Of<K>>((resolve) => {
        const look = () => {
          const found = events.find((event): event is Of<K> => event.event === kind && !taken.has(event));
          if (!found) return;
          taken.add(found);
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
  };
}
