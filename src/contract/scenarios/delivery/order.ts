// Scenarios of order: feed order, each change once, long backlogs (R1, R6).
import type { Case } from '../../case.ts';
import { expectNotification, flushWithSentinel, type ReceivedNotification, reconnect } from '../../kit/assertions.ts';
import type { DeviceRecorder } from '../../kit/device-recorder.ts';
import type { DeviceFixture } from '../../kit/devices.ts';
import type { Posted } from '../../kit/posting.ts';
import { premise } from '../../kit/premise.ts';
import { deviceScenario } from '../../kit/scenario.ts';
import type { AdapterDevice } from '../../target/adapter.ts';
import { judgeOnce } from './no-duplicates.ts';

/** What it was pushed of these, in the order in which it came. */
function pushed({ received: told }: DeviceRecorder, ids: ReadonlySet<string>): readonly ReceivedNotification[] {
  return told.all.filter(
    (one): one is ReceivedNotification => one.kind === 'notification' && one.change !== undefined && ids.has(one.notification.id),
  );
}

/** Each lane came in the order of its posts. */
function judgeLanes(stage: DeviceFixture, listener: DeviceRecorder, lanes: readonly (readonly Posted[])[]): void {
  for (const lane of lanes) {
    const ids = lane.map(({ id }) => id);
    const got = pushed(listener, new Set(ids)).map(({ notification }) => notification.id);
    // An order is broken where something comes that was posted before what came last; what comes twice is another requirement's.
    const seen = [...new Set(got)];
    const sorted = [...seen].sort((one, other) => ids.indexOf(one) - ids.indexOf(other));
    const wrong = seen.findIndex((id, index) => id !== sorted[index]);
    if (wrong >= 0)
      stage.context.fail({
        expected: `notifications of one client at ${listener.who} in the order of its posts: ${sorted.slice(wrong, wrong + 4).join(', ')}`,
        got: seen.slice(wrong, wrong + 4).join(', '),
      });
  }
}

/** All devices were told the same order. */
function judgeSameOrder(stage: DeviceFixture, listeners: readonly DeviceRecorder[], ids: ReadonlySet<string>): void {
  // Those that were sent a signal have fetched, in the order of the history.
  const embedded = listeners.filter(({ received: told }) => !told.all.some(({ kind }) => kind === 'signal'));
  const orderOf = (listener: DeviceRecorder) => [...new Set(pushed(listener, ids).map(({ notification }) => notification.id))];
  for (const [index, other] of embedded.slice(1).entries()) {
    const first = premise(embedded[index], 'a connected device');
    const [expected, got] = [orderOf(first), orderOf(other)];
    const wrong = expected.findIndex((id, index) => id !== got[index]);
    if (wrong >= 0)
      stage.context.fail({
        expected: `one order for all: at ${first.who} ${expected.slice(wrong, wrong + 4).join(', ')}`,
        got: `at ${other.who} ${got.slice(wrong, wrong + 4).join(', ')}`,
      });
  }
}

async function allArrive(stage: DeviceFixture, listener: DeviceRecorder, ids: readonly string[], says: string): Promise<void> {
  let number = 0;
  for (const id of ids) {
    number += 1;
    await expectNotification(stage, listener, { id, description: `${says}, ${number} of ${ids.length}` });
  }
}

/** All of these are among those, in the same order. */
function isPartOf(some: readonly string[], all: readonly string[]): boolean {
  let next = 0;
  for (const one of all) if (one === some[next]) next += 1;
  return next === some.length;
}

const idsOf = (lanes: readonly (readonly Posted[])[]): readonly string[] => lanes.flat().map(({ id }) => id);

/** What could tempt a target to send one before another. */
const temptations: readonly object[] = [
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

/** As one client posts them, one after the other. */
async function postTemptations(stage: DeviceFixture, to: AdapterDevice): Promise<readonly Posted[]> {
  const posted: Posted[] = [];
  for (const [index, more] of temptations.entries()) {
    const own = 'appNotificationId' in more ? { appNotificationId: stage.context.name(`build-${index}`) } : {};
    posted.push(await stage.post(to, { ...more, ...own }));
  }
  return posted;
}

export const orderScenarios: readonly Case[] = [
  deviceScenario({
    requirement: 'order',
    name: 'mixed',
    title: 'delivers posts in their order, whatever their priority, content, group or size: at once, and to a device that was away',
    async run(stage) {
      const [listener, away] = [await stage.subscribeAndConnect('Windows'), await stage.subscribe('iOS')];
      const lane = await postTemptations(stage, listener.device);
      for (const one of [listener, await reconnect(stage, away)]) {
        await allArrive(stage, one, idsOf([lane]), 'the notification');
        judgeLanes(stage, one, [lane]);
      }
    },
  }),
  deviceScenario({
    requirement: 'order',
    name: 'posts',
    title: 'delivers many posts of one client in their order',
    async run(stage) {
      const listeners = await Promise.all([stage.subscribeAndConnect('Windows'), stage.subscribeAndConnect('iOS')]);
      const lanes = await stage.postMany(listeners[0].device, { count: 40, lanes: 1, mostMs: stage.context.arrivalTimeoutMs });
      for (const listener of listeners) {
        await allArrive(stage, listener, idsOf(lanes), 'the notification');
        judgeLanes(stage, listener, lanes);
      }
    },
  }),
  deviceScenario({
    requirement: 'order',
    name: 'concurrent',
    title: 'delivers posts of several clients at once in one order to all devices',
    async run(stage) {
      const listeners = await Promise.all([
        stage.subscribeAndConnect('Windows'),
        stage.subscribeAndConnect('Android'),
        stage.subscribeAndConnect('WebPush'),
      ]);
      const lanes = await stage.postMany(listeners[0].device, { count: 60, lanes: 6, mostMs: stage.context.arrivalTimeoutMs });
      const ids = idsOf(lanes);
      for (const listener of listeners) {
        await allArrive(stage, listener, ids, 'the notification');
        judgeLanes(stage, listener, lanes);
      }
      judgeSameOrder(stage, listeners, new Set(ids));
    },
  }),
  deviceScenario({
    requirement: 'order',
    name: 'changes',
    title: 'delivers changes and new notifications in the order in which they happened',
    async run(stage) {
      const [origin, other] = [await stage.subscribeAndConnect('Windows'), await stage.subscribeAndConnect('iOS')];
      const first = await stage.post(origin.device);
      await expectNotification(stage, other, { id: first.id, description: 'the notification', requirement: 'fan-out' });
      await stage.context.devices.update(origin.device, first.id, { readState: 'Read' });
      const second = await stage.post(origin.device);
      await stage.context.devices.remove(origin.device, first.id);
      const third = await stage.post(origin.device);
      await expectNotification(stage, other, { id: third.id, description: 'the last notification', requirement: 'fan-out' });
      const isCreation = ({ notification: { id, status, readState } }: ReceivedNotification) =>
        id === first.id && status === 'Active' && readState !== 'Read';
      const got = pushed(other, new Set([first.id, second.id, third.id])).filter((one) => !isCreation(one));
      const names = got.map(({ notification: { id, status } }) =>
        id === first.id ? `first ${status}` : id === second.id ? 'second' : 'third',
      );
      // A device that has not been told of the change yet may be told of the deletion alone; for any of them a signal may stand.
      const orders = ['first Active,second,first Deleted,third', 'first Deleted,second,first Deleted,third'];
      if (!orders.some((order) => isPartOf(names, order.split(','))))
        stage.context.fail({ expected: `at ${other.who}: first Active, second, first Deleted, third`, got: names.join(', ') });
    },
  }),
  deviceScenario({
    requirement: 'once',
    name: 'connected',
    title: 'delivers each of many notifications and changes once on a connection',
    async run(stage) {
      const [origin, other] = [await stage.subscribeAndConnect('Windows'), await stage.subscribeAndConnect('Android')];
      const ids = idsOf(await stage.postMany(origin.device, { count: 20, lanes: 4, mostMs: stage.context.arrivalTimeoutMs }));
      await allArrive(stage, other, ids, 'the notification');
      await flushWithSentinel(stage, origin, other);
      for (const listener of [origin, other]) judgeOnce(stage, listener, ids);
      for (const id of ids.slice(0, 5)) await stage.context.devices.update(origin.device, id, { readState: 'Read' });
      await flushWithSentinel(stage, other);
      judgeOnce(stage, other, ids, 2);
    },
  }),
  deviceScenario({
    requirement: 'once',
    name: 'while-catching-up',
    title: 'delivers each once to a device that catches up while more is posted',
    async run(stage) {
      const device = await stage.subscribe('iOS');
      const { context } = stage;
      const before = await stage.postMany(device, { count: 60, lanes: 6, mostMs: context.arrivalTimeoutMs / 2 });
      const [during, listener] = await Promise.all([
        stage.postMany(device, { count: 60, lanes: 6, mostMs: context.arrivalTimeoutMs / 2 }),
        stage.connect(device),
      ]);
      const ids = [...idsOf(before), ...idsOf(during)];
      await allArrive(stage, listener, ids, 'the notification');
      await flushWithSentinel(stage, listener);
      judgeOnce(stage, listener, ids);
      judgeLanes(stage, listener, [...before, ...during]);
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
    async run(stage) {
      const device = await stage.subscribe('Android');
      const { context } = stage;
      const mostMs = needs.includes('slow') ? 10 * context.arrivalTimeoutMs : context.arrivalTimeoutMs;
      const lanes = await stage.postMany(device, { count, lanes: 8, mostMs });
      const listener = await reconnect(stage, device);
      const ids = idsOf(lanes);
      await allArrive(stage, listener, ids, 'the notification of the backlog');
      judgeLanes(stage, listener, lanes);
      await flushWithSentinel(stage, listener);
      judgeOnce(stage, listener, ids);
    },
  });
}
