// One handler for each operation of the documents; the compiler insists that none is missing.
import type { Handlers } from '../handler.ts';
import { createControlHandlers } from './control.ts';
import { createGraphHandlers } from './graph.ts';
import { createNotificationHandlers } from './notifications.ts';
import type { HandlerParts } from './parts.ts';
import { createSubscriptionHandlers } from './subscriptions.ts';

export function createHandlers(parts: HandlerParts): Handlers {
  return {
    ...createGraphHandlers(parts),
    ...createSubscriptionHandlers(parts),
    ...createNotificationHandlers(parts),
    ...createControlHandlers(parts.control),
  };
}
