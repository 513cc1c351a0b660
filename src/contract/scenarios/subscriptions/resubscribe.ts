// Scenarios of devices that have unsubscribed and subscribed with another platform: they are served by the one that they have (F14, F29, R4).
import type { Case } from '../../case.ts';
import { expectNoDelivery, expectNotification, flushWithSentinel } from '../../kit/assertions.ts';
import type { DeviceRecorder } from '../../kit/device-recorder.ts';
import { type DeviceFixture, everyPlatform } from '../../kit/devices.ts';
import { deviceScenario } from '../../kit/scenario.ts';
import type { Platform } from '../../target/adapter.ts';

const visualContent = { title: 'Build finished', body: 'main is green' };

/** A device that was served by one platform is one of another now; what it was sent then is posted to the keeper, and taken away by it. */
async function changesPlatform(stage: DeviceFixture, keeper: DeviceRecorder, before: Platform, after: Platform): Promise<DeviceRecorder> {
  const first = await stage.subscribeAndConnect(before);
  const { id } = await stage.post(keeper.device);
  await expectNotification(stage, first, { id, description: 'the notification', requirement: 'fan-out' });
  await first.close();
  await stage.context.devices.unsubscribe(first.device);
  return stage.subscribeAndConnect(after, { deviceId: first.device.deviceId });
}

export const subscribedAgainScenarios: readonly Case[] = [
  ...everyPlatform.map((before, index) => {
    const after = everyPlatform[(index + 1) % everyPlatform.length] ?? before;
    return deviceScenario({
      requirement: 'targeting',
      name: `${before}-to-${after}`.toLowerCase(),
      title: `serves a device that was ${before} and has subscribed again as ${after} as ${after} alone`,
      async run(stage) {
        const keeper = await stage.subscribeAndConnect('Windows');
        const again = await changesPlatform(stage, keeper, before, after);
        const targeted = (platform: Platform) => stage.post(keeper.device, { targetPolicy: { platformTypes: [platform] } });
        const [old, own] = [await targeted(before), await targeted(after)];
        await expectNotification(stage, again, { id: own.id, description: `the notification for ${after}`, change: 'created' });
        await flushWithSentinel(stage, again);
        expectNoDelivery(stage, again, { id: old.id, description: `the notification for ${before} only` });
      },
    });
  }),
  deviceScenario({
    requirement: 'change-to-others',
    name: 'was-web',
    title: 'sends a device that was a web endpoint and has subscribed again as Android visual notifications, changes and deletions',
    async run(stage) {
      const keeper = await stage.subscribeAndConnect('Windows');
      const again = await changesPlatform(stage, keeper, 'WebPush', 'Android');
      const { id } = await stage.post(keeper.device, { payload: { visualContent } });
      await expectNotification(stage, again, { id, description: 'the visual notification', requirement: 'fan-out' });
      await stage.context.devices.update(keeper.device, id, { readState: 'Read' });
      await expectNotification(stage, again, { id, description: 'the change', where: ({ readState }) => readState === 'Read' });
      await stage.context.devices.remove(keeper.device, id);
      const where = ({ status }: { readonly status: string }) => status === 'Deleted';
      await expectNotification(stage, again, { id, description: 'the deletion', where, requirement: 'deletion-to-others' });
    },
  }),
  deviceScenario({
    requirement: 'change-not-to-web',
    name: 'was-no-web',
    title: 'sends a device that has subscribed again as a web endpoint no changes and no deletions',
    async run(stage) {
      const keeper = await stage.subscribeAndConnect('Windows');
      const again = await changesPlatform(stage, keeper, 'iOS', 'WebPush');
      const [changed, deleted] = [await stage.post(keeper.device), await stage.post(keeper.device)];
      for (const { id } of [changed, deleted])
        await expectNotification(stage, again, { id, description: 'the notification', requirement: 'fan-out' });
      const from = again.received.all.length;
      await stage.context.devices.update(keeper.device, changed.id, { readState: 'Read' });
      await stage.context.devices.remove(keeper.device, deleted.id);
      await flushWithSentinel(stage, again);
      expectNoDelivery(stage, again, { id: changed.id, description: 'a change', from });
      expectNoDelivery(stage, again, { id: deleted.id, description: 'a deletion', from });
    },
  }),
];
