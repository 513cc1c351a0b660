// Subscribes a device (F21), waiting as told when the service is busy.
import type { Client } from '../client/client.ts';
import { retryAfterSeconds, serviceErrorOf } from '../client/graph-error.ts';
import type { Subscription, SubscriptionRequest } from '../client/wire.ts';
import { refusedError } from './device-error.ts';
import { type DeviceTimer, pass } from './device-timer.ts';
import { type BackOff, backOffMs } from './reconnection.ts';

const MOST_ATTEMPTS = 5;

function isSubscription(body: unknown): boolean {
  if (typeof body !== 'object' || body === null) return false;
  return typeof Reflect.get(body, 'userNotificationSubscriptionId') === 'string' && typeof Reflect.get(body, 'socketUrl') === 'string';
}

/**
 * The subscription, new or renewed.
 * @throws DeviceError `Refused` when the service says no, or is still busy (406, 429, 503) after five attempts.
 * @throws what `signal` was aborted with.
 */
export async function subscribe(
  client: Client,
  request: SubscriptionRequest,
  wait: { readonly backOff: BackOff; readonly timer: DeviceTimer; readonly random: () => number; readonly signal?: AbortSignal },
): Promise<Subscription> {
  for (let attempt = 0; ; attempt += 1) {
    wait.signal?.throwIfAborted();
    const answer = await client.createSubscription(request, wait.signal ? { signal: wait.signal } : {});
    if ((answer.status === 200 || answer.status === 201) && isSubscription(answer.body)) return answer.body;
    const service = serviceErrorOf(answer);
    if (!service) throw new Error(`Subscribing: status ${answer.status} without a subscription is no answer of a notifications service.`);
    const isBusy = [406, 429, 503].includes(service.status);
    if (!isBusy || attempt + 1 >= MOST_ATTEMPTS) throw refusedError('Subscribing', service);
    const asked = retryAfterSeconds(answer.headers['retry-after'], wait.timer.now()) ?? 0;
    const delayMs = asked * 1000 + backOffMs(wait.backOff, attempt, wait.random);
    await pass(wait.timer, delayMs, wait.signal);
  }
}
