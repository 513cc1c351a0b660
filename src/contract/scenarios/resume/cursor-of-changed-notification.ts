// Scenarios of places whose notification has moved on: what lies between them and its present place is delivered all the same (R2).
import type { Case } from '../../case.ts';
import { acknowledgeAndVerify } from '../../kit/acknowledge.ts';
import { type Expected, expectNotification, postAndReceive, reconnect } from '../../kit/assertions.ts';
import type { DeviceRecorder } from '../../kit/device-recorder.ts';
import type { DeviceFixture } from '../../kit/devices.ts';
import { deviceScenario } from '../../kit/scenario.ts';
import type { AdapterDevice, AdapterNotification } from '../../target/adapter.ts';

interface Scene {
  readonly stage: DeviceFixture;
  /** The notification that the place is named after. */
  readonly id: string;
  readonly appNotificationId: string;
  /** Served from that place; away now. */
  readonly device: AdapterDevice;
  readonly other: AdapterDevice;
}

/** How a notification gets another place in the feed. */
interface Way {
  readonly name: string;
  readonly says: string;
  /** What the device has to be told of it; undefined: nothing in particular. */
  move(scene: Scene): Promise<Expected | undefined>;
}

const isRead = ({ readState }: AdapterNotification) => readState === 'Read';
const isDeleted = ({ status }: AdapterNotification) => status === 'Deleted';

const ways: readonly Way[] = [
  {
    name: 'changed',
    says: 'another device has changed',
    async move({ stage, id, other }) {
      await stage.context.devices.update(other, id, { readState: 'Read' });
      return { id, description: 'its change', change: 'updated', where: isRead };
    },
  },
  {
    name: 'changed-by-itself',
    says: 'the device itself has changed',
    async move({ stage, id, device }) {
      await stage.context.devices.update(device, id, { userActionState: 'Dismissed' });
      return undefined;
    },
  },
  {
    name: 'deleted',
    says: 'another device has deleted',
    async move({ stage, id, other }) {
      await stage.context.devices.remove(other, id);
      return { id, description: 'its deletion', change: 'deleted', where: isDeleted };
    },
  },
  {
    name: 'posted-again',
    says: 'the app server has posted again',
    async move({ stage, other, appNotificationId }) {
      // Another notification where the target makes a new one (D5 is not required).
      const content = stage.context.name('again');
      const { id } = await stage.post(other, { payload: { rawContent: content }, appNotificationId });
      return { id, description: 'its new content', where: ({ rawContent = content }) => rawContent === content };
    },
  },
];

/** How a device comes to be served from the place of a notification. */
interface Place {
  readonly requirement: string;
  readonly says: string;
  leave(stage: DeviceFixture, listener: DeviceRecorder, last: { readonly id: string; readonly cursor: string }): Promise<void>;
  /** The cursor that it names on its return. */
  readonly named: (cursor: string) => string | undefined;
}

const places: readonly Place[] = [
  {
    requirement: 'redelivery',
    says: 'that it acknowledged last',
    leave: (stage, listener, { id, cursor }) => acknowledgeAndVerify(stage, listener, { ids: [id], cursor }),
    named: () => undefined,
  },
  {
    requirement: 'resume-cursor',
    says: 'whose cursor it names',
    leave: (_stage, listener) => listener.close(),
    named: (cursor) => cursor,
  },
];

const played = ({ requirement, says, leave, named }: Place, way: Way): Case =>
  deviceScenario({
    requirement,
    name: `after-one-${way.name}`,
    title: `serves a device from the place that a notification had ${says}, though ${way.says} it since`,
    async run(stage) {
      const [other, listener] = [await stage.subscribe('Windows'), await stage.subscribeAndConnect('Android')];
      const appNotificationId = stage.context.name('own-id');
      const { id, cursor } = await postAndReceive(stage, listener, { appNotificationId });
      await leave(stage, listener, { id, cursor });
      const missed = [await stage.post(other), await stage.post(other)];
      const expected = await way.move({ stage, id, appNotificationId, device: listener.device, other });
      missed.push(await stage.post(other));
      const from = named(cursor);
      const back = await reconnect(stage, listener.device, from === undefined ? {} : { cursor: from });
      for (const one of missed)
        await expectNotification(stage, back, { id: one.id, description: 'a notification that it missed', change: 'created' });
      if (expected) await expectNotification(stage, back, expected);
    },
  });

export const movedPlaceScenarios: readonly Case[] = places.flatMap((place) => ways.map((way) => played(place, way)));
