// Decides after a socket has closed whether the device reconnects, and when.
import type { Closing } from '../client/device-socket.ts';
import { serviceErrorOf } from '../client/graph-error.ts';
import { isBusyHandshake } from '../client/throttling.ts';
import { closeCodes } from '../documents/close-codes.gen.ts';
import { DeviceError } from './device-error.ts';

export interface BackOff {
  /** Delay in milliseconds before the first attempt, without jitter. */
  readonly initialMs: number;
  /** Maximum delay in milliseconds, except for `Retry-After`. */
  readonly maximumMs: number;
}

/** A longer `Retry-After` is an error instead of a wait. */
export const maxRetryAfterSeconds = 3600;

/** Part of the error message for a `Retry-After` that is too long. */
export function tooLongText(seconds: number): string {
  return `it asked for a wait of ${seconds} s, and a device waits at most ${maxRetryAfterSeconds} s`;
}

/** Minimum wait after 1013 (try again later). */
const tryAgainLaterMs = 1000;

/** Exponential, with jitter over the upper half, so that devices that lost their connections together do not reconnect together. */
export function backOffMs(backOff: BackOff, attempt: number, random: () => number): number {
  const ceiling = Math.min(backOff.maximumMs, backOff.initialMs * 2 ** Math.min(attempt, 30));
  return ceiling / 2 + (random() * ceiling) / 2;
}

export type ReconnectDecision = { readonly retryAfterMs: number } | { readonly stop: DeviceError };

function decideOnRefusal(refusal: NonNullable<Closing['refusal']>): ReconnectDecision {
  const service = serviceErrorOf(refusal);
  const text = `The device socket was refused: ${refusal.status} ${service?.code ?? ''}: ${service?.message ?? ''}`;
  if (isBusyHandshake(refusal.status)) {
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
 * True if the service has forgotten the subscription because it was restarted (the handshake gets a 404) or reset: subscribing again
 * helps. False if the subscription was deleted or has expired.
 */
export function isForgotten({ code, service, closing }: DeviceError): boolean {
  return code === 'Gone' && (service?.status === 404 || closing?.reason === goneCode.reasons.reset);
}

/** R8: only these three close codes stop a device; after any other it reconnects. */
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
