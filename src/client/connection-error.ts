// The error of the client: the connection to the service failed, described in one line without secrets.
import { textMemberOf } from '../values/json.ts';
import { BodyTooLargeError } from './body.ts';

/** The service could not be reached, or the connection broke before the response was complete. The message is one line and never contains a token. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
  /** The origin or URL of the failed call. */
  readonly where: string;

  constructor(message: string, where: string, options?: ErrorOptions) {
    super(message, options);
    this.where = where;
  }
}

/** Certificates from an authority that this process does not trust; trusting another authority would help. */
const untrustedCodes: Readonly<Record<string, string>> = {
  SELF_SIGNED_CERT_IN_CHAIN: 'the authority of its certificate is not trusted',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed and not trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the authority of its certificate is not trusted',
  UNABLE_TO_GET_ISSUER_CERT: 'the authority of its certificate is not trusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the authority of its certificate is not trusted',
  CERT_SIGNATURE_FAILURE: 'the authority of its certificate is not trusted',
};

const reasonsByCode: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection was reset',
  ENOTFOUND: 'the host is unknown',
  EAI_AGAIN: 'the host name could not be looked up',
  ETIMEDOUT: 'the connection timed out',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  EPIPE: 'the connection was closed',
  UND_ERR_SOCKET: 'the connection was closed before the response was complete',
  UND_ERR_CONNECT_TIMEOUT: 'the connection timed out',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is not for this host name',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not use https',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'it does not use https',
  ...untrustedCodes,
};

function textMember(value: unknown, name: 'code' | 'message' | 'name'): string | undefined {
  return textMemberOf(value, name) || undefined;
}

function codeOf(error: unknown): string | undefined {
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  return textMember(cause, 'code') ?? textMember(error, 'code');
}

/** True if the connection failed because this process does not trust the authority of the server's certificate. */
export function isUntrusted({ cause }: ConnectionError): boolean {
  return Object.hasOwn(untrustedCodes, codeOf(cause) ?? '');
}

/** Why a connection failed, in a few words; also reads `cause`, where fetch puts the reason. */
export function failureReason(error: unknown): string {
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  const code = codeOf(error);
  if (textMember(error, 'name') === 'TimeoutError') return 'no response within the timeout';
  if (code !== undefined) return reasonsByCode[code] ?? code;
  const message = textMember(cause, 'message') ?? textMember(error, 'message') ?? 'unknown reason';
  return message.split('\n')[0] ?? message;
}

/** True if the response exceeded the size limit. */
export function isTooLarge({ cause }: ConnectionError): boolean {
  return cause instanceof BodyTooLargeError;
}

/** The error for a failed connection to `where`, a URL without query, so that it contains no token. */
export function connectionError(where: string, error: unknown): ConnectionError {
  if (error instanceof BodyTooLargeError) return new ConnectionError(`${where}: ${error.message}.`, where, { cause: error });
  return new ConnectionError(`No connection to ${where}: ${failureReason(error)}.`, where, { cause: error });
}
