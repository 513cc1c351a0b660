// Decides when which cursor is acknowledged (R2): after the handlers, perhaps later, never past something held back.
import type { ClientTimer } from '../client/timer.ts';

export interface Acknowledger {
  /** All up to this cursor has been handled, but for what is held back. */
  handled(cursor: string): void;
  /** While anything is held back nothing is acknowledged: a cursor counts for all before it. */
  hold(): void;
  release(): void;
  /** Forgets what was held back without acknowledging it: it will be delivered again. */
  forget(): void;
  /** The last cursor that was really sent. */
  readonly sent: string | undefined;
  /** Forgets what still waits; after this nothing is sent. */
  stop(): void;
}

export function createAcknowledger(options: {
  delayMs: () => number;
  timer: ClientTimer;
  /** False when there is no line to send it on. */
  send: (cursor: string) => boolean;
}): Acknowledger {
  let sequence = 0;
  let sentSequence = 0;
  let sent: string | undefined;
  let isOnHold = false;
  let isStopped = false;
  let latest: { sequence: number; cursor: string } | undefined;
  const waits = new Set<() => void>();

  const send = (item: { sequence: number; cursor: string }): void => {
    if (isOnHold || isStopped || item.sequence <= sentSequence || !options.send(item.cursor)) return;
    sentSequence = item.sequence;
    sent = item.cursor;
  };
  const schedule = (item: { sequence: number; cursor: string }): void => {
    const delayMs = options.delayMs();
    if (delayMs <= 0) {
      send(item);
      return;
    }
    const cancel = options.timer.after(delayMs, () => {
      waits.delete(cancel);
      send(item);
    });
    waits.add(cancel);
  };
  return {
    handled(cursor) {
      sequence += 1;
      latest = { sequence, cursor };
      if (!isOnHold) schedule(latest);
    },
    hold() {
      isOnHold = true;
    },
    release() {
      isOnHold = false;
      if (latest && latest.sequence > sentSequence) schedule(latest);
    },
    forget() {
      isOnHold = false;
      latest = undefined;
    },
    get sent() {
      return sent;
    },
    stop() {
      isStopped = true;
      for (const cancel of waits) cancel();
      waits.clear();
    },
  };
}
