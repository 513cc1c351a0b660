// Cursors: how a position in a feed is written for clients, who compare them for equality only.
import type { Position } from './model.ts';
import type { FeedHead } from './store-ports.ts';

const pattern = /^c1\.([A-Za-z0-9_-]+)\.(0|[1-9a-z][0-9a-z]{0,9})$/;

export function cursorOf(feedName: string, position: Position): string {
  return `c1.${feedName}.${position.toString(36)}`;
}

/** The position a cursor names in this feed; undefined when it names another feed, one that was reset, or nothing that has happened. */
export function positionOf(cursor: string, feed: FeedHead): Position | undefined {
  const [, name, digits] = pattern.exec(cursor) ?? [];
  if (name !== feed.name || digits === undefined) return undefined;
  const position = Number.parseInt(digits, 36);
  return position <= feed.head ? position : undefined;
}
