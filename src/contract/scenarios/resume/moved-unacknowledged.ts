// Scenarios of a notification that was sent, never acknowledged, and moved in the feed by a change not meant for the device (R2, R4).
import type { Case } from '../../case.ts';
import { expectNotification, flushWithSentinel, type ReceivedNotification, reconnect } from '../../kit/assertions.ts';
import type { DeviceRecorder } from '../../kit/device-recorder.ts';
import type { DeviceFixture } from '../../kit/devices.ts';
import { deviceScenario } from '../../kit/scenario.ts';
import type { AdapterDevice, Platform } from '../../target/adapter.ts';

interface Scene {
  readonly stage: DeviceFixture;
  readonly id: string;
  readonly device: AdapterDevice;
  readonly other: AdapterDevice;
}

/** A change that moves a notification and is not sent to the device. */
interface Move {
  readonly name: string;
  readonly says: string;
  readonly platform: Platform;
  move(scene: Scene): Promise<void>;
}

const moves: readonly Move[] = [
  {
    name: 'web',
    says: "another device's change, which web endpoints are not sent,",
    platform: 'WebPush',
    move: ({ stage, id, other }) => stage.context.devices.update(other, id, { readState: 'Read' }),
  },
  ...(['Windows', 'iOS', 'Android'] as const).map(
    (platform): Move => ({
      name: platform.toLowerCase(),
      says: `the own change of a ${platform} device`,
      platform,
      move: ({ stage, id, device }) => stage.context.devices.update(device, id, { userActionState: 'Dismissed' }),
    }),
  ),
];

/** How the device leaves and returns; it has received two notifications, and neither leaves nor returns behind the later one. */
interface Return {
  readonly name: string;
  readonly says: string;
  leave(stage: DeviceFixture, listener: DeviceRecorder, earlier: ReceivedNotification): Promise<void>;
  /** The cursor that it names. */
  readonly named: (earlier: ReceivedNotification) => string | undefined;
}

const waysBack: readonly Return[] = [
  {
    name: 'after-acknowledging',
    says: 'has acknowledged the one before it',
    async leave(stage, listener, { cursor }) {
      await listener.acknowledge(cursor);
      await flushWithSentinel(stage, listener);
      await listener.close({ abruptly: true });
    },
    named: () => undefined,
  },
  {
    name: 'naming-a-cursor',
    says: 'names the cursor of the one before it',
    leave: (_stage, listener) => listener.close({ abruptly: true }),
    named: ({ cursor }) => cursor,
  },
];

/** After a signal the device has fetched both, with one cursor for both: then it acknowledges and names nothing. */
const wasSignalled = ({ received: told }: DeviceRecorder): boolean => told.all.some(({ kind }) => kind === 'signal');

/** Both, in the order in which they came; a target may send the moved one at its old position or at its new one. */
async function inOrder(stage: DeviceFixture, listener: DeviceRecorder, ids: readonly string[]): Promise<readonly ReceivedNotification[]> {
  const came: ReceivedNotification[] = [];
  for (const id of ids)
    came.push(
      await expectNotification(stage, listener, { id, description: 'the notification that it missed', requirement: 'missed-foreign' }),
    );
  return came.sort((one, other) => listener.received.all.indexOf(one) - listener.received.all.indexOf(other));
}

const played = (move: Move, way: Return): Case =>
  deviceScenario({
    requirement: 'redelivery-moved',
    name: `${move.name}-${way.name}`,
    title: `delivers what was not acknowledged though ${move.says} has moved it, to a device that ${way.says}`,
    async run(stage) {
      const [other, device] = [await stage.subscribe('Windows'), await stage.subscribe(move.platform)];
      const [one, two] = [await stage.post(other), await stage.post(other)];
      await move.move({ stage, id: one.id, device, other });
      const listener = await reconnect(stage, device);
      const [earlier, later] = await inOrder(stage, listener, [one.id, two.id]);
      if (!earlier || !later) throw new Error('Two notifications came, and are not there.');
      const isSignalled = wasSignalled(listener);
      await (isSignalled ? listener.close({ abruptly: true }) : way.leave(stage, listener, earlier));
      const cursor = isSignalled ? undefined : way.named(earlier);
      // Until it is acknowledged: also at the return after this one, which names nothing.
      for (const options of [cursor === undefined ? {} : { cursor }, {}]) {
        const back = await reconnect(stage, device, options);
        await expectNotification(stage, back, { id: later.notification.id, description: 'the notification that was not acknowledged' });
        await back.close({ abruptly: true });
      }
    },
  });

export const movedUnacknowledgedScenarios: readonly Case[] = moves.flatMap((move) => waysBack.map((way) => played(move, way)));
