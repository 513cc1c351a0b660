// Reads Graph's error body from a response without assuming that it is one.

/** The error in a response (F19). */
export interface ServiceError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** The reason, from `innerError.code`. */
  readonly reason: string | undefined;
  readonly details: readonly { readonly target: string; readonly message: string }[];
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Returns the error of a response with status 300 or above, whatever its body; undefined below. A redirect counts as an error because it is not followed. */
export function serviceErrorOf(answer: { readonly status: number; readonly body: unknown }): ServiceError | undefined {
  if (answer.status < 300) return undefined;
  const error = member(answer.body, 'error');
  const details = member(error, 'details');
  return {
    status: answer.status,
    code: text(member(error, 'code')) ?? `HTTP ${answer.status}`,
    message: text(member(error, 'message')) ?? 'The response has no error message.',
    reason: text(member(member(error, 'innerError'), 'code')),
    details: (Array.isArray(details) ? details : []).map((detail: unknown) => ({
      target: text(member(detail, 'target')) ?? '',
      message: text(member(detail, 'message')) ?? '',
    })),
  };
}
