// The events and outcomes of a run, through which reports listen without the engine knowing them.
import type { Exchange } from '../../checks/exchange.ts';
import type { Finding } from '../../checks/failure.ts';
import type { Requirement } from '../../checks/requirement.ts';
import type { Case } from '../case.ts';

export type OutcomeKind = 'pass' | 'fail' | 'error' | 'skip' | 'known';

export interface Outcome {
  readonly case: CaseInfo;
  readonly kind: OutcomeKind;
  /** Why it was skipped, or the error of the suite or the connection. */
  readonly reason?: string;
  /** Violations; a case whose violations are all of SHOULD requirements does not fail. */
  readonly findings: readonly Finding[];
  /** A known failure that passed. */
  readonly isUnexpectedPass?: boolean;
  readonly durationMs: number;
}

/** A case without its code. */
export type CaseInfo = Pick<Case, 'id' | 'requirement' | 'title' | 'surface' | 'operationId'> & {
  /** `check`: a check that ran on every response, independently of the cases. */
  readonly origin: Case['origin'] | 'check';
};

export interface Summary {
  readonly outcomes: Readonly<Record<OutcomeKind, number>>;
  readonly unexpectedPasses: number;
  /** Passed cases with findings: violations of SHOULD requirements. */
  readonly warnings: number;
  /** Requirements that no case exercised. */
  readonly unexercised: readonly string[];
  /** Documented statuses that never occurred: `postNotification 413`. */
  readonly unseenStatuses: readonly string[];
  readonly durationMs: number;
  /** The run was aborted before its end. */
  readonly isPartial: boolean;
  /** Why it was aborted. */
  readonly stopReason?: string;
  /** Seconds by which the run has advanced the target's clock. */
  readonly clockMovedSeconds: number;
  /** Only a selection of the cases was to run. */
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
  /** `operationId`: the operation that the documents declare for its method and path, if any. */
  | { readonly kind: 'exchange'; readonly case: CaseInfo; readonly exchange: Exchange; readonly operationId?: string }
  /** A call on a device is about to be made; `call` describes it. */
  | { readonly kind: 'device-call'; readonly case: CaseInfo; readonly call: string }
  | { readonly kind: 'case-finished'; readonly outcome: Outcome }
  | { readonly kind: 'run-finished'; readonly summary: Summary };

/** Called for every event; an error that it throws ends the run. */
export type RunListener = (event: RunEvent) => void | Promise<void>;
