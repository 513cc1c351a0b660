// Splits long work into portions, with a turn of the event loop for other work in between.

/** Maximum number of entries per turn of the event loop, so that a long backlog does not block other work. */
const maxEntriesPerTurn = 1024;

export interface LoopBudget {
  /** Returns undefined within the budget of this turn, or else a promise for the next turn. */
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
