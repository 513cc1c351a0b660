// Random ids: GUIDs for notifications and requests, UNSIDs of 192 random bits, names for feeds.
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { Ids } from '../domain/ports.ts';

/** Without vowels, so that codes do not form words, and without characters that look alike. */
const typed = 'BCDFGHJKMNPQRSTVWXZ23456789';

export function createRandomIds(): Ids {
  return {
    // Copied, because the original string is a tree of small strings that takes five times the memory in the store.
    guid: () => Buffer.from(randomUUID(), 'latin1').toString('latin1'),
    unsid: () => randomBytes(24).toString('base64url'),
    feed: () => randomBytes(9).toString('base64url'),
    secret: () => randomBytes(32).toString('base64url'),
    userCode: () => Array.from({ length: 8 }, () => typed[randomInt(typed.length)]).join(''),
  };
}
