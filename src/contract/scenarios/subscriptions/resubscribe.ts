// Scenarios of devices that have unsubscribed and subscribed with another platform: they are served by the one that they have (F14, F29, R4).
import type { Case } from '../../case.ts';
import { arrives, nothingCame, passMarker } from '../../kit/assertions.ts';
import type { Listener } from '../../kit/device-recorder.ts';
import { everyPlatform, type Stage } from '../../kit/devices.ts';
import { deviceScenario } from '../../kit/scenario.ts';
import type { Platform } from '../../target/adapter.ts';

const visualContent = { title: 'Build finished', body: 'main is green' };

/** A device that was served by one platform is one of another now; what it was sent then is posted to the keeper, and taken away by it. */
async function changesPlatform(stage: Stage, keeper: Listener, before: Platform, after: Platform): Promise<Listener> {
  const first = await stage.join(before);
  const { id } = await stage.post(keeper.device);
  await arrives(stage, first, { id, says: 'the notification', requirement: 'fan-out' });
  await first.close();
  await stage.context.devices.unsubscribe(first.device);
  return stage.join(after, { deviceId: first.device.deviceId });
}

export const subscribedAgainScenarios: readonly Case[] = [
  ...everyPlatform.map((before, index) => {
    const after = everyPlatform[(index + 1) % everyPlatform.length] ?? before;
    return deviceScenario({
      requirement: 'targeting',
      name: `${before}-to-${after}`.toLowerCase(),
      title: `serves a device that was ${before} and has subscribed again as ${after} as ${after} alone`,
      async play(stage) {
        const keeper = await stage.join('Windows');
        const again = await changesPlatform(stage, keeper, before, after);
        const targeted = (platform: Platform) => stage.post(keeper.device, { targetPolicy: { platformTypes: [platform] } });
        const [old, own] = [await targeted(before), await targeted(after)];
        await arrives(stage, again, { id: own.id, says: `the notification for ${after}`, change: 'created' });
        await passMarker(stage, again);
        nothingCame(stage, again, { id: old.id, says: `the notification for ${before} only` });
      },
    });
  }),
  deviceScenario({
    requirement: 'change-to-others',
    name: 'was-web',
    title: 'sends a device that was a web endpoint and has subscribed again as Android visual notifications, changes and deletions',
    async play(stage) {
      const keeper = await stage.join('Windows');
      const again = await changesPlatform(stage, keeper, 'WebPush', 'Android');
      const { id } = await stage.post(keeper.device, { payload: { visualContent } });
      await arrives(stage, again, { id, says: 'the visual notification', requirement: 'fan-out' });
      await stage.context.devices.update(keeper.device, id, { readState: 'Read' });
      await arrives(stage, again, { id, says: 'the change', where: ({ readState }) => readState === 'Read' });
      await stage.context.devices.remove(keeper.device, id);
      const where = ({ status }: { readonly status: string }) => status === 'Deleted';
      await arrives(stage, again, { id, says: 'the deletion', where, requirement: 'deletion-to-others' });
    },
  }),
  deviceScenario({
    requirement: 'change-not-to-web',
    name: 'was-no-web',
    title: 'sends a device that has subscribed again as a web endpoint no changes and no deletions',
    async play(stage) {
      const keeper = await stage.join('Windows');
      const again = await changesPlatform(stage, keeper, 'iOS', 'WebPush');
      const [changed, deleted] = [await stage.post(keeper.device), await stage.post(keeper.device)];
      for (const { id } of [changed, deleted]) await arrives(stage, again, { id, says: 'the notification', requirement: 'fan-out' });
      const from = again.told.all.length;
      await stage.context.devices.update(keeper.device, changed.id, { readState: 'Read' });
      await stage.context.devices.remove(keeper.device, deleted.id);
      await passMarker(stage, again);
      nothingCame(stage, again, { id: changed.id, says: 'a change', from });
      nothingCame(stage, again, { id: deleted.id, says: 'a deletion', from });
    },
  }),
];
