// Scenarios of the content of a changed notification at devices: it is still as posted (F25).
import type { Case } from '../../case.ts';
import { expectNotification, reconnect } from '../../kit/assertions.ts';
import { type Content, expectContent } from '../../kit/content-assertions.ts';
import { deviceScenario } from '../../kit/scenario.ts';

interface Kind {
  readonly name: string;
  readonly payload: Content;
  readonly more: object;
}

const visualContent = { title: 'Build 42', body: 'is green' };
const kinds: readonly Kind[] = [
  { name: 'raw', payload: { rawContent: '{"build":42}' }, more: { groupName: 'builds', priority: 'Low' } },
  { name: 'visual', payload: { visualContent }, more: { groupName: 'builds' } },
  { name: 'both', payload: { rawContent: '{"build":42}', visualContent }, more: { priority: 'High' } },
];
const changes = [{ readState: 'Read' }, { userActionState: 'Snoozed' }, { readState: 'Unread', userActionState: 'Dismissed' }] as const;

export const changedContentScenarios: readonly Case[] = kinds.map(({ name, payload, more }) =>
  deviceScenario({
    requirement: 'fan-out-content',
    name: `${name}-after-changes`,
    title: `delivers ${name === 'both' ? 'both contents' : `${name} content`} as posted with every change of state, also when missed`,
    async run(fixture) {
      const { context } = fixture;
      const [origin, other, away] = await Promise.all([
        fixture.subscribeAndConnect('Windows'),
        fixture.subscribeAndConnect('iOS'),
        fixture.subscribeAndConnect('Android'),
      ]);
      const sent = { ...more, appNotificationId: context.name('own-id') };
      const { id } = await fixture.post(origin.device, { payload, ...sent });
      await expectNotification(fixture, away, { id, description: 'the notification', requirement: 'fan-out' });
      await away.close();
      for (const change of changes) {
        const from = other.received.all.length;
        await context.devices.update(origin.device, id, change);
        const { notification } = await expectNotification(fixture, other, {
          id,
          description: `the change to ${JSON.stringify(change)}`,
          where: (one) => Object.entries(change).every(([member, value]) => Reflect.get(one, member) === value),
          from,
          requirement: 'change-to-others',
        });
        expectContent(context, other.who, notification, { ...payload, ...sent });
      }
      const back = await reconnect(fixture, away.device);
      const { notification } = await expectNotification(fixture, back, {
        id,
        description: 'the missed changes',
        where: ({ userActionState }) => userActionState === 'Dismissed',
        requirement: 'missed-latest',
      });
      expectContent(context, back.who, notification, { ...payload, ...sent });
    },
  }),
);
