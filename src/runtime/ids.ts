// Random ids: GUIDs for notifications and requests, UNSIDs of 192 random bits, names for feeds.
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { Ids } from '../domain/ports.ts';

/** No vowels, so that it spells no word; none that looks like another. */
const typed = 'BCDFGHJKMNPQRSTVWXZ23456789';

export function createRandomIds(): Ids {
  return {
    // Copied: the string as it comes is a tree of small ones, five times the size in the store.
    guid: () => Buffer.from(randomUUID(), 'latin1').toString('latin1'),
    unsid: () => randomBytes(24).toString('base64url'),
    feed: () => randomBytes(9).toString('base64url'),
    secret: () => randomBytes(32).toString('base64url'),
    userCode: () => Array.from({ length: 8 }, () => typed[randomInt(typed.length)]).join(''),
  };
}
