// Scenarios of a notification that was sent, never acknowledged, and moved in the feed by a change that is not sent to the device (R2, R4).
import type { Case } from '../../case.ts';
import { expectNotification, flushWithSentinel, type ReceivedNotification, reconnect } from '../../kit/assertions.ts';
import type { DeviceRecorder } from '../../kit/device-recorder.ts';
import type { DeviceFixture } from '../../kit/devices.ts';
import { deviceScenario } from '../../kit/scenario.ts';
import type { AdapterDevice, Platform } from '../../target/adapter.ts';

interface Setup {
  readonly fixture: DeviceFixture;
  readonly id: string;
  readonly device: AdapterDevice;
  readonly other: AdapterDevice;
}

/** A change that moves a notification and is not sent to the device. */
interface Move {
  readonly name: string;
  readonly description: string;
  readonly platform: Platform;
  apply(setup: Setup): Promise<void>;
}

const moves: readonly Move[] = [
  {
    name: 'web',
    description: "another device's change, which is not sent to web endpoints,",
    platform: 'WebPush',
    apply: ({ fixture, id, other }) => fixture.context.devices.update(other, id, { readState: 'Read' }),
  },
  ...(['Windows', 'iOS', 'Android'] as const).map(
    (platform): Move => ({
      name: platform.toLowerCase(),
      description: `a change by the ${platform} device itself`,
      platform,
      apply: ({ fixture, id, device }) => fixture.context.devices.update(device, id, { userActionState: 'Dismissed' }),
    }),
  ),
];

/** How the device disconnects and reconnects after two notifications: it resumes from the position of the earlier one. */
interface Return {
  readonly name: string;
  readonly description: string;
  leave(fixture: DeviceFixture, recorder: DeviceRecorder, earlier: ReceivedNotification): Promise<void>;
  /** The cursor that the device names when it reconnects. */
  readonly named: (earlier: ReceivedNotification) => string | undefined;
}

const returns: readonly Return[] = [
  {
    name: 'after-acknowledging',
    description: 'has acknowledged the one before it',
    async leave(fixture, recorder, { cursor }) {
      await recorder.acknowledge(cursor);
      await flushWithSentinel(fixture, recorder);
      await recorder.close({ abruptly: true });
    },
    named: () => undefined,
  },
  {
    name: 'naming-a-cursor',
    description: 'names the cursor of the one before it',
    leave: (_fixture, recorder) => recorder.close({ abruptly: true }),
    named: ({ cursor }) => cursor,
  },
];

/** After a signal the device has fetched both notifications with a single cursor, so it neither acknowledges nor names one. */
const wasSignalled = ({ received }: DeviceRecorder): boolean => received.all.some(({ kind }) => kind === 'signal');

/** Both notifications in the order of arrival: a target may send the moved one at its old or at its new position. */
async function receivedInOrder(
  fixture: DeviceFixture,
  recorder: DeviceRecorder,
  ids: readonly string[],
): Promise<readonly ReceivedNotification[]> {
  const received: ReceivedNotification[] = [];
  for (const id of ids)
    received.push(
      await expectNotification(fixture, recorder, { id, description: 'the missed notification', requirement: 'missed-foreign' }),
    );
  return received.sort((a, b) => recorder.received.all.indexOf(a) - recorder.received.all.indexOf(b));
}

const scenarioOf = (move: Move, way: Return): Case =>
  deviceScenario({
    requirement: 'redelivery-moved',
    name: `${move.name}-${way.name}`,
    title: `delivers what was not acknowledged although ${move.description} has moved it, to a device that ${way.description}`,
    async run(fixture) {
      const [other, device] = [await fixture.subscribe('Windows'), await fixture.subscribe(move.platform)];
      const [one, two] = [await fixture.post(other), await fixture.post(other)];
      await move.apply({ fixture, id: one.id, device, other });
      const recorder = await reconnect(fixture, device);
      const [earlier, later] = await receivedInOrder(fixture, recorder, [one.id, two.id]);
      if (!earlier || !later) throw new Error('Two notifications were received, but are not recorded. This is an error of the suite.');
      const isSignalled = wasSignalled(recorder);
      await (isSignalled ? recorder.close({ abruptly: true }) : way.leave(fixture, recorder, earlier));
      const cursor = isSignalled ? undefined : way.named(earlier);
      // Redelivered until acknowledged: also at a second reconnect, which names no cursor.
      for (const options of [cursor === undefined ? {} : { cursor }, {}]) {
        const back = await reconnect(fixture, device, options);
        await expectNotification(fixture, back, { id: later.notification.id, description: 'the notification that was not acknowledged' });
        await back.close({ abruptly: true });
      }
    },
  });

export const movedUnacknowledgedScenarios: readonly Case[] = moves.flatMap((move) => returns.map((way) => scenarioOf(move, way)));
