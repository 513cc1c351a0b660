// Scenarios that bring about every kind of message; what each must look like, the checks on all messages judge (socket-schema).
import type { Case } from '../../case.ts';
import { expectNotification, expectToast, flushWithSentinel, postAndReceive } from '../../kit/assertions.ts';
import { everyPlatform } from '../../kit/devices.ts';
import { connectWithoutFetching, passDelay, withFallback } from '../../kit/fallback.ts';
import { premise } from '../../kit/premise.ts';
import { socketScenario } from '../../kit/scenario.ts';
import { connectSocket, expectStillOpen, memberOf, waitForEvent, waitForNotification } from '../../kit/socket-assertions.ts';

const visualContent = { title: 'Build finished' };
const tooLargeToEmbed = 256 * 1024;

export const everyMessageScenarios: readonly Case[] = [
  socketScenario({
    requirement: 'socket-schema',
    name: 'changes',
    title: 'tells creations, changes and deletions as the document describes them, to every platform, at once and when it was missed',
    async run(stage) {
      const { devices } = stage.context;
      const listeners = await Promise.all(everyPlatform.map((platform) => stage.subscribeAndConnect(platform)));
      const first = premise(listeners[0], 'a connected device');
      const away = await stage.subscribeAndConnect('iOS');
      const changed = await postAndReceive(stage, away, { groupName: 'builds', appNotificationId: stage.context.name('id') });
      const deleted = await postAndReceive(stage, away, { payload: { visualContent, rawContent: 'both' } });
      await away.close();
      await stage.post(first.device, { payload: { visualContent } });
      await devices.update(first.device, changed.id, { readState: 'Read', userActionState: 'Snoozed' });
      await devices.remove(first.device, deleted.id);
      await flushWithSentinel(stage, ...listeners);
      const back = await stage.connect(away.device, { cursor: deleted.cursor });
      await expectNotification(stage, back, {
        id: deleted.id,
        description: 'the deletion that was missed',
        where: ({ status }) => status === 'Deleted',
      });
      await flushWithSentinel(stage, back);
    },
  }),
  socketScenario({
    requirement: 'socket-schema',
    name: 'signal-and-error',
    title: 'tells signals and errors as the document describes them',
    async run(stage) {
      const device = await stage.subscribe('Windows');
      const socket = await connectSocket(stage, device);
      const { id } = await stage.post(device, { payload: { rawContent: 'x'.repeat(tooLargeToEmbed) } });
      await waitForNotification(stage, socket, id, { description: 'a signal for a notification of more than 256 KiB' });
      for (const send of [() => socket.send('invalid'), () => socket.acknowledge(stage.context.name('nowhere'))]) {
        const from = socket.events.all.length;
        send();
        await waitForEvent(stage, socket, {
          kind: 'message',
          from,
          where: ({ json }) => memberOf(json, 'type') === 'error',
          description: 'an answer of type error',
        });
      }
      await expectStillOpen(stage, socket, device, 'after invalid messages');
    },
  }),
  socketScenario({
    requirement: 'socket-schema',
    name: 'toast',
    title: 'tells toasts as the document describes them',
    needs: ['clock'],
    async run(stage) {
      const phone = await connectWithoutFetching(stage);
      const { id } = await stage.post(phone.device, withFallback());
      await passDelay(stage);
      await expectToast(stage, phone, { id });
    },
  }),
];
