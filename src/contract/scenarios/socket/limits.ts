// Scenarios of how large a message of a device may be: in bytes, and as a whole (R8, D13).
import type { Case } from '../../case.ts';
import { socketScenario } from '../../kit/scenario.ts';
import { connectSocket, expectClosedWith, expectStillOpen, knownCursor, messagesOf, waitForEvent } from '../../kit/socket-assertions.ts';

const limitBytes = 65_536;

/** An acknowledgement of exactly so many bytes, most of them in a member that nobody knows, of such characters. */
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

/** Letters that have fewer characters than bytes, in one way or another. */
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
    title: `takes 64 KiB of ${character}`,
    async run(fixture) {
      const device = await fixture.subscribe('Android');
      const socket = await connectSocket(fixture, device);
      // Whether a member that it does not know makes a message invalid is for the target to say; it is not too large.
      socket.send(padded(await knownCursor(fixture, socket), limitBytes, character));
      await expectStillOpen(fixture, socket, device, `after a message of 64 KiB, most of them ${character}`);
    },
  }),
]);

export const socketLimitScenarios: readonly Case[] = [
  socketScenario({
    requirement: 'message-limit',
    name: 'at-the-limit',
    title: 'takes an acknowledgement of 64 KiB',
    async run(fixture) {
      const device = await fixture.subscribe('Windows');
      const socket = await connectSocket(fixture, device);
      const cursor = await knownCursor(fixture, socket);
      const from = socket.events.all.length;
      socket.send(JSON.stringify({ type: 'ack', cursor }).padEnd(limitBytes));
      await expectStillOpen(fixture, socket, device, 'after a message of 64 KiB');
      const [error] = messagesOf(socket, 'error', from);
      if (error) fixture.context.fail({ expected: 'an acknowledgement of 64 KiB to be taken', got: error.text ?? '' });
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
      // A server that closes while the message is still on its way cuts its own close code off.
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
    title: 'takes an acknowledgement of 64 KiB in several frames',
    async run(fixture) {
      const device = await fixture.subscribe('iOS');
      const socket = await connectSocket(fixture, device);
      const cursor = await knownCursor(fixture, socket);
      const from = socket.events.all.length;
      socket.sendInPieces(split(JSON.stringify({ type: 'ack', cursor }).padEnd(limitBytes), 5));
      await expectStillOpen(fixture, socket, device, 'after a message of 64 KiB in several frames');
      const [error] = messagesOf(socket, 'error', from);
      if (error) fixture.context.fail({ expected: 'an acknowledgement of 64 KiB in several frames to be taken', got: error.text ?? '' });
    },
  }),
  ...multiByteCases,
];
