// Stores findings: each cause once with a count, up to a maximum number of causes.
import type { Catalogue, Requirement } from '../checks/requirement.ts';
import type { CountedFinding, ProxyFinding } from './events.ts';
import type { SidedFinding } from './validate-exchange.ts';

export interface Findings {
  add(finding: SidedFinding): void;
  all(): readonly CountedFinding[];
  /** Number of findings that were not stored because there were too many causes. */
  readonly omitted: number;
}

const maxCauses = 500;

/** @param onNew called once for each cause */
export function createFindings(catalogue: Catalogue, onNew: (finding: ProxyFinding) => void): Findings {
  const requirements = new Map<string, Requirement>(catalogue.all.map((one) => [one.id, one]));
  const found = new Map<string, { readonly finding: ProxyFinding; count: number }>();
  let omitted = 0;
  return {
    add({ requirement: id, seenIn: _seenIn, ...rest }) {
      const key = `${rest.side} ${id} ${rest.where} ${rest.fingerprint ?? `${rest.expected} ${rest.got}`}`;
      const known = found.get(key);
      if (known) known.count += 1;
      else if (found.size >= maxCauses) omitted += 1;
      else {
        const finding: ProxyFinding = { ...rest, requirement: requirements.get(id) };
        found.set(key, { finding, count: 1 });
        onNew(finding);
      }
    },
    all: () => [...found.values()].map(({ finding, count }) => ({ finding, count })),
    get omitted() {
      return omitted;
    },
  };
}
