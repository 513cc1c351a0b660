// How scenarios acknowledge: given, taken in for sure, and what was acknowledged stays away (R2).
import type { AdapterDevice } from '../target/adapter.ts';
import { flushWithSentinel, pushesOf, reconnect } from './assertions.ts';
import { type DeviceRecorder, describe } from './device-recorder.ts';
import type { DeviceFixture } from './devices.ts';

/** Goes round on the same connection before the line ends: the acknowledgement is there when the marker comes back. */
export async function acknowledgeAndClose(fixture: DeviceFixture, recorder: DeviceRecorder, ...cursors: readonly string[]): Promise<void> {
  for (const cursor of cursors) await recorder.acknowledge(cursor);
  await flushWithSentinel(fixture, recorder);
  await recorder.close();
}

interface NotRedelivered {
  readonly ids: readonly string[];
  /** To acknowledge them with again, in this order; none: it was done for sure. */
  readonly cursors: readonly string[];
  /** The requirement that is broken when they come; default: the case's. */
  readonly requirement?: string;
}

/** Acknowledges and goes: it is away when the target has taken that in. */
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
 * They do not come again. An acknowledgement that was still being written when the line ended is no breach: it is given again, and
 * what comes in spite of that is. The device is connected afterwards.
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
        expected: `nothing at ${back.who} that was acknowledged`,
        got: again.map(describe).join('; '),
      });
    await acknowledgeAndClose(fixture, back, ...cursors);
  }
}
