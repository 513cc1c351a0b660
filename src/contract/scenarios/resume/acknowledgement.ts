// Scenarios of acknowledgement: what was not acknowledged comes again, what was does not (R2).
import type { Case } from '../../case.ts';
import { acknowledgeAndClose, goesAcknowledged, staysAway } from '../../kit/acknowledge.ts';
import { arrives, postAndReceive, returns } from '../../kit/assertions.ts';
import type { Stage } from '../../kit/devices.ts';
import { deviceScenario, socketScenario } from '../../kit/scenario.ts';
import { connects, happens, knownCursor, memberOf, messagesOf, type RawMessage, staysOpen, textOf } from '../../kit/socket-assertions.ts';
import type { AdapterDevice } from '../../target/adapter.ts';
import type { RawSocket } from '../../target/raw-socket.ts';

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
    title: 'delivers not again what was acknowledged, however often the device comes back',
    async play(stage) {
      const listener = await stage.join('Windows');
      const [first, second] = [await postAndReceive(stage, listener), await postAndReceive(stage, listener)];
      const ids = [first.id, second.id];
      await goesAcknowledged(stage, listener, { ids, cursor: second.cursor });
      for (const abruptly of [true, false]) await (await staysAway(stage, listener.device, { ids, cursors: [] })).close({ abruptly });
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
      await staysAway(stage, listener.device, { ids: [first.id, second.id], cursors: [second.cursor] });
    },
  }),
  socketScenario({
    requirement: 'acknowledged-back',
    name: 'quietly',
    title: 'answers nothing to acknowledgements behind the last one or like it, on this connection and the next, and stays open',
    async play(stage) {
      const device = await stage.subscribe('iOS');
      const socket = await connects(stage, device);
      const cursors = [await knownCursor(stage, socket)];
      for (let count = 0; count < 3; count += 1)
        cursors.push(textOf(await staysOpen(stage, socket, device, 'when nothing was wrong'), 'cursor'));
      await takesQuietly(stage, { socket, device }, [...cursors, ...cursors.toReversed(), ...cursors]);
      socket.close();
      await takesQuietly(stage, { socket: await connects(stage, device), device }, cursors.slice(0, -1));
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
      const cursors = [third.cursor, first.cursor];
      await acknowledgeAndClose(stage, listener, ...cursors);
      await staysAway(stage, listener.device, { ids: [first.id, second.id, third.id], cursors });
    },
  }),
];

/** Acknowledges all of these; no error comes for them, but one for the invalid message after them, which shows that none will. */
async function takesQuietly(
  stage: Stage,
  { socket, device }: { readonly socket: RawSocket; readonly device: AdapterDevice },
  cursors: readonly string[],
): Promise<void> {
  const from = socket.events.all.length;
  for (const cursor of cursors) socket.acknowledge(cursor);
  socket.send('invalid');
  const isError = ({ json }: RawMessage) => memberOf(json, 'type') === 'error';
  await happens(stage, socket, { kind: 'message', from, where: isError, says: 'an answer of type error to the invalid message alone' });
  await staysOpen(stage, socket, device, 'after acknowledgements behind the last one');
  const errors = messagesOf(socket, 'error', from);
  if (errors.length > 1)
    stage.context.fail({
      expected: `no error for ${cursors.length} acknowledgements of cursors that this device was told, one for an invalid message`,
      got: errors.map(({ text = '' }) => text).join('; '),
    });
}
