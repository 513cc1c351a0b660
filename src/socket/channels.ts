// The channels of this process: one for each feed that has connections, made for the first and dropped with the last.
import type { FeedKey } from '../domain/model.ts';
import { type Channel, type ChannelParts, createChannel } from './channel.ts';
import type { Connection } from './connection.ts';

export interface Channels {
  add(connection: Connection): void;
  remove(connection: Connection): void;
  /** The feed has changed; nothing where it has no connections. */
  changed(feed: FeedKey): void;
  /** Every feed may have changed. */
  allChanged(): void;
  /** Looks again, for connections of the feed that may have pending toasts. */
  pump(feed: FeedKey): void;
}

const keyOf = (feed: FeedKey) => JSON.stringify([feed.userId, feed.application]);

export function createChannels(parts: Omit<ChannelParts, 'feed'>): Channels {
  const channels = new Map<string, Channel>();

  function channelOf(feed: FeedKey): Channel {
    const key = keyOf(feed);
    const known = channels.get(key);
    if (known) return known;
    const channel = createChannel({ ...parts, feed });
    channels.set(key, channel);
    return channel;
  }

  return {
    add: (connection) => channelOf(connection.subscription.feed).add(connection),
    remove: (connection) => {
      const key = keyOf(connection.subscription.feed);
      const channel = channels.get(key);
      channel?.remove(connection);
      if (channel?.connections.size === 0) channels.delete(key);
    },
    changed: (feed) => channels.get(keyOf(feed))?.changed(),
    allChanged: () => {
      for (const channel of channels.values()) channel.changed();
    },
    pump: (feed) => channels.get(keyOf(feed))?.pump(),
  };
}
