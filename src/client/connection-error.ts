// The one error of the client: the line to the service failed, told in one line without any secret.

/** The service could not be reached, or the line broke before an answer was there. The message is one clear line and never holds a token. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection was reset',
  ENOTFOUND: 'the host is unknown',
  EAI_AGAIN: 'the host name could not be looked up',
  ETIMEDOUT: 'the connection timed out',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  EPIPE: 'the connection was closed',
  UND_ERR_SOCKET: 'the connection was closed before the answer was complete',
  UND_ERR_CONNECT_TIMEOUT: 'the connection timed out',
};

function textMember(value: unknown, name: 'code' | 'message' | 'name'): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const member: unknown = Reflect.get(value, name);
  return typeof member === 'string' && member !== '' ? member : undefined;
}

/** Why a line failed, in a few words; looks through `cause`, where fetch hides the reason. */
export function failureReason(error: unknown): string {
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  for (const candidate of [cause, error]) {
    const code = textMember(candidate, 'code');
    if (code !== undefined) return REASONS[code] ?? code;
  }
  const message = textMember(cause, 'message') ?? textMember(error, 'message') ?? 'unknown reason';
  return message.split('\n')[0] ?? message;
}

/** The error for a failed line to `where` (a URL without query, so that no token shows). */
export function connectionError(where: string, error: unknown): ConnectionError {
  return new ConnectionError(`No connection to ${where}: ${failureReason(error)}.`, { cause: error });
}
