// Scenarios of duplicates: no change is delivered twice on one connection, on any platform, with any content, however late it is acknowledged (R1).
import type { Case } from '../../case.ts';
import { expectNotification, flushWithSentinel, postAndReceive, pushesOf } from '../../kit/assertions.ts';
import { type DeviceRecorder, describe } from '../../kit/device-recorder.ts';
import { type DeviceFixture, everyPlatform } from '../../kit/devices.ts';
import { premise } from '../../kit/premise.ts';
import { deviceScenario } from '../../kit/scenario.ts';

const visualContent = { title: 'Build finished', body: 'main is green' };

/** Every kind of content. Web endpoints get no visual-only notifications. */
const contents = (
  fixture: DeviceFixture,
): readonly { readonly description: string; readonly more: object; readonly isForWeb: boolean }[] => [
  { description: 'the raw notification', more: {}, isForWeb: true },
  { description: 'the visual notification', more: { payload: { visualContent } }, isForWeb: false },
  {
    description: 'the notification with both contents',
    more: { payload: { rawContent: fixture.context.name('both'), visualContent } },
    isForWeb: true,
  },
  { description: 'the raw notification of high priority', more: { priority: 'High' }, isForWeb: true },
  {
    description: 'the notification for all platforms by name',
    more: { targetPolicy: { platformTypes: everyPlatform }, groupName: 'builds' },
    isForWeb: true,
  },
  {
    description: 'the notification that names each platform twice',
    more: { targetPolicy: { platformTypes: [...everyPlatform, ...everyPlatform.map((platform) => platform.toLowerCase())] } },
    isForWeb: true,
  },
];

/** Expects at most one push for each change of a notification, its creation included. */
export function expectOnce(fixture: DeviceFixture, recorder: DeviceRecorder, ids: readonly string[], changes = 1): void {
  for (const id of ids) {
    const pushes = pushesOf(recorder, id);
    if (pushes.length > changes)
      fixture.context.fail({
        requirement: 'once',
        expected: `at most ${changes} pushes of ${id} at ${recorder.who}, one for each change`,
        got: pushes.map(describe).join('; '),
      });
  }
}

/** Milliseconds without an acknowledgement: far less than a heartbeat interval, and with --slow longer than one (R7). */
const waits: readonly { readonly name: string; readonly ms: number; readonly needs: Case['needs'] }[] = [
  { name: 'unacknowledged', ms: 800, needs: [] },
  { name: 'unacknowledged-long', ms: 35_000, needs: ['slow'] },
];

const unacknowledged = waits.map(({ name, ms, needs }) =>
  deviceScenario({
    requirement: 'once',
    name,
    title: `does not deliver again on the same connection what is not acknowledged for ${ms / 1000} s: posts, changes, deletions`,
    needs,
    async run(fixture) {
      const [origin, other] = [await fixture.subscribeAndConnect('Windows'), await fixture.subscribeAndConnect('Android')];
      const { devices } = fixture.context;
      const { id: same } = await postAndReceive(fixture, other);
      const { id: changed } = await postAndReceive(fixture, other);
      const { id: deleted } = await postAndReceive(fixture, other);
      await devices.update(origin.device, changed, { readState: 'Read' });
      await devices.remove(origin.device, deleted);
      await flushWithSentinel(fixture, origin, other);
      await fixture.context.pause(ms);
      await flushWithSentinel(fixture, origin, other);
      for (const recorder of [origin, other]) {
        expectOnce(fixture, recorder, [same]);
        expectOnce(fixture, recorder, [changed, deleted], 2);
      }
    },
  }),
);

export const noDuplicateScenarios: readonly Case[] = [
  ...unacknowledged,
  deviceScenario({
    requirement: 'once',
    name: 'every-platform',
    title:
      'delivers each notification once on every platform, to connected and disconnected devices, whatever its content and targetPolicy',
    async run(fixture) {
      const recorders = await Promise.all(everyPlatform.map((platform) => fixture.subscribeAndConnect(platform)));
      const away = await Promise.all(everyPlatform.map((platform) => fixture.subscribe(platform)));
      const first = premise(recorders[0], 'a connected device');
      const sent: { readonly id: string; readonly description: string; readonly isForWeb: boolean }[] = [];
      for (const { description, more, isForWeb } of contents(fixture))
        sent.push({ id: (await fixture.post(first.device, more)).id, description, isForWeb });
      const all = [...recorders, ...(await Promise.all(away.map((device) => fixture.connect(device))))];
      for (const recorder of all)
        for (const { id, description, isForWeb } of sent)
          if (isForWeb || recorder.device.platform !== 'WebPush')
            await expectNotification(fixture, recorder, { id, description, requirement: 'fan-out' });
      await flushWithSentinel(fixture, ...all);
      const ids = sent.map(({ id }) => id);
      for (const recorder of all) expectOnce(fixture, recorder, ids);
    },
  }),
];
