// Waits until a person has finished a device-code sign-in elsewhere: asks at the interval that the platform wants (F37).
import { type IdentityAnswer, refusedHere } from './identity-answer.ts';
import type { DeviceCodeAnswer, TokenAnswer } from './identity-wire.ts';
import { type ClientTimer, pass } from './timer.ts';

/** RFC 8628: what `slow_down` adds to the interval, and the interval when none is told. */
const SLOW_DOWN_MS = 5000;
const DEFAULT_INTERVAL_SECONDS = 5;

export interface Waiting {
  readonly timer: ClientTimer;
  readonly signal?: AbortSignal | undefined;
}

/** How much longer to wait; undefined when the answer is final. */
function verdictOn(answer: IdentityAnswer<TokenAnswer>): { readonly slowerMs: number; readonly atLeastMs: number } | undefined {
  if (answer.outcome === 'granted') return undefined;
  const { error, status, retryAfterSeconds = 0 } = answer.error;
  if (error === 'authorization_pending') return { slowerMs: 0, atLeastMs: 0 };
  if (error === 'slow_down') return { slowerMs: SLOW_DOWN_MS, atLeastMs: 0 };
  if (status === 429 || status === 503) return { slowerMs: 0, atLeastMs: retryAfterSeconds * 1000 };
  return undefined;
}

/**
 * Asks until the answer is final; `expired_token` when the code's time is over.
 * @throws what `signal` was aborted with
 */
export async function waitForDevice(
  started: DeviceCodeAnswer,
  ask: () => Promise<IdentityAnswer<TokenAnswer>>,
  { timer, signal }: Waiting,
): Promise<IdentityAnswer<TokenAnswer>> {
  const endsAt = timer.now() + Number(started.expires_in) * 1000;
  let intervalMs = Math.max(1, Number(started.interval) || DEFAULT_INTERVAL_SECONDS) * 1000;
  let atLeastMs = 0;
  for (;;) {
    await pass(timer, Math.min(Math.max(intervalMs, atLeastMs), endsAt - timer.now()), signal);
    signal?.throwIfAborted();
    if (timer.now() >= endsAt) return refusedHere('expired_token', 'The device code has expired before anybody signed in with it.');
    const answer = await ask();
    const verdict = verdictOn(answer);
    if (!verdict) return answer;
    intervalMs += verdict.slowerMs;
    atLeastMs = verdict.atLeastMs;
  }
}
