// Scenarios of a second connection of the same UNSID: it replaces the first, which may be slow to go (R5).
import { closeCodes } from '../../../documents/close-codes.gen.ts';
import type { Case } from '../../case.ts';
import { socketScenario } from '../../kit/scenario.ts';
import { connectSocket, expectClosedWith, expectStillOpen, waitForEvent, waitForNotification } from '../../kit/socket-assertions.ts';

export const replacementScenarios: readonly Case[] = [
  socketScenario({
    requirement: 'replaced',
    name: 'second',
    title: 'closes the first connection with 4409 when the UNSID connects again',
    async run(stage) {
      const device = await stage.subscribe('Windows');
      const first = await connectSocket(stage, device);
      await connectSocket(stage, device);
      await expectClosedWith(stage, first, closeCodes.replaced.code, {
        description: 'the first connection to be closed when the UNSID connects again',
      });
    },
  }),
  socketScenario({
    requirement: 'replaced',
    name: 'chain',
    title: 'leaves one of many connections that follow each other quickly',
    async run(stage) {
      const device = await stage.subscribe('iOS');
      const sockets = await Promise.all(Array.from({ length: 5 }, () => stage.openSocket(device)));
      // Only what is open for sure comes before the last.
      for (const socket of sockets) await waitForEvent(stage, socket, { kind: 'open', description: 'every handshake to be accepted' });
      const last = await connectSocket(stage, device);
      for (const socket of sockets)
        await expectClosedWith(stage, socket, closeCodes.replaced.code, { description: 'every connection but the last to be closed' });
      await expectStillOpen(stage, last, device, 'after it has replaced others');
    },
  }),
  socketScenario({
    requirement: 'replaced',
    name: 'others-stay',
    title: "leaves the user's other devices connected, also one of the same platform",
    async run(stage) {
      const [device, other] = [await stage.subscribe('Android'), await stage.subscribe('Android')];
      const [first, stays] = [await connectSocket(stage, device), await connectSocket(stage, other)];
      await connectSocket(stage, device);
      await waitForEvent(stage, first, { kind: 'closed', description: 'the first connection to be closed' });
      await expectStillOpen(stage, stays, other, 'after another device was replaced');
    },
  }),
  socketScenario({
    requirement: 'replaced-keeps-second',
    name: 'closed',
    title: 'goes on serving the second connection after the first has closed',
    async run(stage) {
      const device = await stage.subscribe('Windows');
      const first = await connectSocket(stage, device);
      const second = await connectSocket(stage, device);
      await waitForEvent(stage, first, { kind: 'closed', description: 'the first connection to be closed' });
      for (let round = 0; round < 3; round += 1) await expectStillOpen(stage, second, device, 'after the first connection has closed');
    },
  }),
  socketScenario({
    requirement: 'replaced-keeps-second',
    name: 'late-close',
    title: 'goes on serving the second connection when the first is slow to close',
    async run(stage) {
      const device = await stage.subscribe('iOS');
      const first = await connectSocket(stage, device);
      // It reads nothing, so that it does not answer the close.
      first.pause();
      const second = await connectSocket(stage, device);
      await expectStillOpen(stage, second, device, 'while the first connection is still closing');
      first.resume();
      await waitForEvent(stage, first, { kind: 'closed', description: 'the first connection to be closed' });
      for (let round = 0; round < 3; round += 1) await expectStillOpen(stage, second, device, 'after the late close of the first');
    },
  }),
  socketScenario({
    requirement: 'replaced-keeps-second',
    name: 'cut-late',
    title: 'goes on serving the second connection when the line of the first is cut after the replacement',
    async run(stage) {
      const device = await stage.subscribe('Android');
      const first = await connectSocket(stage, device);
      first.pause();
      const second = await connectSocket(stage, device);
      first.cut();
      for (let round = 0; round < 3; round += 1) await expectStillOpen(stage, second, device, 'after the line of the first was cut');
    },
  }),
  socketScenario({
    requirement: 'replaced-keeps-second',
    name: 'unacknowledged',
    title: 'delivers to the second connection what the first has not acknowledged',
    async run(stage) {
      const device = await stage.subscribe('Windows');
      const first = await connectSocket(stage, device);
      const { id } = await stage.post(device);
      await waitForNotification(stage, first, id, { description: 'the notification at the first connection' });
      const second = await connectSocket(stage, device);
      await waitForNotification(stage, second, id, {
        description: 'the notification, which was not acknowledged, at the second connection',
      });
    },
  }),
];
