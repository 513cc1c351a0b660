// The service as the edges see it: its use cases over one set of ports.
import type { Due } from '../domain/store-ports.ts';
import { createActivities } from './activities.ts';
import type { ServiceContext } from './context.ts';
import { createDelivery } from './delivery.ts';
import { createDueHandler } from './due.ts';
import { createHistory } from './history.ts';
import { observedDue } from './observed-due.ts';
import { createPublish } from './publish.ts';
import type { DueSource } from './scheduler.ts';
import { createSubscriptions } from './subscriptions.ts';
import { createView } from './view.ts';

/** Items that are dealt with before others have a turn. */
const dueBatch = 256;

export function createService(context: ServiceContext) {
  const fallDue = observedDue(createDueHandler(context), context);
  const due: DueSource = {
    next: () => context.stores.due.next(),
    run: async (now, report) => {
      const items = await context.stores.due.take(now, dueBatch);
      const done: Due[] = [];
      for (const item of items) {
        try {
          await fallDue(item);
          done.push(item);
        } catch (error) {
          report(error);
        }
      }
      await context.stores.due.done(done);
      return items.length === dueBatch;
    },
  };
  const history = createHistory(context);
  const subscriptions = createSubscriptions(context);
  return {
    publish: createPublish(context),
    subscriptions,
    history,
    view: createView(context, history),
    activities: createActivities(context, { history, subscriptions }),
    delivery: createDelivery(context),
    due,
  };
}

export type Service = ReturnType<typeof createService>;
