// Use cases of the activity surface on one item: its path names neither device nor application (F61, D40).
import { Refusal } from '../domain/errors.ts';
import type { FeedKey, UserCaller } from '../domain/model.ts';
import { isActive, type StateChange } from '../domain/notification.ts';
import type { ServiceContext } from './context.ts';
import type { History } from './history.ts';
import type { Subscriptions } from './subscriptions.ts';

export interface Found {
  readonly feed: FeedKey;
  readonly id: string;
}

export interface ActivitiesParts {
  readonly history: Pick<History, 'changeIn' | 'removeFrom'>;
  readonly subscriptions: Pick<Subscriptions, 'list'>;
}

export function createActivities({ stores, clock }: ServiceContext, { history, subscriptions }: ActivitiesParts) {
  async function update(caller: UserCaller, name: string, change: StateChange): Promise<Found> {
    const found = await find(caller, name);
    await history.changeIn(found.feed, found.id, change, null);
    return found;
  }

  async function remove(caller: UserCaller, name: string): Promise<Found> {
    const found = await find(caller, name);
    await history.removeFrom(found.feed, found.id, null);
    return found;
  }

  /** An active notification in one of the feeds that the caller has subscriptions of: by its id, or else by the app server's own id. */
  async function find(caller: UserCaller, name: string): Promise<Found> {
    const own = await subscriptions.list(caller);
    const feeds = [...new Map(own.map(({ feed }) => [feed.application, feed])).values()];
    for (const feed of feeds) if (isActive(await stores.notifications.get(feed, name, clock.now()))) return { feed, id: name };
    for (const feed of feeds) {
      const { before } = await stores.notifications.write(feed, { appNotificationId: name }, clock.now(), () => undefined);
      if (isActive(before)) return { feed, id: before.id };
    }
    throw new Refusal('UnknownResource', 'There is no such activity.');
  }

  return { update, remove };
}
