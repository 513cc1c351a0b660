// Work that belongs to one key is done one after the other, in the order it was added; keys do not wait for each other.

export interface Turns<Key> {
  /** Starts at once when nothing else of this key is under way. A failure does not keep what follows from its turn. */
  add<T>(key: Key, work: () => Promise<T>): Promise<T>;
  /** Resolves when all that was added before is done. */
  settled(key: Key): Promise<void>;
  /** What is under way of every key. */
  underWay(): readonly Promise<void>[];
}

export function createTurns<Key>(): Turns<Key> {
  const last = new Map<Key, Promise<void>>();
  return {
    add: (key, work) => {
      const result = last.get(key)?.then(work) ?? work();
      const done = result.then(ignore, ignore);
      last.set(key, done);
      done.then(() => {
        if (last.get(key) === done) last.delete(key);
      });
      return result;
    },
    settled: (key) => last.get(key) ?? Promise.resolve(),
    underWay: () => [...last.values()],
  };
}

const ignore = () => undefined;
