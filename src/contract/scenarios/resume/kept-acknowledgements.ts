// Scenarios of what takes no acknowledgement back: renewing the subscription, naming a cursor behind it or one that nobody knows (R2).
import type { Case } from '../../case.ts';
import { acknowledgeAndVerify, expectNotRedelivered } from '../../kit/acknowledge.ts';
import { expectNotification, flushWithSentinel, postAndReceive, reconnect } from '../../kit/assertions.ts';
import type { DeviceFixture } from '../../kit/devices.ts';
import { deviceScenario } from '../../kit/scenario.ts';
import type { AdapterDevice } from '../../target/adapter.ts';

interface Known {
  readonly id: string;
  readonly cursor: string;
}

interface Scene {
  readonly device: AdapterDevice;
  /** Posted in this order and acknowledged for sure. */
  readonly first: Known;
  readonly second: Known;
  readonly third: Known;
}

async function hasAcknowledged(stage: DeviceFixture, platform: AdapterDevice['platform']): Promise<Scene> {
  const listener = await stage.subscribeAndConnect(platform);
  const first = await postAndReceive(stage, listener);
  const [second, third] = [await postAndReceive(stage, listener), await postAndReceive(stage, listener)];
  await acknowledgeAndVerify(stage, listener, { ids: [first.id, second.id, third.id], cursor: third.cursor });
  return { device: listener.device, first, second, third };
}

/** None of the three comes again, not even once, and nothing is acknowledged anew for that. */
async function staysAcknowledged(stage: DeviceFixture, { device, first, second, third }: Scene): Promise<void> {
  const back = await expectNotRedelivered(stage, device, { ids: [first.id, second.id, third.id], cursors: [] });
  await back.close();
}

export const keptAcknowledgementScenarios: readonly Case[] = [
  deviceScenario({
    requirement: 'acknowledged',
    name: 'renewed',
    title: 'keeps the acknowledged place when the subscription is renewed, again and again, and what was missed before it',
    async run(stage) {
      const scene = await hasAcknowledged(stage, 'Android');
      const { deviceId } = scene.device;
      const missed = await stage.post(scene.device);
      for (let round = 0; round < 2; round += 1) {
        const device = await stage.subscribe('Android', { deviceId });
        const back = await reconnect(stage, device);
        const says = 'the notification that was missed before the renewal';
        await expectNotification(stage, back, { id: missed.id, description: says, requirement: 'start-at-head' });
        await back.close();
        await staysAcknowledged(stage, { ...scene, device });
      }
    },
  }),
  deviceScenario({
    requirement: 'acknowledged',
    name: 'renewed-connected',
    title: 'keeps the acknowledged place when the subscription is renewed while the device is connected',
    async run(stage) {
      const scene = await hasAcknowledged(stage, 'Windows');
      const back = await reconnect(stage, scene.device);
      const device = await stage.subscribe('Windows', { deviceId: scene.device.deviceId });
      await flushWithSentinel(stage, back);
      await back.close({ abruptly: true });
      await staysAcknowledged(stage, { ...scene, device });
    },
  }),
  deviceScenario({
    requirement: 'acknowledged',
    name: 'named-behind',
    title: 'keeps the acknowledged place of a device that was served from a cursor behind it, however it left',
    async run(stage) {
      const scene = await hasAcknowledged(stage, 'iOS');
      for (const abruptly of [false, true]) {
        const back = await reconnect(stage, scene.device, { cursor: scene.first.cursor });
        const says = 'the notification after the cursor that it names';
        for (const { id } of [scene.second, scene.third])
          await expectNotification(stage, back, { id, description: says, requirement: 'resume-cursor' });
        await back.close({ abruptly });
        await staysAcknowledged(stage, scene);
      }
    },
  }),
  deviceScenario({
    requirement: 'acknowledged',
    name: 'named-unknown',
    title: 'keeps the acknowledged place of a device that has named a cursor that nobody knows',
    async run(stage) {
      const scene = await hasAcknowledged(stage, 'Windows');
      const back = await reconnect(stage, scene.device, { cursor: stage.context.name('nowhere') });
      await flushWithSentinel(stage, back);
      await back.close();
      await staysAcknowledged(stage, scene);
    },
  }),
  deviceScenario({
    requirement: 'acknowledged-back',
    name: 'served-from-behind',
    title: 'ignores an acknowledgement behind the last one also where it is served from a cursor behind it',
    async run(stage) {
      const scene = await hasAcknowledged(stage, 'Android');
      const back = await reconnect(stage, scene.device, { cursor: scene.first.cursor });
      const says = 'the notification after the cursor that it names';
      await expectNotification(stage, back, { id: scene.third.id, description: says, requirement: 'resume-cursor' });
      for (const { cursor } of [scene.first, scene.second]) await back.acknowledge(cursor);
      await flushWithSentinel(stage, back);
      await back.close();
      await staysAcknowledged(stage, scene);
    },
  }),
];
