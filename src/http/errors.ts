// Turns a refusal into a response of its surface: Graph's body (F18, F19), the platform's body or a page (F42), the activity service's body (F57).
import type { components as activityComponents } from '../documents/activity.gen.ts';
import type { components as identityComponents } from '../documents/identity.gen.ts';
import type { components } from '../documents/notifications.gen.ts';
import type { Operation } from '../documents/operation.ts';
import { responseFor } from '../documents/responses.ts';
import { type ErrorKind, Refusal } from '../domain/errors.ts';
import { type SignInErrorKind, SignInRefusal } from '../identity/errors.ts';
import { errorPage } from '../identity/login/pages/error-page.ts';
import { describeSignInError, signInErrors } from '../identity/sign-in-errors.ts';
import type { RequestContext } from './context.ts';
import type { HandlerResult } from './handler.ts';

type Schemas = components['schemas'];

interface GraphCode {
  readonly status: number;
  readonly code: Schemas['ErrorCode'];
  readonly innerCode?: Schemas['InnerErrorCode'];
}

const badRequest = (innerCode: Schemas['InnerErrorCode']): GraphCode => ({ status: 400, code: 'BadRequest', innerCode });
const unauthorized = (innerCode: Schemas['InnerErrorCode']): GraphCode => ({ status: 401, code: 'InvalidAuthenticationToken', innerCode });
const forbidden = (innerCode: Schemas['InnerErrorCode']): GraphCode => ({ status: 403, code: 'Forbidden', innerCode });

export const graphErrors = {
  InvalidJson: badRequest('InvalidJson'),
  BodyIsArray: badRequest('BodyIsArray'),
  InvalidBody: badRequest('InvalidBody'),
  InvalidParameter: badRequest('InvalidParameter'),
  UnsupportedHeader: badRequest('UnsupportedHeader'),
  MissingUnsid: badRequest('MissingUnsid'),
  CorruptEncoding: badRequest('CorruptEncoding'),
  TokenMissing: unauthorized('TokenMissing'),
  TokenInvalid: unauthorized('TokenInvalid'),
  TokenExpired: unauthorized('TokenExpired'),
  CallerBlocked: forbidden('CallerBlocked'),
  UnsidNotUsable: forbidden('UnsidNotUsable'),
  OtherUser: forbidden('OtherUser'),
  ClientNotRegistered: forbidden('ClientNotRegistered'),
  MissingScope: forbidden('MissingScope'),
  UserTokenRequired: forbidden('UserTokenRequired'),
  UnknownRoute: { status: 404, code: 'NotFound', innerCode: 'UnknownRoute' },
  UnknownResource: { status: 404, code: 'NotFound', innerCode: 'UnknownResource' },
  MethodNotAllowed: { status: 405, code: 'MethodNotAllowed' },
  Throttled: { status: 429, code: 'TooManyRequests', innerCode: 'Throttled' },
  ThrottledAsNotAcceptable: { status: 406, code: 'NotAcceptable', innerCode: 'Throttled' },
  PlatformChanged: { status: 409, code: 'Conflict', innerCode: 'PlatformChanged' },
  CursorUnknown: { status: 410, code: 'Gone', innerCode: 'CursorUnknown' },
  BodyTooLarge: { status: 413, code: 'RequestEntityTooLarge' },
  ContentType: { status: 415, code: 'UnsupportedMediaType', innerCode: 'ContentType' },
  ContentEncoding: { status: 415, code: 'UnsupportedMediaType', innerCode: 'ContentEncoding' },
  FailedDependency: { status: 424, code: 'FailedDependency' },
  WebSocketVersion: { status: 426, code: 'UpgradeRequired' },
  Internal: { status: 500, code: 'InternalServerError' },
  NotImplemented: { status: 501, code: 'NotImplemented' },
  Unavailable: { status: 503, code: 'ServiceUnavailable' },
} as const satisfies Record<ErrorKind, GraphCode>;

/** Graph's error body, and the header that goes with its status. */
export function refusalResult(refusal: Refusal, context: RequestContext, now: number): HandlerResult {
  const { status, code, innerCode }: GraphCode = graphErrors[refusal.kind];
  const error = {
    code,
    message: refusal.message,
    innerError: {
      ...(innerCode && { code: innerCode }),
      date: new Date(now).toISOString(),
      'request-id': context.requestId,
      'client-request-id': context.clientRequestId,
    },
    ...(refusal.violations.length > 0 && { details: refusal.violations.map((violation) => ({ ...violation })) }),
  };
  return { status, headers: headersOf(refusal, status, context), body: { error } satisfies Schemas['GraphError'] };
}

/** The body of the activity surface (F57, D37). */
function activityErrorResult(refusal: Refusal, context: RequestContext): HandlerResult {
  const { status } = graphErrors[refusal.kind];
  const body: activityComponents['schemas']['Error'] = { errorCode: status, errorMessage: refusal.message };
  return { status, headers: headersOf(refusal, status, context), body };
}

/** The header of error responses with this status. */
export function errorHeaderOf(status: number): 'WWW-Authenticate' | 'Allow' | 'Retry-After' {
  if (status === 401) return 'WWW-Authenticate';
  return status === 405 ? 'Allow' : 'Retry-After';
}

function headersOf(
  { kind, retryAfterSeconds = 1, allow = [] }: Refusal,
  status: number,
  { origin }: RequestContext,
): Record<string, string> {
  const reason = kind === 'TokenMissing' ? '' : ', error="invalid_token"';
  const values = {
    'WWW-Authenticate': () => `Bearer realm="", authorization_uri="${origin()}/common/oauth2/authorize"${reason}`,
    Allow: () => allow.join(', '),
    'Retry-After': () => String(Math.max(1, Math.ceil(retryAfterSeconds))),
  };
  const name = errorHeaderOf(status);
  return { [name]: values[name]() };
}

/** The JSON body of token and discovery requests. */
export function signInErrorResult(refusal: Refusal | SignInRefusal, context: RequestContext, now: number): HandlerResult {
  const signInRefusal = asSignInRefusal(refusal);
  const { number, error, suberror } = signInErrors[signInRefusal.kind];
  const { requestId, clientRequestId, origin } = context;
  const timestamp = `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')}Z`;
  const body: identityComponents['schemas']['ErrorBody'] = {
    error,
    error_description: `${describeSignInError(signInRefusal)} Trace ID: ${requestId} Correlation ID: ${clientRequestId} Timestamp: ${timestamp}`,
    error_codes: [number],
    timestamp,
    trace_id: requestId,
    correlation_id: clientRequestId,
    error_uri: `${origin()}/error?code=${number}`,
    ...(suberror === undefined ? {} : { suberror }),
  };
  return { status: statusOf(refusal, signInRefusal), headers: { 'Retry-After': String(signInRefusal.retryAfterSeconds ?? 1) }, body };
}

/** The HTML page for a user. */
export function signInErrorPageResult(refusal: Refusal | SignInRefusal, { requestId }: RequestContext, now: number): HandlerResult {
  const signInRefusal = asSignInRefusal(refusal);
  const status = statusOf(refusal, signInRefusal);
  return { status, body: errorPage({ description: describeSignInError(signInRefusal), requestId, at: new Date(now).toISOString() }) };
}

/** Status, code and message of an identity error, for the log. */
export function signInErrorFacts(refusal: Refusal | SignInRefusal) {
  const { kind, message } = asSignInRefusal(refusal);
  return { status: statusOf(refusal, asSignInRefusal(refusal)), code: `AADSTS${signInErrors[kind].number}`, message };
}

function statusOf(refusal: Refusal | SignInRefusal, signInRefusal: SignInRefusal): number {
  return refusal instanceof SignInRefusal ? (signInErrors[signInRefusal.kind].status ?? 400) : graphErrors[refusal.kind].status;
}

/** Errors from before sign-in, as errors of the identity platform; they keep their HTTP status. */
const platformKinds: Partial<Record<ErrorKind, SignInErrorKind>> = {
  TokenMissing: 'CredentialMissing',
  Internal: 'OutOfOrder',
  NotImplemented: 'OutOfOrder',
  Unavailable: 'ShuttingDown',
  Throttled: 'TooManyRequests',
  ThrottledAsNotAcceptable: 'TooManyRequests',
};

function asSignInRefusal(refusal: Refusal | SignInRefusal): SignInRefusal {
  if (refusal instanceof SignInRefusal) return refusal;
  const { kind, message, violations, retryAfterSeconds } = refusal;
  const known = platformKinds[kind];
  if (known) return new SignInRefusal(known, message, retryAfterSeconds);
  const [violation] = violations;
  const name = violation?.target.replace(/^\//, '') ?? '';
  if (violation?.code === 'required' || violation?.code === 'dependentRequired') {
    return new SignInRefusal('ParameterMissing', `The request must contain the following parameter: '${name}'.`);
  }
  if (name === 'grant_type')
    return new SignInRefusal('GrantTypeUnsupported', `The app requested an unsupported grant type: ${violation?.message}.`);
  if (name === 'response_type') {
    return new SignInRefusal('ResponseTypeUnsupported', `The app requested an unsupported response type: ${violation?.message}.`);
  }
  return new SignInRefusal('Malformed', `Invalid request. Request is malformed or invalid: ${message}`);
}

export interface ErrorContext {
  readonly request: RequestContext;
  /** Undefined if no operation matched; the error then has Graph's body, unless the path is one of the activity surface. */
  readonly operation: Operation | undefined;
  /** The operations of the path if none has the method. */
  readonly neighbours?: readonly Operation[] | undefined;
}

/** Whether the operation reports errors as HTML pages. */
export function isPageOperation({ responses }: Operation): boolean {
  return responseFor(responses, 400)?.mediaType?.startsWith('text/html') === true;
}

/** Whether errors are those of the identity platform. What takes an access token is on Graph's host, with Graph's errors (F48). */
export function hasSignInErrors({ surface, security }: Pick<Operation, 'surface' | 'security'>): boolean {
  return surface === 'identity' && security.length === 0;
}

/** @param now by the service clock */
export function errorResult(
  error: Refusal | SignInRefusal,
  { request, operation, neighbours = [] }: ErrorContext,
  now: number,
): HandlerResult {
  if (operation && hasSignInErrors(operation)) {
    return isPageOperation(operation) ? signInErrorPageResult(error, request, now) : signInErrorResult(error, request, now);
  }
  const refusal = error instanceof SignInRefusal ? new Refusal('Internal', 'The service failed.') : error;
  const surface = (operation ?? neighbours[0])?.surface;
  return surface === 'activity' ? activityErrorResult(refusal, request) : refusalResult(refusal, request, now);
}
