// One handler for each operation of the documents; the compiler reports a missing one.
import type { Handlers } from '../handler.ts';
import { createActivityHandlers } from './activities.ts';
import { createActivitySubscriptionHandlers } from './activity-subscriptions.ts';
import { createBatchHandler } from './batch.ts';
import { createControlHandlers } from './control.ts';
import { createDiscoveryHandlers } from './discovery.ts';
import { createGraphHandlers } from './graph.ts';
import { createNotificationHandlers } from './notifications.ts';
import type { HandlerParts } from './parts.ts';
import { createSignInHandlers } from './sign-in.ts';
import { createSubscriptionHandlers } from './subscriptions.ts';
import { createTokenHandlers } from './tokens.ts';
import { createUserHandlers } from './users.ts';

export function createHandlers(parts: HandlerParts): Handlers {
  return {
    ...createGraphHandlers(parts),
    ...createBatchHandler(),
    ...createSubscriptionHandlers(parts),
    ...createNotificationHandlers(parts),
    ...createControlHandlers(parts.control),
    ...createDiscoveryHandlers(parts),
    ...createUserHandlers(parts),
    ...createTokenHandlers(parts),
    ...createSignInHandlers(parts),
    ...createActivityHandlers(parts),
    ...createActivitySubscriptionHandlers(parts),
  };
}
