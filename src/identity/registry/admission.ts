// Admits calls: refuses clients on the block list (F18) and limits the number of calls per minute (D8).
import { Refusal } from '../../domain/errors.ts';
import type { Caller } from '../../domain/model.ts';
import type { Admission, Clock } from '../../domain/ports.ts';
import type { Seed } from './seed.ts';

const windowMs = 60_000;

export interface CountingAdmission extends Admission {
  /** Clears all counts. */
  reset(): void;
}

export function createAdmission(seed: Seed, clock: Clock): CountingAdmission {
  const blockedIds = new Set((seed.blockList ?? []).map((clientId) => clientId.toLowerCase()));
  const blocked = { has: (clientId: string) => blockedIds.has(clientId.toLowerCase()) };
  const { callsPerMinute = Number.POSITIVE_INFINITY, tokenRequestsPerMinute = Number.POSITIVE_INFINITY } = seed.throttling ?? {};
  const calls = createCounter(callsPerMinute, clock);
  const tokenRequests = createCounter(tokenRequestsPerMinute, clock);
  const throttledAs = seed.throttling?.status === 406 ? 'ThrottledAsNotAcceptable' : 'Throttled';
  return {
    admit: async ({ caller }) => {
      if (caller.clientId !== undefined && blocked.has(caller.clientId)) {
        return new Refusal('CallerBlocked', `The client ${caller.clientId} is on the block list.`);
      }
      return tooMany(throttledAs, calls.count(nameOf(caller)));
    },
    admitTokenRequest: async ({ clientId }) => tooMany('Throttled', tokenRequests.count(clientId)),
    reset: () => {
      calls.reset();
      tokenRequests.reset();
    },
  };
}

function tooMany(kind: 'Throttled' | 'ThrottledAsNotAcceptable', retryAfterSeconds: number | undefined): Refusal | undefined {
  if (retryAfterSeconds === undefined) return undefined;
  return new Refusal(kind, `Too many requests; try again in ${retryAfterSeconds} s.`, { retryAfterSeconds });
}

function nameOf(caller: Caller): string {
  return caller.clientId === undefined && caller.kind === 'user' ? `user ${caller.userId}` : `client ${caller.clientId}`;
}

interface Counter {
  /** Counts a call. Returns the seconds to wait if the limit is exceeded, or else undefined. */
  count(name: string): number | undefined;
  reset(): void;
}

/** Counts in windows of one minute; all counts are dropped at the end of a window, which bounds memory to the clients of one minute. */
function createCounter(limit: number, clock: Clock): Counter {
  if (limit === Number.POSITIVE_INFINITY) return { count: () => undefined, reset: () => undefined };
  let windowStart = Number.NEGATIVE_INFINITY;
  const counts = new Map<string, number>();
  return {
    count: (name) => {
      const now = clock.now();
      if (now >= windowStart + windowMs || now < windowStart) {
        windowStart = now;
        counts.clear();
      }
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      return count > limit ? Math.max(1, Math.ceil((windowStart + windowMs - now) / 1000)) : undefined;
    },
    // The next call starts a new window.
    reset: () => {
      windowStart = Number.NEGATIVE_INFINITY;
    },
  };
}
