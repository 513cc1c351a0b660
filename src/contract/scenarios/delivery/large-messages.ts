// Scenarios of notifications that are too large to be embedded: by the bytes of the whole message, with any characters and members (F24).
import { memberOf } from '../../../values/json.ts';
import type { Case } from '../../case.ts';
import type { DeviceFixture } from '../../kit/devices.ts';
import { socketScenario } from '../../kit/scenario.ts';
import { connectSocket, messagesOf, waitForNotification } from '../../kit/socket-assertions.ts';
import type { RawSocket } from '../../target/raw-socket.ts';

const maxEmbeddedBytes = 256 * 1024;
/** Text of one character that has at least this many bytes in JSON. */
const filled = (letter: string, bytes = maxEmbeddedBytes) =>
  letter.repeat(Math.ceil(bytes / (Buffer.byteLength(JSON.stringify(letter)) - 2)));

interface LargePayload {
  readonly name: string;
  readonly description: string;
  readonly payload: object;
}

const half = maxEmbeddedBytes / 2;
const largePayloads: readonly LargePayload[] = [
  { name: 'two-bytes', description: 'characters of two bytes', payload: { rawContent: filled('ž') } },
  { name: 'three-bytes', description: 'characters of three bytes', payload: { rawContent: filled('漢') } },
  { name: 'four-bytes', description: 'characters of four bytes', payload: { rawContent: filled('😀') } },
  { name: 'escaped', description: 'characters that JSON escapes', payload: { rawContent: filled('"') } },
  { name: 'visual', description: 'visual content', payload: { visualContent: { title: 'Build finished', body: filled('x') } } },
  {
    name: 'both',
    description: 'both contents, neither too large alone,',
    payload: { rawContent: filled('x', half), visualContent: { title: 'Build finished', body: filled('ž', half) } },
  },
];

/** Expects a signal instead of the notification, and no notification message over the limit. */
async function expectSignal(
  fixture: DeviceFixture,
  socket: RawSocket,
  id: string,
  { from, when }: { from: number; when: string },
): Promise<void> {
  const expected = `a signal for a notification message of more than 256 KiB, ${when}`;
  const received = await waitForNotification(fixture, socket, id, { from, description: expected });
  if (memberOf(received.json, 'type') !== 'signal') fixture.context.fail({ expected, got: `a message of ${received.bytes} bytes` });
  const whole = messagesOf(socket, 'notification').find(({ bytes }) => bytes > maxEmbeddedBytes);
  if (whole) fixture.context.fail({ expected, got: `a notification message of ${whole.bytes} bytes` });
}

export const largeMessageScenarios: readonly Case[] = largePayloads.map(({ name, description, payload }) =>
  socketScenario({
    requirement: 'large-signal',
    name,
    title: `counts the bytes of the whole message: sends a signal for ${description} over 256 KiB, when new, changed, and missed`,
    async run(fixture) {
      const [device, origin] = [await fixture.subscribe('Windows'), await fixture.subscribe('iOS')];
      const socket = await connectSocket(fixture, device);
      const { id } = await fixture.post(origin, { payload });
      await expectSignal(fixture, socket, id, { from: 0, when: 'which is new' });
      const from = socket.events.all.length;
      await fixture.context.devices.update(origin, id, { readState: 'Read' });
      await expectSignal(fixture, socket, id, { from, when: 'which was changed' });
      socket.close();
      await expectSignal(fixture, await connectSocket(fixture, device), id, { from: 0, when: 'which was missed' });
    },
  }),
);
