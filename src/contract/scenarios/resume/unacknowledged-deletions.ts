// Scenarios of deletions that a device must not miss: it may have received the creation, and has acknowledged neither (R2).
import type { Case } from '../../case.ts';
import { acknowledgeAndClose, expectNotRedelivered } from '../../kit/acknowledge.ts';
import { expectNotification, flushWithSentinel, postAndReceive, pushesOf, reconnect } from '../../kit/assertions.ts';
import type { DeviceRecorder } from '../../kit/device-recorder.ts';
import type { DeviceFixture } from '../../kit/devices.ts';
import { deviceScenario } from '../../kit/scenario.ts';
import type { AdapterNotification } from '../../target/adapter.ts';

const isDeleted = ({ status }: AdapterNotification) => status === 'Deleted';

const deletionOf = (id: string) => ({ id, description: 'the deletion', change: 'deleted', where: isDeleted }) as const;

/** What the device has received, without acknowledging it, when its connection is cut. */
interface Cut {
  readonly name: string;
  readonly description: string;
  cut(fixture: DeviceFixture, recorder: DeviceRecorder, remove: () => Promise<void>, id: string): Promise<void>;
}

const cuts: readonly Cut[] = [
  {
    name: 'creation',
    description: 'has received only the creation',
    async cut(_fixture, recorder, remove) {
      await recorder.close({ abruptly: true });
      await remove();
    },
  },
  {
    name: 'deletion',
    description: 'has received the creation and the deletion',
    async cut(fixture, recorder, remove, id) {
      await remove();
      await expectNotification(fixture, recorder, { ...deletionOf(id), requirement: 'deletion-to-others' });
      await recorder.close({ abruptly: true });
    },
  },
];

/** How the device resumes from a position before the creation. */
const positions = [
  { name: 'acknowledged', description: 'its acknowledged position before the creation', named: (_cursor: string) => ({}) },
  { name: 'named', description: 'a named cursor before the creation', named: (cursor: string) => ({ cursor }) },
] as const;

const scenarioOf = (cut: Cut, position: (typeof positions)[number]): Case =>
  deviceScenario({
    requirement: 'deletion-unacknowledged',
    name: `${cut.name}-${position.name}`,
    title: `delivers a deletion, until it is acknowledged, to a device that ${cut.description} and resumes from ${position.description}`,
    async run(fixture) {
      const [other, first] = [await fixture.subscribe('Windows'), await fixture.subscribeAndConnect('Android')];
      const { device } = first;
      const before = await postAndReceive(fixture, first);
      await acknowledgeAndClose(fixture, first, before.cursor);
      const recorder = await reconnect(fixture, device);
      const { id } = await postAndReceive(fixture, recorder);
      await cut.cut(fixture, recorder, () => fixture.context.devices.remove(other, id), id);
      const back = await reconnect(fixture, device, position.named(before.cursor));
      await expectNotification(fixture, back, deletionOf(id));
      await back.close({ abruptly: true });
      const again = await reconnect(fixture, device);
      const { cursor } = await expectNotification(fixture, again, deletionOf(id));
      await acknowledgeAndClose(fixture, again, cursor);
      await expectNotRedelivered(fixture, device, { ids: [id], cursors: [cursor], requirement: 'acknowledged' });
    },
  });

export const unacknowledgedDeletionScenarios: readonly Case[] = [
  ...cuts.flatMap((cut) => positions.map((position) => scenarioOf(cut, position))),
  deviceScenario({
    requirement: 'missed-latest',
    name: 'came-and-went-elsewhere',
    title: 'delivers neither a creation nor its deletion to a device that was disconnected, although another device received both',
    async run(fixture) {
      const [other, online, away] = [
        await fixture.subscribe('Windows'),
        await fixture.subscribeAndConnect('Android'),
        await fixture.subscribeAndConnect('iOS'),
      ];
      const { cursor } = await postAndReceive(fixture, away);
      await acknowledgeAndClose(fixture, away, cursor);
      const { id } = await postAndReceive(fixture, online);
      await fixture.context.devices.remove(other, id);
      await expectNotification(fixture, online, { ...deletionOf(id), requirement: 'deletion-to-others' });
      const back = await reconnect(fixture, away.device);
      await flushWithSentinel(fixture, back);
      const changes = pushesOf(back, id).map(({ change }) => change);
      // A target that does not merge missed changes sends both.
      const hasEveryChange = changes[0] === 'created' && changes.at(-1) === 'deleted';
      if (changes.length > 0 && !hasEveryChange)
        fixture.context.fail({
          expected: `no message about ${id} at ${back.who}, which never received its creation`,
          got: changes.join(', '),
        });
    },
  }),
];
