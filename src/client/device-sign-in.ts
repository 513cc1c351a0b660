// Polls the token endpoint until the user has finished a device-code sign-in, at the interval that the platform requires (F37).
import { type IdentityAnswer, refusedHere } from './identity-answer.ts';
import type { DeviceCodeAnswer, TokenAnswer } from './identity-wire.ts';
import { identityBusyStatuses } from './throttling.ts';
import { type ClientTimer, pass } from './timer.ts';

/** RFC 8628: what `slow_down` adds to the interval, and the default interval. */
const slowDownMs = 5000;
const defaultIntervalSeconds = 5;

export interface Waiting {
  readonly timer: ClientTimer;
  readonly signal?: AbortSignal | undefined;
}

/** How to adjust the wait before the next request; undefined if the response is final. */
function pollAdjustment(
  answer: IdentityAnswer<TokenAnswer>,
): { readonly addedIntervalMs: number; readonly minDelayMs: number } | undefined {
  if (answer.outcome === 'granted') return undefined;
  const { error, status, retryAfterSeconds = 0 } = answer.error;
  if (error === 'authorization_pending') return { addedIntervalMs: 0, minDelayMs: 0 };
  if (error === 'slow_down') return { addedIntervalMs: slowDownMs, minDelayMs: 0 };
  if (identityBusyStatuses.has(status)) return { addedIntervalMs: 0, minDelayMs: retryAfterSeconds * 1000 };
  return undefined;
}

/**
 * Requests a token until the response is final; returns `expired_token` when the code has expired.
 * @throws the abort reason of `signal`
 */
export async function waitForDevice(
  started: DeviceCodeAnswer,
  requestToken: () => Promise<IdentityAnswer<TokenAnswer>>,
  { timer, signal }: Waiting,
): Promise<IdentityAnswer<TokenAnswer>> {
  const endsAt = timer.now() + Number(started.expires_in) * 1000;
  let intervalMs = Math.max(1, Number(started.interval) || defaultIntervalSeconds) * 1000;
  let minDelayMs = 0;
  for (;;) {
    await pass(timer, Math.min(Math.max(intervalMs, minDelayMs), endsAt - timer.now()), signal);
    signal?.throwIfAborted();
    if (timer.now() >= endsAt) return refusedHere('expired_token', 'The device code expired before a user signed in with it.');
    const answer = await requestToken();
    const adjustment = pollAdjustment(answer);
    if (!adjustment) return answer;
    intervalMs += adjustment.addedIntervalMs;
    minDelayMs = adjustment.minDelayMs;
  }
}
