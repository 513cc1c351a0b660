// Scenarios of order: changes in feed order, each once, and long backlogs (R1, R6).
import type { Case } from '../../case.ts';
import { expectNotification, flushWithSentinel, type ReceivedNotification, reconnect } from '../../kit/assertions.ts';
import type { DeviceRecorder } from '../../kit/device-recorder.ts';
import type { DeviceFixture } from '../../kit/devices.ts';
import type { Posted } from '../../kit/posting.ts';
import { premise } from '../../kit/premise.ts';
import { deviceScenario } from '../../kit/scenario.ts';
import type { AdapterDevice } from '../../target/adapter.ts';
import { expectOnce } from './no-duplicates.ts';

/** The pushes of these notifications, in the order of arrival. */
function pushesInOrder({ received }: DeviceRecorder, ids: ReadonlySet<string>): readonly ReceivedNotification[] {
  return received.all.filter(
    (one): one is ReceivedNotification => one.kind === 'notification' && one.change !== undefined && ids.has(one.notification.id),
  );
}

/** Expects the notifications of each lane in the order of its posts. */
function expectLaneOrder(fixture: DeviceFixture, recorder: DeviceRecorder, lanes: readonly (readonly Posted[])[]): void {
  for (const lane of lanes) {
    const ids = lane.map(({ id }) => id);
    const got = pushesInOrder(recorder, new Set(ids)).map(({ notification }) => notification.id);
    // Duplicates do not count here: another requirement covers them.
    const seen = [...new Set(got)];
    const sorted = [...seen].sort((one, other) => ids.indexOf(one) - ids.indexOf(other));
    const wrong = seen.findIndex((id, index) => id !== sorted[index]);
    if (wrong >= 0)
      fixture.context.fail({
        expected: `the notifications of one client at ${recorder.who} in the order of its posts: ${sorted.slice(wrong, wrong + 4).join(', ')}`,
        got: seen.slice(wrong, wrong + 4).join(', '),
      });
  }
}

/** Expects the same order at all devices. */
function expectSameOrder(fixture: DeviceFixture, recorders: readonly DeviceRecorder[], ids: ReadonlySet<string>): void {
  // Devices that received a signal have fetched in the order of the history, so they do not count.
  const embedded = recorders.filter(({ received }) => !received.all.some(({ kind }) => kind === 'signal'));
  const orderOf = (recorder: DeviceRecorder) => [...new Set(pushesInOrder(recorder, ids).map(({ notification }) => notification.id))];
  for (const [index, other] of embedded.slice(1).entries()) {
    const first = premise(embedded[index], 'a connected device');
    const [expected, got] = [orderOf(first), orderOf(other)];
    const wrong = expected.findIndex((id, index) => id !== got[index]);
    if (wrong >= 0)
      fixture.context.fail({
        expected: `the same order at all devices: at ${first.who} ${expected.slice(wrong, wrong + 4).join(', ')}`,
        got: `at ${other.who} ${got.slice(wrong, wrong + 4).join(', ')}`,
      });
  }
}

async function expectAll(fixture: DeviceFixture, recorder: DeviceRecorder, ids: readonly string[], description: string): Promise<void> {
  for (const [index, id] of ids.entries())
    await expectNotification(fixture, recorder, { id, description: `${description}, ${index + 1} of ${ids.length}` });
}

/** The items of `some` occur in `all` in the same order. */
function isSubsequence(some: readonly string[], all: readonly string[]): boolean {
  let next = 0;
  for (const one of all) if (one === some[next]) next += 1;
  return next === some.length;
}

const idsOf = (lanes: readonly (readonly Posted[])[]): readonly string[] => lanes.flat().map(({ id }) => id);

/** Differences that may cause a target to reorder notifications. */
const variedPosts: readonly object[] = [
  { priority: 'None' },
  { priority: 'High' },
  { priority: 'Low' },
  { payload: { visualContent: { title: 'Build finished' } } },
  { groupName: 'builds' },
  { payload: { rawContent: 'x'.repeat(20_000) }, priority: 'Low' },
  { payload: { rawContent: 'both', visualContent: { title: 'Build finished' } } },
  { displayTimeToLive: 1, priority: 'High' },
  { appNotificationId: 'build', priority: 'None' },
  { priority: 'High' },
];

/** Posts all variations, one after the other. */
async function postVaried(fixture: DeviceFixture, to: AdapterDevice): Promise<readonly Posted[]> {
  const posted: Posted[] = [];
  for (const [index, more] of variedPosts.entries()) {
    const own = 'appNotificationId' in more ? { appNotificationId: fixture.context.name(`build-${index}`) } : {};
    posted.push(await fixture.post(to, { ...more, ...own }));
  }
  return posted;
}

export const orderScenarios: readonly Case[] = [
  deviceScenario({
    requirement: 'order',
    name: 'mixed',
    title: 'delivers posts in order, whatever their priority, content, group or size, to a connected and to a disconnected device',
    async run(fixture) {
      const [recorder, away] = [await fixture.subscribeAndConnect('Windows'), await fixture.subscribe('iOS')];
      const lane = await postVaried(fixture, recorder.device);
      for (const one of [recorder, await reconnect(fixture, away)]) {
        await expectAll(fixture, one, idsOf([lane]), 'the notification');
        expectLaneOrder(fixture, one, [lane]);
      }
    },
  }),
  deviceScenario({
    requirement: 'order',
    name: 'posts',
    title: 'delivers many posts of one client in order',
    async run(fixture) {
      const recorders = await Promise.all([fixture.subscribeAndConnect('Windows'), fixture.subscribeAndConnect('iOS')]);
      const lanes = await fixture.postMany(recorders[0].device, { count: 40, lanes: 1, maxMs: fixture.context.arrivalTimeoutMs });
      for (const recorder of recorders) {
        await expectAll(fixture, recorder, idsOf(lanes), 'the notification');
        expectLaneOrder(fixture, recorder, lanes);
      }
    },
  }),
  deviceScenario({
    requirement: 'order',
    name: 'concurrent',
    title: 'delivers concurrent posts of several clients in the same order to all devices',
    async run(fixture) {
      const recorders = await Promise.all([
        fixture.subscribeAndConnect('Windows'),
        fixture.subscribeAndConnect('Android'),
        fixture.subscribeAndConnect('WebPush'),
      ]);
      const lanes = await fixture.postMany(recorders[0].device, { count: 60, lanes: 6, maxMs: fixture.context.arrivalTimeoutMs });
      const ids = idsOf(lanes);
      for (const recorder of recorders) {
        await expectAll(fixture, recorder, ids, 'the notification');
        expectLaneOrder(fixture, recorder, lanes);
      }
      expectSameOrder(fixture, recorders, new Set(ids));
    },
  }),
  deviceScenario({
    requirement: 'order',
    name: 'changes',
    title: 'delivers changes and new notifications in the order in which they happened',
    async run(fixture) {
      const [origin, other] = [await fixture.subscribeAndConnect('Windows'), await fixture.subscribeAndConnect('iOS')];
      const first = await fixture.post(origin.device);
      await expectNotification(fixture, other, { id: first.id, description: 'the notification', requirement: 'fan-out' });
      await fixture.context.devices.update(origin.device, first.id, { readState: 'Read' });
      const second = await fixture.post(origin.device);
      await fixture.context.devices.remove(origin.device, first.id);
      const third = await fixture.post(origin.device);
      await expectNotification(fixture, other, { id: third.id, description: 'the last notification', requirement: 'fan-out' });
      const isCreation = ({ notification: { id, status, readState } }: ReceivedNotification) =>
        id === first.id && status === 'Active' && readState !== 'Read';
      const got = pushesInOrder(other, new Set([first.id, second.id, third.id])).filter((one) => !isCreation(one));
      const names = got.map(({ notification: { id, status } }) =>
        id === first.id ? `first ${status}` : id === second.id ? 'second' : 'third',
      );
      // The change may be merged with the deletion if it was not sent yet, and a signal may stand for any of the changes.
      const orders = ['first Active,second,first Deleted,third', 'first Deleted,second,first Deleted,third'];
      if (!orders.some((order) => isSubsequence(names, order.split(','))))
        fixture.context.fail({ expected: `at ${other.who}: first Active, second, first Deleted, third`, got: names.join(', ') });
    },
  }),
  deviceScenario({
    requirement: 'once',
    name: 'connected',
    title: 'delivers each of many notifications and changes once on a connection',
    async run(fixture) {
      const [origin, other] = [await fixture.subscribeAndConnect('Windows'), await fixture.subscribeAndConnect('Android')];
      const ids = idsOf(await fixture.postMany(origin.device, { count: 20, lanes: 4, maxMs: fixture.context.arrivalTimeoutMs }));
      await expectAll(fixture, other, ids, 'the notification');
      await flushWithSentinel(fixture, origin, other);
      for (const recorder of [origin, other]) expectOnce(fixture, recorder, ids);
      for (const id of ids.slice(0, 5)) await fixture.context.devices.update(origin.device, id, { readState: 'Read' });
      await flushWithSentinel(fixture, other);
      expectOnce(fixture, other, ids, 2);
    },
  }),
  deviceScenario({
    requirement: 'once',
    name: 'while-catching-up',
    title: 'delivers each notification once to a device that catches up while more are posted',
    async run(fixture) {
      const device = await fixture.subscribe('iOS');
      const { context } = fixture;
      const before = await fixture.postMany(device, { count: 60, lanes: 6, maxMs: context.arrivalTimeoutMs / 2 });
      const [during, recorder] = await Promise.all([
        fixture.postMany(device, { count: 60, lanes: 6, maxMs: context.arrivalTimeoutMs / 2 }),
        fixture.connect(device),
      ]);
      const ids = [...idsOf(before), ...idsOf(during)];
      await expectAll(fixture, recorder, ids, 'the notification');
      await flushWithSentinel(fixture, recorder);
      expectOnce(fixture, recorder, ids);
      expectLaneOrder(fixture, recorder, [...before, ...during]);
    },
  }),
  backlog('short', 300, []),
  backlog('long', 3000, ['slow']),
];

function backlog(name: string, count: number, needs: Case['needs']): Case {
  return deviceScenario({
    requirement: 'backlog',
    name,
    title: `delivers a backlog of up to ${count} notifications in one connection, in order and without loss`,
    needs,
    async run(fixture) {
      const device = await fixture.subscribe('Android');
      const { context } = fixture;
      const maxMs = needs.includes('slow') ? 10 * context.arrivalTimeoutMs : context.arrivalTimeoutMs;
      const lanes = await fixture.postMany(device, { count, lanes: 8, maxMs });
      const recorder = await reconnect(fixture, device);
      const ids = idsOf(lanes);
      await expectAll(fixture, recorder, ids, 'the notification of the backlog');
      expectLaneOrder(fixture, recorder, lanes);
      await flushWithSentinel(fixture, recorder);
      expectOnce(fixture, recorder, ids);
    },
  });
}
