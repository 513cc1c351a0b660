// Stores received items in order, and waits for one that matches: event-driven, with a timeout.

export interface Inbox<Item> {
  /** All items received so far; none is ever removed. */
  readonly all: readonly Item[];
  readonly isOver: boolean;
  push(item: Item): void;
  /** No more items will arrive; an error is thrown by `find` when it runs out of items. */
  end(error?: Error): void;
  /**
   * Returns the index of the first matching item at or after `from`; undefined if none arrives in time or none can arrive any more.
   * @throws the error that was passed to `end`, and the signal's reason if it is aborted
   */
  find(match: (item: Item) => boolean, wait: Wait): Promise<number | undefined>;
}

export interface Wait {
  readonly from?: number;
  readonly limitMs: number;
  readonly signal: AbortSignal;
}

export function createInbox<Item>(): Inbox<Item> {
  const all: Item[] = [];
  const waking = new Set<() => void>();
  let isOver = false;
  let failure: Error | undefined;
  const wakeAll = () => {
    for (const wake of [...waking]) wake();
  };
  return {
    all,
    get isOver() {
      return isOver;
    },
    push: (item) => {
      all.push(item);
      wakeAll();
    },
    end: (error) => {
      isOver = true;
      failure ??= error;
      wakeAll();
    },
    async find(match, { from = 0, limitMs, signal }) {
      let next = from;
      let isLate = false;
      const findNext = (): number | undefined => {
        for (; next < all.length; next += 1) if (match(all[next] as Item)) return next;
        return undefined;
      };
      const limit = { timer: undefined as NodeJS.Timeout | undefined };
      try {
        for (;;) {
          signal.throwIfAborted();
          const found = findNext();
          if (found !== undefined) return found;
          if (failure) throw failure;
          if (isOver || isLate) return undefined;
          await new Promise<void>((resolve) => {
            const wake = () => {
              waking.delete(wake);
              signal.removeEventListener('abort', wake);
              resolve();
            };
            waking.add(wake);
            signal.addEventListener('abort', wake, { once: true });
            limit.timer ??= setTimeout(() => {
              isLate = true;
              wakeAll();
            }, limitMs);
          });
        }
      } finally {
        clearTimeout(limit.timer);
      }
    },
  };
}
