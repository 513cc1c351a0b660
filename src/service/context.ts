// What every use case works with: the ports, and the lifetimes that the documents state.

import type { Activity } from '../domain/activity.ts';
import type { Clock, Ids, Registry, Signals, Stores } from '../domain/ports.ts';

export interface Lifetimes {
  /** How long a notification lives that names no expiration (F8), milliseconds. */
  readonly notificationMs: number;
  /** How long a subscription lives unless it is renewed (D12), milliseconds. */
  readonly subscriptionMs: number;
}

export interface ServiceContext {
  readonly stores: Stores;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly signals: Signals;
  readonly registry: Registry;
  readonly lifetimes: Lifetimes;
  /** Observes what happens; undefined where there is no observer. */
  readonly activity?: Activity | undefined;
  /** Bytes of notifications, as JSON, at which a page of the history ends (D25). */
  readonly maxPageBytes: number;
}
