// Random ids: GUIDs for notifications and requests, UNSIDs of 192 random bits, names for feeds.
import { randomBytes, randomUUID } from 'node:crypto';
import type { Ids } from '../domain/ports.ts';

export function createRandomIds(): Ids {
  return {
    guid: () => randomUUID(),
    unsid: () => randomBytes(24).toString('base64url'),
    feed: () => randomBytes(9).toString('base64url'),
  };
}
