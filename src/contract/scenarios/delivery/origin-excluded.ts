// Scenarios of devices that come back after changes of their own: they are not told them, nor a moment later (F27, R4).
import type { Case } from '../../case.ts';
import { goesAcknowledged } from '../../kit/acknowledge.ts';
import { arrives, nothingCame, passMarker, postAndReceive, returns } from '../../kit/assertions.ts';
import type { Listener } from '../../kit/device-recorder.ts';
import type { Stage } from '../../kit/devices.ts';
import { premise } from '../../kit/premise.ts';
import { deviceScenario } from '../../kit/scenario.ts';

/** Each is the first change of a notification. */
const changes = [
  { readState: 'Read' },
  { userActionState: 'Activated' },
  { userActionState: 'Snoozed' },
  { readState: 'Read', userActionState: 'Dismissed' },
] as const;

/** A target may look only when a device is connected at what it owes it; what that is comes before the second marker. */
const lookingMs = 250;

async function settles(stage: Stage, listener: Listener): Promise<void> {
  await passMarker(stage, listener);
  await stage.context.pause(lookingMs);
  await passMarker(stage, listener);
}

const absences = [
  { name: 'connected', says: 'while it was connected', isConnected: true },
  { name: 'not-connected', says: 'while it was not connected', isConnected: false },
];

export const ownChangeScenarios: readonly Case[] = absences.map(({ name, says, isConnected }) =>
  deviceScenario({
    requirement: 'change-not-to-origin',
    name: `returns-after-${name}`,
    title: `tells a device that comes back nothing of the changes and the deletion that it made ${says}`,
    async play(stage) {
      const { devices } = stage.context;
      const [other, listener] = [await stage.join('Windows'), await stage.join('iOS')];
      const ids: string[] = [];
      for (const _change of changes) ids.push((await postAndReceive(stage, listener)).id);
      const deleted = await postAndReceive(stage, listener);
      ids.push(deleted.id);
      await goesAcknowledged(stage, listener, { ids, cursor: deleted.cursor });
      const { device } = listener;
      const online = isConnected ? await returns(stage, device) : undefined;
      for (const [index, change] of changes.entries())
        await devices.update(device, premise(ids[index], 'a notification for each change'), change);
      await devices.remove(device, deleted.id);
      await arrives(stage, other, {
        id: deleted.id,
        says: 'the deletion',
        where: ({ status }) => status === 'Deleted',
        requirement: 'deletion-to-others',
      });
      await online?.close();
      for (const settled of [settles, passMarker]) {
        const back = await returns(stage, device);
        await settled(stage, back);
        for (const id of ids) nothingCame(stage, back, { id, says: 'a change of its own' });
        await back.close({ abruptly: true });
      }
    },
  }),
);
