// One handler for each operation of the documents; the compiler insists that none is missing.
import type { Clock } from '../../domain/ports.ts';
import type { Service } from '../../service/service.ts';
import type { Handlers } from '../handler.ts';
import { type ControlParts, createControlHandlers } from './control.ts';
import { createGraphHandlers } from './graph.ts';
import { createNotificationHandlers } from './notifications.ts';
import { createSubscriptionHandlers } from './subscriptions.ts';

export interface HandlerParts {
  readonly service: Service;
  readonly clock: Clock;
  /** Path of the device socket, for `socketUrl`. */
  readonly socketPath: string;
  readonly control: ControlParts;
}

export function createHandlers(parts: HandlerParts): Handlers {
  return {
    ...createGraphHandlers(parts),
    ...createSubscriptionHandlers(parts),
    ...createNotificationHandlers(parts),
    ...createControlHandlers(parts.control),
  };
}
