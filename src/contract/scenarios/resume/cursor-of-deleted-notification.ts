// Scenarios of cursors whose notification was deleted or has expired: they stay valid, named or acknowledged (R2, R3).
import type { Case } from '../../case.ts';
import { clockToleranceSeconds } from '../../clock-tolerance.ts';
import { acknowledgeAndVerify } from '../../kit/acknowledge.ts';
import { expectNotification, postAndReceive, reconnect } from '../../kit/assertions.ts';
import type { DeviceRecorder } from '../../kit/device-recorder.ts';
import type { DeviceFixture } from '../../kit/devices.ts';
import { instant } from '../../kit/posting.ts';
import { deviceScenario } from '../../kit/scenario.ts';

const shortSeconds = 60;

/** How a notification is removed, and the members that the post needs for it. */
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
    description: 'was deleted',
    needs: [],
    more: () => ({}),
    remove: (fixture, other, id) => fixture.context.devices.remove(other.device, id),
  },
  {
    name: 'expired',
    description: 'has expired',
    needs: ['clock'],
    more: ({ context }) => ({ expirationDateTime: instant(context, shortSeconds) }),
    remove: ({ context }) => context.clock.pass(shortSeconds + clockToleranceSeconds),
  },
];

/** Expects the position to be known, and a notification that is posted now to be delivered. */
async function expectResumedFrom(fixture: DeviceFixture, back: DeviceRecorder, description: string): Promise<void> {
  if (!back.connected.resumed) fixture.context.fail({ expected: `resumed true at ${back.who} for ${description}`, got: 'resumed false' });
  const { id } = await fixture.post(back.device);
  await expectNotification(fixture, back, { id, description: `a notification posted after it resumed from ${description}` });
}

export const deletedNotificationCursorScenarios: readonly Case[] = removals.flatMap(({ name, description, needs, more, remove }) => [
  deviceScenario({
    requirement: 'resumed',
    name: `${name}-named`,
    title: `reports resumed true for the cursor of a notification that ${description}, and resumes there`,
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
    title: `keeps the position of a device whose last acknowledged notification ${description}`,
    needs,
    async run(fixture) {
      const [recorder, other] = [await fixture.subscribeAndConnect('Android'), await fixture.subscribeAndConnect('Windows')];
      const before = await postAndReceive(fixture, recorder);
      const gone = await postAndReceive(fixture, recorder, more(fixture));
      await acknowledgeAndVerify(fixture, recorder, { ids: [before.id, gone.id], cursor: gone.cursor });
      await remove(fixture, other, gone.id);
      const missed = await fixture.post(other.device);
      const back = await reconnect(fixture, recorder.device);
      await expectResumedFrom(fixture, back, `the position of a notification that ${description}`);
      await expectNotification(fixture, back, { id: missed.id, description: 'the missed notification' });
    },
  }),
]);
