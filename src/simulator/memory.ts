// Bounds what a device stores by number and by memory: a service that sends large items forever must not exhaust the process.

/** Maximum memory in bytes for each of the things that a device stores, and for a list that it reads. */
export const defaultMemoryLimit = 268_435_456;

const bytesPerValue = 16;

/** The memory of a JSON value in bytes, estimated upwards. */
export function memoryOf(value: unknown): number {
  let bytes = 0;
  let level: unknown[] = [value];
  // Level by level, because a recursive walk would overflow the stack for deeply nested values.
  while (level.length > 0) {
    const next: unknown[] = [];
    for (const item of level) {
      bytes += bytesPerValue;
      if (typeof item === 'string') bytes += 2 * item.length;
      else if (Array.isArray(item)) for (const member of item) next.push(member);
      else if (typeof item === 'object' && item !== null) {
        for (const [name, member] of Object.entries(item)) {
          bytes += 2 * name.length;
          next.push(member);
        }
      }
    }
    level = next;
  }
  return bytes;
}

export interface Limits {
  readonly items: number;
  readonly bytes: number;
}

/** What is stored, by key, in order of arrival. The values themselves are stored elsewhere. */
export interface Budget<Key> {
  readonly has: (key: Key) => boolean;
  /** Returns the oldest keys that exceed the limits, and forgets them; the newest always fits. */
  add(key: Key, bytes: number): readonly Key[];
  remove(key: Key): void;
}

export function createBudget<Key>(limits: Limits): Budget<Key> {
  const sizes = new Map<Key, number>();
  let total = 0;
  const remove = (key: Key): void => {
    total -= sizes.get(key) ?? 0;
    sizes.delete(key);
  };
  return {
    has: (key) => sizes.has(key),
    remove,
    add(key, bytes) {
      total += bytes - (sizes.get(key) ?? 0);
      sizes.set(key, bytes);
      const dropped: Key[] = [];
      for (const oldest of sizes.keys()) {
        if ((sizes.size <= limits.items && total <= limits.bytes) || oldest === key) break;
        remove(oldest);
        dropped.push(oldest);
      }
      return dropped;
    },
  };
}
