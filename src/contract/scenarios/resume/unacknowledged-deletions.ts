// Scenarios of deletions that a device must not miss: it may have been sent the creation, and has acknowledged neither (R2).
import type { Case } from '../../case.ts';
import { acknowledgeAndClose, expectNotRedelivered } from '../../kit/acknowledge.ts';
import { expectNotification, flushWithSentinel, postAndReceive, pushesOf, reconnect } from '../../kit/assertions.ts';
import type { DeviceRecorder } from '../../kit/device-recorder.ts';
import type { DeviceFixture } from '../../kit/devices.ts';
import { deviceScenario } from '../../kit/scenario.ts';
import type { AdapterNotification } from '../../target/adapter.ts';

const isDeleted = ({ status }: AdapterNotification) => status === 'Deleted';

const deletionOf = (id: string) => ({ id, description: 'the deletion', change: 'deleted', where: isDeleted }) as const;

/** What the device has received when its line is cut; it acknowledges nothing of it. */
interface Cut {
  readonly name: string;
  readonly says: string;
  cut(stage: DeviceFixture, listener: DeviceRecorder, remove: () => Promise<void>, id: string): Promise<void>;
}

const cuts: readonly Cut[] = [
  {
    name: 'creation',
    says: 'has received its creation alone',
    async cut(_stage, listener, remove) {
      await listener.close({ abruptly: true });
      await remove();
    },
  },
  {
    name: 'deletion',
    says: 'has received its creation and its deletion',
    async cut(stage, listener, remove, id) {
      await remove();
      await expectNotification(stage, listener, { ...deletionOf(id), requirement: 'deletion-to-others' });
      await listener.close({ abruptly: true });
    },
  },
];

/** How the device names where it is to be served from: a position before the creation. */
const positions = [
  { name: 'acknowledged', says: 'the position that it acknowledged before', named: (_cursor: string) => ({}) },
  { name: 'named', says: 'a cursor from before that it names', named: (cursor: string) => ({ cursor }) },
] as const;

const played = (cut: Cut, position: (typeof positions)[number]): Case =>
  deviceScenario({
    requirement: 'deletion-unacknowledged',
    name: `${cut.name}-${position.name}`,
    title: `delivers a deletion until it is acknowledged to a device that ${cut.says}, from ${position.says}`,
    async run(stage) {
      const [other, first] = [await stage.subscribe('Windows'), await stage.subscribeAndConnect('Android')];
      const { device } = first;
      const before = await postAndReceive(stage, first);
      await acknowledgeAndClose(stage, first, before.cursor);
      const listener = await reconnect(stage, device);
      const { id } = await postAndReceive(stage, listener);
      await cut.cut(stage, listener, () => stage.context.devices.remove(other, id), id);
      const back = await reconnect(stage, device, position.named(before.cursor));
      await expectNotification(stage, back, deletionOf(id));
      await back.close({ abruptly: true });
      const again = await reconnect(stage, device);
      const { cursor } = await expectNotification(stage, again, deletionOf(id));
      await acknowledgeAndClose(stage, again, cursor);
      await expectNotRedelivered(stage, device, { ids: [id], cursors: [cursor], requirement: 'acknowledged' });
    },
  });

export const unacknowledgedDeletionScenarios: readonly Case[] = [
  ...cuts.flatMap((cut) => positions.map((position) => played(cut, position))),
  deviceScenario({
    requirement: 'missed-latest',
    name: 'came-and-went-elsewhere',
    title: 'delivers nothing of a creation and deletion to a device that was away, though another device was sent both',
    async run(stage) {
      const [other, online, away] = [
        await stage.subscribe('Windows'),
        await stage.subscribeAndConnect('Android'),
        await stage.subscribeAndConnect('iOS'),
      ];
      const { cursor } = await postAndReceive(stage, away);
      await acknowledgeAndClose(stage, away, cursor);
      const { id } = await postAndReceive(stage, online);
      await stage.context.devices.remove(other, id);
      await expectNotification(stage, online, { ...deletionOf(id), requirement: 'deletion-to-others' });
      const back = await reconnect(stage, away.device);
      await flushWithSentinel(stage, back);
      const changes = pushesOf(back, id).map(({ change }) => change);
      // A target that sends every step sends both.
      const isEveryStep = changes[0] === 'created' && changes.at(-1) === 'deleted';
      if (changes.length > 0 && !isEveryStep)
        stage.context.fail({ expected: `nothing of ${id} at ${back.who}, which was never sent its creation`, got: changes.join(', ') });
    },
  }),
];
