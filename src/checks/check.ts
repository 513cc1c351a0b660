// Checks look at every answer, whatever the case: each is a function that finds breaches of its own requirement.
import type { Spec } from '../documents/spec.ts';
import type { Declared } from './declared.ts';
import type { Exchange } from './exchange.ts';
import type { Finding } from './failure.ts';

/** Takes what checks find. */
export interface FindingSink {
  add(finding: Finding): void;
  /** The requirement was checked, whatever was found. */
  exercise(requirement: string): void;
}

export interface CheckContext {
  /** The documents that the target is validated against. */
  readonly spec: Spec;
  /** What they say of this request and answer: found by method and path alone, so that no sender can forget to name its operation. */
  readonly declared: Declared;
  /** All request-ids seen so far in this run. */
  readonly requestIds: Set<string>;
  /** All ids of notifications that posts were answered with so far, each with the appNotificationId it was posted with, if any. */
  readonly postedIds: Map<string, string | undefined>;
  /** Milliseconds since 1970, by the target's clock. */
  readonly now: number;
}

/** Breaches of its requirement, or none; undefined: this answer is none of its business, so that its requirement was not tried. */
export type Check = (exchange: Exchange, context: CheckContext) => readonly Finding[] | undefined;
