// Scenarios of targeting: which platforms get which notifications, including web endpoints (F14, F29, R4).
import type { Case } from '../../case.ts';
import { expectNoDelivery, expectNotification, flushWithSentinel } from '../../kit/assertions.ts';
import type { DeviceRecorder } from '../../kit/device-recorder.ts';
import { type DeviceFixture, everyPlatform } from '../../kit/devices.ts';
import { premise } from '../../kit/premise.ts';
import { deviceScenario } from '../../kit/scenario.ts';
import type { Platform } from '../../target/adapter.ts';

/** All non-empty subsets. */
const subsets: readonly (readonly Platform[])[] = Array.from({ length: 15 }, (_, index) =>
  everyPlatform.filter((_platform, bit) => ((index + 1) & (1 << bit)) !== 0),
);

const targeted = (platformTypes: readonly string[]) => ({ targetPolicy: { platformTypes } });

interface Sent {
  readonly id: string;
  readonly platforms: readonly Platform[];
}

async function expectTargeting(fixture: DeviceFixture, recorders: readonly DeviceRecorder[], sent: readonly Sent[]): Promise<void> {
  for (const recorder of recorders)
    for (const { id, platforms } of sent)
      if (platforms.includes(recorder.device.platform))
        await expectNotification(fixture, recorder, { id, description: `the notification for ${platforms.join(', ')}`, change: 'created' });
  await flushWithSentinel(fixture, ...recorders);
  for (const recorder of recorders)
    for (const { id, platforms } of sent)
      if (!platforms.includes(recorder.device.platform))
        expectNoDelivery(fixture, recorder, { id, description: `the notification for ${platforms.join(', ')} only` });
}

const connectEveryPlatform = (fixture: DeviceFixture): Promise<readonly DeviceRecorder[]> =>
  Promise.all(everyPlatform.map((platform) => fixture.subscribeAndConnect(platform)));

export const targetingScenarios: readonly Case[] = [
  deviceScenario({
    requirement: 'targeting-subscriptions',
    name: 'single',
    title: 'sends to the named subscriptions, and to no other device of their platform',
    async run(fixture) {
      const [one, other, third] = [
        await fixture.subscribeAndConnect('iOS'),
        await fixture.subscribeAndConnect('iOS'),
        await fixture.subscribeAndConnect('Android'),
      ];
      const named = (...recorders: readonly DeviceRecorder[]) => ({
        targetPolicy: { endpoints: { subscriptions: recorders.map(({ device }) => device.unsid) } },
      });
      const forOne = await fixture.post(one.device, named(one));
      const forTwo = await fixture.post(other.device, named(other, third));
      await expectNotification(fixture, one, { id: forOne.id, description: 'the notification for this subscription', change: 'created' });
      for (const recorder of [other, third])
        await expectNotification(fixture, recorder, {
          id: forTwo.id,
          description: 'the notification for two subscriptions',
          change: 'created',
        });
      await flushWithSentinel(fixture, one, other, third);
      for (const recorder of [other, third])
        expectNoDelivery(fixture, recorder, { id: forOne.id, description: 'a notification for another subscription' });
      expectNoDelivery(fixture, one, { id: forTwo.id, description: 'a notification for two other subscriptions' });
    },
  }),
  deviceScenario({
    requirement: 'targeting',
    name: 'subsets',
    title: 'sends to each set of platforms, and to no other',
    async run(fixture) {
      const recorders = await connectEveryPlatform(fixture);
      const first = premise(recorders[0], 'a connected device');
      const sent: Sent[] = [];
      for (const platforms of subsets) sent.push({ id: (await fixture.post(first.device, targeted(platforms))).id, platforms });
      await expectTargeting(fixture, recorders, sent);
    },
  }),
  deviceScenario({
    requirement: 'targeting',
    name: 'away',
    title: 'applies to devices that were disconnected',
    async run(fixture) {
      const devices = await Promise.all(everyPlatform.map((platform) => fixture.subscribe(platform)));
      const first = premise(devices[0], 'a subscribed device');
      const sent: Sent[] = [];
      for (const platform of everyPlatform) sent.push({ id: (await fixture.post(first, targeted([platform]))).id, platforms: [platform] });
      await expectTargeting(fixture, await Promise.all(devices.map((device) => fixture.connect(device))), sent);
    },
  }),
  deviceScenario({
    requirement: 'targeting',
    name: 'case',
    title: 'compares platform types without case, in any order',
    async run(fixture) {
      const recorders = await connectEveryPlatform(fixture);
      const first = premise(recorders[0], 'a connected device');
      const { id } = await fixture.post(first.device, targeted(['webpush', 'IOS']));
      const second = await fixture.post(first.device, targeted(['android', 'windows']));
      await expectTargeting(fixture, recorders, [
        { id, platforms: ['iOS', 'WebPush'] },
        { id: second.id, platforms: ['Windows', 'Android'] },
      ]);
    },
  }),
  deviceScenario({
    requirement: 'targeting',
    name: 'default',
    title: 'sends to all platforms without a targetPolicy',
    async run(fixture) {
      const recorders = await connectEveryPlatform(fixture);
      const first = premise(recorders[0], 'a connected device');
      await expectTargeting(fixture, recorders, [{ id: (await fixture.post(first.device)).id, platforms: everyPlatform }]);
    },
  }),
  deviceScenario({
    requirement: 'targeting',
    name: 'changes',
    title: 'sends changes and deletions to the targeted platforms only',
    async run(fixture) {
      const origin = await fixture.subscribeAndConnect('iOS');
      const [other, untargeted] = [await fixture.subscribeAndConnect('Android'), await fixture.subscribeAndConnect('Windows')];
      const { devices } = fixture.context;
      const { id } = await fixture.post(origin.device, targeted(['iOS', 'Android']));
      await devices.update(origin.device, id, { readState: 'Read' });
      await expectNotification(fixture, other, {
        id,
        description: 'the change',
        where: ({ readState }) => readState === 'Read',
        requirement: 'change-to-others',
      });
      await devices.remove(origin.device, id);
      await expectNotification(fixture, other, {
        id,
        description: 'the deletion',
        where: ({ status }) => status === 'Deleted',
        requirement: 'deletion-to-others',
      });
      await flushWithSentinel(fixture, untargeted);
      expectNoDelivery(fixture, untargeted, { id, description: 'a change of the notification for iOS, Android only' });
    },
  }),
  deviceScenario({
    requirement: 'web-raw-only',
    name: 'connected',
    title: 'sends raw content to web endpoints, also of notifications with both contents, and no visual-only notifications',
    run: async (fixture) => expectWebContent(fixture, await fixture.subscribeAndConnect('WebPush')),
  }),
  deviceScenario({
    requirement: 'web-raw-only',
    name: 'away',
    title: 'applies to web endpoints that were disconnected',
    run: async (fixture) => expectWebContent(fixture, undefined),
  }),
];

const visualContent = { title: 'Build finished', body: 'main is green' };

/** @param web the connected web endpoint; if undefined, one connects after the posts */
async function expectWebContent(fixture: DeviceFixture, web: DeviceRecorder | undefined): Promise<void> {
  const device = web?.device ?? (await fixture.subscribe('WebPush'));
  const witness = await fixture.subscribeAndConnect('Windows');
  const visual = await fixture.post(device, { payload: { visualContent } });
  const visualForWeb = await fixture.post(device, { payload: { visualContent }, ...targeted(['WebPush', 'Windows']) });
  const raw = await fixture.post(device, { payload: { rawContent: 'raw alone' } });
  const both = await fixture.post(device, { payload: { rawContent: 'raw of both', visualContent } });
  await expectNotification(fixture, witness, { id: visual.id, description: 'the visual notification', requirement: 'fan-out' });
  const recorder = web ?? (await fixture.connect(device));
  for (const [{ id }, rawContent] of [
    [raw, 'raw alone'],
    [both, 'raw of both'],
  ] as const) {
    const { notification, change } = await expectNotification(fixture, recorder, { id, description: 'the notification with raw content' });
    if (notification.rawContent !== rawContent)
      fixture.context.fail({
        expected: `rawContent ${JSON.stringify(rawContent)} of ${id} at ${recorder.who}`,
        got: JSON.stringify(notification.rawContent) ?? 'none',
      });
    // A fetched notification comes from the history of the user, which has both contents.
    if (change !== undefined && notification.visualContent !== undefined)
      fixture.context.fail({ expected: `rawContent alone of ${id} at ${recorder.who}`, got: 'visualContent too' });
  }
  await flushWithSentinel(fixture, recorder);
  expectNoDelivery(fixture, recorder, { id: visual.id, description: 'a visual-only notification' });
  expectNoDelivery(fixture, recorder, { id: visualForWeb.id, description: 'a visual-only notification, targeted at WebPush too,' });
}
