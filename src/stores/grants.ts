// Keeps what sign-in remembers in memory: bounded for each kind, expired records are never handed out and go first.
import { LRUCache } from 'lru-cache';
import type { GrantKind, GrantRecords } from '../domain/grants.ts';
import type { GrantStore } from '../domain/ports.ts';

/** Maximum number of records of a kind; the least recently used go first. */
const mostOfAKind = 100_000;

const kinds = ['code', 'refresh', 'device', 'userCode', 'session', 'assertion', 'consent'] as const satisfies readonly GrantKind[];

type Shelf<Kind extends GrantKind> = LRUCache<string, GrantRecords[Kind]>;
type Shelves = { readonly [Kind in GrantKind]: Shelf<Kind> };

export function createGrantStore(most = mostOfAKind): GrantStore & { clear(): void } {
  // Counted by size: a `max` would take the room for all of them at once, and most emulators never sign anybody in.
  const shelf = <Kind extends GrantKind>(): Shelf<Kind> => new LRUCache({ maxSize: most, sizeCalculation: () => 1 });
  const shelves: Shelves = {
    code: shelf(),
    refresh: shelf(),
    device: shelf(),
    userCode: shelf(),
    session: shelf(),
    assertion: shelf(),
    consent: shelf(),
  };
  function live<Kind extends GrantKind>(kind: Kind, key: string, now: number): GrantRecords[Kind] | undefined {
    const own: Shelf<Kind> = shelves[kind];
    const record = own.get(key);
    if (record === undefined || record.expiresAt > now) return record;
    own.delete(key);
    return undefined;
  }
  return {
    get: async (kind, key, now) => live(kind, key, now),
    change: async <Kind extends GrantKind>(
      kind: Kind,
      key: string,
      now: number,
      decide: (current: GrantRecords[Kind] | undefined) => GrantRecords[Kind] | undefined,
    ) => {
      const own: Shelf<Kind> = shelves[kind];
      const before = live(kind, key, now);
      const after = decide(before);
      if (after === undefined) own.delete(key);
      else if (after !== before) own.set(key, after);
      return { before, after };
    },
    clear: () => {
      for (const kind of kinds) shelves[kind].clear();
    },
  };
}
