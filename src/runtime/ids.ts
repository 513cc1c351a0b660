// Random ids: GUIDs for notifications and requests, UNSIDs of 192 random bits, names for feeds.
import { randomBytes, randomUUID } from 'node:crypto';
import type { Ids } from '../domain/ports.ts';

export function createRandomIds(): Ids {
  return {
    // Copied: the string as it comes is a tree of small ones, five times the size in the store.
    guid: () => Buffer.from(randomUUID(), 'latin1').toString('latin1'),
    unsid: () => randomBytes(24).toString('base64url'),
    feed: () => randomBytes(9).toString('base64url'),
  };
}
