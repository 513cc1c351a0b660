// Reads Graph's error body from a response without assuming that it is one.
import { memberOf } from '../values/json.ts';

/** The error in a response (F19). */
export interface ServiceError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** The reason, from `innerError.code`. */
  readonly reason: string | undefined;
  readonly details: readonly { readonly target: string; readonly message: string }[];
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Returns the error of a response with status 300 or above, whatever its body; undefined below. A redirect counts as an error because it is not followed. */
export function serviceErrorOf(answer: { readonly status: number; readonly body: unknown }): ServiceError | undefined {
  if (answer.status < 300) return undefined;
  const error = memberOf(answer.body, 'error');
  const details = memberOf(error, 'details');
  return {
    status: answer.status,
    code: text(memberOf(error, 'code')) ?? `HTTP ${answer.status}`,
    message: text(memberOf(error, 'message')) ?? 'The response has no error message.',
    reason: text(memberOf(error, 'innerError', 'code')),
    details: (Array.isArray(details) ? details : []).map((detail: unknown) => ({
      target: text(memberOf(detail, 'target')) ?? '',
      message: text(memberOf(detail, 'message')) ?? '',
    })),
  };
}
