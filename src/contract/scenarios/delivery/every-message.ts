// Scenarios that bring about every kind of message; what each must look like, the checks on all messages judge (socket-schema).
import type { Case } from '../../case.ts';
import { arrives, passMarker, postAndReceive, toastArrives } from '../../kit/assertions.ts';
import { everyPlatform } from '../../kit/devices.ts';
import { lazy, passDelay, withFallback } from '../../kit/fallback.ts';
import { premise } from '../../kit/premise.ts';
import { socketScenario } from '../../kit/scenario.ts';
import { connects, happens, isServed, memberOf, staysOpen } from '../../kit/socket-assertions.ts';

const visualContent = { title: 'Build finished' };
const tooLargeToEmbed = 256 * 1024;

export const everyMessageScenarios: readonly Case[] = [
  socketScenario({
    requirement: 'socket-schema',
    name: 'changes',
    title: 'tells creations, changes and deletions as the document describes them, to every platform, at once and when it was missed',
    async play(stage) {
      const { devices } = stage.context;
      const listeners = await Promise.all(everyPlatform.map((platform) => stage.join(platform)));
      const first = premise(listeners[0], 'a connected device');
      const away = await stage.join('iOS');
      const changed = await postAndReceive(stage, away, { groupName: 'builds', appNotificationId: stage.context.name('id') });
      const deleted = await postAndReceive(stage, away, { payload: { visualContent, rawContent: 'both' } });
      await away.close();
      await stage.post(first.device, { payload: { visualContent } });
      await devices.update(first.device, changed.id, { readState: 'Read', userActionState: 'Snoozed' });
      await devices.remove(first.device, deleted.id);
      await passMarker(stage, ...listeners);
      const back = await stage.listen(away.device, { cursor: deleted.cursor });
      await arrives(stage, back, { id: deleted.id, says: 'the deletion that was missed', where: ({ status }) => status === 'Deleted' });
      await passMarker(stage, back);
    },
  }),
  socketScenario({
    requirement: 'socket-schema',
    name: 'signal-and-error',
    title: 'tells signals and errors as the document describes them',
    async play(stage) {
      const device = await stage.subscribe('Windows');
      const socket = await connects(stage, device);
      const { id } = await stage.post(device, { payload: { rawContent: 'x'.repeat(tooLargeToEmbed) } });
      await isServed(stage, socket, id, { says: 'a signal for a notification of more than 256 KiB' });
      for (const send of [() => socket.send('invalid'), () => socket.acknowledge(stage.context.name('nowhere'))]) {
        const from = socket.events.all.length;
        send();
        await happens(stage, socket, {
          kind: 'message',
          from,
          where: ({ json }) => memberOf(json, 'type') === 'error',
          says: 'an answer of type error',
        });
      }
      await staysOpen(stage, socket, device, 'after invalid messages');
    },
  }),
  socketScenario({
    requirement: 'socket-schema',
    name: 'toast',
    title: 'tells toasts as the document describes them',
    needs: ['clock'],
    async play(stage) {
      const phone = await lazy(stage);
      const { id } = await stage.post(phone.device, withFallback());
      await passDelay(stage);
      await toastArrives(stage, phone, { id });
    },
  }),
];
