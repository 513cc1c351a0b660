// Subscribes a device (F21), and retries after the requested delay when the service is busy.
import type { Client } from '../client/client.ts';
import { serviceErrorOf } from '../client/graph-error.ts';
import { socketUrlProblem } from '../client/socket-url.ts';
import { busyStatuses, retryAfterSeconds } from '../client/throttling.ts';
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

/** @throws DeviceError `Unusable` when a device cannot connect with the subscription */
function usable(subscription: Subscription, url: string): Subscription {
  const wrong = wrongInSubscription(subscription);
  if (wrong !== undefined)
    throw new DeviceError('Unusable', `Subscribing: the response is not a subscription: ${wrong} is missing or has the wrong type.`);
  const problem = socketUrlProblem(subscription.socketUrl, url);
  if (problem !== undefined) throw new DeviceError('Unusable', `Subscribing: the socketUrl ${subscription.socketUrl} ${problem}.`);
  return subscription;
}

/**
 * Returns the subscription, new or renewed.
 * @throws DeviceError `Refused` when the service refuses, is still busy after five attempts, or asks for too long a wait;
 * `Unusable` when the response is not a subscription, or a token must not be sent to its `socketUrl`.
 * @throws the abort reason of `signal`.
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
        `Subscribing: status ${(answer as { status: number }).status} is not a response of a notifications service.`,
      );
    if (!busyStatuses.has(service.status) || attempt + 1 >= maxAttempts) throw refusedError('Subscribing', service);
    const retryAfter = retryAfterSeconds(answer.headers['retry-after'], wait.timer.now()) ?? 0;
    if (retryAfter > maxRetryAfterSeconds) throw refusedError('Subscribing', service, ` (${tooLongText(retryAfter)})`);
    const delayMs = retryAfter * 1000 + backOffMs(wait.backOff, attempt, wait.random);
    await pass(wait.timer, delayMs, wait.signal);
  }
}
