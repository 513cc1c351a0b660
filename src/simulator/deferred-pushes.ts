// The messages that a device in battery saver defers: raw pushes and signals, in order, each notification in its latest state.
import type { NotificationMessage, SignalMessage } from '../client/wire.ts';

import { memoryOf } from './memory.ts';

export type DeferredPush = NotificationMessage | SignalMessage;

export interface DeferredPushes {
  readonly size: number;
  /** Memory in bytes. */
  readonly bytes: number;
  /** True if a battery saver defers this message: only what the system displays itself is delivered. */
  shouldDefer(message: DeferredPush): boolean;
  defer(message: DeferredPush): void;
  /** Returns all and removes them. */
  take(): readonly DeferredPush[];
}

/** The later message as a change relative to the state before the earlier one (as R2 does for a device that was offline). */
function merged(earlier: NotificationMessage | undefined, later: NotificationMessage): NotificationMessage | undefined {
  if (earlier?.change !== 'created') return later;
  return later.change === 'deleted' ? undefined : { ...later, change: 'created' };
}

export function createDeferredPushes(): DeferredPushes {
  const deferred = new Map<string, DeferredPush>();
  let bytes = 0;
  const sizeAt = (id: string): number => (deferred.has(id) ? memoryOf(deferred.get(id)) : 0);
  const put = (id: string, message: DeferredPush): void => {
    bytes += memoryOf(message) - sizeAt(id);
    deferred.set(id, message);
  };
  return {
    get size() {
      return deferred.size;
    },
    get bytes() {
      return bytes;
    },
    shouldDefer(message) {
      if (message.type === 'signal') return true;
      const { notification } = message;
      if (notification.status === 'Deleted') return deferred.has(notification.id);
      return notification.payload.visualContent === undefined;
    },
    defer(message) {
      if (message.type === 'signal') {
        put('signal', message);
        return;
      }
      const { id } = message.notification;
      const earlier = deferred.get(id);
      bytes -= sizeAt(id);
      deferred.delete(id);
      const now = merged(earlier?.type === 'notification' ? earlier : undefined, message);
      if (now) put(id, now);
    },
    take() {
      const all = [...deferred.values()];
      deferred.clear();
      bytes = 0;
      return all;
    },
  };
}
