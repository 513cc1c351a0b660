// Scenarios of missed changes: the latest state, `change` relative to the place served from, nothing of what came and went (R2, R4).
import type { Case } from '../../case.ts';
import { acknowledgeAndClose, acknowledgeAndVerify } from '../../kit/acknowledge.ts';
import { expectNotification, flushWithSentinel, formatReceived, postAndReceive, pushesOf, reconnect } from '../../kit/assertions.ts';
import { type DeviceRecorder, describe } from '../../kit/device-recorder.ts';
import type { DeviceFixture } from '../../kit/devices.ts';
import { premise } from '../../kit/premise.ts';
import { deviceScenario } from '../../kit/scenario.ts';
import type { AdapterDevice, AdapterNotification } from '../../target/adapter.ts';

interface Absence {
  readonly stage: DeviceFixture;
  /** Connected all the time; makes the changes. */
  readonly other: DeviceRecorder;
  /** Was away. */
  readonly device: AdapterDevice;
  /** Known to the device before it went, in the order of their posts. */
  readonly known: readonly string[];
}

/** A device that knows some notifications, and goes. */
async function goesAway(stage: DeviceFixture, count: number): Promise<Absence> {
  const [other, listener] = [await stage.subscribeAndConnect('Windows'), await stage.subscribeAndConnect('iOS')];
  const known: string[] = [];
  let cursor = listener.connected.cursor;
  for (let number = 0; number < count; number += 1) {
    const posted = await postAndReceive(stage, listener);
    known.push(posted.id);
    cursor = posted.cursor;
  }
  if (cursor === undefined) await listener.close();
  else await acknowledgeAndVerify(stage, listener, { ids: known, cursor });
  return { stage, other, device: listener.device, known };
}

const isRead = ({ readState }: AdapterNotification) => readState === 'Read';
const isDeleted = ({ status }: AdapterNotification) => status === 'Deleted';

/** Of the steps that a target tells one by one, a signal may stand for any: what is embedded is not all then. */
const wasSignalled = ({ received: told }: DeviceRecorder) => told.all.some(({ kind }) => kind === 'signal');

/** The last push of it has this state, and the first this `change`: of what came as pushes alone. */
function judgePushes(
  { stage }: Absence,
  back: DeviceRecorder,
  { id, change, says, where }: { id: string; change: string; says: string; where: (one: AdapterNotification) => boolean },
): void {
  const pushes = pushesOf(back, id);
  const [first, last] = [premise(pushes[0], 'a push of what was missed'), premise(pushes.at(-1), 'a push of what was missed')];
  if (first.change !== change)
    stage.context.fail({ expected: `${id} at ${back.who}, which was missed, as ${change}`, got: pushes.map(describe).join('; ') });
  if (!where(last.notification))
    stage.context.fail({ expected: `${id} at ${back.who} in its latest state, ${says}`, got: pushes.map(describe).join('; ') });
}

export const missedScenarios: readonly Case[] = [
  deviceScenario({
    requirement: 'missed-latest',
    name: 'updated',
    title: 'tells a known notification that was changed several times as updated, in its latest state',
    async run(stage) {
      const absence = await goesAway(stage, 1);
      const { other, device, known } = absence;
      const id = premise(known[0], 'a known notification');
      await stage.context.devices.update(other.device, id, { userActionState: 'Snoozed' });
      await stage.context.devices.update(other.device, id, { readState: 'Read' });
      await stage.context.devices.update(other.device, id, { userActionState: 'Dismissed' });
      const back = await reconnect(stage, device);
      const where = (one: AdapterNotification) => isRead(one) && one.userActionState === 'Dismissed';
      await expectNotification(stage, back, { id, description: 'the missed changes in the latest state', where });
      await flushWithSentinel(stage, back);
      if (!wasSignalled(back)) judgePushes(absence, back, { id, change: 'updated', says: 'Read and Dismissed', where });
    },
  }),
  deviceScenario({
    requirement: 'missed-latest',
    name: 'created',
    title: 'tells a missed notification that was changed as created, in its latest state',
    async run(stage) {
      const absence = await goesAway(stage, 0);
      const { other, device } = absence;
      const { id } = await stage.post(other.device);
      await stage.context.devices.update(other.device, id, { readState: 'Read' });
      const back = await reconnect(stage, device);
      await expectNotification(stage, back, { id, description: 'the missed notification in the latest state', where: isRead });
      await flushWithSentinel(stage, back);
      if (!wasSignalled(back)) judgePushes(absence, back, { id, change: 'created', says: 'Read', where: isRead });
    },
  }),
  deviceScenario({
    requirement: 'missed-latest',
    name: 'deleted',
    title: 'tells a known notification that was changed and deleted as deleted in the end',
    async run(stage) {
      const { other, device, known } = await goesAway(stage, 2);
      const [changed, plain] = [premise(known[0], 'a known notification'), premise(known[1], 'a second known notification')];
      await stage.context.devices.update(other.device, changed, { readState: 'Read' });
      await stage.context.devices.remove(other.device, changed);
      await stage.context.devices.remove(other.device, plain);
      const back = await reconnect(stage, device);
      for (const id of [changed, plain])
        await expectNotification(stage, back, { id, description: 'the deletion', change: 'deleted', where: isDeleted });
    },
  }),
  deviceScenario({
    requirement: 'missed-latest',
    name: 'came-and-went',
    title: 'tells nothing of a notification that was created and deleted meanwhile',
    async run(stage) {
      const { other, device } = await goesAway(stage, 1);
      const { id } = await stage.post(other.device);
      await stage.context.devices.update(other.device, id, { readState: 'Read' });
      await stage.context.devices.remove(other.device, id);
      const back = await reconnect(stage, device);
      await flushWithSentinel(stage, back);
      const changes = pushesOf(back, id).map(({ change }) => change);
      // One that tells every step tells its creation and its deletion: missed changes may be told as one, they need not.
      const isEveryStep = changes[0] === 'created' && changes.at(-1) === 'deleted';
      if (changes.length > 0 && !isEveryStep && !wasSignalled(back))
        stage.context.fail({
          expected: `nothing of ${id} at ${back.who}, which was created and deleted meanwhile`,
          got: changes.join(', '),
        });
    },
  }),
  deviceScenario({
    requirement: 'missed-latest',
    name: 'from-cursor',
    title: 'tells `change` relative to the cursor that the device names, not to its acknowledgement',
    async run(stage) {
      const [other, listener] = [await stage.subscribeAndConnect('Windows'), await stage.subscribeAndConnect('Android')];
      const first = await postAndReceive(stage, listener);
      const second = await postAndReceive(stage, listener);
      await acknowledgeAndClose(stage, listener, second.cursor);
      await stage.context.devices.update(other.device, first.id, { readState: 'Read' });
      await stage.context.devices.update(other.device, second.id, { readState: 'Read' });
      const back = await reconnect(stage, listener.device, { cursor: first.cursor });
      await expectNotification(stage, back, {
        id: first.id,
        description: 'the change of a notification before the cursor',
        change: 'updated',
        where: isRead,
      });
      await expectNotification(stage, back, { id: second.id, description: 'the notification after the cursor', where: isRead });
      if (!wasSignalled(back)) {
        const push = premise(pushesOf(back, second.id)[0], 'a push of what was missed');
        if (push.change !== 'created')
          stage.context.fail({ expected: `${second.id}, created after the cursor, as created`, got: describe(push) });
      }
    },
  }),
  deviceScenario({
    requirement: 'missed-foreign',
    name: 'own-later',
    title: "delivers another device's missed change though a later one of the same notification was the device's own",
    async run(stage) {
      const { other, device, known } = await goesAway(stage, 1);
      const id = premise(known[0], 'a known notification');
      await stage.context.devices.update(other.device, id, { readState: 'Read' });
      await stage.context.devices.update(device, id, { userActionState: 'Dismissed' });
      const back = await reconnect(stage, device);
      await expectNotification(stage, back, { id, description: "the other device's change", change: 'updated', where: isRead });
      const last = pushesOf(back, id).at(-1);
      if (last && last.notification.userActionState !== undefined && last.notification.userActionState !== 'Dismissed')
        stage.context.fail({ requirement: 'missed-latest', expected: `${id} in its latest state, Dismissed`, got: formatReceived(back) });
    },
  }),
  deviceScenario({
    requirement: 'missed-foreign',
    name: 'own-first-and-last',
    title: "delivers another device's missed change between two of the device's own",
    async run(stage) {
      const { other, device, known } = await goesAway(stage, 1);
      const id = premise(known[0], 'a known notification');
      await stage.context.devices.update(device, id, { userActionState: 'Snoozed' });
      await stage.context.devices.update(other.device, id, { readState: 'Read' });
      await stage.context.devices.update(device, id, { userActionState: 'Dismissed' });
      await stage.context.devices.update(device, id, { userActionState: 'Activated' });
      const back = await reconnect(stage, device);
      await expectNotification(stage, back, { id, description: "the other device's change", where: isRead });
    },
  }),
  deviceScenario({
    requirement: 'missed-foreign',
    name: 'post-and-own',
    title: 'delivers a missed notification that the device itself has changed over HTTP before it came back',
    async run(stage) {
      const { other, device } = await goesAway(stage, 0);
      const { id } = await stage.post(other.device);
      await stage.context.devices.update(device, id, { readState: 'Read' });
      const back = await reconnect(stage, device);
      await expectNotification(stage, back, { id, description: 'the missed notification', change: 'created' });
    },
  }),
];
