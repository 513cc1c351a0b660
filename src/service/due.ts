// What happens when something falls due: a notification expires (F9, D10), a fallback's toasts become pending (F16, R9), a subscription ends (D12).
import { isActive, isMeantFor } from '../domain/notification.ts';
import type { Due } from '../domain/store-ports.ts';
import type { ServiceContext } from './context.ts';

export function createDueHandler({ stores, clock, signals, activity }: ServiceContext) {
  type FallbackDue = Extract<Due, { kind: 'fallback' }>;

  async function addToasts({ feed, id }: FallbackDue): Promise<void> {
    const now = clock.now();
    const notification = await stores.notifications.get(feed, id, now);
    if (!isActive(notification) || !notification.content.fallback || notification.content.fallback.dueAt > now) return;
    const subscriptions = await stores.subscriptions.ofFeed(feed, now);
    const unsids = subscriptions
      .filter((device) => device.platform === 'iOS' && device.start < notification.contentPosition && isMeantFor(notification, device))
      .map(({ unsid }) => unsid);
    const devices = await stores.fallbacks.settle(feed, id, now, unsids);
    activity?.fallbackDue(feed, notification, devices.length);
    for (const unsid of devices) signals.publish({ kind: 'toast-pending', unsid, feed });
  }

  return async function fallDue(due: Due): Promise<void> {
    switch (due.kind) {
      case 'notification-expiry':
        return stores.notifications.removeExpired(due.feed, due.id, clock.now());
      case 'fallback':
        return addToasts(due);
      case 'subscription-expiry':
        if (await stores.subscriptions.removeExpired(due.unsid, clock.now())) {
          signals.publish({ kind: 'subscription-ended', unsid: due.unsid });
        }
    }
  };
}
