// The control surface: health, reset and the service clock. Only the emulator has it.
import type { Clock, Stores } from '../../domain/ports.ts';
import { instantText } from '../../domain/wire.ts';
import type { Handlers } from '../handler.ts';

export interface ControlParts {
  readonly version: string;
  /** By the service clock. */
  readonly startedAt: number;
  readonly clock: Clock;
  readonly stores: Stores;
  readonly hub: { readonly count: () => number };
  readonly reset: () => Promise<void>;
  readonly advance: (seconds: number) => Promise<void>;
}

export function createControlHandlers({ version, startedAt, clock, stores, hub, reset, advance }: ControlParts) {
  return {
    getHealth: async () => ({
      status: 200,
      body: {
        status: 'ready',
        version,
        now: instantText(clock.now()),
        startedDateTime: instantText(startedAt),
        notifications: await stores.notifications.count(),
        subscriptions: await stores.subscriptions.count(),
        connections: hub.count(),
      },
    }),
    resetEmulator: async () => {
      await reset();
      return { status: 204 };
    },
    advanceClock: async ({ body }) => {
      await advance(body.seconds);
      return { status: 200, body: { now: instantText(clock.now()) } };
    },
  } satisfies Partial<Handlers>;
}
