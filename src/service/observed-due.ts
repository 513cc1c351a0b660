// Reports what expires. The stores say of it only that it is gone, so it is read before its end, and only for an observer.
import { isActive } from '../domain/notification.ts';
import type { Due } from '../domain/store-ports.ts';
import type { ServiceContext } from './context.ts';

type FallDue = (due: Due) => Promise<void>;

/** The handler itself where there is no observer. */
export function observedDue(fallDue: FallDue, { stores, clock, activity }: ServiceContext): FallDue {
  if (!activity) return fallDue;
  return async (due) => {
    if (due.kind === 'fallback') return fallDue(due);
    // At its own instant the stores return nothing of it.
    const [before, now] = [due.at - 1, clock.now()];
    if (due.kind === 'notification-expiry') {
      const notification = await stores.notifications.get(due.feed, due.id, before);
      await fallDue(due);
      // What is left of a deleted one ends unseen.
      if (isActive(notification) && notification.expiresAt <= now) activity.notificationExpired(due.feed, notification);
      return;
    }
    const subscription = await stores.subscriptions.get(due.unsid, before);
    await fallDue(due);
    if (subscription && subscription.expiresAt <= now) activity.subscriptionExpired(subscription);
  };
}
