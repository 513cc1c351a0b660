// Scenarios of changes: sent to the user's other devices, not to the device that made them, not to web endpoints (F27).
import type { Case } from '../../case.ts';
import { expectNoDelivery, expectNotification, flushWithSentinel, pushesOf } from '../../kit/assertions.ts';
import type { DeviceRecorder } from '../../kit/device-recorder.ts';
import type { DeviceFixture } from '../../kit/devices.ts';
import { deviceScenario } from '../../kit/scenario.ts';
import type { AdapterNotification } from '../../target/adapter.ts';

type States = Pick<AdapterNotification, 'readState' | 'userActionState'>;
type Update = { [Name in keyof States]?: NonNullable<States[Name]> };

const updates: readonly Update[] = [
  { readState: 'Read' },
  { userActionState: 'Activated' },
  { userActionState: 'Dismissed' },
  { userActionState: 'Snoozed' },
  { readState: 'Unread', userActionState: 'NoInteraction' },
];

const isIn = (update: Update) => (notification: AdapterNotification) =>
  Object.entries(update).every(([name, value]) => Reflect.get(notification, name) === value);

interface ConnectedDevices {
  readonly origin: DeviceRecorder;
  readonly others: readonly DeviceRecorder[];
  readonly web: DeviceRecorder;
}

async function connectDevices(fixture: DeviceFixture): Promise<ConnectedDevices> {
  const [origin, windows, ios, android, web] = await Promise.all([
    fixture.subscribeAndConnect('Windows'),
    fixture.subscribeAndConnect('Windows'),
    fixture.subscribeAndConnect('iOS'),
    fixture.subscribeAndConnect('Android'),
    fixture.subscribeAndConnect('WebPush'),
  ]);
  return { origin, others: [windows, ios, android], web };
}

async function postToAll(fixture: DeviceFixture, { origin, others, web }: ConnectedDevices): Promise<string> {
  const { id } = await fixture.post(origin.device);
  await Promise.all(
    [origin, ...others, web].map((recorder) =>
      expectNotification(fixture, recorder, { id, description: 'the notification', requirement: 'fan-out' }),
    ),
  );
  return id;
}

/** Makes every change and the deletion at the origin; expects the excluded device to receive none of them. */
async function expectChangesNotSentTo(fixture: DeviceFixture, name: 'origin' | 'web', description: string): Promise<void> {
  const connected = await connectDevices(fixture);
  const [witness] = connected.others;
  const excluded = connected[name];
  const id = await postToAll(fixture, connected);
  const from = excluded.received.all.length;
  for (const update of updates) await fixture.context.devices.update(connected.origin.device, id, update);
  await fixture.context.devices.remove(connected.origin.device, id);
  if (witness)
    await expectNotification(fixture, witness, { id, description: 'the deletion', where: isDeleted, requirement: 'deletion-to-others' });
  await flushWithSentinel(fixture, excluded);
  expectNoDelivery(fixture, excluded, { id, description, from });
}

export const changeScenarios: readonly Case[] = [
  deviceScenario({
    requirement: 'change-to-others',
    name: 'states',
    title: "sends each change of read state and action state to the user's other devices",
    async run(fixture) {
      const connected = await connectDevices(fixture);
      const id = await postToAll(fixture, connected);
      for (const update of updates) {
        const from = new Map(connected.others.map((other) => [other, other.received.all.length]));
        await fixture.context.devices.update(connected.origin.device, id, update);
        for (const other of connected.others)
          await expectNotification(fixture, other, {
            id,
            description: `the change to ${JSON.stringify(update)}`,
            change: 'updated',
            where: isIn(update),
            from: from.get(other) ?? 0,
          });
      }
    },
  }),
  deviceScenario({
    requirement: 'change-to-others',
    name: 'both-ways',
    title: 'sends a change to the device that made the previous one',
    async run(fixture) {
      const [one, two] = [await fixture.subscribeAndConnect('iOS'), await fixture.subscribeAndConnect('Android')];
      const { id } = await fixture.post(one.device);
      await fixture.context.devices.update(one.device, id, { readState: 'Read' });
      await expectNotification(fixture, two, { id, description: 'the change', where: isIn({ readState: 'Read' }) });
      await fixture.context.devices.update(two.device, id, { userActionState: 'Activated' });
      await expectNotification(fixture, one, {
        id,
        description: "the other device's change",
        where: isIn({ readState: 'Read', userActionState: 'Activated' }),
      });
    },
  }),
  deviceScenario({
    requirement: 'change-not-to-origin',
    name: 'states',
    title: 'does not send changes and the deletion to the device that made them',
    run: (fixture) => expectChangesNotSentTo(fixture, 'origin', 'its own change'),
  }),
  deviceScenario({
    requirement: 'change-not-to-origin',
    name: 'away',
    title: 'does not send a change that a device made while disconnected to this device when it reconnects',
    async run(fixture) {
      const [origin, other] = [await fixture.subscribeAndConnect('iOS'), await fixture.subscribeAndConnect('Android')];
      const { id } = await fixture.post(origin.device);
      const { cursor } = await expectNotification(fixture, origin, { id, description: 'the notification', requirement: 'fan-out' });
      await origin.close();
      await fixture.context.devices.update(origin.device, id, { userActionState: 'Dismissed' });
      await expectNotification(fixture, other, {
        id,
        description: 'the change',
        where: isIn({ userActionState: 'Dismissed' }),
        requirement: 'change-to-others',
      });
      const back = await fixture.connect(origin.device, { cursor });
      await flushWithSentinel(fixture, back);
      expectNoDelivery(fixture, back, { id, description: 'its own change' });
    },
  }),
  deviceScenario({
    requirement: 'change-not-to-web',
    name: 'connected',
    title: 'does not send changes of state and deletions to connected web endpoints',
    run: (fixture) => expectChangesNotSentTo(fixture, 'web', 'a change or deletion'),
  }),
  deviceScenario({
    requirement: 'change-not-to-web',
    name: 'away',
    title: 'does not send changes and deletions to web endpoints that were disconnected',
    async run(fixture) {
      const [origin, web] = [await fixture.subscribeAndConnect('Windows'), await fixture.subscribeAndConnect('WebPush')];
      const [changed, deleted] = [await fixture.post(origin.device), await fixture.post(origin.device)];
      await expectNotification(fixture, web, { id: changed.id, description: 'the notification', requirement: 'fan-out' });
      const { cursor } = await expectNotification(fixture, web, {
        id: deleted.id,
        description: 'the notification',
        requirement: 'fan-out',
      });
      await web.close();
      await fixture.context.devices.update(origin.device, changed.id, { readState: 'Read' });
      await fixture.context.devices.remove(origin.device, deleted.id);
      const back = await fixture.connect(web.device, { cursor });
      await flushWithSentinel(fixture, back);
      expectNoDelivery(fixture, back, { id: changed.id, description: 'a change' });
      expectNoDelivery(fixture, back, { id: deleted.id, description: 'a deletion' });
    },
  }),
  deviceScenario({
    requirement: 'deletion-to-others',
    name: 'connected',
    title: "sends a deletion to the user's other devices as deleted",
    async run(fixture) {
      const connected = await connectDevices(fixture);
      const id = await postToAll(fixture, connected);
      await fixture.context.devices.remove(connected.origin.device, id);
      for (const other of connected.others)
        await expectNotification(fixture, other, { id, description: 'the deletion', change: 'deleted', where: isDeleted });
    },
  }),
  deviceScenario({
    requirement: 'no-change-no-push',
    name: 'states',
    title: 'sends nothing if the states are set already',
    async run(fixture) {
      const connected = await connectDevices(fixture);
      const id = await postToAll(fixture, connected);
      const { origin, others } = connected;
      const again: Update = { readState: 'Read', userActionState: 'Dismissed' };
      await fixture.context.devices.update(origin.device, id, again);
      for (const other of others)
        await expectNotification(fixture, other, { id, description: 'the change', where: isIn(again), requirement: 'change-to-others' });
      const from = new Map(others.map((other) => [other, other.received.all.length]));
      for (const update of [again, { readState: 'Read' }, { userActionState: 'Dismissed' }] as const)
        await fixture.context.devices.update(origin.device, id, update);
      await flushWithSentinel(fixture, ...others);
      for (const other of others)
        expectNoDelivery(fixture, other, { id, description: 'an update without effect', from: from.get(other) ?? 0 });
    },
  }),
  deviceScenario({
    requirement: 'no-change-no-push',
    name: 'untouched',
    title: 'sends nothing when the states of a new notification are set to what they are',
    async run(fixture) {
      const [origin, other] = [await fixture.subscribeAndConnect('Windows'), await fixture.subscribeAndConnect('iOS')];
      const { id } = await fixture.post(origin.device);
      await expectNotification(fixture, other, { id, description: 'the notification', requirement: 'fan-out' });
      await fixture.context.devices.update(origin.device, id, { readState: 'Unread', userActionState: 'NoInteraction' });
      await flushWithSentinel(fixture, other);
      const { length } = pushesOf(other, id);
      if (length > 1) fixture.context.fail({ expected: `only the creation of ${id} at ${other.who}`, got: `${length} messages` });
    },
  }),
];

function isDeleted({ status }: AdapterNotification): boolean {
  return status === 'Deleted';
}
