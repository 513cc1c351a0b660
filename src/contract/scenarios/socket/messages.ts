// Scenarios of messages from devices: invalid and binary messages, unknown cursors (R8).
import { memberOf } from '../../../values/json.ts';
import type { Case } from '../../case.ts';
import type { DeviceFixture } from '../../kit/devices.ts';
import { socketScenario } from '../../kit/scenario.ts';
import {
  codeOf,
  connectSocket,
  expectClosedWith,
  expectStillOpen,
  knownCursor,
  messagesOf,
  type RawMessage,
  waitForEvent,
  waitForMessage,
} from '../../kit/socket-assertions.ts';
import type { RawSocket } from '../../target/raw-socket.ts';

const maxInvalid = 10;

const invalid: readonly { readonly name: string; readonly text: string }[] = [
  { name: 'no-json', text: 'hello' },
  { name: 'empty', text: '' },
  { name: 'half', text: '{"type":"ack","cursor":' },
  { name: 'array', text: '[{"type":"ack","cursor":"x"}]' },
  { name: 'null', text: 'null' },
  { name: 'no-type', text: '{"cursor":"x"}' },
  { name: 'unknown-type', text: '{"type":"hello"}' },
  { name: 'server-type', text: '{"type":"connected"}' },
  { name: 'no-cursor', text: '{"type":"ack"}' },
  { name: 'number-cursor', text: '{"type":"ack","cursor":1}' },
  { name: 'empty-cursor', text: '{"type":"ack","cursor":""}' },
];

/** Waits until `count` errors have been received. */
async function waitForErrors(fixture: DeviceFixture, socket: RawSocket, count: number, from: number): Promise<readonly RawMessage[]> {
  const isLast = () => messagesOf(socket, 'error', from).length >= count;
  await waitForEvent(fixture, socket, {
    kind: 'message',
    from,
    where: isLast,
    description: `${count} error messages for as many invalid messages`,
  });
  return messagesOf(socket, 'error', from);
}

export const socketMessageScenarios: readonly Case[] = [
  ...invalid.map(({ name, text }) =>
    socketScenario({
      requirement: 'invalid-error',
      name,
      title: `answers ${JSON.stringify(text)} with error and stays open`,
      async run(fixture) {
        const device = await fixture.subscribe('Windows');
        const socket = await connectSocket(fixture, device);
        const from = socket.events.all.length;
        socket.send(text);
        const [error] = await waitForErrors(fixture, socket, 1, from);
        await expectStillOpen(fixture, socket, device, 'after an invalid message');
        if (error && codeOf(error) !== 'InvalidMessage')
          fixture.context.fail({ requirement: 'error-codes', expected: 'error code InvalidMessage', got: error.text ?? '' });
      },
    }),
  ),
  socketScenario({
    requirement: 'invalid-many',
    name: 'ten',
    title: 'closes with 1008 at ten invalid messages in a row',
    async run(fixture) {
      const socket = await connectSocket(fixture, await fixture.subscribe('Windows'));
      for (let count = 0; count < maxInvalid; count += 1) socket.send(`invalid ${count}`);
      await expectClosedWith(fixture, socket, 1008, {
        description: `the socket to be closed after ${maxInvalid} invalid messages in a row`,
      });
    },
  }),
  socketScenario({
    requirement: 'invalid-many',
    name: 'nine',
    title: 'stays open after nine invalid messages, a valid one and nine more, and closes at the tenth in a row',
    async run(fixture) {
      const device = await fixture.subscribe('iOS');
      const socket = await connectSocket(fixture, device);
      const cursor = await knownCursor(fixture, socket);
      const from = socket.events.all.length;
      const sendNine = () => {
        for (let count = 1; count < maxInvalid; count += 1) socket.send(`invalid ${count}`);
      };
      sendNine();
      socket.acknowledge(cursor);
      sendNine();
      await waitForErrors(fixture, socket, 2 * (maxInvalid - 1), from);
      await expectStillOpen(fixture, socket, device, 'after nine invalid messages, a valid one and nine more');
      socket.send('the tenth');
      await expectClosedWith(fixture, socket, 1008, { description: 'the socket to be closed at the tenth invalid message in a row' });
    },
  }),
  socketScenario({
    requirement: 'invalid-many',
    name: 'returns',
    title: 'accepts and serves a device again whose socket was closed with 1008',
    async run(fixture) {
      const device = await fixture.subscribe('Android');
      const socket = await connectSocket(fixture, device);
      for (let count = 0; count < maxInvalid; count += 1) socket.send(`invalid ${count}`);
      await waitForEvent(fixture, socket, { kind: 'closed', description: 'the socket to be closed' });
      const again = await connectSocket(fixture, device);
      again.send('one more');
      await expectStillOpen(fixture, again, device, 'after one invalid message on a new connection');
    },
  }),
  socketScenario({
    requirement: 'binary-refused',
    name: 'acknowledgement',
    title: 'closes with 1003 at a binary message, although its bytes are an acknowledgement',
    async run(fixture) {
      const socket = await connectSocket(fixture, await fixture.subscribe('Windows'));
      const cursor = await knownCursor(fixture, socket);
      socket.sendBinary(Buffer.from(JSON.stringify({ type: 'ack', cursor })));
      await expectClosedWith(fixture, socket, 1003, { description: 'the socket to be closed at a binary message' });
    },
  }),
  socketScenario({
    requirement: 'acknowledge-unknown',
    name: 'unknown',
    title: 'answers the acknowledgement of an unknown cursor with error CursorUnknown, stays open and acknowledges nothing',
    async run(fixture) {
      const device = await fixture.subscribe('Android');
      const missed = await fixture.post(device);
      const socket = await connectSocket(fixture, device);
      const from = socket.events.all.length;
      socket.acknowledge(fixture.context.name('nowhere'));
      const error = await waitForMessage(fixture, socket, 'error', {
        from,
        description: 'an error message for the acknowledgement of an unknown cursor',
      });
      if (codeOf(error) !== 'CursorUnknown') fixture.context.fail({ expected: 'error code CursorUnknown', got: error.text ?? '' });
      await expectStillOpen(fixture, socket, device, 'after the acknowledgement of an unknown cursor');
      socket.close();
      const again = await connectSocket(fixture, device);
      const isIt = ({ json }: RawMessage) => memberOf(json, 'type') === 'signal' || memberOf(json, 'notification', 'id') === missed.id;
      await waitForEvent(fixture, again, {
        kind: 'message',
        where: isIt,
        description: `${missed.id}, which was not acknowledged, to be delivered again`,
      });
    },
  }),
];
