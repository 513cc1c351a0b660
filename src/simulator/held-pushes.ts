// What a device in battery saver holds back: raw pushes and signals, in order, each notification in its latest state.
import type { NotificationMessage, SignalMessage } from '../client/wire.ts';

export type Held = NotificationMessage | SignalMessage;

export interface HeldPushes {
  readonly size: number;
  /** True when a battery saver would hold this one back: only what a system shows by itself gets through. */
  wouldHold(message: Held): boolean;
  hold(message: Held): void;
  /** Empties it. */
  take(): readonly Held[];
}

/** The later message, told from where the earlier one stood (as R2 does for a device that was away). */
function merged(earlier: NotificationMessage | undefined, later: NotificationMessage): NotificationMessage | undefined {
  if (earlier?.change !== 'created') return later;
  return later.change === 'deleted' ? undefined : { ...later, change: 'created' };
}

export function createHeldPushes(): HeldPushes {
  const held = new Map<string, Held>();
  return {
    get size() {
      return held.size;
    },
    wouldHold(message) {
      if (message.type === 'signal') return true;
      const { notification } = message;
      if (notification.status === 'Deleted') return held.has(notification.id);
      return notification.payload.visualContent === undefined;
    },
    hold(message) {
      if (message.type === 'signal') {
        held.set('signal', message);
        return;
      }
      const { id } = message.notification;
      const earlier = held.get(id);
      held.delete(id);
      const now = merged(earlier?.type === 'notification' ? earlier : undefined, message);
      if (now) held.set(id, now);
    },
    take() {
      const all = [...held.values()];
      held.clear();
      return all;
    },
  };
}
