// Scenarios of a second connection of the same UNSID: it replaces the first, which may be slow to close (R5).
import { closeCodes } from '../../../documents/close-codes.gen.ts';
import type { Case } from '../../case.ts';
import { socketScenario } from '../../kit/scenario.ts';
import { connectSocket, expectClosedWith, expectStillOpen, waitForEvent, waitForNotification } from '../../kit/socket-assertions.ts';

export const replacementScenarios: readonly Case[] = [
  socketScenario({
    requirement: 'replaced',
    name: 'second',
    title: 'closes the first connection with 4409 when the UNSID connects again',
    async run(fixture) {
      const device = await fixture.subscribe('Windows');
      const first = await connectSocket(fixture, device);
      await connectSocket(fixture, device);
      await expectClosedWith(fixture, first, closeCodes.replaced.code, {
        description: 'the first connection to be closed when the UNSID connects again',
      });
    },
  }),
  socketScenario({
    requirement: 'replaced',
    name: 'chain',
    title: 'keeps only the last of many connections in quick succession',
    async run(fixture) {
      const device = await fixture.subscribe('iOS');
      const sockets = await Promise.all(Array.from({ length: 5 }, () => fixture.openSocket(device)));
      // Connections count as earlier than the last only once they are open.
      for (const socket of sockets) await waitForEvent(fixture, socket, { kind: 'open', description: 'every handshake to be accepted' });
      const last = await connectSocket(fixture, device);
      for (const socket of sockets)
        await expectClosedWith(fixture, socket, closeCodes.replaced.code, { description: 'every connection but the last to be closed' });
      await expectStillOpen(fixture, last, device, 'after it has replaced others');
    },
  }),
  socketScenario({
    requirement: 'replaced',
    name: 'others-stay',
    title: "keeps the user's other devices connected, also one of the same platform",
    async run(fixture) {
      const [device, other] = [await fixture.subscribe('Android'), await fixture.subscribe('Android')];
      const [first, stays] = [await connectSocket(fixture, device), await connectSocket(fixture, other)];
      await connectSocket(fixture, device);
      await waitForEvent(fixture, first, { kind: 'closed', description: 'the first connection to be closed' });
      await expectStillOpen(fixture, stays, other, 'after another device was replaced');
    },
  }),
  socketScenario({
    requirement: 'replaced-keeps-second',
    name: 'closed',
    title: 'keeps serving the second connection after the first has closed',
    async run(fixture) {
      const device = await fixture.subscribe('Windows');
      const first = await connectSocket(fixture, device);
      const second = await connectSocket(fixture, device);
      await waitForEvent(fixture, first, { kind: 'closed', description: 'the first connection to be closed' });
      for (let round = 0; round < 3; round += 1) await expectStillOpen(fixture, second, device, 'after the first connection has closed');
    },
  }),
  socketScenario({
    requirement: 'replaced-keeps-second',
    name: 'late-close',
    title: 'keeps serving the second connection if the first is slow to close',
    async run(fixture) {
      const device = await fixture.subscribe('iOS');
      const first = await connectSocket(fixture, device);
      // The first connection reads nothing, so it does not answer the close frame.
      first.pause();
      const second = await connectSocket(fixture, device);
      await expectStillOpen(fixture, second, device, 'while the first connection is still closing');
      first.resume();
      await waitForEvent(fixture, first, { kind: 'closed', description: 'the first connection to be closed' });
      for (let round = 0; round < 3; round += 1) await expectStillOpen(fixture, second, device, 'after the late close of the first');
    },
  }),
  socketScenario({
    requirement: 'replaced-keeps-second',
    name: 'cut-late',
    title: 'keeps serving the second connection if the first is cut after the replacement',
    async run(fixture) {
      const device = await fixture.subscribe('Android');
      const first = await connectSocket(fixture, device);
      first.pause();
      const second = await connectSocket(fixture, device);
      first.cut();
      for (let round = 0; round < 3; round += 1) await expectStillOpen(fixture, second, device, 'after the first connection was cut');
    },
  }),
  socketScenario({
    requirement: 'replaced-keeps-second',
    name: 'unacknowledged',
    title: 'delivers to the second connection what was not acknowledged on the first',
    async run(fixture) {
      const device = await fixture.subscribe('Windows');
      const first = await connectSocket(fixture, device);
      const { id } = await fixture.post(device);
      await waitForNotification(fixture, first, id, { description: 'the notification at the first connection' });
      const second = await connectSocket(fixture, device);
      await waitForNotification(fixture, second, id, {
        description: 'the notification, which was not acknowledged, at the second connection',
      });
    },
  }),
];
