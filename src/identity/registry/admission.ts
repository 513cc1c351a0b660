// Lets calls in: refuses clients on the block list (F18) and throttles by a fixed number of calls a minute (D8).
import { Refusal } from '../../domain/errors.ts';
import type { Caller } from '../../domain/model.ts';
import type { Admission, Clock } from '../../domain/ports.ts';
import type { Seed } from './seed.ts';

const windowMs = 60_000;

export interface CountingAdmission extends Admission {
  /** Forgets who has called how often. */
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
  /** Seconds to wait when this call is one too many; undefined when it is not. */
  count(name: string): number | undefined;
  reset(): void;
}

/** Counts in windows of a minute; all counts are dropped with their window, so memory is bounded by a minute's clients. */
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
    // The next call opens a window of its own, with all of its minute.
    reset: () => {
      windowStart = Number.NEGATIVE_INFINITY;
    },
  };
}
