// Scenarios of the fallback toast of each device: what one has fetched is no matter of the others, and what is named twice comes once (F16, R9).
import type { Case } from '../../case.ts';
import { acknowledgeAndClose } from '../../kit/acknowledge.ts';
import { expectNotification, expectToast, flushWithSentinel, reconnect, toastsOf } from '../../kit/assertions.ts';
import type { DeviceFixture } from '../../kit/devices.ts';
import { connectWithoutFetching, passDelay, readOverHttp, withFallback } from '../../kit/fallback.ts';
import { deviceScenario } from '../../kit/scenario.ts';

/** How a device fetches a notification. */
interface Way {
  readonly name: string;
  readonly says: string;
  readonly needs: Case['needs'];
  fetch(stage: DeviceFixture, platform: 'iOS' | 'Windows', post: () => Promise<string>): Promise<string>;
}

const ways: readonly Way[] = [
  {
    name: 'acknowledged',
    says: 'have acknowledged',
    needs: [],
    async fetch(stage, platform, post) {
      const listener = await stage.subscribeAndConnect(platform);
      const id = await post();
      const { cursor } = await expectNotification(stage, listener, { id, description: 'the notification', requirement: 'fan-out' });
      await acknowledgeAndClose(stage, listener, cursor);
      return id;
    },
  },
  {
    name: 'listed',
    says: 'have listed',
    needs: [],
    async fetch(stage, platform, post) {
      const device = await stage.subscribe(platform);
      const id = await post();
      await stage.context.devices.list(device);
      return id;
    },
  },
  {
    name: 'read',
    says: 'have read',
    needs: ['client'],
    async fetch(stage, platform, post) {
      const device = await stage.subscribe(platform);
      const id = await post();
      await readOverHttp(stage, device, id);
      return id;
    },
  },
];

export const fallbackEachScenarios: readonly Case[] = [
  ...ways.map(({ name, says, needs, fetch }) =>
    deviceScenario({
      requirement: 'fallback-toast',
      name: `others-${name}`,
      title: `sends the toast to iOS devices, connected or away, that have not fetched what others of the user, iOS or not, ${says}`,
      needs: ['clock', ...needs],
      async run(stage) {
        const [waiting, away] = [await connectWithoutFetching(stage), await stage.subscribe('iOS')];
        const ids: string[] = [];
        for (const platform of ['iOS', 'Windows'] as const)
          ids.push(await fetch(stage, platform, async () => (await stage.post(waiting.device, withFallback())).id));
        await passDelay(stage);
        for (const id of ids) await expectToast(stage, waiting, { id });
        const back = await reconnect(stage, away, { ignoresSignals: true });
        for (const id of ids) await expectToast(stage, back, { id });
      },
    }),
  ),
  deviceScenario({
    requirement: 'fallback-toast',
    name: 'named-twice',
    title: 'sends one toast where the policies name iOS twice, in whatever letters',
    needs: ['clock'],
    async run(stage) {
      const [phone, away] = [await connectWithoutFetching(stage), await stage.subscribe('iOS')];
      const { fallbackPolicy, ...more } = withFallback();
      const platformTypes = ['iOS', 'ios', 'IOS'];
      const twice = { endpointFallback: { ...fallbackPolicy.endpointFallback, platformTypes } };
      const { id } = await stage.post(phone.device, { ...more, fallbackPolicy: twice, targetPolicy: { platformTypes } });
      await passDelay(stage);
      await expectToast(stage, phone, { id });
      const back = await reconnect(stage, away, { ignoresSignals: true });
      await expectToast(stage, back, { id });
      await flushWithSentinel(stage, phone, back);
      for (const listener of [phone, back]) {
        const { length } = toastsOf(listener, id);
        if (length > 1) stage.context.fail({ expected: `one toast of ${id} at ${listener.who}`, got: `${length}` });
      }
    },
  }),
];
