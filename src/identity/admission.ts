// Lets calls in: refuses clients on the block list (F18) and throttles by a fixed number of calls a minute (D8).
import { Refusal } from '../domain/errors.ts';
import type { Caller } from '../domain/model.ts';
import type { Admission, Clock } from '../domain/ports.ts';
import type { Seed } from './seed.ts';

const windowMs = 60_000;

export function createAdmission(seed: Seed, clock: Clock): Admission {
  const blocked = new Set(seed.blockList ?? []);
  const overTheLimit = seed.throttling ? createCallCounter(seed.throttling.callsPerMinute, clock) : () => undefined;
  const throttledAs = seed.throttling?.status === 406 ? 'ThrottledAsNotAcceptable' : 'Throttled';
  return {
    admit: async ({ caller }) => {
      if (caller.clientId !== undefined && blocked.has(caller.clientId)) {
        return new Refusal('CallerBlocked', `The client ${caller.clientId} is on the block list.`);
      }
      const retryAfterSeconds = overTheLimit(caller);
      if (retryAfterSeconds === undefined) return undefined;
      return new Refusal(throttledAs, `Too many requests; try again in ${retryAfterSeconds} s.`, { retryAfterSeconds });
    },
  };
}

/** Counts calls a client in windows of a minute; all counts are dropped with their window, so memory is bounded by a minute's clients. */
function createCallCounter(most: number, clock: Clock) {
  let windowStart = Number.NEGATIVE_INFINITY;
  const counts = new Map<string, number>();
  return (caller: Caller): number | undefined => {
    const now = clock.now();
    if (now >= windowStart + windowMs || now < windowStart) {
      windowStart = now;
      counts.clear();
    }
    const key = caller.clientId === undefined && caller.kind === 'user' ? `user ${caller.userId}` : `client ${caller.clientId}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count > most ? Math.max(1, Math.ceil((windowStart + windowMs - now) / 1000)) : undefined;
  };
}
