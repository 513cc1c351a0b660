// Reads Graph's error body out of an answer without trusting that it is one.

/** What an answer says went wrong (F19). */
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

/** The error of an answer of 300 and above (a redirect is not followed, so it is none), whatever its body is; undefined below. */
export function serviceErrorOf(answer: { readonly status: number; readonly body: unknown }): ServiceError | undefined {
  if (answer.status < 300) return undefined;
  const error = member(answer.body, 'error');
  const details = member(error, 'details');
  return {
    status: answer.status,
    code: text(member(error, 'code')) ?? `HTTP ${answer.status}`,
    message: text(member(error, 'message')) ?? 'The answer says no more.',
    reason: text(member(member(error, 'innerError'), 'code')),
    details: (Array.isArray(details) ? details : []).map((detail: unknown) => ({
      target: text(member(detail, 'target')) ?? '',
      message: text(member(detail, 'message')) ?? '',
    })),
  };
}

/** Seconds of `Retry-After`, as a number or a date; undefined when it is not sent or is neither. */
export function retryAfterSeconds(header: string | undefined, nowMs: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d+$/.test(header)) return Number(header);
  // Date.parse takes much for a date that is none: -5 is one of the year 2001.
  const at = /^[A-Z][a-z]{2}, /.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - nowMs) / 1000));
}
