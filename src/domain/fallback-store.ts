// The port for fallbacks: which wait, which devices have fetched what, and which toasts are pending (F16, R9).
import type { FeedKey, Instant, Notification, Position, Unsid } from './model.ts';

/** A toast that a device has not acknowledged yet. */
export interface PendingToast {
  readonly id: string;
  /** Its cursor when it was last sent; undefined when it never was. */
  readonly sentAt: Position | undefined;
}

/** Pending toasts, and which devices have fetched what (F16, R9). */
export interface FallbackStore {
  /** Active notifications of a feed whose fallback still waits. Usually none, and then it costs nothing. */
  waiting(key: FeedKey): Promise<readonly Notification[]>;
  /** This device has fetched these notifications; those without a waiting fallback are ignored. */
  markFetched(key: FeedKey, unsid: Unsid, ids: readonly string[]): Promise<void>;
  /**
   * Ends the wait of a fallback that is due by `now`; from then on a toast is due to those of these devices that have not fetched the
   * notification. They are returned; none when it no longer waits, or waits anew for other content. One step, so that no toast is lost.
   */
  settle(key: FeedKey, id: string, now: Instant, unsids: readonly Unsid[]): Promise<readonly Unsid[]>;
  /** The toasts that are pending for this device, oldest first. */
  pendingToasts(unsid: Unsid): Promise<readonly PendingToast[]>;
  /** The toast was sent with this cursor; false when it is not pending any more. */
  markToastSent(unsid: Unsid, id: string, position: Position): Promise<boolean>;
  /** The device has acknowledged everything up to this position: toasts sent at or before it are no longer pending. */
  acknowledgeToasts(unsid: Unsid, position: Position): Promise<void>;
  /** Forgets all that waits or is pending for a notification: deleted, replaced or expired. */
  forget(key: FeedKey, id: string): Promise<void>;
}
