// Scenarios of what must not come twice on one connection: to no platform, with whatever content, however long it is not acknowledged (R1).
import type { Case } from '../../case.ts';
import { expectNotification, flushWithSentinel, postAndReceive, pushesOf } from '../../kit/assertions.ts';
import { type DeviceRecorder, describe } from '../../kit/device-recorder.ts';
import { type DeviceFixture, everyPlatform } from '../../kit/devices.ts';
import { premise } from '../../kit/premise.ts';
import { deviceScenario } from '../../kit/scenario.ts';

const visualContent = { title: 'Build finished', body: 'main is green' };

/** Every kind of content. Web endpoints get no visual-only one. */
const contents = (stage: DeviceFixture): readonly { readonly says: string; readonly more: object; readonly isForWeb: boolean }[] => [
  { says: 'a raw one', more: {}, isForWeb: true },
  { says: 'a visual one', more: { payload: { visualContent } }, isForWeb: false },
  { says: 'one with both contents', more: { payload: { rawContent: stage.context.name('both'), visualContent } }, isForWeb: true },
  { says: 'a raw one of high priority', more: { priority: 'High' }, isForWeb: true },
  {
    says: 'one for each platform by name',
    more: { targetPolicy: { platformTypes: everyPlatform }, groupName: 'builds' },
    isForWeb: true,
  },
  {
    says: 'one that names each platform twice',
    more: { targetPolicy: { platformTypes: [...everyPlatform, ...everyPlatform.map((platform) => platform.toLowerCase())] } },
    isForWeb: true,
  },
];

/** Each of these was pushed at most as often as it changed: it was posted, and perhaps something was done with it. */
export function judgeOnce(stage: DeviceFixture, listener: DeviceRecorder, ids: readonly string[], changes = 1): void {
  for (const id of ids) {
    const pushes = pushesOf(listener, id);
    if (pushes.length > changes)
      stage.context.fail({
        requirement: 'once',
        expected: `each change of ${id} once at ${listener.who}; there were ${changes}`,
        got: pushes.map(describe).join('; '),
      });
  }
}

/** Milliseconds for which nothing is acknowledged: far less than a heartbeat, and, when there is time, longer than one (R7). */
const waits: readonly { readonly name: string; readonly ms: number; readonly needs: Case['needs'] }[] = [
  { name: 'unacknowledged', ms: 800, needs: [] },
  { name: 'unacknowledged-long', ms: 35_000, needs: ['slow'] },
];

const unacknowledged = waits.map(({ name, ms, needs }) =>
  deviceScenario({
    requirement: 'once',
    name,
    title: `delivers not again on the same connection what is not acknowledged for ${ms / 1000} s: posts, changes, deletions`,
    needs,
    async run(stage) {
      const [origin, other] = [await stage.subscribeAndConnect('Windows'), await stage.subscribeAndConnect('Android')];
      const { devices } = stage.context;
      const { id: same } = await postAndReceive(stage, other);
      const { id: changed } = await postAndReceive(stage, other);
      const { id: deleted } = await postAndReceive(stage, other);
      await devices.update(origin.device, changed, { readState: 'Read' });
      await devices.remove(origin.device, deleted);
      await flushWithSentinel(stage, origin, other);
      await stage.context.pause(ms);
      await flushWithSentinel(stage, origin, other);
      for (const listener of [origin, other]) {
        judgeOnce(stage, listener, [same]);
        judgeOnce(stage, listener, [changed, deleted], 2);
      }
    },
  }),
);

export const onceScenarios: readonly Case[] = [
  ...unacknowledged,
  deviceScenario({
    requirement: 'once',
    name: 'every-platform',
    title: 'delivers each once to every platform, connected or away, whatever its content and however often it names the platform',
    async run(stage) {
      const listeners = await Promise.all(everyPlatform.map((platform) => stage.subscribeAndConnect(platform)));
      const away = await Promise.all(everyPlatform.map((platform) => stage.subscribe(platform)));
      const first = premise(listeners[0], 'a connected device');
      const sent: { readonly id: string; readonly says: string; readonly isForWeb: boolean }[] = [];
      for (const { says, more, isForWeb } of contents(stage)) sent.push({ id: (await stage.post(first.device, more)).id, says, isForWeb });
      const all = [...listeners, ...(await Promise.all(away.map((device) => stage.connect(device))))];
      for (const listener of all)
        for (const { id, says, isForWeb } of sent)
          if (isForWeb || listener.device.platform !== 'WebPush')
            await expectNotification(stage, listener, { id, description: says, requirement: 'fan-out' });
      await flushWithSentinel(stage, ...all);
      const ids = sent.map(({ id }) => id);
      for (const listener of all) judgeOnce(stage, listener, ids);
    },
  }),
];
