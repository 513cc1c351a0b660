// Scenarios of acknowledgement: what was not acknowledged comes again, what was does not (R2).
import type { AdapterDevice } from '../adapter.ts';
import type { Case } from '../case.ts';
import { arrives, passMarker, postAndReceive, pushesOf, returns } from './expectations.ts';
import { describe, type Listener } from './listener.ts';
import { deviceScenario } from './scenario.ts';
import type { Stage } from './stage.ts';

export const acknowledgementScenarios: readonly Case[] = [
  deviceScenario({
    requirement: 'redelivery',
    name: 'cut-line',
    title: 'delivers again after a cut line what was not acknowledged',
    async play(stage) {
      const listener = await stage.join('Windows');
      const [first, second] = [await postAndReceive(stage, listener), await postAndReceive(stage, listener)];
      await listener.close({ abruptly: true });
      const back = await returns(stage, listener.device);
      for (const { id } of [first, second])
        await arrives(stage, back, { id, says: 'the notification that was not acknowledged', change: 'created' });
    },
  }),
  deviceScenario({
    requirement: 'redelivery',
    name: 'closed',
    title: 'delivers again and again after a close in good order, until it is acknowledged',
    async play(stage) {
      const listener = await stage.join('iOS');
      const { id } = await postAndReceive(stage, listener);
      await listener.close();
      for (let round = 0; round < 2; round += 1) {
        const back = await returns(stage, listener.device);
        await arrives(stage, back, { id, says: 'the notification that was not acknowledged' });
        await back.close();
      }
    },
  }),
  deviceScenario({
    requirement: 'redelivery',
    name: 'part',
    title: 'delivers again what comes after the acknowledged',
    async play(stage) {
      const listener = await stage.join('Android');
      const first = await postAndReceive(stage, listener);
      const [second, third] = [await postAndReceive(stage, listener), await postAndReceive(stage, listener)];
      await acknowledgeAndClose(stage, listener, first.cursor);
      const back = await returns(stage, listener.device);
      for (const { id } of [second, third]) await arrives(stage, back, { id, says: 'the notification after the acknowledged' });
    },
  }),
  deviceScenario({
    requirement: 'redelivery',
    name: 'each-device',
    title: "does not take one device's acknowledgement for another's",
    async play(stage) {
      const [one, two] = [await stage.join('iOS'), await stage.join('iOS')];
      const { id, cursor } = await postAndReceive(stage, one);
      await arrives(stage, two, { id, says: 'the notification', requirement: 'fan-out' });
      await two.close({ abruptly: true });
      await acknowledgeAndClose(stage, one, cursor);
      const back = await returns(stage, two.device);
      await arrives(stage, back, { id, says: 'the notification that this device has not acknowledged' });
    },
  }),
  deviceScenario({
    requirement: 'redelivery',
    name: 'changes',
    title: 'delivers changes and deletions again that were not acknowledged',
    async play(stage) {
      const [origin, other] = [await stage.join('Windows'), await stage.join('Android')];
      const { devices } = stage.context;
      const changed = await postAndReceive(stage, other);
      const deleted = await postAndReceive(stage, other);
      await acknowledgeAndClose(stage, other, deleted.cursor);
      const second = await returns(stage, other.device);
      await devices.update(origin.device, changed.id, { readState: 'Read' });
      await devices.remove(origin.device, deleted.id);
      const change = {
        id: changed.id,
        says: 'the change',
        change: 'updated',
        where: ({ readState = '' }) => readState === 'Read',
      } as const;
      const deletion = {
        id: deleted.id,
        says: 'the deletion',
        change: 'deleted',
        where: ({ status = '' }) => status === 'Deleted',
      } as const;
      await arrives(stage, second, { ...change, requirement: 'change-to-others' });
      await arrives(stage, second, { ...deletion, requirement: 'deletion-to-others' });
      await second.close({ abruptly: true });
      const third = await returns(stage, other.device);
      await arrives(stage, third, change);
      await arrives(stage, third, deletion);
    },
  }),
  deviceScenario({
    requirement: 'acknowledged',
    name: 'all',
    title: 'delivers not again what was acknowledged',
    async play(stage) {
      const listener = await stage.join('Windows');
      const [first, second] = [await postAndReceive(stage, listener), await postAndReceive(stage, listener)];
      await acknowledgeAndClose(stage, listener, second.cursor);
      await staysAway(stage, listener.device, { ids: [first.id, second.id], cursor: second.cursor });
    },
  }),
  deviceScenario({
    requirement: 'acknowledged',
    name: 'part',
    title: 'delivers not again what comes before the acknowledged',
    async play(stage) {
      const listener = await stage.join('iOS');
      const [first, second] = [await postAndReceive(stage, listener), await postAndReceive(stage, listener)];
      await postAndReceive(stage, listener);
      await acknowledgeAndClose(stage, listener, second.cursor);
      await staysAway(stage, listener.device, { ids: [first.id, second.id], cursor: second.cursor });
    },
  }),
  deviceScenario({
    requirement: 'acknowledged',
    name: 'renewed',
    title: 'keeps the acknowledged place when the subscription is renewed',
    async play(stage) {
      const listener = await stage.join('Android');
      const { deviceId } = listener.device;
      const first = await postAndReceive(stage, listener);
      await acknowledgeAndClose(stage, listener, first.cursor);
      const missed = await stage.post(listener.device);
      const renewed = await stage.subscribe('Android', { deviceId });
      const back = await returns(stage, renewed);
      await arrives(stage, back, {
        id: missed.id,
        says: 'the notification that was missed before the renewal',
        requirement: 'start-at-head',
      });
      await back.close();
      await staysAway(stage, renewed, { ids: [first.id], cursor: first.cursor });
    },
  }),
  deviceScenario({
    requirement: 'acknowledged-back',
    name: 'behind',
    title: 'ignores an acknowledgement behind the last one',
    async play(stage) {
      const listener = await stage.join('Windows');
      const first = await postAndReceive(stage, listener);
      const [second, third] = [await postAndReceive(stage, listener), await postAndReceive(stage, listener)];
      await listener.acknowledge(third.cursor);
      await listener.acknowledge(first.cursor);
      await passMarker(stage, listener);
      await listener.close();
      await staysAway(stage, listener.device, { ids: [first.id, second.id, third.id], cursor: undefined });
    },
  }),
];

/** Goes round on the same connection before the line ends: the acknowledgement is there when the marker comes back. */
export async function acknowledgeAndClose(stage: Stage, listener: Listener, cursor: string): Promise<void> {
  await listener.acknowledge(cursor);
  await passMarker(stage, listener);
  await listener.close();
}

/**
 * They do not come again. An acknowledgement that was still being written when the line ended is no breach: it is given again, and
 * what comes in spite of that is.
 */
export async function staysAway(
  stage: Stage,
  device: AdapterDevice,
  { ids, cursor }: { readonly ids: readonly string[]; readonly cursor: string | undefined },
): Promise<void> {
  const attempts = cursor === undefined ? 1 : 3;
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const back = await returns(stage, device);
    await passMarker(stage, back);
    const again = ids.flatMap((id) => pushesOf(back, id));
    if (again.length === 0) return;
    if (attempt === attempts)
      stage.context.fail({ expected: `nothing at ${back.who} that was acknowledged`, got: again.map(describe).join('; ') });
    if (cursor !== undefined) await acknowledgeAndClose(stage, back, cursor);
  }
}
