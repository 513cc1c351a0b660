// Scenarios of replaced content that targets further platforms: for those it is new (R2, D5).
import { CaseSkipped } from '../../../checks/failure.ts';
import type { Case } from '../../case.ts';
import { acknowledgeAndClose } from '../../kit/acknowledge.ts';
import { expectNotification, flushWithSentinel, postAndReceive, reconnect } from '../../kit/assertions.ts';
import type { DeviceRecorder } from '../../kit/device-recorder.ts';
import type { DeviceFixture } from '../../kit/devices.ts';
import { deviceScenario } from '../../kit/scenario.ts';
import type { AdapterDevice, Platform } from '../../target/adapter.ts';

/** Whether the device is connected while the content is replaced. */
const presences: readonly {
  readonly name: string;
  readonly description: string;
  /** Returns the device, connected after the content has been replaced. */
  arrange(
    fixture: DeviceFixture,
    platform: Platform,
    setup: { create(to: AdapterDevice): Promise<void>; replace(): Promise<void> },
  ): Promise<DeviceRecorder>;
}[] = [
  {
    name: 'connected',
    description: 'that is connected',
    async arrange(fixture, platform, { create, replace }) {
      const recorder = await fixture.subscribeAndConnect(platform);
      await create(recorder.device);
      await flushWithSentinel(fixture, recorder);
      await replace();
      return recorder;
    },
  },
  {
    name: 'away',
    description: 'that was disconnected all the time',
    async arrange(fixture, platform, { create, replace }) {
      const device = await fixture.subscribe(platform);
      await create(device);
      await replace();
      return reconnect(fixture, device);
    },
  },
  {
    name: 'away-since',
    description: 'that has acknowledged a notification after the creation',
    async arrange(fixture, platform, { create, replace }) {
      const recorder = await fixture.subscribeAndConnect(platform);
      await create(recorder.device);
      const { cursor } = await postAndReceive(fixture, recorder);
      await acknowledgeAndClose(fixture, recorder, cursor);
      await replace();
      return reconnect(fixture, recorder.device);
    },
  },
];

export const firstMeantScenarios: readonly Case[] = presences.map(({ name, description, arrange }) =>
  deviceScenario({
    requirement: 'first-meant-created',
    name,
    title: `sends replaced content as created to a device ${description}, whose platform was not targeted before`,
    async run(fixture) {
      const appNotificationId = fixture.context.name('own-id');
      const other = await fixture.subscribe('Windows');
      const ids: string[] = [];
      const post = async (to: AdapterDevice, more: object = {}) =>
        void ids.push((await fixture.post(to, { appNotificationId, ...more })).id);
      const recorder = await arrange(fixture, 'iOS', {
        create: (to) => post(to, { targetPolicy: { platformTypes: ['Windows'] } }),
        replace: () => post(other),
      });
      const [created, replaced] = ids;
      if (created === undefined || created !== replaced)
        throw new CaseSkipped('the target makes a new notification for the same appNotificationId, which is allowed (D5)');
      const { change } = await expectNotification(fixture, recorder, {
        id: created,
        description: 'the replaced content',
        requirement: 'fan-out',
      });
      // A notification that was fetched after a signal has no `change`.
      if (change !== undefined && change !== 'created')
        fixture.context.fail({
          expected: `${created} at ${recorder.who} as created, since the device did not have it before`,
          got: `it as ${change}`,
        });
    },
  }),
);
