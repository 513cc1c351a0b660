// Received messages that no caller has taken yet, and the callers that wait for one.
import type { ClientTimer } from '../client/timer.ts';
import { DeviceError } from './device-error.ts';
import { createBudget, type Limits, memoryOf } from './memory.ts';
import { formatAllReceived, type Received } from './received.ts';

export type Predicate = (received: Received) => boolean;

interface Waiter {
  readonly wants: Predicate;
  readonly take: (received: Received) => void;
  readonly fail: (error: Error) => void;
}

export interface Mailbox {
  deliver(received: Received): void;
  next(wants: Predicate, timeoutMs: number | undefined): Promise<Received>;
  /** Rejects all current and later waits with this error: no more messages will arrive. */
  end(error: Error): void;
  /** Allows waiting again after `end`, when the device reconnects. */
  reopen(): void;
}

interface MailboxOptions {
  /** Of the messages that are stored for later callers; the oldest are dropped. */
  readonly limits: Limits;
  readonly timer: ClientTimer;
  readonly name: string;
  readonly received: () => readonly Received[];
}

export function createMailbox(options: MailboxOptions): Mailbox {
  const untaken: Received[] = [];
  const stored = createBudget<Received>(options.limits);
  const waiters = new Set<Waiter>();
  let ended: Error | undefined;
  const timeoutError = (timeoutMs: number): DeviceError =>
    new DeviceError(
      'Timeout',
      `${options.name}: no matching message arrived within ${timeoutMs} ms; ${formatAllReceived(options.received())}.`,
    );
  return {
    deliver(received) {
      for (const waiter of waiters) {
        if (waiter.wants(received)) return waiter.take(received);
      }
      untaken.push(received);
      untaken.splice(0, stored.add(received, memoryOf(received)).length);
    },
    next(wants, timeoutMs) {
      const at = untaken.findIndex(wants);
      const [found] = at < 0 ? [] : untaken.splice(at, 1);
      if (found) {
        stored.remove(found);
        return Promise.resolve(found);
      }
      if (ended) return Promise.reject(ended);
      return new Promise((resolve, reject) => {
        let cancel = (): void => undefined;
        const leave = (): void => {
          cancel();
          waiters.delete(waiter);
        };
        const waiter: Waiter = {
          wants,
          take: (received) => {
            leave();
            resolve(received);
          },
          fail: (error) => {
            leave();
            reject(error);
          },
        };
        waiters.add(waiter);
        if (timeoutMs !== undefined) cancel = options.timer.after(timeoutMs, () => waiter.fail(timeoutError(timeoutMs)));
      });
    },
    end(error) {
      ended = error;
      for (const waiter of [...waiters]) waiter.fail(error);
    },
    reopen() {
      ended = undefined;
    },
  };
}
