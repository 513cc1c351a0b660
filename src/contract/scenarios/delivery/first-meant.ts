// Scenarios of content that is replaced for more platforms than before: for those it is new (R2, D5).
import { CaseSkipped } from '../../../checks/failure.ts';
import type { Case } from '../../case.ts';
import { acknowledgeAndClose } from '../../kit/acknowledge.ts';
import { expectNotification, flushWithSentinel, postAndReceive, reconnect } from '../../kit/assertions.ts';
import type { DeviceRecorder } from '../../kit/device-recorder.ts';
import type { DeviceFixture } from '../../kit/devices.ts';
import { deviceScenario } from '../../kit/scenario.ts';
import type { AdapterDevice, Platform } from '../../target/adapter.ts';

/** Where the device is while the content is replaced. */
const presences: readonly {
  readonly name: string;
  readonly says: string;
  /** The device, connected when the content has been replaced. */
  meet(
    stage: DeviceFixture,
    platform: Platform,
    scene: { create(to: AdapterDevice): Promise<void>; replace(): Promise<void> },
  ): Promise<DeviceRecorder>;
}[] = [
  {
    name: 'connected',
    says: 'that is connected',
    async meet(stage, platform, { create, replace }) {
      const listener = await stage.subscribeAndConnect(platform);
      await create(listener.device);
      await flushWithSentinel(stage, listener);
      await replace();
      return listener;
    },
  },
  {
    name: 'away',
    says: 'that was away all the time',
    async meet(stage, platform, { create, replace }) {
      const device = await stage.subscribe(platform);
      await create(device);
      await replace();
      return reconnect(stage, device);
    },
  },
  {
    name: 'away-since',
    says: 'that has acknowledged what came after the creation',
    async meet(stage, platform, { create, replace }) {
      const listener = await stage.subscribeAndConnect(platform);
      await create(listener.device);
      const { cursor } = await postAndReceive(stage, listener);
      await acknowledgeAndClose(stage, listener, cursor);
      await replace();
      return reconnect(stage, listener.device);
    },
  },
];

export const firstMeantScenarios: readonly Case[] = presences.map(({ name, says, meet }) =>
  deviceScenario({
    requirement: 'first-meant-created',
    name,
    title: `sends replaced content as created to a device ${says}, whose platform was not targeted before`,
    async run(stage) {
      const appNotificationId = stage.context.name('own-id');
      const other = await stage.subscribe('Windows');
      const ids: string[] = [];
      const post = async (to: AdapterDevice, more: object = {}) => void ids.push((await stage.post(to, { appNotificationId, ...more })).id);
      const listener = await meet(stage, 'iOS', {
        create: (to) => post(to, { targetPolicy: { platformTypes: ['Windows'] } }),
        replace: () => post(other),
      });
      const [created, replaced] = ids;
      if (created === undefined || created !== replaced)
        throw new CaseSkipped('the target makes a new notification of the same appNotificationId, which it may (D5)');
      const { change } = await expectNotification(stage, listener, {
        id: created,
        description: 'the replaced content',
        requirement: 'fan-out',
      });
      // A fetch after a signal does not say.
      if (change !== undefined && change !== 'created')
        stage.context.fail({ expected: `${created} at ${listener.who} as created: it is the first of it there`, got: `it as ${change}` });
    },
  }),
);
