// Scenarios that cause every kind of message; the checks on all messages validate them (socket-schema).
import { memberOf } from '../../../values/json.ts';
import type { Case } from '../../case.ts';
import { expectNotification, expectToast, flushWithSentinel, postAndReceive } from '../../kit/assertions.ts';
import { everyPlatform } from '../../kit/devices.ts';
import { connectWithoutFetching, passDelay, withFallback } from '../../kit/fallback.ts';
import { premise } from '../../kit/premise.ts';
import { socketScenario } from '../../kit/scenario.ts';
import { connectSocket, expectStillOpen, waitForEvent, waitForNotification } from '../../kit/socket-assertions.ts';

const visualContent = { title: 'Build finished' };
const tooLargeToEmbed = 256 * 1024;

export const everyMessageScenarios: readonly Case[] = [
  socketScenario({
    requirement: 'socket-schema',
    name: 'changes',
    title: 'sends creations, changes and deletions as the document describes them, on every platform, immediately and when missed',
    async run(fixture) {
      const { devices } = fixture.context;
      const recorders = await Promise.all(everyPlatform.map((platform) => fixture.subscribeAndConnect(platform)));
      const first = premise(recorders[0], 'a connected device');
      const away = await fixture.subscribeAndConnect('iOS');
      const changed = await postAndReceive(fixture, away, { groupName: 'builds', appNotificationId: fixture.context.name('id') });
      const deleted = await postAndReceive(fixture, away, { payload: { visualContent, rawContent: 'both' } });
      await away.close();
      await fixture.post(first.device, { payload: { visualContent } });
      await devices.update(first.device, changed.id, { readState: 'Read', userActionState: 'Snoozed' });
      await devices.remove(first.device, deleted.id);
      await flushWithSentinel(fixture, ...recorders);
      const back = await fixture.connect(away.device, { cursor: deleted.cursor });
      await expectNotification(fixture, back, {
        id: deleted.id,
        description: 'the missed deletion',
        where: ({ status }) => status === 'Deleted',
      });
      await flushWithSentinel(fixture, back);
    },
  }),
  socketScenario({
    requirement: 'socket-schema',
    name: 'signal-and-error',
    title: 'sends signals and errors as the document describes them',
    async run(fixture) {
      const device = await fixture.subscribe('Windows');
      const socket = await connectSocket(fixture, device);
      const { id } = await fixture.post(device, { payload: { rawContent: 'x'.repeat(tooLargeToEmbed) } });
      await waitForNotification(fixture, socket, id, { description: 'a signal for a notification of more than 256 KiB' });
      for (const send of [() => socket.send('invalid'), () => socket.acknowledge(fixture.context.name('nowhere'))]) {
        const from = socket.events.all.length;
        send();
        await waitForEvent(fixture, socket, {
          kind: 'message',
          from,
          where: ({ json }) => memberOf(json, 'type') === 'error',
          description: 'an error message',
        });
      }
      await expectStillOpen(fixture, socket, device, 'after invalid messages');
    },
  }),
  socketScenario({
    requirement: 'socket-schema',
    name: 'toast',
    title: 'sends toasts as the document describes them',
    needs: ['clock'],
    async run(fixture) {
      const phone = await connectWithoutFetching(fixture);
      const { id } = await fixture.post(phone.device, withFallback());
      await passDelay(fixture);
      await expectToast(fixture, phone, { id });
    },
  }),
];
