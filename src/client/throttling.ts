// Which responses ask a client to try again later, and after how long.

/** The caller has sent too many requests (F18, D8). */
export const throttlingStatuses: ReadonlySet<number> = new Set([406, 429]);

/** The same request may succeed later: throttled, or temporarily unavailable. */
export const busyStatuses: ReadonlySet<number> = new Set([...throttlingStatuses, 503]);

/** The same at the identity platform, which throttles with 429 only. */
export const identityBusyStatuses: ReadonlySet<number> = new Set([429, 503]);

/** A handshake is also refused by proxies on the way, with these statuses and every one from 500. */
export function isBusyHandshake(status: number): boolean {
  return throttlingStatuses.has(status) || status === 408 || status === 425 || status >= 500;
}

/** Seconds of `Retry-After`, given as a number or a date; undefined if it is missing or invalid. */
export function retryAfterSeconds(header: string | undefined, nowMs: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d+$/.test(header)) return Number(header);
  // Date.parse accepts too much: -5 is a date in 2001.
  const at = /^[A-Z][a-z]{2}, /.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - nowMs) / 1000));
}
