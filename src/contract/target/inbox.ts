// Keeps all that came, in order, and waits for something of a kind: by event, and only as long as it may take.

export interface Inbox<Item> {
  /** All that came so far; nothing is ever taken out. */
  readonly all: readonly Item[];
  readonly isOver: boolean;
  push(item: Item): void;
  /** No more will come; what went wrong, if anything did, is thrown at whoever waits for more. */
  end(fault?: Error): void;
  /**
   * The index of the first item from `from` on that matches. Undefined: none came in time, or none will.
   * @throws what `end` was given, and the signal's reason when it is aborted
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
  let fault: Error | undefined;
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
    end: (its) => {
      isOver = true;
      fault ??= its;
      wakeAll();
    },
    async find(match, { from = 0, limitMs, signal }) {
      let next = from;
      let isLate = false;
      const look = (): number | undefined => {
        for (; next < all.length; next += 1) if (match(all[next] as Item)) return next;
        return undefined;
      };
      const limit = { timer: undefined as NodeJS.Timeout | undefined };
      try {
        for (;;) {
          signal.throwIfAborted();
          const found = look();
          if (found !== undefined) return found;
          if (fault) throw fault;
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
