// What scenarios of the fallback toast share: posts that have one, the delay, devices that fetch nothing.
import type { AdapterDevice } from '../adapter.ts';
import type { Listener } from './listener.ts';
import type { Stage } from './stage.ts';

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
