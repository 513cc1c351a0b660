// Scenarios of devices that reconnect after their own changes, which must not be sent to them, neither at once nor later (F27, R4).
import type { Case } from '../../case.ts';
import { acknowledgeAndVerify } from '../../kit/acknowledge.ts';
import { expectNoDelivery, expectNotification, flushWithSentinel, postAndReceive, reconnect } from '../../kit/assertions.ts';
import type { DeviceRecorder } from '../../kit/device-recorder.ts';
import type { DeviceFixture } from '../../kit/devices.ts';
import { premise } from '../../kit/premise.ts';
import { deviceScenario } from '../../kit/scenario.ts';

/** Each is the first change of another notification. */
const changes = [
  { readState: 'Read' },
  { userActionState: 'Activated' },
  { userActionState: 'Snoozed' },
  { readState: 'Read', userActionState: 'Dismissed' },
] as const;

/** A target may send pending changes shortly after connecting; those arrive before the second sentinel. */
const secondFlushMs = 250;

async function flushTwice(fixture: DeviceFixture, recorder: DeviceRecorder): Promise<void> {
  await flushWithSentinel(fixture, recorder);
  await fixture.context.pause(secondFlushMs);
  await flushWithSentinel(fixture, recorder);
}

const absences = [
  { name: 'connected', description: 'while connected', isConnected: true },
  { name: 'not-connected', description: 'while disconnected', isConnected: false },
];

export const originExcludedScenarios: readonly Case[] = absences.map(({ name, description, isConnected }) =>
  deviceScenario({
    requirement: 'change-not-to-origin',
    name: `returns-after-${name}`,
    title: `sends a device that reconnects none of the changes and the deletion that it made ${description}`,
    async run(fixture) {
      const { devices } = fixture.context;
      const [other, recorder] = [await fixture.subscribeAndConnect('Windows'), await fixture.subscribeAndConnect('iOS')];
      const ids: string[] = [];
      for (const _change of changes) ids.push((await postAndReceive(fixture, recorder)).id);
      const deleted = await postAndReceive(fixture, recorder);
      ids.push(deleted.id);
      await acknowledgeAndVerify(fixture, recorder, { ids, cursor: deleted.cursor });
      const { device } = recorder;
      const online = isConnected ? await reconnect(fixture, device) : undefined;
      for (const [index, change] of changes.entries())
        await devices.update(device, premise(ids[index], 'a notification for each change'), change);
      await devices.remove(device, deleted.id);
      await expectNotification(fixture, other, {
        id: deleted.id,
        description: 'the deletion',
        where: ({ status }) => status === 'Deleted',
        requirement: 'deletion-to-others',
      });
      await online?.close();
      for (const flush of [flushTwice, flushWithSentinel]) {
        const back = await reconnect(fixture, device);
        await flush(fixture, back);
        for (const id of ids) expectNoDelivery(fixture, back, { id, description: "the device's own change" });
        await back.close({ abruptly: true });
      }
    },
  }),
);
