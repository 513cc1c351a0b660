// Scenarios of cursors whose notification is gone: they go on naming a place, and so does what was acknowledged with them (R2, R3).
import type { Case } from '../../case.ts';
import { acknowledgeAndVerify } from '../../kit/acknowledge.ts';
import { expectNotification, postAndReceive, reconnect } from '../../kit/assertions.ts';
import type { DeviceRecorder } from '../../kit/device-recorder.ts';
import type { DeviceFixture } from '../../kit/devices.ts';
import { instant } from '../../kit/posting.ts';
import { deviceScenario } from '../../kit/scenario.ts';

const shortSeconds = 60;
const slackSeconds = 5;

/** How a notification comes to be gone, and what was posted for that. */
interface Way {
  readonly name: string;
  readonly says: string;
  readonly needs: Case['needs'];
  more(stage: DeviceFixture): object;
  vanish(stage: DeviceFixture, other: DeviceRecorder, id: string): Promise<void>;
}

const ways: readonly Way[] = [
  {
    name: 'deleted',
    says: 'was deleted since',
    needs: [],
    more: () => ({}),
    vanish: (stage, other, id) => stage.context.devices.remove(other.device, id),
  },
  {
    name: 'expired',
    says: 'has expired since',
    needs: ['clock'],
    more: ({ context }) => ({ expirationDateTime: instant(context, shortSeconds) }),
    vanish: ({ context }) => context.clock.pass(shortSeconds + slackSeconds),
  },
];

/** Known again, and served from there on: what is posted now comes. */
async function goesOn(stage: DeviceFixture, back: DeviceRecorder, says: string): Promise<void> {
  if (!back.connected.resumed) stage.context.fail({ expected: `resumed true at ${back.who} for ${says}`, got: 'resumed false' });
  const { id } = await stage.post(back.device);
  await expectNotification(stage, back, { id, description: `a notification posted after it returned to ${says}` });
}

export const keptCursorScenarios: readonly Case[] = ways.flatMap(({ name, says, needs, more, vanish }) => [
  deviceScenario({
    requirement: 'resumed',
    name: `${name}-named`,
    title: `says resumed true for the cursor of a notification that ${says}, and serves from there`,
    needs,
    async run(stage) {
      const [listener, other] = [await stage.subscribeAndConnect('Windows'), await stage.subscribeAndConnect('iOS')];
      const gone = await postAndReceive(stage, listener, more(stage));
      const later = await postAndReceive(stage, listener);
      await listener.close();
      await vanish(stage, other, gone.id);
      const back = await reconnect(stage, listener.device, { cursor: gone.cursor });
      await goesOn(stage, back, `the cursor of a notification that ${says}`);
      await expectNotification(stage, back, { id: later.id, description: 'the notification after the cursor' });
    },
  }),
  deviceScenario({
    requirement: 'resumed',
    name: `${name}-acknowledged`,
    title: `keeps the place of a device whose last acknowledged notification ${says}`,
    needs,
    async run(stage) {
      const [listener, other] = [await stage.subscribeAndConnect('Android'), await stage.subscribeAndConnect('Windows')];
      const before = await postAndReceive(stage, listener);
      const gone = await postAndReceive(stage, listener, more(stage));
      await acknowledgeAndVerify(stage, listener, { ids: [before.id, gone.id], cursor: gone.cursor });
      await vanish(stage, other, gone.id);
      const missed = await stage.post(other.device);
      const back = await reconnect(stage, listener.device);
      await goesOn(stage, back, `the place of a notification that ${says}`);
      await expectNotification(stage, back, { id: missed.id, description: 'the notification that it missed' });
    },
  }),
]);
