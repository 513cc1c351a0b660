// Decides which cursor is acknowledged and when (R2): after the handlers, optionally delayed, and never past a deferred message.
import type { ClientTimer } from '../client/timer.ts';

export interface Acknowledger {
  /** Everything up to this cursor has been handled, except deferred messages. */
  handled(cursor: string): void;
  /** Stops acknowledging while a message is deferred, because a cursor acknowledges everything before it. */
  hold(): void;
  release(): void;
  /** Discards the cursors of deferred messages without acknowledging them: they will be delivered again. */
  forget(): void;
  /** The last cursor that was sent. */
  readonly sent: string | undefined;
  /** Discards pending acknowledgements and sends no more. */
  stop(): void;
}

export function createAcknowledger(options: {
  delayMs: () => number;
  timer: ClientTimer;
  /** Returns false if there is no connection. */
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
