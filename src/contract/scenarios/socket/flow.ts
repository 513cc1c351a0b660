// Scenarios of flow control on the device socket: large notifications, slow readers, stalled readers (R6).
import { memberOf } from '../../../values/json.ts';
import type { Case } from '../../case.ts';
import { expectNotification } from '../../kit/assertions.ts';
import type { DeviceFixture } from '../../kit/devices.ts';
import type { Posted } from '../../kit/posting.ts';
import { premise } from '../../kit/premise.ts';
import { socketScenario } from '../../kit/scenario.ts';
import {
  connectSocket,
  expectStillOpen,
  messagesOf,
  type RawMessage,
  textOf,
  waitForEvent,
  waitForNotification,
} from '../../kit/socket-assertions.ts';
import type { AdapterDevice } from '../../target/adapter.ts';

const kib = 1024;
const maxEmbeddedBytes = 256 * kib;
/** R6: a client that reads nothing for this time is dropped. */
const stallSeconds = 10;
/** More than the buffers of both kernels and of the server together. */
const floodCount = 45;
const floodBytes = 200 * kib;

async function flood(fixture: DeviceFixture, to: AdapterDevice): Promise<readonly Posted[]> {
  const sent: Posted[] = [];
  for (let count = 0; count < floodCount; count += 1)
    sent.push(await fixture.post(to, { payload: { rawContent: 'x'.repeat(floodBytes) } }));
  return sent;
}

export const socketFlowScenarios: readonly Case[] = [
  socketScenario({
    requirement: 'large-signal',
    name: 'raw',
    title: 'sends a signal instead of a notification message over 256 KiB, with a cursor to fetch it, and stays open',
    async run(fixture) {
      const device = await fixture.subscribe('Windows');
      const socket = await connectSocket(fixture, device);
      const start = await waitForEvent(fixture, socket, { kind: 'message', description: 'connected' });
      const from = socket.events.all.length;
      const rawContent = 'x'.repeat(maxEmbeddedBytes);
      const { id } = await fixture.post(device, { payload: { rawContent } });
      const received = await waitForNotification(fixture, socket, id, {
        from,
        description: 'a signal for a notification of more than 256 KiB',
      });
      if (memberOf(received.json, 'type') !== 'signal')
        fixture.context.fail({ expected: 'a signal for a notification of more than 256 KiB', got: `a message of ${received.bytes} bytes` });
      const { notifications } = await fixture.context.devices.changes(device, textOf(start, 'cursor'));
      if (notifications.find((one) => one.id === id)?.rawContent !== rawContent)
        fixture.context.fail({ expected: `${id} with its content among the changes that the signal stands for`, got: received.text ?? '' });
      await expectStillOpen(fixture, socket, device, 'after a signal');
    },
  }),
  socketScenario({
    requirement: 'large-signal',
    name: 'backlog',
    title: 'sends a signal within a backlog too, between small notifications',
    async run(fixture) {
      const device = await fixture.subscribe('iOS');
      const small = await fixture.post(device);
      const large = await fixture.post(device, { payload: { rawContent: 'x'.repeat(maxEmbeddedBytes) } });
      const last = await fixture.post(device);
      const socket = await connectSocket(fixture, device);
      const isLast = ({ json }: RawMessage) => memberOf(json, 'notification', 'id') === last.id;
      const isAny = ({ json }: RawMessage) => memberOf(json, 'type') === 'signal';
      await waitForEvent(fixture, socket, {
        kind: 'message',
        where: isAny,
        description: `a signal for ${large.id}, which is over 256 KiB`,
      });
      await waitForNotification(fixture, socket, small.id, { description: 'the small notification before it' });
      await waitForEvent(fixture, socket, {
        kind: 'message',
        where: (message) => isLast(message) || isAny(message),
        description: 'the small notification after it',
      });
    },
  }),
  socketScenario({
    requirement: 'slow-reader',
    name: 'paused',
    title: 'serves other devices in time while one client reads nothing and has a large backlog',
    async run(fixture) {
      const [paused, other] = [await fixture.subscribe('Windows'), await fixture.subscribeAndConnect('Windows')];
      const socket = await connectSocket(fixture, paused);
      socket.pause();
      const sent = await flood(fixture, other.device);
      for (const { id } of sent) await expectNotification(fixture, other, { id, description: 'the notification at a device that reads' });
      const { id } = await fixture.post(other.device);
      await expectNotification(fixture, other, { id, description: 'a small notification at a device that reads' });
    },
  }),
  socketScenario({
    requirement: 'slow-reader',
    name: 'catches-up',
    title: 'delivers everything in order to a client that pauses reading for a while',
    async run(fixture) {
      const device = await fixture.subscribe('Android');
      const socket = await connectSocket(fixture, device);
      socket.pause();
      const sent = await flood(fixture, device);
      socket.resume();
      const last = premise(sent.at(-1), 'a notification').id;
      await expectAllDelivered(
        fixture,
        device,
        socket,
        sent.map(({ id }) => id),
        last,
      );
    },
  }),
  socketScenario({
    requirement: 'stalled-dropped',
    name: 'ten-seconds',
    title: 'drops a client that reads nothing for ten seconds, and serves it when it reconnects',
    needs: ['slow'],
    async run(fixture) {
      const device = await fixture.subscribe('Windows');
      const socket = await connectSocket(fixture, device);
      socket.pause();
      const sent = await flood(fixture, device);
      await fixture.context.pause(2 * stallSeconds * 1000);
      socket.resume();
      const { code } = await waitForEvent(fixture, socket, {
        kind: 'closed',
        description: 'a client that read nothing for ten seconds to be dropped',
      });
      if (code !== 1013 && code !== 1006)
        fixture.context.fail({ expected: 'close code 1013, or a cut connection (1006)', got: String(code) });
      const back = await connectSocket(fixture, device);
      for (const { id } of sent)
        await waitForNotification(fixture, back, id, { description: `${id}, which was not acknowledged, when it reconnects` });
    },
  }),
];

/** The client may have been dropped meanwhile if the heartbeats are short; then it reconnects. Nothing is lost in either case. */
async function expectAllDelivered(
  fixture: DeviceFixture,
  device: AdapterDevice,
  socket: Awaited<ReturnType<typeof connectSocket>>,
  ids: readonly string[],
  last: string,
): Promise<void> {
  const { context } = fixture;
  const index = await socket.events.find(
    (event) =>
      event.kind === 'closed' ||
      (event.kind === 'message' && memberOf(event.json, 'notification', 'id') === last) ||
      (event.kind === 'message' && memberOf(event.json, 'type') === 'signal'),
    { limitMs: context.arrivalTimeoutMs, signal: context.signal },
  );
  const event = index === undefined ? undefined : socket.events.all[index];
  if (event === undefined)
    return context.fail({
      expected: 'the whole backlog when the client reads again',
      got: `${messagesOf(socket, 'notification').length} of ${ids.length}`,
    });
  const served = event.kind === 'closed' ? await connectSocket(fixture, device) : socket;
  await waitForNotification(fixture, served, last, { description: 'the last notification of the backlog' });
  const got = messagesOf(served, 'notification').map(({ json }) => memberOf(json, 'notification', 'id'));
  const mine = ids.filter((id) => got.includes(id));
  const order = got.filter((id) => typeof id === 'string' && ids.includes(id));
  if (messagesOf(served, 'signal').length === 0 && order.join() !== mine.join())
    context.fail({ requirement: 'order', expected: 'the backlog in feed order, each notification once', got: order.join(', ') });
  if (messagesOf(served, 'signal').length === 0 && mine.length !== ids.length)
    context.fail({ expected: `all ${ids.length} notifications of the backlog`, got: `${mine.length}` });
}
