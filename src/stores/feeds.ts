// All feeds, by user and application: two levels, so that no user id can be taken for another key.
import type { FeedKey } from '../domain/model.ts';
import type { Ids } from '../domain/ports.ts';
import { createFeedLog } from './feed-log.ts';
import type { Feed } from './held.ts';

export interface Feeds {
  find(key: FeedKey): Feed | undefined;
  /** Makes it known. It stays until `clear` even when it is empty: its name is in cursors, which must stay valid (R2). */
  open(key: FeedKey): Feed;
  clear(): void;
}

export function createFeeds(ids: Ids): Feeds {
  const byUser = new Map<string, Map<string, Feed>>();
  const find = ({ userId, application }: FeedKey): Feed | undefined => byUser.get(userId)?.get(application);

  function add(key: FeedKey): Feed {
    const feed = createFeed(key, ids.feed());
    const ofUser = byUser.get(key.userId);
    if (ofUser) ofUser.set(key.application, feed);
    else byUser.set(key.userId, new Map([[key.application, feed]]));
    return feed;
  }

  return { find, open: (key) => find(key) ?? add(key), clear: () => byUser.clear() };
}

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
