// All feeds, by user and application: two levels, so that no user id can be taken for another key.
import type { FeedKey } from '../domain/model.ts';
import type { Ids } from '../domain/ports.ts';
import type { FeedHead } from '../domain/store-ports.ts';
import { createFeedLog } from './feed-log.ts';
import type { Feed } from './held.ts';

export interface Feeds {
  find(key: FeedKey): Feed | undefined;
  /** Makes it known, for a notification or a subscription that is about to be stored in it. */
  open(key: FeedKey): Feed;
  /** Name and head. A feed that is not known has another name each time, so that no cursor of it is valid later. */
  headOf(key: FeedKey): FeedHead;
  /**
   * Forgets the feed when it has neither a notification nor a subscription any more. Its cursors are unknown from then on (R3): none of
   * them could lead to anything, and a later feed of the same user counts from 0 under another name.
   */
  release(feed: Feed): void;
  count(): number;
  clear(): void;
}

export function createFeeds(ids: Ids): Feeds {
  const byUser = new Map<string, Map<string, Feed>>();
  let known = 0;
  const find = ({ userId, application }: FeedKey): Feed | undefined => byUser.get(userId)?.get(application);

  function add(key: FeedKey): Feed {
    const feed = createFeed(key, ids.feed());
    const ofUser = byUser.get(key.userId);
    if (ofUser) ofUser.set(key.application, feed);
    else byUser.set(key.userId, new Map([[key.application, feed]]));
    known += 1;
    return feed;
  }

  function remove({ userId, application }: FeedKey): void {
    const ofUser = byUser.get(userId);
    ofUser?.delete(application);
    if (ofUser?.size === 0) byUser.delete(userId);
    known -= 1;
  }

  return {
    find,
    open: (key) => find(key) ?? add(key),
    headOf: (key) => {
      const { name, head } = find(key) ?? { name: ids.feed(), head: 0 };
      return { name, head };
    },
    release: (feed) => {
      // What is left of an earlier feed of this user must not take a later one away.
      if (isEmpty(feed) && find(feed.key) === feed) remove(feed.key);
    },
    count: () => known,
    clear: () => {
      byUser.clear();
      known = 0;
    },
  };
}

const isEmpty = ({ byId, byDevice }: Feed): boolean => !byId?.size && !byDevice?.size;

function createFeed({ userId, application }: FeedKey, name: string): Feed {
  return {
    key: { userId, application },
    name,
    head: 0,
    log: createFeedLog(),
    byId: undefined,
    byAppNotificationId: undefined,
    waiting: undefined,
    toastedDevices: undefined,
    byDevice: undefined,
  };
}
