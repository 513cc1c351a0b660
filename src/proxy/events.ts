// What the proxy tells: breaches of the documents, requests that could not be passed on, what it did not judge, why it cannot start.
import type { Finding } from '../checks/failure.ts';
import type { Requirement } from '../checks/requirement.ts';

/** Who broke the documents: the app with what it sent, or the implementation with what it answered or pushed. */
export type Side = 'app' | 'target';

export interface ProxyFinding extends Omit<Finding, 'requirement' | 'seenIn'> {
  readonly side: Side;
  /** The operation, method and path, or the device socket. */
  readonly where: string;
  /** Undefined: the catalogue has none. */
  readonly requirement: Requirement | undefined;
}

export interface CountedFinding {
  readonly finding: ProxyFinding;
  readonly count: number;
}

export interface ProxySummary {
  readonly requests: number;
  readonly sockets: number;
  readonly messages: number;
  /** Requests that the target did not answer, or not to the end. */
  readonly failed: number;
  /** Bodies and messages that were passed on and not judged. */
  readonly unchecked: number;
  /** Each cause once, in the order in which they came. */
  readonly findings: readonly CountedFinding[];
  /** Causes beyond those that are kept. */
  readonly omitted: number;
}

export type ProxyEvent =
  /** The first time that this cause showed. */
  | { readonly kind: 'finding'; readonly finding: ProxyFinding }
  /** The target did not answer (`unreachable`, the app got 502), or not to the end (`cut`). */
  | { readonly kind: 'failed'; readonly how: 'unreachable' | 'cut'; readonly request: string; readonly reason: string }
  /** Passed on and not judged; said once for each reason. */
  | { readonly kind: 'unchecked'; readonly reason: string };

export type ProxyListener = (event: ProxyEvent) => void;

export class ProxyError extends Error {
  override readonly name = 'ProxyError';
}
