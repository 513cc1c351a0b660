// Shares the event loop: work that may be long is done in shares, with a turn of the loop for others between them.

/** Entries looked at for connections in one turn of the event loop, so that a long backlog does not keep others waiting. */
const maxEntriesPerTurn = 1024;

export interface LoopBudget {
  /** Resolves at once, or in the next turn of the event loop when this one has done its share. */
  take(entries: number): Promise<void> | undefined;
}

export function createLoopBudget(): LoopBudget {
  let taken = 0;
  return {
    take: (entries) => {
      taken += entries;
      if (taken <= maxEntriesPerTurn) return undefined;
      taken = entries;
      return nextTurn();
    },
  };
}

export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
