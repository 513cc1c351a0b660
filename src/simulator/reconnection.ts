// Judges why a socket closed: come back, and when, or stop.
import type { Closing } from '../client/device-socket.ts';
import { serviceErrorOf } from '../client/graph-error.ts';
import { closeCodes } from '../documents/close-codes.gen.ts';
import { DeviceError } from './device-error.ts';

export interface BackOff {
  /** Milliseconds before the first new attempt, before jitter. */
  readonly initialMs: number;
  /** Milliseconds that no wait exceeds, but for `Retry-After`. */
  readonly maximumMs: number;
}

/** A service that asks a device to wait longer than that is not waited for: it is an error. */
export const maxRetryAfterSeconds = 3600;

/** For the error message of a service that asks for a wait that is too long. */
export function tooLongText(seconds: number): string {
  return `it asks to wait ${seconds} s, more than the ${maxRetryAfterSeconds} s that a device waits`;
}

/** What 1013 (try again later) makes a device wait at least. */
const tryAgainLaterMs = 1000;
const throttledStatuses = new Set([406, 408, 425, 429]);

/** Exponential, with jitter over its upper half, so that devices that were dropped together do not come back together. */
export function backOffMs(backOff: BackOff, attempt: number, random: () => number): number {
  const ceiling = Math.min(backOff.maximumMs, backOff.initialMs * 2 ** Math.min(attempt, 30));
  return ceiling / 2 + (random() * ceiling) / 2;
}

export type ReconnectDecision = { readonly retryAfterMs: number } | { readonly stop: DeviceError };

function decideOnRefusal(refusal: NonNullable<Closing['refusal']>): ReconnectDecision {
  const service = serviceErrorOf(refusal);
  const text = `The device socket was refused: ${refusal.status} ${service?.code ?? ''}: ${service?.message ?? ''}`;
  if (throttledStatuses.has(refusal.status) || refusal.status >= 500) {
    const seconds = refusal.retryAfterSeconds ?? 0;
    if (seconds <= maxRetryAfterSeconds) return { retryAfterMs: seconds * 1000 };
    return { stop: new DeviceError('Refused', `${text} (${tooLongText(seconds)})`, { service }) };
  }
  if (refusal.status === 404 || refusal.status === 410) return { stop: new DeviceError('Gone', text, { service }) };
  return { stop: new DeviceError(service?.reason === 'TokenExpired' ? 'TokenExpired' : 'Refused', text, { service }) };
}

const goneCode = closeCodes.subscriptionGone;

function goneText({ reason }: Closing): string {
  return reason === goneCode.reasons.reset
    ? 'The emulator was reset and has forgotten the subscription'
    : 'The subscription was deleted or has expired';
}

/**
 * True when the service has forgotten the subscription, because it was started anew (a handshake that is 404) or reset: subscribing
 * again helps. False when the subscription was deleted or has expired.
 */
export function isForgotten({ code, service, closing }: DeviceError): boolean {
  return code === 'Gone' && (service?.status === 404 || closing?.reason === goneCode.reasons.reset);
}

/** R8: only these three closes end a device; after every other it comes back. */
export function decideOnClosing(closing: Closing): ReconnectDecision {
  if (closing.refusal) return decideOnRefusal(closing.refusal);
  switch (closing.code) {
    case closeCodes.tokenExpired.code:
      return { stop: new DeviceError('TokenExpired', 'The token expired (4401).', { closing }) };
    case closeCodes.replaced.code:
      return { stop: new DeviceError('Replaced', 'Another connection with the same UNSID took over (4409).', { closing }) };
    case goneCode.code:
      return { stop: new DeviceError('Gone', `${goneText(closing)} (4410).`, { closing }) };
    case closeCodes.tooSlow.code:
      return { retryAfterMs: tryAgainLaterMs };
    default:
      return { retryAfterMs: 0 };
  }
}
