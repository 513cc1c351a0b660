// What happens in a run, as events: reports are listeners, and the engine knows none of them.
import type { Exchange } from '../../checks/exchange.ts';
import type { Finding } from '../../checks/failure.ts';
import type { Requirement } from '../../checks/requirement.ts';
import type { Case } from '../case.ts';

export type OutcomeKind = 'pass' | 'fail' | 'error' | 'skip' | 'known';

export interface Outcome {
  readonly case: CaseInfo;
  readonly kind: OutcomeKind;
  /** Why it was skipped, or what failed in suite or line. */
  readonly reason?: string;
  /** Breaches; those of SHOULD alone do not make a case fail. */
  readonly findings: readonly Finding[];
  /** A known failure that passed. */
  readonly isUnexpectedPass?: boolean;
  readonly durationMs: number;
}

/** A case without its code. */
export type CaseInfo = Pick<Case, 'id' | 'requirement' | 'title' | 'surface' | 'operationId'> & {
  /** `check`: it looked at every answer, beside the cases. */
  readonly origin: Case['origin'] | 'check';
};

export interface Summary {
  readonly outcomes: Readonly<Record<OutcomeKind, number>>;
  readonly unexpectedPasses: number;
  /** SHOULDs that were broken. */
  readonly warnings: number;
  /** Requirements that no case that ran has exercised. */
  readonly unexercised: readonly string[];
  /** Documented statuses that never occurred: `postNotification 413`. */
  readonly unseenStatuses: readonly string[];
  readonly durationMs: number;
  /** The run was given up before its end. */
  readonly isPartial: boolean;
  /** Not all cases were chosen. */
  readonly isSelection: boolean;
}

export type RunEvent =
  | {
      readonly kind: 'run-started';
      readonly target: string;
      readonly cases: readonly CaseInfo[];
      readonly requirements: readonly Requirement[];
      readonly seed: number;
      readonly at: string;
    }
  | { readonly kind: 'case-started'; readonly case: CaseInfo }
  /** `operationId`: the operation that its method and path have in the documents, if any. */
  | { readonly kind: 'exchange'; readonly case: CaseInfo; readonly exchange: Exchange; readonly operationId?: string }
  /** Something is about to be asked of a device, told in words. */
  | { readonly kind: 'device-call'; readonly case: CaseInfo; readonly call: string }
  | { readonly kind: 'case-finished'; readonly outcome: Outcome }
  | { readonly kind: 'run-finished'; readonly summary: Summary };

/** Reports and tests listen. What a listener throws ends the run. */
export type RunListener = (event: RunEvent) => void | Promise<void>;
