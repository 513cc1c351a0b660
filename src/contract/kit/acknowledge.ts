// How scenarios acknowledge: send the acknowledgement, make sure that it was processed, and check that nothing is delivered again (R2).
import type { AdapterDevice } from '../target/adapter.ts';
import { flushWithSentinel, pushesOf, reconnect } from './assertions.ts';
import { type DeviceRecorder, describe } from './device-recorder.ts';
import type { DeviceFixture } from './devices.ts';

/** Closes only after a sentinel has arrived on the same connection, so that the target has processed the acknowledgements. */
export async function acknowledgeAndClose(fixture: DeviceFixture, recorder: DeviceRecorder, ...cursors: readonly string[]): Promise<void> {
  for (const cursor of cursors) await recorder.acknowledge(cursor);
  await flushWithSentinel(fixture, recorder);
  await recorder.close();
}

interface NotRedelivered {
  readonly ids: readonly string[];
  /** Acknowledged once more, in this order, before a redelivery counts as a failure; empty if the first acknowledgement was certain. */
  readonly cursors: readonly string[];
  /** The requirement that a redelivery breaks; default: the case's. */
  readonly requirement?: string;
}

/** Acknowledges, checks that the target has processed it, and disconnects. */
export async function acknowledgeAndVerify(
  fixture: DeviceFixture,
  recorder: DeviceRecorder,
  { ids, cursor }: { readonly ids: readonly string[]; readonly cursor: string },
): Promise<void> {
  await acknowledgeAndClose(fixture, recorder, cursor);
  const back = await expectNotRedelivered(fixture, recorder.device, { ids, cursors: [cursor], requirement: 'acknowledged' });
  await back.close();
}

/**
 * Reconnects and expects none of these notifications. The target may have lost an acknowledgement that it was still processing when the
 * connection ended, so it is sent again; a redelivery after that is a failure. Returns the connected device.
 */
export async function expectNotRedelivered(
  fixture: DeviceFixture,
  device: AdapterDevice,
  { ids, cursors, requirement }: NotRedelivered,
): Promise<DeviceRecorder> {
  const attempts = cursors.length === 0 ? 1 : 3;
  for (let attempt = 1; ; attempt += 1) {
    const back = await reconnect(fixture, device);
    await flushWithSentinel(fixture, back);
    const again = ids.flatMap((id) => pushesOf(back, id));
    if (again.length === 0) return back;
    if (attempt === attempts)
      return fixture.context.fail({
        ...(requirement === undefined ? {} : { requirement }),
        expected: `no notification at ${back.who} that it has acknowledged`,
        got: again.map(describe).join('; '),
      });
    await acknowledgeAndClose(fixture, back, ...cursors);
  }
}
