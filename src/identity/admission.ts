// Lets calls in: refuses clients on the block list (F18) and throttles by a fixed number of calls a minute (D8).
import { Refusal } from '../domain/errors.ts';
import type { Caller } from '../domain/model.ts';
import type { Admission, Clock } from '../domain/ports.ts';
import type { Seed } from './seed.ts';

const windowMs = 60_000;

export function createAdmission(seed: Seed, clock: Clock): Admission {
  const blockedIds = new Set((seed.blockList ?? []).map((clientId) => clientId.toLowerCase()));
  const blocked = { has: (clientId: string) => blockedIds.has(clientId.toLowerCase()) };
  const { callsPerMinute = Number.POSITIVE_INFINITY, tokenRequestsPerMinute = Number.POSITIVE_INFINITY } = seed.throttling ?? {};
  const overTheLimit = createCounter(callsPerMinute, clock);
  const overTheTokenLimit = createCounter(tokenRequestsPerMinute, clock);
  const throttledAs = seed.throttling?.status === 406 ? 'ThrottledAsNotAcceptable' : 'Throttled';
  return {
    admit: async ({ caller }) => {
      if (caller.clientId !== undefined && blocked.has(caller.clientId)) {
        return new Refusal('CallerBlocked', `The client ${caller.clientId} is on the block list.`);
      }
      return tooMany(throttledAs, overTheLimit(nameOf(caller)));
    },
    admitTokenRequest: async ({ clientId }) => tooMany('Throttled', overTheTokenLimit(clientId)),
  };
}

function tooMany(kind: 'Throttled' | 'ThrottledAsNotAcceptable', retryAfterSeconds: number | undefined): Refusal | undefined {
  if (retryAfterSeconds === undefined) return undefined;
  return new Refusal(kind, `Too many requests; try again in ${retryAfterSeconds} s.`, { retryAfterSeconds });
}

function nameOf(caller: Caller): string {
  return caller.clientId === undefined && caller.kind === 'user' ? `user ${caller.userId}` : `client ${caller.clientId}`;
}

/** Counts in windows of a minute; all counts are dropped with their window, so memory is bounded by a minute's clients. */
function createCounter(most: number, clock: Clock): (name: string) => number | undefined {
  if (most === Number.POSITIVE_INFINITY) return () => undefined;
  let windowStart = Number.NEGATIVE_INFINITY;
  const counts = new Map<string, number>();
  return (name) => {
    const now = clock.now();
    if (now >= windowStart + windowMs || now < windowStart) {
      windowStart = now;
      counts.clear();
    }
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count > most ? Math.max(1, Math.ceil((windowStart + windowMs - now) / 1000)) : undefined;
  };
}
