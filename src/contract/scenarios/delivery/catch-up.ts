// Scenarios of missed changes: the latest state, `change` relative to the position resumed from, nothing about notifications created and deleted meanwhile (R2, R4).
import type { Case } from '../../case.ts';
import { acknowledgeAndClose, acknowledgeAndVerify } from '../../kit/acknowledge.ts';
import { expectNotification, flushWithSentinel, formatReceived, postAndReceive, pushesOf, reconnect } from '../../kit/assertions.ts';
import { type DeviceRecorder, describe } from '../../kit/device-recorder.ts';
import type { DeviceFixture } from '../../kit/devices.ts';
import { premise } from '../../kit/premise.ts';
import { deviceScenario } from '../../kit/scenario.ts';
import type { AdapterDevice, AdapterNotification } from '../../target/adapter.ts';

interface Absence {
  readonly fixture: DeviceFixture;
  /** Stays connected and makes the changes. */
  readonly other: DeviceRecorder;
  /** Disconnected. */
  readonly device: AdapterDevice;
  /** Ids that the device received before it disconnected, in the order of their posts. */
  readonly known: readonly string[];
}

/** Connects a device, lets it receive and acknowledge some notifications, and disconnects it. */
async function disconnectAfterReceiving(fixture: DeviceFixture, count: number): Promise<Absence> {
  const [other, recorder] = [await fixture.subscribeAndConnect('Windows'), await fixture.subscribeAndConnect('iOS')];
  const known: string[] = [];
  let cursor = recorder.connected.cursor;
  for (let number = 0; number < count; number += 1) {
    const posted = await postAndReceive(fixture, recorder);
    known.push(posted.id);
    cursor = posted.cursor;
  }
  if (cursor === undefined) await recorder.close();
  else await acknowledgeAndVerify(fixture, recorder, { ids: known, cursor });
  return { fixture, other, device: recorder.device, known };
}

const isRead = ({ readState }: AdapterNotification) => readState === 'Read';
const isDeleted = ({ status }: AdapterNotification) => status === 'Deleted';

/** A signal may stand for any change, so the pushed notifications may be incomplete. */
const wasSignalled = ({ received }: DeviceRecorder) => received.all.some(({ kind }) => kind === 'signal');

/** Expects the first push of a notification to have this `change`, and the last one this state. */
function expectPushes(
  { fixture }: Absence,
  back: DeviceRecorder,
  { id, change, description, where }: { id: string; change: string; description: string; where: (one: AdapterNotification) => boolean },
): void {
  const pushes = pushesOf(back, id);
  const [first, last] = [
    premise(pushes[0], 'a push of the missed notification'),
    premise(pushes.at(-1), 'a push of the missed notification'),
  ];
  if (first.change !== change)
    fixture.context.fail({ expected: `the missed notification ${id} at ${back.who} as ${change}`, got: pushes.map(describe).join('; ') });
  if (!where(last.notification))
    fixture.context.fail({ expected: `${id} at ${back.who} in its latest state, ${description}`, got: pushes.map(describe).join('; ') });
}

export const catchUpScenarios: readonly Case[] = [
  deviceScenario({
    requirement: 'missed-latest',
    name: 'updated',
    title: 'sends a known notification that was changed several times as updated, in its latest state',
    async run(fixture) {
      const absence = await disconnectAfterReceiving(fixture, 1);
      const { other, device, known } = absence;
      const id = premise(known[0], 'a known notification');
      await fixture.context.devices.update(other.device, id, { userActionState: 'Snoozed' });
      await fixture.context.devices.update(other.device, id, { readState: 'Read' });
      await fixture.context.devices.update(other.device, id, { userActionState: 'Dismissed' });
      const back = await reconnect(fixture, device);
      const where = (one: AdapterNotification) => isRead(one) && one.userActionState === 'Dismissed';
      await expectNotification(fixture, back, { id, description: 'the missed changes in the latest state', where });
      await flushWithSentinel(fixture, back);
      if (!wasSignalled(back)) expectPushes(absence, back, { id, change: 'updated', description: 'Read and Dismissed', where });
    },
  }),
  deviceScenario({
    requirement: 'missed-latest',
    name: 'created',
    title: 'sends a missed notification that was changed as created, in its latest state',
    async run(fixture) {
      const absence = await disconnectAfterReceiving(fixture, 0);
      const { other, device } = absence;
      const { id } = await fixture.post(other.device);
      await fixture.context.devices.update(other.device, id, { readState: 'Read' });
      const back = await reconnect(fixture, device);
      await expectNotification(fixture, back, { id, description: 'the missed notification in the latest state', where: isRead });
      await flushWithSentinel(fixture, back);
      if (!wasSignalled(back)) expectPushes(absence, back, { id, change: 'created', description: 'Read', where: isRead });
    },
  }),
  deviceScenario({
    requirement: 'missed-latest',
    name: 'deleted',
    title: 'sends a known notification that was changed and deleted as deleted in the end',
    async run(fixture) {
      const { other, device, known } = await disconnectAfterReceiving(fixture, 2);
      const [changed, plain] = [premise(known[0], 'a known notification'), premise(known[1], 'a second known notification')];
      await fixture.context.devices.update(other.device, changed, { readState: 'Read' });
      await fixture.context.devices.remove(other.device, changed);
      await fixture.context.devices.remove(other.device, plain);
      const back = await reconnect(fixture, device);
      for (const id of [changed, plain])
        await expectNotification(fixture, back, { id, description: 'the deletion', change: 'deleted', where: isDeleted });
    },
  }),
  deviceScenario({
    requirement: 'missed-latest',
    name: 'came-and-went',
    title: 'sends nothing about a notification that was created and deleted meanwhile',
    async run(fixture) {
      const { other, device } = await disconnectAfterReceiving(fixture, 1);
      const { id } = await fixture.post(other.device);
      await fixture.context.devices.update(other.device, id, { readState: 'Read' });
      await fixture.context.devices.remove(other.device, id);
      const back = await reconnect(fixture, device);
      await flushWithSentinel(fixture, back);
      const changes = pushesOf(back, id).map(({ change }) => change);
      // Missed changes may be merged, but need not be: a target that does not merge them sends the creation and the deletion.
      const hasEveryChange = changes[0] === 'created' && changes.at(-1) === 'deleted';
      if (changes.length > 0 && !hasEveryChange && !wasSignalled(back))
        fixture.context.fail({
          expected: `no message about ${id} at ${back.who}, which was created and deleted meanwhile`,
          got: changes.join(', '),
        });
    },
  }),
  deviceScenario({
    requirement: 'missed-latest',
    name: 'from-cursor',
    title: 'sends `change` relative to the cursor that the device names, not to its acknowledgement',
    async run(fixture) {
      const [other, recorder] = [await fixture.subscribeAndConnect('Windows'), await fixture.subscribeAndConnect('Android')];
      const first = await postAndReceive(fixture, recorder);
      const second = await postAndReceive(fixture, recorder);
      await acknowledgeAndClose(fixture, recorder, second.cursor);
      await fixture.context.devices.update(other.device, first.id, { readState: 'Read' });
      await fixture.context.devices.update(other.device, second.id, { readState: 'Read' });
      const back = await reconnect(fixture, recorder.device, { cursor: first.cursor });
      await expectNotification(fixture, back, {
        id: first.id,
        description: 'the change of a notification before the cursor',
        change: 'updated',
        where: isRead,
      });
      await expectNotification(fixture, back, { id: second.id, description: 'the notification after the cursor', where: isRead });
      if (!wasSignalled(back)) {
        const push = premise(pushesOf(back, second.id)[0], 'a push of the missed notification');
        if (push.change !== 'created')
          fixture.context.fail({ expected: `${second.id}, which was created after the cursor, as created`, got: describe(push) });
      }
    },
  }),
  deviceScenario({
    requirement: 'missed-foreign',
    name: 'own-later',
    title: "delivers another device's missed change although the device itself made a later change of the same notification",
    async run(fixture) {
      const { other, device, known } = await disconnectAfterReceiving(fixture, 1);
      const id = premise(known[0], 'a known notification');
      await fixture.context.devices.update(other.device, id, { readState: 'Read' });
      await fixture.context.devices.update(device, id, { userActionState: 'Dismissed' });
      const back = await reconnect(fixture, device);
      await expectNotification(fixture, back, { id, description: "the other device's change", change: 'updated', where: isRead });
      const last = pushesOf(back, id).at(-1);
      if (last && last.notification.userActionState !== undefined && last.notification.userActionState !== 'Dismissed')
        fixture.context.fail({ requirement: 'missed-latest', expected: `${id} in its latest state, Dismissed`, got: formatReceived(back) });
    },
  }),
  deviceScenario({
    requirement: 'missed-foreign',
    name: 'own-first-and-last',
    title: "delivers another device's missed change between two of the device's own changes",
    async run(fixture) {
      const { other, device, known } = await disconnectAfterReceiving(fixture, 1);
      const id = premise(known[0], 'a known notification');
      await fixture.context.devices.update(device, id, { userActionState: 'Snoozed' });
      await fixture.context.devices.update(other.device, id, { readState: 'Read' });
      await fixture.context.devices.update(device, id, { userActionState: 'Dismissed' });
      await fixture.context.devices.update(device, id, { userActionState: 'Activated' });
      const back = await reconnect(fixture, device);
      await expectNotification(fixture, back, { id, description: "the other device's change", where: isRead });
    },
  }),
  deviceScenario({
    requirement: 'missed-foreign',
    name: 'post-and-own',
    title: 'delivers a missed notification that the device itself has changed over HTTP before it reconnects',
    async run(fixture) {
      const { other, device } = await disconnectAfterReceiving(fixture, 0);
      const { id } = await fixture.post(other.device);
      await fixture.context.devices.update(device, id, { readState: 'Read' });
      const back = await reconnect(fixture, device);
      await expectNotification(fixture, back, { id, description: 'the missed notification', change: 'created' });
    },
  }),
];
