// Subscribes a device (F21), waiting as told when the service is busy.
import type { Client } from '../client/client.ts';
import { retryAfterSeconds, serviceErrorOf } from '../client/graph-error.ts';
import type { Subscription, SubscriptionRequest } from '../client/wire.ts';
import { refusedError } from './device-error.ts';
import type { DeviceTimer } from './device-timer.ts';
import { type BackOff, backOffMs } from './reconnection.ts';

const MOST_ATTEMPTS = 5;

/**
 * The subscription, new or renewed.
 * @throws DeviceError `Refused` when the service says no, or is still busy (406, 429, 503) after five attempts.
 */
export async function subscribe(
  client: Client,
  request: SubscriptionRequest,
  wait: { readonly backOff: BackOff; readonly timer: DeviceTimer; readonly random: () => number },
): Promise<Subscription> {
  for (let attempt = 0; ; attempt += 1) {
    const answer = await client.createSubscription(request);
    if (answer.status === 200 || answer.status === 201) return answer.body;
    const service = serviceErrorOf(answer);
    if (!service) throw new Error(`Subscribing: status ${answer.status} was not expected.`);
    const isBusy = [406, 429, 503].includes(service.status);
    if (!isBusy || attempt + 1 >= MOST_ATTEMPTS) throw refusedError('Subscribing', service);
    const asked = retryAfterSeconds(answer.headers['retry-after'], wait.timer.now()) ?? 0;
    const delayMs = asked * 1000 + backOffMs(wait.backOff, attempt, wait.random);
    await new Promise<void>((resolve) => wait.timer.after(delayMs, resolve));
  }
}
