// Graph's errors: one table from each kind of refusal to its status and codes, and the body they are told in (F18, F19).
import type { components } from '../documents/notifications.gen.ts';
import type { ErrorKind, Refusal } from '../domain/errors.ts';
import type { Reply } from './handler.ts';
import type { RequestContext } from './request-context.ts';

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
  WebSocketVersion: { status: 426, code: 'UpgradeRequired' },
  Internal: { status: 500, code: 'InternalServerError' },
  NotImplemented: { status: 501, code: 'NotImplemented' },
  Unavailable: { status: 503, code: 'ServiceUnavailable' },
} as const satisfies Record<ErrorKind, GraphCode>;

/** A refusal as a reply: Graph's body, and the headers that its status asks for. */
export function refusalReply(refusal: Refusal, context: RequestContext, now: number): Reply {
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
    ...(refusal.faults.length > 0 && { details: refusal.faults.map((fault) => ({ ...fault })) }),
  };
  return { status, headers: headersOf(refusal, status, context), body: { error } satisfies Schemas['GraphError'] };
}

/** The header that errors of this status come with. */
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
    'WWW-Authenticate': () => `Bearer realm="", authorization_uri="${origin}/common/oauth2/authorize"${reason}`,
    Allow: () => allow.join(', '),
    'Retry-After': () => String(Math.max(1, Math.ceil(retryAfterSeconds))),
  };
  const name = errorHeaderOf(status);
  return { [name]: values[name]() };
}
