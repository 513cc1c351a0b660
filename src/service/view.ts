// Use case of the activity surface: the whole view of a subscription, deleted notifications included (F58, D38).
import { activityItemJson } from '../domain/activity-item.ts';
import { cursorOf } from '../domain/cursor.ts';
import type { Instant, Notification, Subscription } from '../domain/model.ts';
import { utf8Length } from '../domain/utf8.ts';
import type { ServiceContext } from './context.ts';
import type { History } from './history.ts';

export interface ViewQuery {
  /** The tag of what the client has; empty or undefined if it has nothing. */
  readonly tag: string | undefined;
  /** Only what has changed in between; undefined is no limit. */
  readonly modifiedAfter: Instant | undefined;
  readonly modifiedBefore: Instant | undefined;
}

export interface View {
  /** Items as JSON, in feed order. */
  readonly items: readonly string[];
  readonly tag: string;
}

const pageSize = 1000;
const everything = { status: 'Any', readState: undefined, userActionState: undefined, top: pageSize } as const;

export function createView({ stores, clock, maxViewBytes }: ServiceContext, history: Pick<History, 'read' | 'fetched'>) {
  return async function view(device: Subscription, query: ViewQuery): Promise<View> {
    const { name, head } = await stores.notifications.feed(device.feed);
    const present = cursorOf(name, head);
    if (query.tag === present) return { items: [], tag: present };
    const { notifications, tag } = await readAll(device);
    const { items, answered } = newestOf(notifications.filter(isWithin(query)), device.feed.application);
    await history.fetched(device, answered);
    return { items, tag };
  };

  /** What moves while the pages are read comes once, in its latest state. */
  async function readAll(device: Subscription) {
    const latest = new Map<string, Notification>();
    let page = await history.read(device, { since: undefined, ...everything });
    for (;;) {
      for (const notification of page.notifications) {
        latest.delete(notification.id);
        latest.set(notification.id, notification);
      }
      if (!page.more) return { notifications: [...latest.values()], tag: page.cursor };
      page = await history.read(device, { since: page.cursor, ...everything });
    }
  }

  /** At least one, and no more than the document allows. */
  function newestOf(notifications: readonly Notification[], application: string) {
    const now = clock.now();
    const items: string[] = [];
    let bytes = 0;
    for (const notification of notifications.toReversed()) {
      const item = activityItemJson(notification, application, now);
      bytes += utf8Length(item);
      if (items.length > 0 && bytes > maxViewBytes) break;
      items.push(item);
    }
    return { items: items.reverse(), answered: items.length === 0 ? [] : notifications.slice(-items.length) };
  }
}

function isWithin({ modifiedAfter, modifiedBefore }: ViewQuery) {
  return ({ modifiedAt, createdAt }: Notification): boolean => {
    const at = modifiedAt ?? createdAt;
    return (modifiedAfter === undefined || at > modifiedAfter) && (modifiedBefore === undefined || at < modifiedBefore);
  };
}
