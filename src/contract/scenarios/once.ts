// Scenarios of what must not come twice on one connection: to no platform, with whatever content, however long it is not acknowledged (R1).
import type { Case } from '../case.ts';
import { arrives, passMarker, postAndReceive, pushesOf } from './expectations.ts';
import { describe, type Listener } from './listener.ts';
import { deviceScenario } from './scenario.ts';
import { everyPlatform, type Stage } from './stage.ts';

const visualContent = { title: 'Build finished', body: 'main is green' };

/** Every kind of content. Web endpoints get no visual-only one. */
const contents = (stage: Stage): readonly { readonly says: string; readonly more: object; readonly isForWeb: boolean }[] => [
  { says: 'a raw one', more: {}, isForWeb: true },
  { says: 'a visual one', more: { payload: { visualContent } }, isForWeb: false },
  { says: 'one with both contents', more: { payload: { rawContent: stage.context.name('both'), visualContent } }, isForWeb: true },
  { says: 'a raw one of high priority', more: { priority: 'High' }, isForWeb: true },
  {
    says: 'one for each platform by name',
    more: { targetPolicy: { platformTypes: everyPlatform }, groupName: 'builds' },
    isForWeb: true,
  },
];

/** Each of these was pushed at most once. */
export function judgeOnce(stage: Stage, listener: Listener, ids: readonly string[], from = 0): void {
  for (const id of ids) {
    const pushes = pushesOf(listener, id, from);
    if (pushes.length > 1)
      stage.context.fail({ requirement: 'once', expected: `${id} once at ${listener.who}`, got: pushes.map(describe).join('; ') });
  }
}

/** Milliseconds for which nothing is acknowledged: far less than a heartbeat, and, when there is time, about as long as two. */
const waits: readonly { readonly name: string; readonly ms: number; readonly needs: Case['needs'] }[] = [
  { name: 'unacknowledged', ms: 800, needs: [] },
  { name: 'unacknowledged-long', ms: 65_000, needs: ['slow'] },
];

const unacknowledged = waits.map(({ name, ms, needs }) =>
  deviceScenario({
    requirement: 'once',
    name,
    title: `delivers not again on the same connection what is not acknowledged for ${ms / 1000} s: posts, changes, deletions`,
    needs,
    async play(stage) {
      const [origin, other] = [await stage.join('Windows'), await stage.join('Android')];
      const { devices } = stage.context;
      const posted = [await postAndReceive(stage, other), await postAndReceive(stage, other), await postAndReceive(stage, other)];
      const [, changed, deleted] = posted.map(({ id }) => id);
      const from = other.told.all.length;
      await devices.update(origin.device, changed ?? '', { readState: 'Read' });
      await devices.remove(origin.device, deleted ?? '');
      await passMarker(stage, origin, other);
      const between = other.told.all.length;
      await stage.context.pause(ms);
      await passMarker(stage, origin, other);
      for (const listener of [origin, other]) judgeOnce(stage, listener, [posted[0]?.id ?? '']);
      judgeOnce(stage, other, [changed ?? '', deleted ?? ''], from);
      // What came before the wait was all that there was to come.
      for (const { id } of posted) {
        const late = pushesOf(other, id, between);
        if (late.length > 0)
          stage.context.fail({ expected: `nothing more of ${id} at ${other.who}, which has it`, got: late.map(describe).join('; ') });
      }
    },
  }),
);

export const onceScenarios: readonly Case[] = [
  ...unacknowledged,
  deviceScenario({
    requirement: 'once',
    name: 'every-platform',
    title: 'delivers each once to every platform, whatever its content',
    async play(stage) {
      const listeners = await Promise.all(everyPlatform.map((platform) => stage.join(platform)));
      const [first] = listeners;
      if (!first) return;
      const ids: string[] = [];
      for (const { says, more, isForWeb } of contents(stage)) {
        const { id } = await stage.post(first.device, more);
        ids.push(id);
        for (const listener of listeners)
          if (isForWeb || listener.device.platform !== 'WebPush') await arrives(stage, listener, { id, says, requirement: 'fan-out' });
      }
      await passMarker(stage, ...listeners);
      for (const listener of listeners) judgeOnce(stage, listener, ids);
    },
  }),
];
