// Scenarios of a position whose notification has moved in the feed: changes between the old and the new position are still delivered (R2).
import type { Case } from '../../case.ts';
import { acknowledgeAndVerify } from '../../kit/acknowledge.ts';
import { type Expected, expectNotification, postAndReceive, reconnect } from '../../kit/assertions.ts';
import type { DeviceRecorder } from '../../kit/device-recorder.ts';
import type { DeviceFixture } from '../../kit/devices.ts';
import { deviceScenario } from '../../kit/scenario.ts';
import type { AdapterDevice, AdapterNotification } from '../../target/adapter.ts';

interface Setup {
  readonly fixture: DeviceFixture;
  /** The notification whose position the device resumes from. */
  readonly id: string;
  readonly appNotificationId: string;
  /** Will resume from that position; disconnected now. */
  readonly device: AdapterDevice;
  readonly other: AdapterDevice;
}

/** How a notification moves to another position in the feed. */
interface Move {
  readonly name: string;
  readonly description: string;
  /** Moves it. Returns what the device must receive because of that, if anything. */
  apply(setup: Setup): Promise<Expected | undefined>;
}

const isRead = ({ readState }: AdapterNotification) => readState === 'Read';
const isDeleted = ({ status }: AdapterNotification) => status === 'Deleted';

const moves: readonly Move[] = [
  {
    name: 'changed',
    description: 'another device has changed',
    async apply({ fixture, id, other }) {
      await fixture.context.devices.update(other, id, { readState: 'Read' });
      return { id, description: 'its change', change: 'updated', where: isRead };
    },
  },
  {
    name: 'changed-by-itself',
    description: 'the device itself has changed',
    async apply({ fixture, id, device }) {
      await fixture.context.devices.update(device, id, { userActionState: 'Dismissed' });
      return undefined;
    },
  },
  {
    name: 'deleted',
    description: 'another device has deleted',
    async apply({ fixture, id, other }) {
      await fixture.context.devices.remove(other, id);
      return { id, description: 'its deletion', change: 'deleted', where: isDeleted };
    },
  },
  {
    name: 'posted-again',
    description: 'the app server has posted again',
    async apply({ fixture, other, appNotificationId }) {
      // D5 is not required: a target may make a new notification instead.
      const content = fixture.context.name('again');
      const { id } = await fixture.post(other, { payload: { rawContent: content }, appNotificationId });
      return { id, description: 'its new content', where: ({ rawContent = content }) => rawContent === content };
    },
  },
];

/** How a device comes to resume from the position of a notification. */
interface StartingPoint {
  readonly requirement: string;
  readonly description: string;
  leave(fixture: DeviceFixture, recorder: DeviceRecorder, last: { readonly id: string; readonly cursor: string }): Promise<void>;
  /** The cursor that the device names when it reconnects. */
  readonly named: (cursor: string) => string | undefined;
}

const startingPoints: readonly StartingPoint[] = [
  {
    requirement: 'redelivery',
    description: 'that it acknowledged last',
    leave: (fixture, recorder, { id, cursor }) => acknowledgeAndVerify(fixture, recorder, { ids: [id], cursor }),
    named: () => undefined,
  },
  {
    requirement: 'resume-cursor',
    description: 'whose cursor it names',
    leave: (_fixture, recorder) => recorder.close(),
    named: (cursor) => cursor,
  },
];

const scenarioOf = ({ requirement, description, leave, named }: StartingPoint, move: Move): Case =>
  deviceScenario({
    requirement,
    name: `after-one-${move.name}`,
    title: `resumes from the position of a notification ${description}, although ${move.description} it since`,
    async run(fixture) {
      const [other, recorder] = [await fixture.subscribe('Windows'), await fixture.subscribeAndConnect('Android')];
      const appNotificationId = fixture.context.name('own-id');
      const { id, cursor } = await postAndReceive(fixture, recorder, { appNotificationId });
      await leave(fixture, recorder, { id, cursor });
      const missed = [await fixture.post(other), await fixture.post(other)];
      const expected = await move.apply({ fixture, id, appNotificationId, device: recorder.device, other });
      missed.push(await fixture.post(other));
      const from = named(cursor);
      const back = await reconnect(fixture, recorder.device, from === undefined ? {} : { cursor: from });
      for (const { id } of missed) await expectNotification(fixture, back, { id, description: 'a missed notification', change: 'created' });
      if (expected) await expectNotification(fixture, back, expected);
    },
  });

export const changedNotificationCursorScenarios: readonly Case[] = startingPoints.flatMap((point) =>
  moves.map((move) => scenarioOf(point, move)),
);
