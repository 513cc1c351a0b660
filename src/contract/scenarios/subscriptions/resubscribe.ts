// Scenarios of devices that have unsubscribed and subscribed again with another platform: they are served by their new platform (F14, F29, R4).
import type { Case } from '../../case.ts';
import { expectNoDelivery, expectNotification, flushWithSentinel } from '../../kit/assertions.ts';
import type { DeviceRecorder } from '../../kit/device-recorder.ts';
import { type DeviceFixture, everyPlatform } from '../../kit/devices.ts';
import { deviceScenario } from '../../kit/scenario.ts';
import type { Platform } from '../../target/adapter.ts';

const visualContent = { title: 'Build finished', body: 'main is green' };

/** Subscribes a device, delivers a notification to it, and subscribes it again with another platform. The keeper posts and cleans up. */
async function changePlatform(fixture: DeviceFixture, keeper: DeviceRecorder, before: Platform, after: Platform): Promise<DeviceRecorder> {
  const first = await fixture.subscribeAndConnect(before);
  const { id } = await fixture.post(keeper.device);
  await expectNotification(fixture, first, { id, description: 'the notification', requirement: 'fan-out' });
  await first.close();
  await fixture.context.devices.unsubscribe(first.device);
  return fixture.subscribeAndConnect(after, { deviceId: first.device.deviceId });
}

export const resubscribeScenarios: readonly Case[] = [
  ...everyPlatform.map((before, index) => {
    const after = everyPlatform[(index + 1) % everyPlatform.length] ?? before;
    return deviceScenario({
      requirement: 'targeting',
      name: `${before}-to-${after}`.toLowerCase(),
      title: `serves a device that has subscribed again, first as ${before} and now as ${after}, as ${after} only`,
      async run(fixture) {
        const keeper = await fixture.subscribeAndConnect('Windows');
        const again = await changePlatform(fixture, keeper, before, after);
        const targeted = (platform: Platform) => fixture.post(keeper.device, { targetPolicy: { platformTypes: [platform] } });
        const [old, own] = [await targeted(before), await targeted(after)];
        await expectNotification(fixture, again, { id: own.id, description: `the notification for ${after}`, change: 'created' });
        await flushWithSentinel(fixture, again);
        expectNoDelivery(fixture, again, { id: old.id, description: `the notification for ${before} only` });
      },
    });
  }),
  deviceScenario({
    requirement: 'change-to-others',
    name: 'was-web',
    title: 'sends visual notifications, changes and deletions to a former web endpoint that has subscribed again as Android',
    async run(fixture) {
      const keeper = await fixture.subscribeAndConnect('Windows');
      const again = await changePlatform(fixture, keeper, 'WebPush', 'Android');
      const { id } = await fixture.post(keeper.device, { payload: { visualContent } });
      await expectNotification(fixture, again, { id, description: 'the visual notification', requirement: 'fan-out' });
      await fixture.context.devices.update(keeper.device, id, { readState: 'Read' });
      await expectNotification(fixture, again, { id, description: 'the change', where: ({ readState }) => readState === 'Read' });
      await fixture.context.devices.remove(keeper.device, id);
      const where = ({ status }: { readonly status: string }) => status === 'Deleted';
      await expectNotification(fixture, again, { id, description: 'the deletion', where, requirement: 'deletion-to-others' });
    },
  }),
  deviceScenario({
    requirement: 'change-not-to-web',
    name: 'was-no-web',
    title: 'sends no changes and deletions to a device that has subscribed again as a web endpoint',
    async run(fixture) {
      const keeper = await fixture.subscribeAndConnect('Windows');
      const again = await changePlatform(fixture, keeper, 'iOS', 'WebPush');
      const [changed, deleted] = [await fixture.post(keeper.device), await fixture.post(keeper.device)];
      for (const { id } of [changed, deleted])
        await expectNotification(fixture, again, { id, description: 'the notification', requirement: 'fan-out' });
      const from = again.received.all.length;
      await fixture.context.devices.update(keeper.device, changed.id, { readState: 'Read' });
      await fixture.context.devices.remove(keeper.device, deleted.id);
      await flushWithSentinel(fixture, again);
      expectNoDelivery(fixture, again, { id: changed.id, description: 'a change', from });
      expectNoDelivery(fixture, again, { id: deleted.id, description: 'a deletion', from });
    },
  }),
];
