// Scenarios of devices that spell the application in different letter case: it is the same application with one fan-out (F20, F22).
import type { Case } from '../../case.ts';
import { expectAccepted, expectNotification, flushWithSentinel } from '../../kit/assertions.ts';
import type { DeviceRecorder } from '../../kit/device-recorder.ts';
import { type DeviceFixture, everyPlatform } from '../../kit/devices.ts';
import { deviceScenario } from '../../kit/scenario.ts';
import type { AdapterNotification } from '../../target/adapter.ts';
import { expectOnce } from '../delivery/no-duplicates.ts';

const alternating = (text: string): string =>
  [...text].map((letter, index) => (index % 2 === 0 ? letter.toUpperCase() : letter.toLowerCase())).join('');

const spellingsOf = (application: string): readonly string[] => [
  application,
  application.toUpperCase(),
  alternating(application),
  application.toLowerCase(),
];

/** Connects a device of each platform, each with another spelling. */
async function connectSpellings(fixture: DeviceFixture): Promise<readonly DeviceRecorder[]> {
  const spellings = spellingsOf(fixture.context.application);
  const recorders: DeviceRecorder[] = [];
  for (const [index, platform] of everyPlatform.entries()) {
    const application = spellings[index] ?? fixture.context.application;
    const connect = () => fixture.subscribeAndConnect(platform, { application });
    recorders.push(await expectAccepted(fixture, `a device to be subscribed for ${application}`, connect, 'post-host-case'));
  }
  return recorders;
}

export const applicationCaseScenarios: readonly Case[] = [
  deviceScenario({
    requirement: 'fan-out',
    name: 'spelled-applications',
    title: 'reaches all devices once, connected or not, however they and the app server spell the application',
    async run(fixture) {
      const recorders = await connectSpellings(fixture);
      const { application } = fixture.context;
      const away = await fixture.subscribe('Android', { application: application.toUpperCase() });
      const sent: { readonly id: string; readonly description: string }[] = [];
      for (const [index, { device }] of recorders.entries()) {
        const targetHostName = spellingsOf(application).at(index - 1) ?? application;
        const { id } = await fixture.post(device, { targetHostName });
        sent.push({ id, description: `the notification for ${targetHostName}, posted to a device of ${device.application},` });
      }
      const all = [...recorders, await fixture.connect(away)];
      for (const recorder of all)
        for (const { id, description } of sent) await expectNotification(fixture, recorder, { id, description, change: 'created' });
      await flushWithSentinel(fixture, ...all);
      const ids = sent.map(({ id }) => id);
      for (const recorder of all) expectOnce(fixture, recorder, ids);
    },
  }),
  deviceScenario({
    requirement: 'change-to-others',
    name: 'spelled-applications',
    title: "sends changes and deletions to the user's other devices however they spell the application",
    async run(fixture) {
      const recorders = await connectSpellings(fixture);
      const others = recorders.filter(({ device }) => device.platform !== 'WebPush');
      const { devices } = fixture.context;
      for (const origin of others) {
        const { id } = await fixture.post(origin.device);
        const expectAtOthers = async (description: string, requirement: string, where: (one: AdapterNotification) => boolean) => {
          for (const other of others.filter((one) => one !== origin))
            await expectNotification(fixture, other, { id, description, where, requirement });
        };
        await expectAtOthers('the notification', 'fan-out', () => true);
        await devices.update(origin.device, id, { readState: 'Read' });
        await expectAtOthers('the change', 'change-to-others', ({ readState }) => readState === 'Read');
        await devices.remove(origin.device, id);
        await expectAtOthers('the deletion', 'deletion-to-others', ({ status }) => status === 'Deleted');
      }
    },
  }),
];
