// What every use case works with: the ports, and the limits that the documents state.

import type { Activity } from '../domain/activity.ts';
import type { Clock, Ids, Lifetimes, Registry, Signals, Stores } from '../domain/ports.ts';

export interface ServiceContext {
  readonly stores: Stores;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly signals: Signals;
  readonly registry: Registry;
  /** Resolves in the next turn of the event loop, so that long work leaves turns to others. */
  readonly turn: () => Promise<void>;
  readonly lifetimes: Lifetimes;
  /** Observes what happens; undefined where there is no observer. */
  readonly activity?: Activity | undefined;
  /** Bytes of notifications, as JSON, at which a page of the history ends (D25). */
  readonly maxPageBytes: number;
  /** Bytes of items, as JSON, at which a view leaves out the older ones (D38). */
  readonly maxViewBytes: number;
}
