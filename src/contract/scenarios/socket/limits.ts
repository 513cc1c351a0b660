// Scenarios of the maximum size of a message from a device, counted in bytes of the whole message (R8, D13).
import type { Case } from '../../case.ts';
import { socketScenario } from '../../kit/scenario.ts';
import { connectSocket, expectClosedWith, expectStillOpen, knownCursor, messagesOf, waitForEvent } from '../../kit/socket-assertions.ts';

const limitBytes = 65_536;

/** An acknowledgement of exactly `bytes` bytes, padded with an unknown member of this character. */
function padded(cursor: string, bytes: number, character: string): string {
  const message = (more: string) => JSON.stringify({ type: 'ack', cursor, more });
  const room = bytes - Buffer.byteLength(message(''));
  const count = Math.floor(room / Buffer.byteLength(character));
  return message(character.repeat(count) + ' '.repeat(room - count * Buffer.byteLength(character)));
}

function split(text: string, count: number): readonly string[] {
  const size = Math.ceil(text.length / count);
  return Array.from({ length: count }, (_, index) => text.slice(index * size, (index + 1) * size));
}

/** Characters that have several bytes in UTF-8, in one or two UTF-16 units. */
const characters = [
  { name: 'two-bytes', character: 'ž' },
  { name: 'three-bytes', character: '漢' },
  { name: 'four-bytes', character: '😀' },
];

const multiByteCases: readonly Case[] = characters.flatMap(({ name, character }) => [
  socketScenario({
    requirement: 'message-limit',
    name: `over-the-limit-${name}`,
    title: `counts bytes, not characters: closes with 1009 at 64 KiB and one byte of ${character}`,
    async run(fixture) {
      const socket = await connectSocket(fixture, await fixture.subscribe('Windows'));
      socket.send(padded(await knownCursor(fixture, socket), limitBytes + 1, character));
      const description = `the socket to be closed at a message of ${limitBytes + 1} bytes, most of them ${character}`;
      await expectClosedWith(fixture, socket, 1009, { description });
    },
  }),
  socketScenario({
    requirement: 'message-limit',
    name: `at-the-limit-${name}`,
    title: `accepts 64 KiB of ${character}`,
    async run(fixture) {
      const device = await fixture.subscribe('Android');
      const socket = await connectSocket(fixture, device);
      // A target may reject the unknown member as invalid, but not the size.
      socket.send(padded(await knownCursor(fixture, socket), limitBytes, character));
      await expectStillOpen(fixture, socket, device, `after a message of 64 KiB, most of them ${character}`);
    },
  }),
]);

export const socketLimitScenarios: readonly Case[] = [
  socketScenario({
    requirement: 'message-limit',
    name: 'at-the-limit',
    title: 'accepts an acknowledgement of 64 KiB',
    async run(fixture) {
      const device = await fixture.subscribe('Windows');
      const socket = await connectSocket(fixture, device);
      const cursor = await knownCursor(fixture, socket);
      const from = socket.events.all.length;
      socket.send(JSON.stringify({ type: 'ack', cursor }).padEnd(limitBytes));
      await expectStillOpen(fixture, socket, device, 'after a message of 64 KiB');
      const [error] = messagesOf(socket, 'error', from);
      if (error) fixture.context.fail({ expected: 'an acknowledgement of 64 KiB to be accepted', got: error.text ?? '' });
    },
  }),
  socketScenario({
    requirement: 'message-limit',
    name: 'over-the-limit',
    title: 'closes with 1009 at an acknowledgement of 64 KiB and one byte',
    async run(fixture) {
      const socket = await connectSocket(fixture, await fixture.subscribe('Windows'));
      const cursor = await knownCursor(fixture, socket);
      socket.send(JSON.stringify({ type: 'ack', cursor }).padEnd(limitBytes + 1));
      await expectClosedWith(fixture, socket, 1009, { description: `the socket to be closed at a message of ${limitBytes + 1} bytes` });
    },
  }),
  socketScenario({
    requirement: 'message-limit',
    name: 'far-over-the-limit',
    title: 'ends a socket that sends a message of 1 MiB',
    async run(fixture) {
      const socket = await connectSocket(fixture, await fixture.subscribe('iOS'));
      const cursor = await knownCursor(fixture, socket);
      socket.send(JSON.stringify({ type: 'ack', cursor }).padEnd(16 * limitBytes));
      const { code } = await waitForEvent(fixture, socket, {
        kind: 'closed',
        description: 'the socket to be closed at a message of 1 MiB',
      });
      // If the server closes while the message is still arriving, its close frame may be lost (1006).
      if (code !== 1009 && code !== 1006) fixture.context.fail({ expected: 'close code 1009', got: String(code) });
    },
  }),
  socketScenario({
    requirement: 'message-limit',
    name: 'over-the-limit-in-pieces',
    title: 'closes with 1009 at an acknowledgement of 64 KiB and one byte in several frames',
    async run(fixture) {
      const socket = await connectSocket(fixture, await fixture.subscribe('Windows'));
      const cursor = await knownCursor(fixture, socket);
      socket.sendInPieces(split(JSON.stringify({ type: 'ack', cursor }).padEnd(limitBytes + 1), 5));
      await expectClosedWith(fixture, socket, 1009, {
        description: `the socket to be closed at a message of ${limitBytes + 1} bytes in several frames`,
      });
    },
  }),
  socketScenario({
    requirement: 'message-limit',
    name: 'at-the-limit-in-pieces',
    title: 'accepts an acknowledgement of 64 KiB in several frames',
    async run(fixture) {
      const device = await fixture.subscribe('iOS');
      const socket = await connectSocket(fixture, device);
      const cursor = await knownCursor(fixture, socket);
      const from = socket.events.all.length;
      socket.sendInPieces(split(JSON.stringify({ type: 'ack', cursor }).padEnd(limitBytes), 5));
      await expectStillOpen(fixture, socket, device, 'after a message of 64 KiB in several frames');
      const [error] = messagesOf(socket, 'error', from);
      if (error) fixture.context.fail({ expected: 'an acknowledgement of 64 KiB in several frames to be accepted', got: error.text ?? '' });
    },
  }),
  ...multiByteCases,
];
