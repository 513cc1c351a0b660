// Scenarios of an acknowledgement that is the last message of its connection: it counts if it arrives before the end (R2).
import { memberOf } from '../../../values/json.ts';
import type { Case } from '../../case.ts';
import { socketScenario } from '../../kit/scenario.ts';
import { connectSocket, expectStillOpen, messagesOf, textOf, waitForNotification } from '../../kit/socket-assertions.ts';

/** Repeated, since a race between two handlers of the target shows only sometimes. */
const rounds = 8;

const endings = [
  { how: 'close', description: 'a close frame in the same packet' },
  { how: 'end', description: 'the end of the TCP connection (FIN) in the same packet, without a close frame' },
] as const;

export const acknowledgedAtCloseScenarios: readonly Case[] = endings.map(({ how, description }) =>
  socketScenario({
    requirement: 'acknowledged-at-close',
    name: how,
    title: `counts an acknowledgement that is followed at once by ${description}`,
    async run(fixture) {
      const { context } = fixture;
      const device = await fixture.subscribe('Windows');
      let socket = await connectSocket(fixture, device);
      for (let round = 1; round <= rounds; round += 1) {
        const from = socket.events.all.length;
        const { id } = await fixture.post(device);
        const served = await waitForNotification(fixture, socket, id, { from, description: 'the notification' });
        context.note(fixture.nameOf(device), `acknowledges ${textOf(served, 'cursor')} and ends the connection at once`);
        socket.acknowledgeLast(textOf(served, 'cursor'), how);
        await socket.events.find(({ kind }) => kind === 'closed', { limitMs: context.arrivalTimeoutMs, signal: context.signal });
        socket = await connectSocket(fixture, device);
        await expectStillOpen(fixture, socket, device, 'when the device reconnects');
        const again = messagesOf(socket, 'notification').some(({ json }) => memberOf(json, 'notification', 'id') === id);
        if (again)
          context.fail({
            expected: `no redelivery of ${id}, which was acknowledged in the last message before ${description}`,
            got: `it was redelivered in round ${round} of ${rounds}`,
          });
      }
    },
  }),
);
