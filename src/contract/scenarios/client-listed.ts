// Scenarios of what a list must not hold: what was deleted, when nobody asks for it; what another application or feed has.
import type { Case, CaseContext } from '../case.ts';
import { CaseSkipped } from '../failure.ts';
import { everything, mustList, publishSome, startOf } from './client-lists.ts';
import { list, listAll, ownIds, publish, type Query, remove, type Subscribed, subscribe, told, tryList, update } from './client-stage.ts';
import type { Posted } from './posting.ts';
import { clientScenario } from './scenario.ts';

/** Ways of asking for a history that name no status. */
const withoutStatus: readonly Query[] = [{}, { $top: '1' }, { $top: '1000' }, { readState: 'Read' }, { userActionState: 'Dismissed' }];

interface OtherFeed {
  readonly name: string;
  readonly of: string;
  readonly needs: Case['needs'];
  subscribe(context: CaseContext): Promise<Subscribed>;
}

const otherFeeds: readonly OtherFeed[] = [
  {
    name: 'application',
    of: "the user's other application",
    needs: [],
    subscribe: async (context) => {
      if (context.given.isApplicationGiven) throw new CaseSkipped('needs a second application, and the application was given');
      return subscribe(context, { application: `${context.name('second')}.example` });
    },
  },
  {
    name: 'user',
    of: 'another user',
    needs: ['otherUser'],
    subscribe: (context) => subscribe(context, { user: 'otherUser' }),
  },
];

async function afterDeleting(context: CaseContext): Promise<{ device: Subscribed; own: readonly Posted[]; stays: readonly Posted[] }> {
  const device = await subscribe(context);
  const own = await publishSome(context, device, 4);
  // All of them fit every filter; every second one is deleted.
  for (const { id } of own) await update(context, { ...device, id }, { readState: 'Read', userActionState: 'Dismissed' });
  const stays = own.filter((_one, index) => index % 2 === 0);
  for (const { id } of own.filter((one) => !stays.includes(one))) await remove(context, device, id);
  return { device, own, stays };
}

export const clientListedScenarios: readonly Case[] = [
  ...(
    [
      ['delete-removes', 'lists nothing that was deleted when nobody asks for it, whatever was done to it before'],
      ['history-filters', 'lists active notifications when no status is asked for, whatever else is'],
    ] as const
  ).map(([requirement, title]) =>
    clientScenario({
      requirement,
      name: 'by-default',
      title,
      async play(context) {
        const { device, own, stays } = await afterDeleting(context);
        for (const query of withoutStatus) {
          const pages = await listAll(context, device, query);
          mustList(context, { pages, own, expected: stays, says: `the history with ${JSON.stringify(query)}` });
        }
      },
    }),
  ),
  ...otherFeeds.map(({ name, of, needs, subscribe: subscribeOther }) =>
    clientScenario({
      requirement: 'history-isolated',
      name: `in-any-order-${name}`,
      title: `keeps the notifications of ${of} out of every page, whoever subscribed, posted and asked first`,
      needs,
      async play(context) {
        const other = await subscribeOther(context);
        const earlier = await publishSome(context, other, 2);
        const device = await subscribe(context);
        const start = startOf(await list(context, device));
        const mine = [await publish(context, device), await publish(context, device)];
        const foreign = [...earlier, await publish(context, other)];
        const own = [...mine, ...foreign];
        const queries: readonly Query[] = [{}, { $top: '1' }, { status: 'Any' }, { readState: 'Unread' }, { since: start }];
        for (const query of queries) {
          const says = `the history with ${JSON.stringify(query)}`;
          mustList(context, { pages: await listAll(context, device, query), own, expected: mine, says });
        }
        const theirs = await listAll(context, other, everything);
        mustList(context, { pages: theirs, own, expected: foreign, says: `the history of ${of}` });
      },
    }),
  ),
  ...otherFeeds.map(({ name, of, needs, subscribe: subscribeOther }) =>
    clientScenario({
      requirement: 'history-unknown-cursor',
      name: `of-other-${name}`,
      title: `answers 410 for a cursor of ${of}, or what changed after the moment that it stands for`,
      needs,
      async play(context) {
        // Cursors are opaque: one that counts changes may have a place in this feed too, but none before what it has not seen.
        if (context.given.isApplicationGiven) throw new CaseSkipped('needs feeds that nobody else posts to, and the application was given');
        const [device, other] = [await subscribe(context), await subscribeOther(context)];
        const before = await publish(context, device);
        await publishSome(context, other, 3);
        const cursors = [
          startOf(await list(context, other)),
          (await list(context, other, { since: startOf(await list(context, other)) })).cursor,
        ];
        for (const since of cursors) {
          const exchange = await tryList(context, device, { since, ...everything });
          if (exchange.answer.status === 410) continue;
          if (exchange.answer.status !== 200) return context.fail({ expected: `410 for a cursor of ${of}`, got: told(exchange), exchange });
          const shown = ownIds([await list(context, device, { since, ...everything })], [before]);
          if (shown.length > 0) context.fail({ expected: `410 for a cursor of ${of}, not the history`, got: told(exchange), exchange });
        }
      },
    }),
  ),
];
