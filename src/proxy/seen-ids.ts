// Remembers the ids of earlier answers, so that one that comes twice is found; the oldest are forgotten first.
import type { CheckContext } from '../checks/check.ts';

export interface SeenIds extends Pick<CheckContext, 'requestIds' | 'postedIds'> {
  /** Forgets what is over the maximum. */
  trim(): void;
}

/** @param maxIds maximum number of ids of each kind */
export function createSeenIds(maxIds = 100_000): SeenIds {
  const requestIds = new Set<string>();
  const postedIds = new Map<string, string | undefined>();
  return {
    requestIds,
    postedIds,
    trim() {
      for (const ids of [requestIds, postedIds]) {
        for (const oldest of ids.keys()) {
          if (ids.size <= maxIds) break;
          ids.delete(oldest);
        }
      }
    },
  };
}
