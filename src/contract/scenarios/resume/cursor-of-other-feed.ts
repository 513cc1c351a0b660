// Scenarios of cursors of other feeds, of another application or another user: they are no position in this feed (R1, R3).
import { CaseSkipped } from '../../../checks/failure.ts';
import { memberOf } from '../../../values/json.ts';
import type { Case } from '../../case.ts';
import { expectNotification, pushesOf, reconnect } from '../../kit/assertions.ts';
import { describe } from '../../kit/device-recorder.ts';
import type { DeviceFixture } from '../../kit/devices.ts';
import { deviceScenario, socketScenario } from '../../kit/scenario.ts';
import { codeOf, connectSocket, expectStillOpen, messagesOf, waitForEvent, waitForNotification } from '../../kit/socket-assertions.ts';
import type { AdapterDevice } from '../../target/adapter.ts';
import type { RawSocket } from '../../target/raw-socket.ts';

interface OtherFeed {
  readonly name: string;
  readonly of: string;
  readonly needs: Case['needs'];
  subscribe(fixture: DeviceFixture): Promise<AdapterDevice>;
}

const otherFeeds: readonly OtherFeed[] = [
  {
    name: 'application',
    of: 'another application',
    needs: [],
    subscribe: async (fixture) => fixture.subscribe('Windows', { application: await fixture.otherApplication() }),
  },
  {
    name: 'user',
    of: 'another user',
    needs: ['otherUser'],
    subscribe: (fixture) => fixture.subscribe('Windows', { user: 'otherUser' }),
  },
];

/**
 * Skips unless no other case uses the feeds. Cursors are opaque and may count the changes of each feed, so in a feed that others fill too
 * the same cursor may be a valid, later position.
 */
function expectOwnFeeds({ context }: DeviceFixture): void {
  if (context.given.isApplicationGiven)
    throw new CaseSkipped('needs feeds that no other case posts to, but --application restricts the target to one application');
}

/** The cursor of a notification of that feed, as its device received it. */
async function cursorOf(fixture: DeviceFixture, device: AdapterDevice): Promise<string> {
  const recorder = await fixture.connect(device);
  const { id } = await fixture.post(device);
  return (await expectNotification(fixture, recorder, { id, description: "the other feed's notification", requirement: 'fan-out' })).cursor;
}

const connecting = otherFeeds.map(({ name, of, needs, subscribe }) =>
  deviceScenario({
    requirement: 'unknown-position',
    name: `of-other-${name}`,
    title: `reports resumed false for a cursor of ${of}, or resumes from the time that the cursor stands for`,
    needs,
    async run(fixture) {
      expectOwnFeeds(fixture);
      const [device, other] = [await fixture.subscribe('Windows'), await subscribe(fixture)];
      await fixture.post(device);
      const cursor = await cursorOf(fixture, other);
      const after = await fixture.post(device);
      const recorder = await reconnect(fixture, device, { cursor });
      // If all feeds share one order, every cursor is a position in each feed: then later notifications must be delivered.
      if (recorder.connected.resumed)
        await expectNotification(fixture, recorder, {
          id: after.id,
          description: `resumed false for a cursor of ${of}; or, with resumed true, the notification posted after it`,
        });
      const next = await fixture.post(device);
      await expectNotification(fixture, recorder, { id: next.id, description: 'a notification posted after the connection' });
      const foreign = pushesOf(recorder, after.id);
      if (!recorder.connected.resumed && foreign.length > 0)
        fixture.context.fail({ expected: `nothing older than the head at ${recorder.who}`, got: foreign.map(describe).join('; ') });
    },
  }),
);

const acknowledging = otherFeeds.map(({ name, of, needs, subscribe }) =>
  socketScenario({
    requirement: 'acknowledge-unknown',
    name: `of-other-${name}`,
    title: `reports error CursorUnknown for the acknowledgement of a cursor of ${of}, or acknowledges up to the time that the cursor stands for`,
    needs,
    async run(fixture) {
      expectOwnFeeds(fixture);
      const [device, other] = [await fixture.subscribe('Android'), await subscribe(fixture)];
      const before = await fixture.post(device);
      const socket = await connectSocket(fixture, device);
      await waitForNotification(fixture, socket, before.id, { description: 'the notification' });
      const cursor = await cursorOf(fixture, other);
      const from = socket.events.all.length;
      socket.acknowledge(cursor);
      // Its error arrives after any error for the acknowledgement.
      socket.send('invalid');
      await waitForEvent(fixture, socket, {
        kind: 'message',
        from,
        where: ({ json }) => memberOf(json, 'type') === 'error',
        description: 'an error message',
      });
      await expectStillOpen(fixture, socket, device, `after the acknowledgement of a cursor of ${of}`);
      if (!messagesOf(socket, 'error', from).some((error) => codeOf(error) === 'CursorUnknown'))
        await expectCount(fixture, { socket, device, id: before.id, from, of });
    },
  }),
);

interface Acknowledged {
  readonly socket: RawSocket;
  readonly device: AdapterDevice;
  /** Delivered before the acknowledgement. */
  readonly id: string;
  /** Index of the first event after the acknowledgement. */
  readonly from: number;
  readonly of: string;
}

/** The target did not refuse the acknowledgement, so what was delivered before it must not be delivered again. */
async function expectCount(fixture: DeviceFixture, { socket, device, id, from, of }: Acknowledged): Promise<void> {
  socket.close();
  const again = await connectSocket(fixture, device);
  await expectStillOpen(fixture, again, device, 'when the device reconnects');
  if (messagesOf(again, 'notification').some(({ json }) => memberOf(json, 'notification', 'id') === id))
    fixture.context.fail({
      expected: `error CursorUnknown for a cursor of ${of}, since it acknowledges nothing: ${id} was delivered again`,
      got: `no such error, but: ${messagesOf(socket, 'error', from)
        .map(({ text = '' }) => text)
        .join('; ')}`,
    });
}

export const otherFeedCursorScenarios: readonly Case[] = [...connecting, ...acknowledging];
