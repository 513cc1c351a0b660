// Scenarios of what must not undo an acknowledgement: renewing the subscription, resuming from an earlier or unknown cursor (R2).
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
  /** Posted in this order and acknowledged; the target has processed the acknowledgement. */
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

/** Expects none of the three to be delivered again, without a further acknowledgement. */
async function expectStillAcknowledged(fixture: DeviceFixture, { device, first, second, third }: Setup): Promise<void> {
  const back = await expectNotRedelivered(fixture, device, { ids: [first.id, second.id, third.id], cursors: [] });
  await back.close();
}

export const keptAcknowledgementScenarios: readonly Case[] = [
  deviceScenario({
    requirement: 'acknowledged',
    name: 'renewed',
    title: 'keeps the acknowledged position when the subscription is renewed twice, and still delivers what was missed before',
    async run(fixture) {
      const setup = await acknowledgeThree(fixture, 'Android');
      const { deviceId } = setup.device;
      const missed = await fixture.post(setup.device);
      for (let round = 0; round < 2; round += 1) {
        const device = await fixture.subscribe('Android', { deviceId });
        const back = await reconnect(fixture, device);
        const description = 'the notification missed before the renewal';
        await expectNotification(fixture, back, { id: missed.id, description, requirement: 'start-at-head' });
        await back.close();
        await expectStillAcknowledged(fixture, { ...setup, device });
      }
    },
  }),
  deviceScenario({
    requirement: 'acknowledged',
    name: 'renewed-connected',
    title: 'keeps the acknowledged position when the subscription is renewed while the device is connected',
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
    title: 'keeps the acknowledged position of a device that resumed from an earlier cursor, however it disconnects',
    async run(fixture) {
      const setup = await acknowledgeThree(fixture, 'iOS');
      for (const abruptly of [false, true]) {
        const back = await reconnect(fixture, setup.device, { cursor: setup.first.cursor });
        const description = 'the notification after the named cursor';
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
    title: 'keeps the acknowledged position of a device that named an unknown cursor',
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
    title: 'ignores an acknowledgement of an earlier cursor, also from a device that resumed from an earlier cursor',
    async run(fixture) {
      const setup = await acknowledgeThree(fixture, 'Android');
      const back = await reconnect(fixture, setup.device, { cursor: setup.first.cursor });
      const description = 'the notification after the named cursor';
      await expectNotification(fixture, back, { id: setup.third.id, description, requirement: 'resume-cursor' });
      for (const { cursor } of [setup.first, setup.second]) await back.acknowledge(cursor);
      await flushWithSentinel(fixture, back);
      await back.close();
      await expectStillAcknowledged(fixture, setup);
    },
  }),
];
