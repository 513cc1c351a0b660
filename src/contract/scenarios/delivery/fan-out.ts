// Scenarios of the fan-out: to all devices of the user and application, to no others, with the content as posted.
import type { Case } from '../../case.ts';
import { expectAccepted, expectNoDelivery, expectNotification, flushWithSentinel, pushesOf } from '../../kit/assertions.ts';
import { type Content, expectContent } from '../../kit/content-assertions.ts';
import type { DeviceRecorder } from '../../kit/device-recorder.ts';
import { type DeviceFixture, everyPlatform } from '../../kit/devices.ts';
import { premise } from '../../kit/premise.ts';
import { deviceScenario } from '../../kit/scenario.ts';
import type { AdapterNotification } from '../../target/adapter.ts';

const isDeleted = ({ status }: AdapterNotification) => status === 'Deleted';

const connectEveryPlatform = (fixture: DeviceFixture): Promise<readonly DeviceRecorder[]> =>
  Promise.all(everyPlatform.map((platform) => fixture.subscribeAndConnect(platform)));

export const fanOutScenarios: readonly Case[] = [
  deviceScenario({
    requirement: 'fan-out',
    name: 'all-connected',
    title: 'reaches every connected device of the user, on every platform, also two of one platform',
    async run(fixture) {
      const recorders = [...(await connectEveryPlatform(fixture)), await fixture.subscribeAndConnect('iOS')];
      const first = premise(recorders[0], 'a connected device');
      const { id } = await fixture.post(first.device);
      await Promise.all(
        recorders.map((recorder) => expectNotification(fixture, recorder, { id, description: 'the notification', change: 'created' })),
      );
    },
  }),
  deviceScenario({
    requirement: 'fan-out',
    name: 'by-any-unsid',
    title: "reaches all devices, whichever of the user's UNSIDs is posted to",
    async run(fixture) {
      const recorders = await connectEveryPlatform(fixture);
      for (const { device } of recorders) {
        const { id } = await fixture.post(device);
        await Promise.all(
          recorders.map((recorder) =>
            expectNotification(fixture, recorder, { id, description: `the notification posted to ${fixture.nameOf(device)}` }),
          ),
        );
      }
    },
  }),
  deviceScenario({
    requirement: 'fan-out',
    name: 'later',
    title: 'reaches devices that connect after the post, in addition to one that is connected',
    async run(fixture) {
      const recorder = await fixture.subscribeAndConnect('Windows');
      const away = await Promise.all(everyPlatform.map((platform) => fixture.subscribe(platform)));
      const { id } = await fixture.post(recorder.device);
      await expectNotification(fixture, recorder, { id, description: 'the notification' });
      for (const device of away) {
        const later = await fixture.connect(device);
        await expectNotification(fixture, later, {
          id,
          description: 'the notification posted while it was disconnected',
          change: 'created',
        });
      }
    },
  }),
  deviceScenario({
    requirement: 'fan-out',
    name: 'renewed',
    title: 'reaches a device that has renewed its subscription, once',
    async run(fixture) {
      const recorder = await fixture.subscribeAndConnect('Android');
      const { deviceId, unsid } = recorder.device;
      const renewed = await expectAccepted(fixture, 'the device to renew its subscription', () =>
        fixture.subscribe('Android', { deviceId }),
      );
      if (renewed.unsid !== unsid)
        fixture.context.fail({ requirement: 'subscribe-renewed', expected: `the UNSID ${unsid} again`, got: renewed.unsid });
      const { id } = await fixture.post(renewed);
      await expectNotification(fixture, recorder, { id, description: 'the notification' });
      await flushWithSentinel(fixture, recorder);
      const { length } = pushesOf(recorder, id);
      if (length > 1)
        fixture.context.fail({ requirement: 'once', expected: 'the notification once', got: `the notification ${length} times` });
    },
  }),
  deviceScenario({
    requirement: 'fan-out-isolated',
    name: 'users',
    title: 'sends nothing to another user of the application, connected or not, not even with the same deviceId',
    needs: ['otherUser'],
    async run(fixture) {
      const deviceId = fixture.context.name('shared');
      const own = await fixture.subscribeAndConnect('Windows', { deviceId });
      const unrelated = [
        await fixture.subscribeAndConnect('Windows', { user: 'otherUser', deviceId }),
        await fixture.subscribeAndConnect('iOS', { user: 'otherUser' }),
        await fixture.subscribeAndConnect('WebPush', { user: 'otherUser' }),
      ];
      const away = await fixture.subscribe('Android', { user: 'otherUser' });
      const { id } = await fixture.post(own.device);
      await expectNotification(fixture, own, { id, description: 'the notification', requirement: 'fan-out' });
      const late = await fixture.connect(away);
      await flushWithSentinel(fixture, ...unrelated, late);
      for (const recorder of [...unrelated, late]) expectNoDelivery(fixture, recorder, { id, description: "another user's notification" });
    },
  }),
  deviceScenario({
    requirement: 'fan-out-isolated',
    name: 'applications',
    title: "sends nothing to the user's devices of another application, connected or not",
    async run(fixture) {
      const own = await fixture.subscribeAndConnect('Windows');
      const application = await fixture.otherApplication();
      const unrelated = await Promise.all(everyPlatform.map((platform) => fixture.subscribeAndConnect(platform, { application })));
      const away = await fixture.subscribe('iOS', { application });
      const { id } = await fixture.post(own.device);
      await expectNotification(fixture, own, { id, description: 'the notification', requirement: 'fan-out' });
      const late = await fixture.connect(away);
      await flushWithSentinel(fixture, ...unrelated, late);
      for (const recorder of [...unrelated, late])
        expectNoDelivery(fixture, recorder, { id, description: "another application's notification" });
    },
  }),
  deviceScenario({
    requirement: 'fan-out-isolated',
    name: 'changes',
    title: 'sends changes and deletions to no other user and no other application',
    needs: ['otherUser'],
    async run(fixture) {
      const [own, witness] = [await fixture.subscribeAndConnect('Windows'), await fixture.subscribeAndConnect('iOS')];
      const unrelated = [
        await fixture.subscribeAndConnect('Windows', { user: 'otherUser' }),
        await fixture.subscribeAndConnect('Windows', { application: await fixture.otherApplication() }),
      ];
      const { id } = await fixture.post(own.device);
      await fixture.context.devices.update(own.device, id, { readState: 'Read' });
      await expectNotification(fixture, witness, {
        id,
        description: 'the change',
        where: ({ readState }) => readState === 'Read',
        requirement: 'change-to-others',
      });
      await fixture.context.devices.remove(own.device, id);
      await expectNotification(fixture, witness, { id, description: 'the deletion', where: isDeleted, requirement: 'deletion-to-others' });
      await flushWithSentinel(fixture, ...unrelated);
      for (const recorder of unrelated) expectNoDelivery(fixture, recorder, { id, description: "another feed's change" });
    },
  }),
  ...contentScenarios(),
];

function contentScenarios(): readonly Case[] {
  const unicode = 'Grüße, 世界 🌍 \u{1F469}‍\u{1F680} עברית "quoted" \\ back\tslash\nnext line </script> \u2028';
  const contents: readonly { readonly name: string; readonly title: string; readonly payload: Content; readonly more?: object }[] = [
    { name: 'raw', title: 'raw content', payload: { rawContent: 'build 42 is green' } },
    { name: 'visual', title: 'visual content', payload: { visualContent: { title: 'Build 42', body: 'is green' } } },
    { name: 'title-only', title: 'a title without a body', payload: { visualContent: { title: 'Build 42' } } },
    {
      name: 'both',
      title: 'both contents',
      payload: { rawContent: '{"build":42}', visualContent: { title: 'Build 42', body: 'is green' } },
    },
    {
      name: 'unicode',
      title: 'text with all kinds of characters',
      payload: { rawContent: unicode, visualContent: { title: unicode, body: unicode } },
    },
    { name: 'long', title: 'long text', payload: { rawContent: 'abcdefghij'.repeat(5_000) } },
    {
      name: 'members',
      title: 'group, priority and appNotificationId',
      payload: { rawContent: 'x' },
      more: { groupName: 'builds', priority: 'Low' },
    },
  ];
  return contents.map(({ name, title, payload, more = {} }) =>
    deviceScenario({
      requirement: 'fan-out-content',
      name,
      title: `delivers ${title} as posted`,
      async run(fixture) {
        const recorders = await Promise.all([
          fixture.subscribeAndConnect('Windows'),
          fixture.subscribeAndConnect('iOS'),
          fixture.subscribeAndConnect('Android'),
        ]);
        const sent = { ...more, ...(name === 'members' ? { appNotificationId: fixture.context.name('own-id') } : {}) };
        const { id } = await fixture.post(recorders[0].device, { payload, ...sent });
        for (const recorder of recorders) {
          const { notification } = await expectNotification(fixture, recorder, {
            id,
            description: 'the notification',
            requirement: 'fan-out',
          });
          expectContent(fixture.context, recorder.who, notification, { ...payload, ...sent });
        }
      },
    }),
  );
}
