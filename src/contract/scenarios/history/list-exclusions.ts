// Scenarios of what a list must not contain: deleted notifications, unless they are requested; notifications of other feeds.
import { CaseSkipped } from '../../../checks/failure.ts';
import { textMemberOf } from '../../../values/json.ts';
import type { Case, CaseContext } from '../../case.ts';
import {
  expectExists,
  expectMembers,
  expectStatus,
  formatAnswer,
  getNotification,
  list,
  listAll,
  type Page,
  publish,
  type Query,
  remove,
  type Subscribed,
  subscribe,
  tryList,
  update,
} from '../../kit/client-calls.ts';
import { everything, expectListed, publishSome, startOf } from '../../kit/list-assertions.ts';
import type { Posted } from '../../kit/posting.ts';
import { clientScenario } from '../../kit/scenario.ts';

/** Queries of the history without a status. */
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
      if (context.given.isApplicationGiven)
        throw new CaseSkipped('needs a second application, but --application restricts the target to one');
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

interface Deleted {
  readonly devices: readonly Subscribed[];
  readonly own: readonly Posted[];
  readonly stays: readonly Posted[];
}

async function afterDeleting(context: CaseContext): Promise<Deleted> {
  const [device, other] = [await subscribe(context), await subscribe(context, { platform: 'WebPush' })];
  const changed = await publishSome(context, device, 4);
  // The remaining ones match every filter; each device deletes some changed and some unchanged ones.
  for (const { id } of changed) await update(context, { ...device, id }, { readState: 'Read', userActionState: 'Dismissed' });
  const [first, second, third, fourth] = changed;
  const untouched = await publishSome(context, device, 2);
  const gone = [second, fourth, ...untouched].filter((one) => one !== undefined);
  for (const [index, { id }] of gone.entries()) await remove(context, index % 2 === 0 ? device : other, id);
  return { devices: [device, other], own: [...changed, ...untouched], stays: [first, third].filter((one) => one !== undefined) };
}

/** Expects only notifications of this application, and only these if no other case posts to it. */
function expectOfFeed(context: CaseContext, pages: readonly Page[], { application }: Subscribed, only: readonly Posted[]): void {
  for (const { value, exchange } of pages)
    for (const { id, json } of value) {
      const got = textMemberOf(json, 'application') ?? 'none';
      if (got.toLowerCase() !== application.toLowerCase())
        context.fail({ expected: `notifications of ${application} alone`, got: `${id} of ${got}`, exchange });
      if (!context.given.isApplicationGiven && !only.some((one) => one.id === id))
        context.fail({ expected: 'only what was posted to this user and application', got: id, exchange });
    }
}

/** Expects a notification of another feed to be unknown to the device, and to remain unchanged. */
async function expectUnknown(
  context: CaseContext,
  { device, other, of, id }: { device: Subscribed; other: Subscribed; of: string; id: string },
) {
  expectStatus(context, await getNotification(context, device, id), 404, `reading a notification of ${of}`);
  expectStatus(context, await update(context, { ...device, id }, { readState: 'Read' }), 404, `changing a notification of ${of}`);
  expectStatus(context, await remove(context, device, id), 404, `deleting a notification of ${of}`);
  expectMembers(context, await expectExists(context, other, id), { readState: 'Unread', lastModifiedDateTime: null });
}

export const listExclusionScenarios: readonly Case[] = [
  ...(
    [
      ['delete-removes', 'lists no deleted notification unless it is requested, whatever states it had before'],
      ['history-filters', 'lists active notifications if the query has no status, whatever other filters it has'],
    ] as const
  ).map(([requirement, title]) =>
    clientScenario({
      requirement,
      name: 'by-default',
      title,
      async run(context) {
        const { devices, own, stays } = await afterDeleting(context);
        for (const device of devices)
          for (const query of withoutStatus) {
            const pages = await listAll(context, device, query);
            expectListed(context, { pages, own, expected: stays, description: `the history with ${JSON.stringify(query)}` });
          }
      },
    }),
  ),
  ...otherFeeds.map(({ name, of, needs, subscribe: subscribeOther }) =>
    clientScenario({
      requirement: 'history-isolated',
      name: `in-any-order-${name}`,
      title: `keeps the notifications of ${of} out of every page, in every order of subscribing, posting and listing`,
      needs,
      async run(context) {
        const other = await subscribeOther(context);
        const earlier = await publishSome(context, other, 2);
        const device = await subscribe(context);
        const start = startOf(await list(context, device));
        const mine = [await publish(context, device), await publish(context, device)];
        const foreign = [...earlier, await publish(context, other)];
        const own = [...mine, ...foreign];
        const queries: readonly Query[] = [{}, { $top: '1' }, { status: 'Any' }, { readState: 'Unread' }, { since: start }];
        for (const query of queries) {
          const pages = await listAll(context, device, query);
          expectListed(context, { pages, own, expected: mine, description: `the history with ${JSON.stringify(query)}` });
          expectOfFeed(context, pages, device, mine);
        }
        const theirs = await listAll(context, other, everything);
        expectListed(context, { pages: theirs, own, expected: foreign, description: `the history of ${of}` });
        expectOfFeed(context, theirs, other, foreign);
        for (const { id } of foreign.slice(1)) await expectUnknown(context, { device, other, of, id });
      },
    }),
  ),
  ...otherFeeds.map(({ name, of, needs, subscribe: subscribeOther }) =>
    clientScenario({
      requirement: 'history-unknown-cursor',
      name: `of-other-${name}`,
      title: `answers a cursor of ${of} with 410, or with the changes after the time that it stands for`,
      needs,
      async run(context) {
        // Cursors are opaque. If they count the changes of all feeds, a cursor stands for a time in this feed too.
        if (context.given.isApplicationGiven)
          throw new CaseSkipped('needs feeds that no other case posts to, but --application restricts the target to one application');
        const [device, other] = [await subscribe(context), await subscribeOther(context)];
        const before = await publish(context, device);
        await publishSome(context, other, 4);
        const head = await list(context, other);
        const cursors = new Set([startOf(head), head.cursor, (await list(context, other, { since: startOf(head) })).cursor]);
        const after = await publish(context, device);
        for (const since of cursors) {
          const exchange = await tryList(context, device, { since, ...everything });
          if (exchange.answer.status === 410) continue;
          if (exchange.answer.status !== 200)
            return context.fail({ expected: `410 for a cursor of ${of}`, got: formatAnswer(exchange), exchange });
          const pages = await listAll(context, device, { since, ...everything });
          expectListed(context, {
            pages,
            own: [before, after],
            expected: [after],
            description: `410 for a cursor of ${of}, or the changes after it`,
          });
        }
      },
    }),
  ),
];
