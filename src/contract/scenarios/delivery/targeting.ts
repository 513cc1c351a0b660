// Scenarios of targeting: which platforms get what, web endpoints among them (F14, F29, R4).
import type { Case } from '../../case.ts';
import { expectNoDelivery, expectNotification, flushWithSentinel } from '../../kit/assertions.ts';
import type { DeviceRecorder } from '../../kit/device-recorder.ts';
import { type DeviceFixture, everyPlatform } from '../../kit/devices.ts';
import { premise } from '../../kit/premise.ts';
import { deviceScenario } from '../../kit/scenario.ts';
import type { Platform } from '../../target/adapter.ts';

/** All subsets but the empty one. */
const subsets: readonly (readonly Platform[])[] = Array.from({ length: 15 }, (_, index) =>
  everyPlatform.filter((_platform, bit) => ((index + 1) & (1 << bit)) !== 0),
);

const targeted = (platformTypes: readonly string[]) => ({ targetPolicy: { platformTypes } });

interface Sent {
  readonly id: string;
  readonly platforms: readonly Platform[];
}

async function judge(stage: DeviceFixture, listeners: readonly DeviceRecorder[], sent: readonly Sent[]): Promise<void> {
  for (const listener of listeners)
    for (const { id, platforms } of sent)
      if (platforms.includes(listener.device.platform))
        await expectNotification(stage, listener, { id, description: `the notification for ${platforms.join(', ')}`, change: 'created' });
  await flushWithSentinel(stage, ...listeners);
  for (const listener of listeners)
    for (const { id, platforms } of sent)
      if (!platforms.includes(listener.device.platform))
        expectNoDelivery(stage, listener, { id, description: `the notification for ${platforms.join(', ')} only` });
}

const joinAll = (stage: DeviceFixture): Promise<readonly DeviceRecorder[]> =>
  Promise.all(everyPlatform.map((platform) => stage.subscribeAndConnect(platform)));

export const targetingScenarios: readonly Case[] = [
  deviceScenario({
    requirement: 'targeting',
    name: 'subsets',
    title: 'sends to each set of platforms, and to no other',
    async run(stage) {
      const listeners = await joinAll(stage);
      const first = premise(listeners[0], 'a connected device');
      const sent: Sent[] = [];
      for (const platforms of subsets) sent.push({ id: (await stage.post(first.device, targeted(platforms))).id, platforms });
      await judge(stage, listeners, sent);
    },
  }),
  deviceScenario({
    requirement: 'targeting',
    name: 'away',
    title: 'holds for devices that were away',
    async run(stage) {
      const devices = await Promise.all(everyPlatform.map((platform) => stage.subscribe(platform)));
      const first = premise(devices[0], 'a subscribed device');
      const sent: Sent[] = [];
      for (const platform of everyPlatform) sent.push({ id: (await stage.post(first, targeted([platform]))).id, platforms: [platform] });
      await judge(stage, await Promise.all(devices.map((device) => stage.connect(device))), sent);
    },
  }),
  deviceScenario({
    requirement: 'targeting',
    name: 'case',
    title: 'compares platform types without case, in any order',
    async run(stage) {
      const listeners = await joinAll(stage);
      const first = premise(listeners[0], 'a connected device');
      const { id } = await stage.post(first.device, targeted(['webpush', 'IOS']));
      const second = await stage.post(first.device, targeted(['android', 'windows']));
      await judge(stage, listeners, [
        { id, platforms: ['iOS', 'WebPush'] },
        { id: second.id, platforms: ['Windows', 'Android'] },
      ]);
    },
  }),
  deviceScenario({
    requirement: 'targeting',
    name: 'default',
    title: 'sends to all platforms without a targetPolicy',
    async run(stage) {
      const listeners = await joinAll(stage);
      const first = premise(listeners[0], 'a connected device');
      await judge(stage, listeners, [{ id: (await stage.post(first.device)).id, platforms: everyPlatform }]);
    },
  }),
  deviceScenario({
    requirement: 'targeting',
    name: 'changes',
    title: 'sends changes and deletions to the targeted platforms only',
    async run(stage) {
      const origin = await stage.subscribeAndConnect('iOS');
      const [other, untargeted] = [await stage.subscribeAndConnect('Android'), await stage.subscribeAndConnect('Windows')];
      const { devices } = stage.context;
      const { id } = await stage.post(origin.device, targeted(['iOS', 'Android']));
      await devices.update(origin.device, id, { readState: 'Read' });
      await expectNotification(stage, other, {
        id,
        description: 'the change',
        where: ({ readState }) => readState === 'Read',
        requirement: 'change-to-others',
      });
      await devices.remove(origin.device, id);
      await expectNotification(stage, other, {
        id,
        description: 'the deletion',
        where: ({ status }) => status === 'Deleted',
        requirement: 'deletion-to-others',
      });
      await flushWithSentinel(stage, untargeted);
      expectNoDelivery(stage, untargeted, { id, description: 'a change of the notification for iOS, Android only' });
    },
  }),
  deviceScenario({
    requirement: 'web-raw-only',
    name: 'connected',
    title: 'sends web endpoints raw content, of both contents the raw one, and visual-only notifications not at all',
    run: async (stage) => judgeWeb(stage, await stage.subscribeAndConnect('WebPush')),
  }),
  deviceScenario({
    requirement: 'web-raw-only',
    name: 'away',
    title: 'holds for web endpoints that were away',
    run: async (stage) => judgeWeb(stage, undefined),
  }),
];

const visualContent = { title: 'Build finished', body: 'main is green' };

/** @param web undefined: it connects after the posts */
async function judgeWeb(stage: DeviceFixture, web: DeviceRecorder | undefined): Promise<void> {
  const device = web?.device ?? (await stage.subscribe('WebPush'));
  const witness = await stage.subscribeAndConnect('Windows');
  const visual = await stage.post(device, { payload: { visualContent } });
  const visualForWeb = await stage.post(device, { payload: { visualContent }, ...targeted(['WebPush', 'Windows']) });
  const raw = await stage.post(device, { payload: { rawContent: 'raw alone' } });
  const both = await stage.post(device, { payload: { rawContent: 'raw of both', visualContent } });
  await expectNotification(stage, witness, { id: visual.id, description: 'the visual notification', requirement: 'fan-out' });
  const listener = web ?? (await stage.connect(device));
  for (const [{ id }, rawContent] of [
    [raw, 'raw alone'],
    [both, 'raw of both'],
  ] as const) {
    const { notification, change } = await expectNotification(stage, listener, { id, description: 'the notification with raw content' });
    if (notification.rawContent !== rawContent)
      stage.context.fail({
        expected: `rawContent ${JSON.stringify(rawContent)} of ${id} at ${listener.who}`,
        got: JSON.stringify(notification.rawContent) ?? 'none',
      });
    // What is fetched is the history, which is the user's and not the endpoint's.
    if (change !== undefined && notification.visualContent !== undefined)
      stage.context.fail({ expected: `rawContent alone of ${id} at ${listener.who}`, got: 'visualContent too' });
  }
  await flushWithSentinel(stage, listener);
  expectNoDelivery(stage, listener, { id: visual.id, description: 'a visual-only notification' });
  expectNoDelivery(stage, listener, { id: visualForWeb.id, description: 'a visual-only notification, targeted at WebPush too,' });
}
