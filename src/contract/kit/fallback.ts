// Shared by scenarios of the fallback toast: posts with a fallback policy, the delay, devices that fetch nothing.
import { clockToleranceSeconds } from '../clock-tolerance.ts';
import type { AdapterDevice } from '../target/adapter.ts';
import { acknowledgeAndClose } from './acknowledge.ts';
import { flushWithSentinel } from './assertions.ts';
import { getRequest } from './calls.ts';
import type { DeviceRecorder } from './device-recorder.ts';
import type { DeviceFixture } from './devices.ts';
import { premise } from './premise.ts';

export const delaySeconds = 60;
export const visualContent = { title: 'Build finished', body: 'main is green' };

export const withFallback = (seconds = delaySeconds) => ({
  priority: 'High',
  fallbackPolicy: { endpointFallback: { platformTypes: ['iOS'], fallbackDelayInSeconds: seconds, visualContent } },
});

export const passDelay = ({ context }: DeviceFixture): Promise<void> => context.clock.pass(delaySeconds + clockToleranceSeconds);

/** Connects a new iOS device that fetches nothing. */
export async function connectWithoutFetching(fixture: DeviceFixture): Promise<DeviceRecorder> {
  return fixture.connect(await fixture.subscribe('iOS'), { ignoresSignals: true });
}

/** Acknowledges everything the device has received, toasts included, and waits until the target has processed it. */
export async function acknowledgeAll(fixture: DeviceFixture, recorder: DeviceRecorder): Promise<void> {
  await flushWithSentinel(fixture, recorder);
  const cursors = recorder.received.all.flatMap((one) => (one.kind === 'notification' || one.kind === 'signal' ? [one.cursor] : []));
  await acknowledgeAndClose(fixture, recorder, premise(cursors.at(-1), 'a cursor to acknowledge'));
}

/** Reads one notification as the device's user. */
export async function readOverHttp({ context }: DeviceFixture, { unsid }: AdapterDevice, id: string): Promise<void> {
  await context.send(getRequest({ caller: 'user', unsid }, id));
}
