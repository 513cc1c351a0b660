// Scenarios of acknowledgement: what was not acknowledged is delivered again, what was acknowledged is not (R2).
import { memberOf } from '../../../values/json.ts';
import type { Case } from '../../case.ts';
import { acknowledgeAndClose, acknowledgeAndVerify, expectNotRedelivered } from '../../kit/acknowledge.ts';
import { expectNotification, postAndReceive, reconnect } from '../../kit/assertions.ts';
import type { DeviceFixture } from '../../kit/devices.ts';
import { deviceScenario, socketScenario } from '../../kit/scenario.ts';
import {
  connectSocket,
  expectStillOpen,
  knownCursor,
  messagesOf,
  type RawMessage,
  textOf,
  waitForEvent,
} from '../../kit/socket-assertions.ts';
import type { AdapterDevice } from '../../target/adapter.ts';
import type { RawSocket } from '../../target/raw-socket.ts';

export const acknowledgementScenarios: readonly Case[] = [
  deviceScenario({
    requirement: 'redelivery',
    name: 'cut-line',
    title: 'delivers again after a cut connection what was not acknowledged',
    async run(fixture) {
      const recorder = await fixture.subscribeAndConnect('Windows');
      const [first, second] = [await postAndReceive(fixture, recorder), await postAndReceive(fixture, recorder)];
      await recorder.close({ abruptly: true });
      const back = await reconnect(fixture, recorder.device);
      for (const { id } of [first, second])
        await expectNotification(fixture, back, { id, description: 'the notification that was not acknowledged', change: 'created' });
    },
  }),
  deviceScenario({
    requirement: 'redelivery',
    name: 'closed',
    title: 'delivers again after every normal close, until it is acknowledged',
    async run(fixture) {
      const recorder = await fixture.subscribeAndConnect('iOS');
      const { id } = await postAndReceive(fixture, recorder);
      await recorder.close();
      for (let round = 0; round < 2; round += 1) {
        const back = await reconnect(fixture, recorder.device);
        await expectNotification(fixture, back, { id, description: 'the notification that was not acknowledged' });
        await back.close();
      }
    },
  }),
  deviceScenario({
    requirement: 'redelivery',
    name: 'part',
    title: 'delivers again what follows the acknowledged notification',
    async run(fixture) {
      const recorder = await fixture.subscribeAndConnect('Android');
      const first = await postAndReceive(fixture, recorder);
      const [second, third] = [await postAndReceive(fixture, recorder), await postAndReceive(fixture, recorder)];
      await acknowledgeAndClose(fixture, recorder, first.cursor);
      const back = await reconnect(fixture, recorder.device);
      for (const { id } of [second, third])
        await expectNotification(fixture, back, { id, description: 'the notification after the acknowledged one' });
    },
  }),
  deviceScenario({
    requirement: 'redelivery',
    name: 'each-device',
    title: "does not count one device's acknowledgement for another device",
    async run(fixture) {
      const [one, two] = [await fixture.subscribeAndConnect('iOS'), await fixture.subscribeAndConnect('iOS')];
      const { id, cursor } = await postAndReceive(fixture, one);
      await expectNotification(fixture, two, { id, description: 'the notification', requirement: 'fan-out' });
      await two.close({ abruptly: true });
      await acknowledgeAndClose(fixture, one, cursor);
      const back = await reconnect(fixture, two.device);
      await expectNotification(fixture, back, { id, description: 'the notification that this device has not acknowledged' });
    },
  }),
  deviceScenario({
    requirement: 'redelivery',
    name: 'changes',
    title: 'delivers unacknowledged changes and deletions again',
    async run(fixture) {
      const [origin, other] = [await fixture.subscribeAndConnect('Windows'), await fixture.subscribeAndConnect('Android')];
      const { devices } = fixture.context;
      const changed = await postAndReceive(fixture, other);
      const deleted = await postAndReceive(fixture, other);
      await acknowledgeAndClose(fixture, other, deleted.cursor);
      const second = await reconnect(fixture, other.device);
      await devices.update(origin.device, changed.id, { readState: 'Read' });
      await devices.remove(origin.device, deleted.id);
      const change = {
        id: changed.id,
        description: 'the change',
        change: 'updated',
        where: ({ readState = '' }) => readState === 'Read',
      } as const;
      const deletion = {
        id: deleted.id,
        description: 'the deletion',
        change: 'deleted',
        where: ({ status = '' }) => status === 'Deleted',
      } as const;
      await expectNotification(fixture, second, { ...change, requirement: 'change-to-others' });
      await expectNotification(fixture, second, { ...deletion, requirement: 'deletion-to-others' });
      await second.close({ abruptly: true });
      const third = await reconnect(fixture, other.device);
      await expectNotification(fixture, third, change);
      await expectNotification(fixture, third, deletion);
    },
  }),
  deviceScenario({
    requirement: 'acknowledged',
    name: 'all',
    title: 'does not deliver acknowledged notifications again, however often the device reconnects',
    async run(fixture) {
      const recorder = await fixture.subscribeAndConnect('Windows');
      const [first, second] = [await postAndReceive(fixture, recorder), await postAndReceive(fixture, recorder)];
      const ids = [first.id, second.id];
      await acknowledgeAndVerify(fixture, recorder, { ids, cursor: second.cursor });
      for (const abruptly of [true, false])
        await (await expectNotRedelivered(fixture, recorder.device, { ids, cursors: [] })).close({ abruptly });
    },
  }),
  deviceScenario({
    requirement: 'acknowledged',
    name: 'part',
    title: 'does not deliver again what precedes the acknowledged notification',
    async run(fixture) {
      const recorder = await fixture.subscribeAndConnect('iOS');
      const [first, second] = [await postAndReceive(fixture, recorder), await postAndReceive(fixture, recorder)];
      await postAndReceive(fixture, recorder);
      await acknowledgeAndClose(fixture, recorder, second.cursor);
      await expectNotRedelivered(fixture, recorder.device, { ids: [first.id, second.id], cursors: [second.cursor] });
    },
  }),
  socketScenario({
    requirement: 'acknowledged-back',
    name: 'quietly',
    title: 'sends no error for acknowledgements of the last or an earlier cursor, on this connection and the next, and stays open',
    async run(fixture) {
      const device = await fixture.subscribe('iOS');
      const socket = await connectSocket(fixture, device);
      const cursors = [await knownCursor(fixture, socket)];
      for (let count = 0; count < 3; count += 1)
        cursors.push(textOf(await expectStillOpen(fixture, socket, device, 'before any error'), 'cursor'));
      await expectNoErrors(fixture, { socket, device }, [...cursors, ...cursors.toReversed(), ...cursors]);
      socket.close();
      await expectNoErrors(fixture, { socket: await connectSocket(fixture, device), device }, cursors.slice(0, -1));
    },
  }),
  deviceScenario({
    requirement: 'acknowledged-back',
    name: 'behind',
    title: 'ignores an acknowledgement of an earlier cursor',
    async run(fixture) {
      const recorder = await fixture.subscribeAndConnect('Windows');
      const first = await postAndReceive(fixture, recorder);
      const [second, third] = [await postAndReceive(fixture, recorder), await postAndReceive(fixture, recorder)];
      const cursors = [third.cursor, first.cursor];
      await acknowledgeAndClose(fixture, recorder, ...cursors);
      await expectNotRedelivered(fixture, recorder.device, { ids: [first.id, second.id, third.id], cursors });
    },
  }),
];

/** Acknowledges all cursors, then sends an invalid message: the only error must be that for the invalid message. */
async function expectNoErrors(
  fixture: DeviceFixture,
  { socket, device }: { readonly socket: RawSocket; readonly device: AdapterDevice },
  cursors: readonly string[],
): Promise<void> {
  const from = socket.events.all.length;
  for (const cursor of cursors) socket.acknowledge(cursor);
  socket.send('invalid');
  const isError = ({ json }: RawMessage) => memberOf(json, 'type') === 'error';
  await waitForEvent(fixture, socket, {
    kind: 'message',
    from,
    where: isError,
    description: 'an error message for the invalid message alone',
  });
  await expectStillOpen(fixture, socket, device, 'after acknowledgements of earlier cursors');
  const errors = messagesOf(socket, 'error', from);
  if (errors.length > 1)
    fixture.context.fail({
      expected: `no error for ${cursors.length} acknowledgements of cursors that this device received, and one for an invalid message`,
      got: errors.map(({ text = '' }) => text).join('; '),
    });
}
