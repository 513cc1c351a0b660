// Records for tests of stores: small, readable, complete.
import { initialAcknowledgements } from '../../src/domain/coverage.ts';
import type { ActiveNotification, FeedKey, Instant, NotificationContent, PlatformType, Subscription } from '../../src/domain/model.ts';
import { changeState, createNotification, isActive, replaceContent, type StateChange, toTombstone } from '../../src/domain/notification.ts';
import type { Stores } from '../../src/domain/ports.ts';
import { nothingServed } from '../../src/domain/served.ts';

export const adele: FeedKey = { userId: 'adele', application: 'contoso.example' };
export const dayMs = 86_400_000;

export function contentOf(more: Partial<NotificationContent> = {}): NotificationContent {
  return {
    appNotificationId: null,
    groupName: null,
    priority: 'None',
    rawContent: 'hello',
    visualContent: undefined,
    targets: ['Windows', 'iOS', 'Android', 'WebPush'],
    subscriptions: undefined,
    displayUntil: undefined,
    expiresAt: 7 * dayMs,
    fallback: undefined,
    ...more,
  };
}

export const fallbackAt = (dueAt: Instant) => ({ priority: 'High' as const, fallback: { dueAt, visualContent: { title: 'Look' } } });

/** The four writes of the service, against a store alone. */
export function createWriter({ notifications }: Stores, key: FeedKey = adele) {
  let count = 0;
  return {
    async post(now: Instant, more: Partial<NotificationContent> = {}): Promise<ActiveNotification> {
      const content = contentOf(more);
      const { appNotificationId } = content;
      const which = appNotificationId === null ? { id: undefined } : { appNotificationId };
      const { after } = await notifications.write(key, which, now, (current, position) => {
        const place = { position, now, origin: null };
        if (isActive(current)) return replaceContent(current, content, place);
        count += 1;
        return createNotification(`n${count}`, content, place);
      });
      if (!isActive(after)) throw new Error('nothing was stored');
      return after;
    },
    change: (now: Instant, id: string, change: StateChange = { readState: 'Read' }) =>
      notifications.write(key, { id }, now, (current, position) =>
        isActive(current) ? changeState(current, change, { position, now, origin: 'device' }) : undefined,
      ),
    remove: (now: Instant, id: string) =>
      notifications.write(key, { id }, now, (current, position) =>
        isActive(current) ? toTombstone(current, { position, now, origin: 'device' }) : undefined,
      ),
  };
}

export interface SubscribeOptions {
  readonly key?: FeedKey;
  readonly platform?: PlatformType;
  readonly expiresAt?: Instant;
}

/** Subscribes or renews; a new one is called `unsid`. */
export function subscribe(stores: Stores, now: Instant, unsid: string, deviceId: string, options: SubscribeOptions = {}) {
  const { key = adele, platform = 'iOS', expiresAt = now + 30 * dayMs } = options;
  return stores.subscriptions.upsert(key, deviceId, now, (current, head): Subscription => {
    if (current) return { ...current, expiresAt };
    const positions = { acknowledgements: initialAcknowledgements(head), served: nothingServed(head) };
    const upn = `${key.userId}@contoso.com`;
    return { unsid, feed: key, upn, deviceId, platform, displayName: null, expiresAt, start: head, ...positions };
  });
}
