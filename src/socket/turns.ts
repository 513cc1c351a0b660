// Serialises work by key: tasks with the same key run one after the other, in order; different keys run concurrently.

export interface Turns<Key> {
  /** Starts immediately if no task with this key is running. A failure does not prevent later tasks. */
  add<T>(key: Key, work: () => Promise<T>): Promise<T>;
  /** Resolves when all tasks added so far are done. */
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
