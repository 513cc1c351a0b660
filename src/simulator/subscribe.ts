// Subscribes a device (F21), waiting as told when the service is busy.
import type { Client } from '../client/client.ts';
import { retryAfterSeconds, serviceErrorOf } from '../client/graph-error.ts';
import { socketUrlProblem } from '../client/socket-url.ts';
import { type ClientTimer, pass } from '../client/timer.ts';
import type { Subscription, SubscriptionRequest } from '../client/wire.ts';
import { DeviceError, refusedError } from './device-error.ts';
import { type BackOff, backOffMs, maxRetryAfterSeconds, tooLongText } from './reconnection.ts';
import { wrongInSubscription } from './usable.ts';

const maxAttempts = 5;

export interface SubscribeParts {
  /** Base URL of the service. */
  readonly url: string;
  readonly backOff: BackOff;
  readonly timer: ClientTimer;
  readonly random: () => number;
  readonly signal?: AbortSignal;
}

/** @throws DeviceError `Unusable` when no device can connect with it */
function usable(subscription: Subscription, url: string): Subscription {
  const wrong = wrongInSubscription(subscription);
  if (wrong !== undefined)
    throw new DeviceError('Unusable', `Subscribing: the answer is not a subscription: ${wrong} is missing or of another type.`);
  const problem = socketUrlProblem(subscription.socketUrl, url);
  if (problem !== undefined) throw new DeviceError('Unusable', `Subscribing: the socketUrl ${subscription.socketUrl} ${problem}.`);
  return subscription;
}

/**
 * The subscription, new or renewed.
 * @throws DeviceError `Refused` when the service says no, is still busy (406, 429, 503) after five attempts, or asks to wait too long;
 * `Unusable` when what it answers is no subscription, or its `socketUrl` is none that a token may be sent to.
 * @throws what `signal` was aborted with.
 */
export async function subscribe(client: Client, request: SubscriptionRequest, wait: SubscribeParts): Promise<Subscription> {
  for (let attempt = 0; ; attempt += 1) {
    wait.signal?.throwIfAborted();
    const answer = await client.createSubscription(request, wait.signal ? { signal: wait.signal } : {});
    if (answer.status === 200 || answer.status === 201) return usable(answer.body, wait.url);
    const service = serviceErrorOf(answer);
    if (!service)
      throw new DeviceError(
        'Unusable',
        `Subscribing: status ${(answer as { status: number }).status} is not an answer of a notifications service.`,
      );
    const isBusy = [406, 429, 503].includes(service.status);
    if (!isBusy || attempt + 1 >= maxAttempts) throw refusedError('Subscribing', service);
    const retryAfter = retryAfterSeconds(answer.headers['retry-after'], wait.timer.now()) ?? 0;
    if (retryAfter > maxRetryAfterSeconds) throw refusedError('Subscribing', service, ` (${tooLongText(retryAfter)})`);
    const delayMs = retryAfter * 1000 + backOffMs(wait.backOff, attempt, wait.random);
    await pass(wait.timer, delayMs, wait.signal);
  }
}
