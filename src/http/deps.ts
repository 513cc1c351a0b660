// What the HTTP side needs from outside.

import type { Fault } from '../domain/errors.ts';
import type { Admission, Authenticator, Clock, Ids, Log, Timer } from '../domain/ports.ts';
import type { Spec } from '../spec/spec.ts';
import type { Handlers } from './handler.ts';

/** All it takes to answer. */
export interface AnswerDeps {
  readonly spec: Spec;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly ids: Pick<Ids, 'guid'>;
  readonly log: Log;
  /** The product's version, told in `x-ms-ags-diagnostic`. */
  readonly version: string;
  /** Overrides the origin that requests came to, in URLs of answers. */
  readonly publicOrigin?: string | undefined;
  /** Answers are judged against the documents before they are sent. Default false. */
  readonly validateResponses?: boolean | undefined;
  /** Shutting down: new calls get 503, and connections are closed. */
  readonly draining: () => boolean;
  /** Told of an answer that would have broken the documents: `postNotification 201`, and why. */
  readonly onViolation?: ((where: string, faults: readonly Fault[]) => void) | undefined;
}

export interface HttpDeps extends AnswerDeps {
  readonly handlers: Handlers;
  readonly authenticator: Authenticator;
  readonly admission: Pick<Admission, 'admit'>;
}
