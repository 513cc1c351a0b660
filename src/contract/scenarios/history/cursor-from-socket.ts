// Scenarios of cursors from the socket: the list of notifications accepts them too (F24).
import { CaseSkipped } from '../../../checks/failure.ts';
import type { Case } from '../../case.ts';
import { expectAccepted, expectNotification, flushWithSentinel } from '../../kit/assertions.ts';
import { deviceScenario } from '../../kit/scenario.ts';

export const socketCursorScenarios: readonly Case[] = [
  deviceScenario({
    requirement: 'history-since',
    name: 'of-the-socket',
    title: 'returns what changed after a cursor of connected or of another message',
    async run(fixture) {
      const { context } = fixture;
      const recorder = await fixture.subscribeAndConnect('Windows');
      const start = recorder.connected.cursor;
      if (start === undefined) throw new CaseSkipped('the devices of this target receive no cursor when they connect');
      const [first, second] = [await fixture.post(recorder.device), await fixture.post(recorder.device)];
      const { cursor } = await expectNotification(fixture, recorder, {
        id: first.id,
        description: 'the notification',
        requirement: 'fan-out',
      });
      const after = await fixture.post(recorder.device);
      await flushWithSentinel(fixture, recorder);
      // After a signal the device has fetched, and its cursor covers all changes up to then.
      const isFetched = recorder.received.all.some(({ kind }) => kind === 'signal');
      for (const [since, expected] of [
        [start, [first, second, after]],
        [cursor, isFetched ? [after] : [second, after]],
      ] as const) {
        const { notifications } = await expectAccepted(fixture, `what changed after ${since}, a cursor that the device received`, () =>
          context.devices.changes(recorder.device, since),
        );
        const own = [first, second, after].filter(({ id }) => notifications.some((one) => one.id === id));
        const missing = expected.filter((one) => !own.includes(one));
        const [got, wanted] = [own, expected].map((ones) => ones.map(({ id }) => id).join(', ') || 'nothing');
        if (missing.length > 0 || (!isFetched && own.length !== expected.length))
          context.fail({ expected: `${wanted} after ${since}`, got: got ?? '' });
      }
    },
  }),
];
