// Records the coverage of a run: response statuses of each operation, requirements that were exercised.
import type { ReceivedAnswer } from '../../checks/exchange.ts';
import type { Requirement } from '../../checks/requirement.ts';
import type { Operation } from '../../documents/operation.ts';
import type { Spec } from '../../documents/spec.ts';
import type { Case } from '../case.ts';
import type { Outcome } from './events.ts';

export interface Coverage {
  /** @param operation the operation that was called; undefined if the documents have none */
  record(operation: Operation | undefined, answer: Pick<ReceivedAnswer, 'status'>): void;
  /** Documented statuses of called operations that never occurred: `postNotification 413`. */
  unseenStatuses(): readonly string[];
}

export function createCoverage({ operations }: Pick<Spec, 'operations'>): Coverage {
  const seen = new Map<string, Set<string>>();
  return {
    record: (operation, { status }) => {
      if (operation === undefined) return;
      const { operationId } = operation;
      const statuses = seen.get(operationId) ?? new Set();
      seen.set(operationId, statuses.add(String(status)));
    },
    unseenStatuses: () =>
      operations.flatMap(({ operationId, responses }) => {
        const statuses = seen.get(operationId);
        if (!statuses) return [];
        return [...responses.keys()]
          .filter((status) => /^\d{3}$/.test(status) && !statuses.has(status))
          .map((status) => `${operationId} ${status}`);
      }),
  };
}

/** Requirements that this run did not exercise: each of their cases was skipped, excluded or ended with an error. */
export function unexercised(requirements: readonly Requirement[], outcomes: readonly Outcome[]): readonly string[] {
  const exercised = new Set(outcomes.filter(({ kind }) => kind !== 'skip' && kind !== 'error').map((one) => one.case.requirement));
  return requirements.filter(({ id }) => !exercised.has(id)).map(({ id }) => id);
}

/** @throws Error that lists requirements without a case or check: the suite is incomplete */
export function assertEveryRequirementHasCase(
  requirements: readonly Requirement[],
  cases: readonly Case[],
  checked: ReadonlySet<string>,
): void {
  const proved = new Set(cases.map(({ requirement }) => requirement));
  const bare = requirements.filter(({ id }) => !proved.has(id) && !checked.has(id)).map(({ id }) => id);
  if (bare.length > 0)
    throw new Error(`No case or check proves ${bare.join(', ')}: add one, or remove the requirement from requirements.yaml.`);
}
