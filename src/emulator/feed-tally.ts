// Counts what is delivered in one feed between two moments at which all is written: an addition for each device, no more.
import type { DeliveryEvent } from '../domain/log-event.ts';
import type { Notification, Subscription, Unsid } from '../domain/model.ts';

export interface Delivery {
  readonly notification: Notification;
  readonly change: DeliveryEvent['change'];
  /** Devices that it was sent to. */
  sent: number;
}

/** A device that got notifications from before. */
export interface CaughtUp {
  readonly device: Subscription;
  count: number;
}

export interface FeedTally {
  /** A change is about to be delivered. Returns the delivery of an earlier one of this notification that has reached some devices only. */
  begin(notification: Notification, change: DeliveryEvent['change']): Delivery | undefined;
  /** A message about this notification was written to the device. */
  sent(device: Subscription, notification: Notification): void;
  deliveries(): Iterable<Delivery>;
  caughtUp(): Iterable<CaughtUp>;
}

export function createFeedTally(): FeedTally {
  const deliveries = new Map<string, Delivery>();
  const caughtUp = new Map<Unsid, CaughtUp>();
  /** Calls that follow each other mostly concern the same one. */
  let last: Delivery | undefined;

  function find(notification: Notification): Delivery | undefined {
    if (last?.notification !== notification) last = deliveries.get(notification.id);
    return last?.notification.position === notification.position ? last : undefined;
  }

  return {
    begin: (notification, change) => {
      const earlier = deliveries.get(notification.id);
      // To devices that have not seen it at all it is a new one.
      const isNew = earlier?.sent === 0 && earlier.change === 'published' && change !== 'deleted';
      last = undefined;
      deliveries.set(notification.id, { notification, change: isNew ? 'published' : change, sent: 0 });
      return earlier && earlier.sent > 0 ? earlier : undefined;
    },
    sent: (device, notification) => {
      const delivery = find(notification);
      if (delivery) {
        delivery.sent += 1;
        return;
      }
      const known = caughtUp.get(device.unsid);
      if (known) known.count += 1;
      else caughtUp.set(device.unsid, { device, count: 1 });
    },
    deliveries: () => deliveries.values(),
    caughtUp: () => caughtUp.values(),
  };
}

export function changeOf(notification: Notification): DeliveryEvent['change'] {
  if (notification.status === 'Deleted') return 'deleted';
  const { position, createdPosition, contentPosition } = notification;
  if (position === createdPosition) return 'published';
  return position === contentPosition ? 'replaced' : 'changed';
}
