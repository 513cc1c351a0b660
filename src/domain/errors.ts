// The closed union of things that can be refused, and the one error class that carries them.

/** Why a request was refused; `http/errors.ts` maps each to a status and Graph's codes. */
export type ErrorKind =
  | 'InvalidJson'
  | 'BodyIsArray'
  | 'InvalidBody'
  | 'InvalidParameter'
  | 'UnsupportedHeader'
  | 'MissingUnsid'
  | 'CorruptEncoding'
  | 'TokenMissing'
  | 'TokenInvalid'
  | 'TokenExpired'
  | 'CallerBlocked'
  | 'UnsidNotUsable'
  | 'OtherUser'
  | 'ClientNotRegistered'
  | 'MissingScope'
  | 'UserTokenRequired'
  | 'UnknownRoute'
  | 'UnknownResource'
  | 'MethodNotAllowed'
  | 'Throttled'
  | 'ThrottledAsNotAcceptable'
  | 'PlatformChanged'
  | 'CursorUnknown'
  | 'FailedDependency'
  | 'BodyTooLarge'
  | 'ContentType'
  | 'ContentEncoding'
  | 'WebSocketVersion'
  | 'Internal'
  | 'NotImplemented'
  | 'Unavailable';

/** One fault of an input: the keyword or reason, where it is (JSON pointer, header or parameter name), and what is wrong. */
export interface Violation {
  readonly code: string;
  readonly target: string;
  readonly message: string;
}

export interface RefusalDetails {
  readonly violations?: readonly Violation[];
  /** Seconds, for `Retry-After`. */
  readonly retryAfterSeconds?: number;
  /** Methods, for `Allow`. */
  readonly allow?: readonly string[];
}

/** Thrown wherever a request is refused; the edge turns it into Graph's error body (or a handshake that fails). */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly kind: ErrorKind;
  readonly violations: readonly Violation[];
  readonly retryAfterSeconds: number | undefined;
  readonly allow: readonly string[] | undefined;

  constructor(kind: ErrorKind, message: string, details: RefusalDetails = {}) {
    super(message);
    this.kind = kind;
    this.violations = details.violations ?? [];
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.allow = details.allow;
  }
}

/** A refusal lists no more of them: a body has room for very many. */
export const maxViolations = 100;

/** Message that names the first fault, as protocol and users expect it. */
export function refusalForViolations(kind: ErrorKind, violations: readonly Violation[]): Refusal {
  const first = violations[0];
  if (!first) return new Refusal(kind, 'The request is not valid.');
  const listed = { violations: violations.slice(0, maxViolations) };
  if (first.target !== '') return new Refusal(kind, `${first.target}: ${first.message}`, listed);
  return new Refusal(kind, `The body ${first.message}${first.message.endsWith('?') ? '' : '.'}`, listed);
}

/** Names the clients that may act for the application (F30), so that the message says what to do. */
export function clientNotRegistered(refused: {
  readonly application: string;
  readonly clientId: string | undefined;
  readonly clients: readonly string[];
  readonly platform?: string;
}): Refusal {
  const { application, clientId = 'of the token', clients, platform } = refused;
  const what = platform === undefined ? `the application ${application}` : `the application ${application} on ${platform}`;
  const registered = clients.length === 0 ? 'No client is registered for it.' : `Registered for it: ${clients.join(', ')}.`;
  return new Refusal('ClientNotRegistered', `The client ${clientId} is not registered for ${what}. ${registered}`);
}
