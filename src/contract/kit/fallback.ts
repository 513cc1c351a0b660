// What scenarios of the fallback toast share: posts that have one, the delay, devices that fetch nothing.
import type { AdapterDevice } from '../target/adapter.ts';
import { acknowledgeAndClose } from './acknowledge.ts';
import { passMarker } from './assertions.ts';
import type { Listener } from './device-recorder.ts';
import type { Stage } from './devices.ts';
import { premise } from './premise.ts';

export const delaySeconds = 60;
/** The target's clock is known to about a second. */
export const slackSeconds = 5;
export const visualContent = { title: 'Build finished', body: 'main is green' };

export const withFallback = (seconds = delaySeconds) => ({
  priority: 'High',
  fallbackPolicy: { endpointFallback: { platformTypes: ['iOS'], fallbackDelayInSeconds: seconds, visualContent } },
});

export const passDelay = ({ context }: Stage): Promise<void> => context.clock.pass(delaySeconds + slackSeconds);

/** A connected iOS device that fetches nothing. */
export async function lazy(stage: Stage): Promise<Listener> {
  return stage.listen(await stage.subscribe('iOS'), { isLazy: true });
}

/** Acknowledges all that the device was sent, toasts included, and waits until the target has taken that in. */
export async function acknowledgeAll(stage: Stage, listener: Listener): Promise<void> {
  await passMarker(stage, listener);
  const cursors = listener.told.all.flatMap((one) => (one.kind === 'notification' || one.kind === 'signal' ? [one.cursor] : []));
  await acknowledgeAndClose(stage, listener, premise(cursors.at(-1), 'a cursor to acknowledge'));
}

/** Reads one notification as the device's user. */
export async function readOverHttp({ context }: Stage, { unsid }: AdapterDevice, id: string): Promise<void> {
  await context.send({
    surface: 'client',
    method: 'GET',
    path: `/client/v1/notifications/${encodeURIComponent(id)}`,
    caller: 'user',
    headers: { 'x-uns-id': unsid },
  });
}
