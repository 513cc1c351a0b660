// Scenarios of what takes no acknowledgement back: renewing the subscription, naming a cursor behind it or one that nobody knows (R2).
import type { Case } from '../../case.ts';
import { acknowledgeAndVerify, expectNotRedelivered } from '../../kit/acknowledge.ts';
import { expectNotification, flushWithSentinel, postAndReceive, reconnect } from '../../kit/assertions.ts';
import type { DeviceFixture } from '../../kit/devices.ts';
import { deviceScenario } from '../../kit/scenario.ts';
import type { AdapterDevice } from '../../target/adapter.ts';

interface ReceivedPost {
  readonly id: string;
  readonly cursor: string;
}

interface Setup {
  readonly device: AdapterDevice;
  /** Posted in this order and acknowledged for sure. */
  readonly first: ReceivedPost;
  readonly second: ReceivedPost;
  readonly third: ReceivedPost;
}

async function acknowledgeThree(fixture: DeviceFixture, platform: AdapterDevice['platform']): Promise<Setup> {
  const recorder = await fixture.subscribeAndConnect(platform);
  const first = await postAndReceive(fixture, recorder);
  const [second, third] = [await postAndReceive(fixture, recorder), await postAndReceive(fixture, recorder)];
  await acknowledgeAndVerify(fixture, recorder, { ids: [first.id, second.id, third.id], cursor: third.cursor });
  return { device: recorder.device, first, second, third };
}

/** None of the three comes again, not even once, and nothing is acknowledged anew for that. */
async function expectStillAcknowledged(fixture: DeviceFixture, { device, first, second, third }: Setup): Promise<void> {
  const back = await expectNotRedelivered(fixture, device, { ids: [first.id, second.id, third.id], cursors: [] });
  await back.close();
}

export const keptAcknowledgementScenarios: readonly Case[] = [
  deviceScenario({
    requirement: 'acknowledged',
    name: 'renewed',
    title: 'keeps the acknowledged place when the subscription is renewed, again and again, and what was missed before it',
    async run(fixture) {
      const setup = await acknowledgeThree(fixture, 'Android');
      const { deviceId } = setup.device;
      const missed = await fixture.post(setup.device);
      for (let round = 0; round < 2; round += 1) {
        const device = await fixture.subscribe('Android', { deviceId });
        const back = await reconnect(fixture, device);
        const description = 'the notification that was missed before the renewal';
        await expectNotification(fixture, back, { id: missed.id, description, requirement: 'start-at-head' });
        await back.close();
        await expectStillAcknowledged(fixture, { ...setup, device });
      }
    },
  }),
  deviceScenario({
    requirement: 'acknowledged',
    name: 'renewed-connected',
    title: 'keeps the acknowledged place when the subscription is renewed while the device is connected',
    async run(fixture) {
      const setup = await acknowledgeThree(fixture, 'Windows');
      const back = await reconnect(fixture, setup.device);
      const device = await fixture.subscribe('Windows', { deviceId: setup.device.deviceId });
      await flushWithSentinel(fixture, back);
      await back.close({ abruptly: true });
      await expectStillAcknowledged(fixture, { ...setup, device });
    },
  }),
  deviceScenario({
    requirement: 'acknowledged',
    name: 'named-behind',
    title: 'keeps the acknowledged place of a device that was served from a cursor behind it, however it left',
    async run(fixture) {
      const setup = await acknowledgeThree(fixture, 'iOS');
      for (const abruptly of [false, true]) {
        const back = await reconnect(fixture, setup.device, { cursor: setup.first.cursor });
        const description = 'the notification after the cursor that it names';
        for (const { id } of [setup.second, setup.third])
          await expectNotification(fixture, back, { id, description, requirement: 'resume-cursor' });
        await back.close({ abruptly });
        await expectStillAcknowledged(fixture, setup);
      }
    },
  }),
  deviceScenario({
    requirement: 'acknowledged',
    name: 'named-unknown',
    title: 'keeps the acknowledged place of a device that has named a cursor that nobody knows',
    async run(fixture) {
      const setup = await acknowledgeThree(fixture, 'Windows');
      const back = await reconnect(fixture, setup.device, { cursor: fixture.context.name('nowhere') });
      await flushWithSentinel(fixture, back);
      await back.close();
      await expectStillAcknowledged(fixture, setup);
    },
  }),
  deviceScenario({
    requirement: 'acknowledged-back',
    name: 'served-from-behind',
    title: 'ignores an acknowledgement behind the last one also where it is served from a cursor behind it',
    async run(fixture) {
      const setup = await acknowledgeThree(fixture, 'Android');
      const back = await reconnect(fixture, setup.device, { cursor: setup.first.cursor });
      const description = 'the notification after the cursor that it names';
      await expectNotification(fixture, back, { id: setup.third.id, description, requirement: 'resume-cursor' });
      for (const { cursor } of [setup.first, setup.second]) await back.acknowledge(cursor);
      await flushWithSentinel(fixture, back);
      await back.close();
      await expectStillAcknowledged(fixture, setup);
    },
  }),
];
