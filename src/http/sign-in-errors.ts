// The platform's errors as replies: the body of token and discovery requests, and the page that a person sees (F42).
import type { components } from '../documents/identity.gen.ts';
import type { ErrorKind, Refusal } from '../domain/errors.ts';
import { type SignInErrorKind, SignInRefusal } from '../identity/errors.ts';
import { errorPage } from '../identity/login/pages/error-page.ts';
import { describeSignInError, signInErrors } from '../identity/sign-in-errors.ts';
import { graphErrors } from './graph-errors.ts';
import type { Reply } from './handler.ts';
import type { RequestContext } from './request-context.ts';

type Schemas = components['schemas'];

/** The JSON body of token and discovery requests. */
export function signInErrorReply(refusal: Refusal | SignInRefusal, context: RequestContext, now: number): Reply {
  const told = inPlatformWords(refusal);
  const { number, error, suberror } = signInErrors[told.kind];
  const { requestId, clientRequestId, origin } = context;
  const timestamp = `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')}Z`;
  const body: Schemas['ErrorBody'] = {
    error,
    error_description: `${describeSignInError(told)} Trace ID: ${requestId} Correlation ID: ${clientRequestId} Timestamp: ${timestamp}`,
    error_codes: [number],
    timestamp,
    trace_id: requestId,
    correlation_id: clientRequestId,
    error_uri: `${origin}/error?code=${number}`,
    ...(suberror === undefined ? {} : { suberror }),
  };
  return { status: statusOf(refusal, told), headers: { 'Retry-After': String(told.retryAfterSeconds ?? 1) }, body };
}

/** The page that a person sees. */
export function signInErrorPageReply(refusal: Refusal | SignInRefusal, { requestId }: RequestContext, now: number): Reply {
  const told = inPlatformWords(refusal);
  const status = statusOf(refusal, told);
  return { status, body: errorPage({ description: describeSignInError(told), requestId, at: new Date(now).toISOString() }) };
}

/** What an answer of the identity surface says of an error, for the log. */
export function signInErrorFacts(refusal: Refusal | SignInRefusal) {
  const { kind, message } = inPlatformWords(refusal);
  return { status: statusOf(refusal, inPlatformWords(refusal)), code: `AADSTS${signInErrors[kind].number}`, message };
}

function statusOf(refusal: Refusal | SignInRefusal, told: SignInRefusal): number {
  return refusal instanceof SignInRefusal ? (signInErrors[told.kind].status ?? 400) : graphErrors[refusal.kind].status;
}

/** What stops a request before it reaches sign-in, in the platform's words; the status stays what HTTP says of it. */
const platformKinds: Partial<Record<ErrorKind, SignInErrorKind>> = {
  TokenMissing: 'CredentialMissing',
  Internal: 'OutOfOrder',
  NotImplemented: 'OutOfOrder',
  Unavailable: 'ShuttingDown',
  Throttled: 'TooManyRequests',
  ThrottledAsNotAcceptable: 'TooManyRequests',
};

function inPlatformWords(refusal: Refusal | SignInRefusal): SignInRefusal {
  if (refusal instanceof SignInRefusal) return refusal;
  const { kind, message, faults, retryAfterSeconds } = refusal;
  const known = platformKinds[kind];
  if (known) return new SignInRefusal(known, message, retryAfterSeconds);
  const [fault] = faults;
  const name = fault?.target.replace(/^\//, '') ?? '';
  if (fault?.code === 'required' || fault?.code === 'dependentRequired') {
    return new SignInRefusal('ParameterMissing', `The request must contain the following parameter: '${name}'.`);
  }
  if (name === 'grant_type')
    return new SignInRefusal('GrantTypeUnsupported', `The app requested an unsupported grant type: ${fault?.message}.`);
  if (name === 'response_type') {
    return new SignInRefusal('ResponseTypeUnsupported', `The app requested an unsupported response type: ${fault?.message}.`);
  }
  return new SignInRefusal('Malformed', `Invalid request. Request is malformed or invalid: ${message}`);
}
