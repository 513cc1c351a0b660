// The service as the edges see it: its use cases over one set of ports.
import type { ServiceContext } from './context.ts';
import { createDelivery } from './delivery.ts';
import { createDueHandler } from './due.ts';
import { createHistory } from './history.ts';
import { observedDue } from './observed-due.ts';
import { createPublish } from './publish.ts';
import type { DueSource } from './scheduler.ts';
import { createSubscriptions } from './subscriptions.ts';

const dueBatch = 256;

export function createService(context: ServiceContext) {
  const fallDue = observedDue(createDueHandler(context), context);
  const due: DueSource = {
    next: () => context.stores.due.next(),
    run: async (now) => {
      const items = await context.stores.due.take(now, dueBatch);
      const errors: unknown[] = [];
      for (const item of items) await fallDue(item).catch((error: unknown) => errors.push(error));
      if (errors.length > 0) throw new AggregateError(errors, 'what fell due could not all be done');
      return items.length > 0;
    },
  };
  return {
    publish: createPublish(context),
    subscriptions: createSubscriptions(context),
    history: createHistory(context),
    delivery: createDelivery(context),
    due,
  };
}

export type Service = ReturnType<typeof createService>;
