// Scenarios of devices that spell their application differently: it is one application, and they are devices of one fan-out (F20, F22).
import type { Case } from '../../case.ts';
import { expectAccepted, expectNotification, flushWithSentinel } from '../../kit/assertions.ts';
import type { DeviceRecorder } from '../../kit/device-recorder.ts';
import { type DeviceFixture, everyPlatform } from '../../kit/devices.ts';
import { deviceScenario } from '../../kit/scenario.ts';
import type { AdapterNotification } from '../../target/adapter.ts';
import { judgeOnce } from '../delivery/no-duplicates.ts';

const alternating = (text: string): string =>
  [...text].map((letter, index) => (index % 2 === 0 ? letter.toUpperCase() : letter.toLowerCase())).join('');

const spellingsOf = (application: string): readonly string[] => [
  application,
  application.toUpperCase(),
  alternating(application),
  application.toLowerCase(),
];

/** A device of each platform, each with a spelling of its own. */
async function joinAll(stage: DeviceFixture): Promise<readonly DeviceRecorder[]> {
  const spellings = spellingsOf(stage.context.application);
  const listeners: DeviceRecorder[] = [];
  for (const [index, platform] of everyPlatform.entries()) {
    const application = spellings[index] ?? stage.context.application;
    const join = () => stage.subscribeAndConnect(platform, { application });
    listeners.push(await expectAccepted(stage, `a device to be subscribed for ${application}`, join, 'post-host-case'));
  }
  return listeners;
}

export const spelledApplicationScenarios: readonly Case[] = [
  deviceScenario({
    requirement: 'fan-out',
    name: 'spelled-applications',
    title: 'reaches all devices once, connected or away, however they and the app server spell the application',
    async run(stage) {
      const listeners = await joinAll(stage);
      const { application } = stage.context;
      const away = await stage.subscribe('Android', { application: application.toUpperCase() });
      const sent: { readonly id: string; readonly says: string }[] = [];
      for (const [index, { device }] of listeners.entries()) {
        const targetHostName = spellingsOf(application).at(index - 1) ?? application;
        const { id } = await stage.post(device, { targetHostName });
        sent.push({ id, says: `the notification for ${targetHostName}, posted to a device of ${device.application},` });
      }
      const all = [...listeners, await stage.connect(away)];
      for (const listener of all)
        for (const { id, says } of sent) await expectNotification(stage, listener, { id, description: says, change: 'created' });
      await flushWithSentinel(stage, ...all);
      const ids = sent.map(({ id }) => id);
      for (const listener of all) judgeOnce(stage, listener, ids);
    },
  }),
  deviceScenario({
    requirement: 'change-to-others',
    name: 'spelled-applications',
    title: "sends changes and deletions to the user's other devices however they spell the application",
    async run(stage) {
      const listeners = await joinAll(stage);
      const others = listeners.filter(({ device }) => device.platform !== 'WebPush');
      const { devices } = stage.context;
      for (const origin of others) {
        const { id } = await stage.post(origin.device);
        const isToldOthers = async (says: string, requirement: string, where: (one: AdapterNotification) => boolean) => {
          for (const other of others.filter((one) => one !== origin))
            await expectNotification(stage, other, { id, description: says, where, requirement });
        };
        await isToldOthers('the notification', 'fan-out', () => true);
        await devices.update(origin.device, id, { readState: 'Read' });
        await isToldOthers('the change', 'change-to-others', ({ readState }) => readState === 'Read');
        await devices.remove(origin.device, id);
        await isToldOthers('the deletion', 'deletion-to-others', ({ status }) => status === 'Deleted');
      }
    },
  }),
];
