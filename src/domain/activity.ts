// The port through which core and socket report what they do, for a log. Nothing depends on it, and without an observer there is none.
import type { FeedKey, Notification, Subscription } from './model.ts';

/** A device's connection, as far as an observer needs it. */
export interface ObservedConnection {
  readonly subscription: Subscription;
  /** Since when it is being closed, by whichever side; nothing is delivered to it from then on. */
  readonly closingSince: number | undefined;
}

/** How a connection ended; `line`: without a close frame. */
export interface ConnectionEnd {
  readonly code: number;
  readonly reason: string;
  readonly by: 'emulator' | 'device' | 'network';
}

/** The deliveries of one feed. */
export interface FeedActivity {
  /** A message about this notification was written to a device. Called once for each device, so it must cost next to nothing. */
  sent(device: Subscription, notification: Notification): void;
  toastSent(device: Subscription, notification: Notification): void;
  /** All that can be written now is written. */
  settled(): void;
}

export interface Activity {
  opened(connection: ObservedConnection, resumed: boolean): void;
  closed(connection: ObservedConnection, end: ConnectionEnd): void;
  /** A notification was published, replaced, changed or deleted, and stored; its delivery begins after this call. */
  changed(feed: FeedKey, notification: Notification): void;
  feed(feed: FeedKey): FeedActivity;
  /** A fallback is due and this many devices have not fetched its notification. */
  fallbackDue(feed: FeedKey, notification: Notification, devices: number): void;
  notificationExpired(feed: FeedKey, notification: Notification): void;
  subscriptionExpired(subscription: Subscription): void;
}
