// Closes connections whose token has expired (4401), by the service clock.
import { createDueList, type Ticket } from '../domain/due-list.ts';
import type { Instant } from '../domain/model.ts';
import type { DueSource } from '../service/scheduler.ts';
import type { Connection } from './connection.ts';
import { nextTurn } from './loop-budget.ts';

/** Maximum number of connections closed per run. */
const batchSize = 256;

export interface TokenExpiryParts {
  readonly wakeBy: (instant: Instant) => void;
  /** The channels that are delivering, as functions that resolve when they are idle. */
  readonly busy: ReadonlySet<() => Promise<void>>;
  readonly onExpired: (connection: Connection) => void;
}

export function createTokenExpiry({ wakeBy, busy, onExpired }: TokenExpiryParts) {
  const ends = createDueList<Connection>();
  const source: DueSource = {
    next: async () => ends.next(),
    run: async (now) => {
      const due = ends.take(now, batchSize);
      for (const connection of due) if (connection.closingSince === undefined) onExpired(connection);
      return due.length > 0;
    },
    settled: async () => {
      await nextTurn();
      for (const idle of [...busy]) await idle();
    },
  };
  return {
    source,
    add: (at: Instant, connection: Connection): Ticket<Connection> => {
      const ticket = ends.add(at, connection);
      wakeBy(at);
      return ticket;
    },
    withdraw: (ticket: Ticket<Connection>) => ends.withdraw(ticket),
  };
}
