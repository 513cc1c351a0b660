// Tells an error in the way of the surface it happened on: Graph's body, the platform's body, or a page.
import type { Operation } from '../documents/operation.ts';
import { responseFor } from '../documents/responses.ts';
import { Refusal } from '../domain/errors.ts';
import { SignInRefusal } from '../identity/errors.ts';
import { refusalReply } from './graph-errors.ts';
import type { Reply } from './handler.ts';
import type { RequestContext } from './request-context.ts';
import { signInErrorPageReply, signInErrorReply } from './sign-in-errors.ts';

export interface ErrorPlace {
  readonly request: RequestContext;
  /** Undefined where none matched: Graph's body everywhere. */
  readonly operation: Operation | undefined;
}

/** A person sees its errors, on a page. */
export function isPageOperation({ responses }: Operation): boolean {
  return responseFor(responses, 400)?.mediaType?.startsWith('text/html') === true;
}

/** By the service clock. */
export function errorReply(error: Refusal | SignInRefusal, { request, operation }: ErrorPlace, now: number): Reply {
  if (operation?.surface === 'identity') {
    return isPageOperation(operation) ? signInErrorPageReply(error, request, now) : signInErrorReply(error, request, now);
  }
  return refusalReply(error instanceof SignInRefusal ? new Refusal('Internal', 'The service failed.') : error, request, now);
}
