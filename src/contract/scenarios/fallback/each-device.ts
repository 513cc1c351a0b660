// Scenarios of the fallback toast for each device: fetching on one device does not affect the others, and duplicate platforms give one toast (F16, R9).
import type { Case } from '../../case.ts';
import { acknowledgeAndClose } from '../../kit/acknowledge.ts';
import { expectNotification, expectToast, flushWithSentinel, reconnect, toastsOf } from '../../kit/assertions.ts';
import type { DeviceFixture } from '../../kit/devices.ts';
import { connectWithoutFetching, passDelay, readOverHttp, withFallback } from '../../kit/fallback.ts';
import { deviceScenario } from '../../kit/scenario.ts';

/** How a device fetches a notification. */
interface FetchMethod {
  readonly name: string;
  readonly description: string;
  readonly needs: Case['needs'];
  fetch(fixture: DeviceFixture, platform: 'iOS' | 'Windows', post: () => Promise<string>): Promise<string>;
}

const fetchMethods: readonly FetchMethod[] = [
  {
    name: 'acknowledged',
    description: 'have acknowledged',
    needs: [],
    async fetch(fixture, platform, post) {
      const recorder = await fixture.subscribeAndConnect(platform);
      const id = await post();
      const { cursor } = await expectNotification(fixture, recorder, { id, description: 'the notification', requirement: 'fan-out' });
      await acknowledgeAndClose(fixture, recorder, cursor);
      return id;
    },
  },
  {
    name: 'listed',
    description: 'have listed',
    needs: [],
    async fetch(fixture, platform, post) {
      const device = await fixture.subscribe(platform);
      const id = await post();
      await fixture.context.devices.list(device);
      return id;
    },
  },
  {
    name: 'read',
    description: 'have read',
    needs: ['client'],
    async fetch(fixture, platform, post) {
      const device = await fixture.subscribe(platform);
      const id = await post();
      await readOverHttp(fixture, device, id);
      return id;
    },
  },
];

export const fallbackEachDeviceScenarios: readonly Case[] = [
  ...fetchMethods.map(({ name, description, needs, fetch }) =>
    deviceScenario({
      requirement: 'fallback-toast',
      name: `others-${name}`,
      title: `sends the toast to iOS devices, connected or not, that have not fetched what other devices of the user, iOS or not, ${description}`,
      needs: ['clock', ...needs],
      async run(fixture) {
        const [waiting, away] = [await connectWithoutFetching(fixture), await fixture.subscribe('iOS')];
        const ids: string[] = [];
        for (const platform of ['iOS', 'Windows'] as const)
          ids.push(await fetch(fixture, platform, async () => (await fixture.post(waiting.device, withFallback())).id));
        await passDelay(fixture);
        for (const id of ids) await expectToast(fixture, waiting, { id });
        const back = await reconnect(fixture, away, { ignoresSignals: true });
        for (const id of ids) await expectToast(fixture, back, { id });
      },
    }),
  ),
  deviceScenario({
    requirement: 'fallback-toast',
    name: 'named-twice',
    title: 'sends one toast if the policies name iOS several times, in any letter case',
    needs: ['clock'],
    async run(fixture) {
      const [phone, away] = [await connectWithoutFetching(fixture), await fixture.subscribe('iOS')];
      const { fallbackPolicy, ...more } = withFallback();
      const platformTypes = ['iOS', 'ios', 'IOS'];
      const twice = { endpointFallback: { ...fallbackPolicy.endpointFallback, platformTypes } };
      const { id } = await fixture.post(phone.device, { ...more, fallbackPolicy: twice, targetPolicy: { platformTypes } });
      await passDelay(fixture);
      await expectToast(fixture, phone, { id });
      const back = await reconnect(fixture, away, { ignoresSignals: true });
      await expectToast(fixture, back, { id });
      await flushWithSentinel(fixture, phone, back);
      for (const recorder of [phone, back]) {
        const { length } = toastsOf(recorder, id);
        if (length > 1) fixture.context.fail({ expected: `one toast of ${id} at ${recorder.who}`, got: `${length}` });
      }
    },
  }),
];
