// Scenarios of the history over HTTP: order, completeness, isolation, filters.
import { CaseSkipped } from '../../../checks/failure.ts';
import type { Case } from '../../case.ts';
import { expectStatus, list, listAll, publish, type Query, remove, subscribe, update } from '../../kit/client-calls.ts';
import { everything, expectListed, publishSome, startOf } from '../../kit/list-assertions.ts';
import type { Posted } from '../../kit/posting.ts';
import { premise } from '../../kit/premise.ts';
import { clientScenario } from '../../kit/scenario.ts';

export const clientHistoryScenarios: readonly Case[] = [
  clientScenario({
    requirement: 'history-lists',
    name: 'order',
    title: 'lists notifications in feed order, in which a change moves a notification to the end',
    async run(context) {
      const device = await subscribe(context);
      const own = await publishSome(context, device, 5);
      expectListed(context, { pages: await listAll(context, device), own, expected: own, description: 'the history' });
      const [first, second] = [premise(own[0], 'a first notification'), premise(own[1], 'a second notification')];
      await update(context, { ...device, id: second.id }, { readState: 'Read' });
      await update(context, { ...device, id: first.id }, { userActionState: 'Activated' });
      const expected = [...own.slice(2), second, first];
      expectListed(context, {
        pages: await listAll(context, device),
        own,
        expected,
        description: 'the history after number 2 and then 1 were changed',
      });
    },
  }),
  clientScenario({
    requirement: 'history-complete',
    name: 'targets',
    title: 'has every notification in the history of every device, whatever its targetPolicy, its payload, and the age of the subscription',
    async run(context) {
      const platforms = ['Windows', 'iOS', 'Android', 'WebPush'] as const;
      const devices = await Promise.all(platforms.map((platform) => subscribe(context, { platform })));
      const first = premise(devices[0], 'a subscribed device');
      const own: Posted[] = [];
      for (const platform of platforms) own.push(await publish(context, first, { targetPolicy: { platformTypes: [platform] } }));
      own.push(await publish(context, first, { payload: { visualContent: { title: 'Visual only' } } }));
      for (const device of [...devices, await subscribe(context, { platform: 'WebPush' })])
        expectListed(context, {
          pages: await listAll(context, device),
          own,
          expected: own,
          description: `the history of a ${device.platform} device`,
        });
    },
  }),
  clientScenario({
    requirement: 'history-isolated',
    name: 'applications',
    title: "keeps the user's notifications of another application out of the history",
    async run(context) {
      const device = await subscribe(context);
      if (context.given.isApplicationGiven)
        throw new CaseSkipped('needs a second application, but --application restricts the target to one');
      const other = await subscribe(context, { application: `${context.name('second')}.example` });
      const [mine, foreign] = [await publish(context, device), await publish(context, other)];
      const own = [mine, foreign];
      expectListed(context, {
        pages: await listAll(context, device),
        own,
        expected: [mine],
        description: 'the history of the first application',
      });
      expectListed(context, { pages: await listAll(context, other), own, expected: [foreign], description: 'the history of the second' });
      for (const [caller, id] of [
        [device, foreign.id],
        [other, mine.id],
      ] as const)
        expectStatus(
          context,
          await update(context, { ...caller, id }, { readState: 'Read' }),
          404,
          "the notification of the user's other application",
        );
    },
  }),
  clientScenario({
    requirement: 'history-filters',
    name: 'each',
    title: 'filters by status, read state, action state and combinations of them, with and without since',
    async run(context) {
      const device = await subscribe(context);
      const start = startOf(await list(context, device));
      const own = await publishSome(context, device, 7);
      const states = [
        {},
        { readState: 'Read' },
        { userActionState: 'Activated' },
        { userActionState: 'Dismissed' },
        { readState: 'Read', userActionState: 'Dismissed' },
        { readState: 'Read', userActionState: 'Snoozed' },
      ];
      for (const [index, state] of states.entries()) {
        const { id } = premise(own[index], 'a notification for each state');
        if (Object.keys(state).length > 0) await update(context, { ...device, id }, state);
      }
      await remove(context, device, premise(own[6], 'a seventh notification').id);
      const pick = (...numbers: readonly number[]) => numbers.map((number) => premise(own[number - 1], `notification ${number}`));
      const filters: readonly (readonly [Query, readonly Posted[]])[] = [
        [{ status: 'Active' }, pick(1, 2, 3, 4, 5, 6)],
        [{ status: 'Deleted' }, pick(7)],
        [{ status: 'Any' }, pick(1, 2, 3, 4, 5, 6, 7)],
        [{ status: 'Active', readState: 'Read' }, pick(2, 5, 6)],
        [{ status: 'Active', readState: 'Unread' }, pick(1, 3, 4)],
        [{ status: 'Active', userActionState: 'NoInteraction' }, pick(1, 2)],
        [{ status: 'Active', userActionState: 'Activated' }, pick(3)],
        [{ status: 'Active', userActionState: 'Dismissed' }, pick(4, 5)],
        [{ status: 'Active', userActionState: 'Snoozed' }, pick(6)],
        [{ status: 'Active', readState: 'Read', userActionState: 'Dismissed' }, pick(5)],
        [{ status: 'Active', readState: 'Unread', userActionState: 'Snoozed' }, []],
      ];
      for (const [filter, matching] of filters)
        for (const since of [{}, { since: start }]) {
          // Number 1 was never changed, so it stays first.
          const pages = await listAll(context, device, { ...everything, ...filter, ...since });
          expectListed(context, {
            pages,
            own,
            expected: matching,
            description: `${JSON.stringify(filter)}${'since' in since ? ' with since' : ''}`,
          });
        }
      const byDefault = await listAll(context, device, { readState: 'Read' });
      expectListed(context, { pages: byDefault, own, expected: pick(2, 5, 6), description: 'readState=Read, status by default' });
    },
  }),
];
