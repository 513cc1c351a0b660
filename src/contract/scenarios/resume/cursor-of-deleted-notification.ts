// Scenarios of cursors whose notification is gone: they go on naming a place, and so does what was acknowledged with them (R2, R3).
import type { Case } from '../../case.ts';
import { clockToleranceSeconds } from '../../clock-tolerance.ts';
import { acknowledgeAndVerify } from '../../kit/acknowledge.ts';
import { expectNotification, postAndReceive, reconnect } from '../../kit/assertions.ts';
import type { DeviceRecorder } from '../../kit/device-recorder.ts';
import type { DeviceFixture } from '../../kit/devices.ts';
import { instant } from '../../kit/posting.ts';
import { deviceScenario } from '../../kit/scenario.ts';

const shortSeconds = 60;

/** How a notification comes to be gone, and what was posted for that. */
interface Removal {
  readonly name: string;
  readonly description: string;
  readonly needs: Case['needs'];
  more(fixture: DeviceFixture): object;
  remove(fixture: DeviceFixture, other: DeviceRecorder, id: string): Promise<void>;
}

const removals: readonly Removal[] = [
  {
    name: 'deleted',
    description: 'was deleted since',
    needs: [],
    more: () => ({}),
    remove: (fixture, other, id) => fixture.context.devices.remove(other.device, id),
  },
  {
    name: 'expired',
    description: 'has expired since',
    needs: ['clock'],
    more: ({ context }) => ({ expirationDateTime: instant(context, shortSeconds) }),
    remove: ({ context }) => context.clock.pass(shortSeconds + clockToleranceSeconds),
  },
];

/** Known again, and served from there on: what is posted now comes. */
async function expectResumedFrom(fixture: DeviceFixture, back: DeviceRecorder, description: string): Promise<void> {
  if (!back.connected.resumed) fixture.context.fail({ expected: `resumed true at ${back.who} for ${description}`, got: 'resumed false' });
  const { id } = await fixture.post(back.device);
  await expectNotification(fixture, back, { id, description: `a notification posted after it returned to ${description}` });
}

export const deletedNotificationCursorScenarios: readonly Case[] = removals.flatMap(({ name, description, needs, more, remove }) => [
  deviceScenario({
    requirement: 'resumed',
    name: `${name}-named`,
    title: `says resumed true for the cursor of a notification that ${description}, and serves from there`,
    needs,
    async run(fixture) {
      const [recorder, other] = [await fixture.subscribeAndConnect('Windows'), await fixture.subscribeAndConnect('iOS')];
      const gone = await postAndReceive(fixture, recorder, more(fixture));
      const later = await postAndReceive(fixture, recorder);
      await recorder.close();
      await remove(fixture, other, gone.id);
      const back = await reconnect(fixture, recorder.device, { cursor: gone.cursor });
      await expectResumedFrom(fixture, back, `the cursor of a notification that ${description}`);
      await expectNotification(fixture, back, { id: later.id, description: 'the notification after the cursor' });
    },
  }),
  deviceScenario({
    requirement: 'resumed',
    name: `${name}-acknowledged`,
    title: `keeps the place of a device whose last acknowledged notification ${description}`,
    needs,
    async run(fixture) {
      const [recorder, other] = [await fixture.subscribeAndConnect('Android'), await fixture.subscribeAndConnect('Windows')];
      const before = await postAndReceive(fixture, recorder);
      const gone = await postAndReceive(fixture, recorder, more(fixture));
      await acknowledgeAndVerify(fixture, recorder, { ids: [before.id, gone.id], cursor: gone.cursor });
      await remove(fixture, other, gone.id);
      const missed = await fixture.post(other.device);
      const back = await reconnect(fixture, recorder.device);
      await expectResumedFrom(fixture, back, `the place of a notification that ${description}`);
      await expectNotification(fixture, back, { id: missed.id, description: 'the notification that it missed' });
    },
  }),
]);
