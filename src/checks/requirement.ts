// The catalogue of requirements, as data: what an implementation must do, with source and level.
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';

/** MUST: a violation is a failure. SHOULD: a violation is reported, and does not fail a run. */
export type Level = 'MUST' | 'SHOULD';
export type Surface = 'graph' | 'client' | 'devices';

export interface Requirement {
  /** Stable and descriptive, e.g. `post-expiration-limit`. */
  readonly id: string;
  /** A sentence whose subject is the implementation: `refuses an expiration more than 30 days ahead`. */
  readonly says: string;
  /** Numbers of docs/facts.md. */
  readonly source: readonly string[];
  readonly level: Level;
  readonly surface: Surface;
}

export interface Catalogue {
  readonly all: readonly Requirement[];
  /** @throws Error if the catalogue has no such id */
  get(id: string): Requirement;
}

const file = new URL('../../openapi/requirements.yaml', import.meta.url);

/** @throws Error when an id occurs twice or a member is missing */
export async function loadCatalogue(): Promise<Catalogue> {
  return catalogueOf(parse(await readFile(file, 'utf8')));
}

export function catalogueOf(value: unknown): Catalogue {
  const byId = new Map<string, Requirement>();
  for (const one of value as readonly Requirement[]) {
    const { id, says, source, level, surface } = one;
    if (byId.has(id)) throw new Error(`requirements.yaml has ${id} twice`);
    if (!(id && says && source?.length > 0 && /^(MUST|SHOULD)$/.test(level) && /^(graph|client|devices)$/.test(surface))) {
      throw new Error(`requirements.yaml: ${id} lacks says, source, level or surface`);
    }
    byId.set(id, one);
  }
  return {
    all: [...byId.values()],
    get: (id) => {
      const found = byId.get(id);
      if (!found) throw new Error(`requirements.yaml has no ${id}`);
      return found;
    },
  };
}
