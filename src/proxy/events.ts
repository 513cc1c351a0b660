// The events and the summary of the proxy: violations, requests that failed, traffic that was not validated, start errors.
import type { Finding } from '../checks/failure.ts';
import type { Requirement } from '../checks/requirement.ts';

/** Who violated the documents: the app with a request or message, or the target with a response or message. */
export type Side = 'app' | 'target';

export interface ProxyFinding extends Omit<Finding, 'requirement' | 'seenIn'> {
  readonly side: Side;
  /** The operation, the method and path, or the device socket. */
  readonly where: string;
  /** Undefined if the catalogue has none. */
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
  /** Requests without a response, or with an incomplete one. */
  readonly failed: number;
  /** Bodies and messages that were forwarded without validation. */
  readonly unchecked: number;
  /** Each cause once, in the order of first occurrence. */
  readonly findings: readonly CountedFinding[];
  /** Number of findings that were not stored because there were too many causes. */
  readonly omitted: number;
}

export type ProxyEvent =
  /** The first finding with this cause. */
  | { readonly kind: 'finding'; readonly finding: ProxyFinding }
  /** The target did not respond (`unreachable`: the app received 502), or its response was incomplete (`cut`). */
  | { readonly kind: 'failed'; readonly how: 'unreachable' | 'cut'; readonly request: string; readonly reason: string }
  /** Forwarded without validation; emitted once for each reason. */
  | { readonly kind: 'unchecked'; readonly reason: string };

export type ProxyListener = (event: ProxyEvent) => void;

export class ProxyError extends Error {
  override readonly name = 'ProxyError';
}
