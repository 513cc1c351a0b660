// The type of checks: functions that run on every response, whatever the case, and return violations of one requirement.
import type { Spec } from '../documents/spec.ts';
import type { Declared } from './declared.ts';
import type { Exchange } from './exchange.ts';
import type { Finding } from './failure.ts';

/** Receives the findings of checks. */
export interface FindingSink {
  add(finding: Finding): void;
  /** Records that the requirement was checked, whatever the result. */
  exercise(requirement: string): void;
}

export interface CheckContext {
  /** The documents that the target is validated against. */
  readonly spec: Spec;
  /** What the documents declare for this request and response; looked up by method and path alone, so that no caller can forget to name its operation. */
  readonly declared: Declared;
  /** All request-ids received so far in this run. */
  readonly requestIds: Set<string>;
  /** All notification ids that responses to posts have contained so far, each with the appNotificationId of its request, if any. */
  readonly postedIds: Map<string, string | undefined>;
  /** Milliseconds since 1970, by the target's clock. */
  readonly now: number;
}

/** Returns the violations of its requirement; undefined if the check does not apply to this response, so that the requirement was not exercised. */
export type Check = (exchange: Exchange, context: CheckContext) => readonly Finding[] | undefined;
