// Remembers the ids in earlier responses to detect repeated ones; the oldest are dropped first.
import type { CheckContext } from '../checks/check.ts';

export interface SeenIds extends Pick<CheckContext, 'requestIds' | 'postedIds'> {
  /** Drops the oldest ids over the maximum. */
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
