// Scenarios of paging through a history and syncing with it: pages, changes since a cursor, the head of the feed.
import { memberOf } from '../../../values/json.ts';
import type { Case, CaseContext } from '../../case.ts';
import { list, listAll, ownIds, type Page, publish, remove, subscribe, update } from '../../kit/client-calls.ts';
import { everything, expectListed, publishSome, startOf } from '../../kit/list-assertions.ts';
import type { Posted } from '../../kit/posting.ts';
import { premise } from '../../kit/premise.ts';
import { clientScenario } from '../../kit/scenario.ts';

export const clientSyncScenarios: readonly Case[] = [
  ...[1, 2, 3].map((size) =>
    clientScenario({
      requirement: 'history-pages',
      name: `of-${size}`,
      title: `pages through the history and through the changes in pages of ${size}, each notification once`,
      async run(context) {
        const device = await subscribe(context);
        const start = startOf(await list(context, device));
        const own = await publishSome(context, device, 7);
        const deleted = premise(own[3], 'a fourth notification');
        await remove(context, device, deleted.id);
        const active = own.filter((one) => one !== deleted);
        const $top = String(size);
        const history = await listAll(context, device, { $top });
        expectSize(context, history, size);
        expectListed(context, { pages: history, own, expected: active, description: 'the history in pages' });
        const changed = await listAll(context, device, { $top, since: start });
        expectSize(context, changed, size);
        expectListed(context, { pages: changed, own, expected: [...active, deleted], description: 'what changed, in pages' });
        await update(context, { ...device, id: premise(own[0], 'a first notification').id }, { readState: 'Read' });
        const read = await listAll(context, device, { $top, readState: 'Read' });
        expectListed(context, { pages: read, own, expected: own.slice(0, 1), description: 'the read ones, in pages' });
      },
    }),
  ),
  clientScenario({
    requirement: 'history-pages',
    name: 'while-it-changes',
    title: 'loses nothing when something changes between two pages',
    async run(context) {
      const device = await subscribe(context);
      const start = startOf(await list(context, device));
      const own = [...(await publishSome(context, device, 4))];
      const first = await list(context, device, { since: start, $top: '2' });
      await update(context, { ...device, id: premise(own[0], 'a first notification').id }, { readState: 'Read' });
      own.push(await publish(context, device));
      const rest = await listAll(context, device, { since: first.cursor, $top: '2' });
      const seen = new Set(ownIds([first, ...rest], own));
      const lost = own.filter(({ id }) => !seen.has(id));
      if (lost.length > 0)
        context.fail({
          expected: 'all changes, over all pages',
          got: `without ${lost.map(({ id }) => id).join(', ')}`,
          exchange: first.exchange,
        });
      const again = rest.flatMap(({ value }) => value).find(({ id }) => id === own[0]?.id);
      if (memberOf(again?.json, 'readState') !== 'Read')
        context.fail({
          requirement: 'history-since',
          expected: 'a notification that changed between two pages again, in its new state',
          got: JSON.stringify(again?.json) ?? 'none',
          exchange: first.exchange,
        });
    },
  }),
  clientScenario({
    requirement: 'history-since',
    name: 'latest-state',
    title: 'returns the changes after a cursor, each notification once in its latest state, tombstones included, and nothing else',
    async run(context) {
      const device = await subscribe(context);
      const [untouched, changed, deleted] = [
        await publish(context, device),
        await publish(context, device),
        await publish(context, device),
      ];
      const start = startOf(await list(context, device));
      await update(context, { ...device, id: changed.id }, { readState: 'Read' });
      const created = await publish(context, device);
      await update(context, { ...device, id: changed.id }, { userActionState: 'Dismissed' });
      await remove(context, device, deleted.id);
      const own = [untouched, changed, deleted, created];
      const pages = await listAll(context, device, { since: start, ...everything });
      expectListed(context, { pages, own, expected: [created, changed, deleted], description: 'what changed after the cursor' });
      const jsonOf = ({ id }: Posted) => pages.flatMap(({ value }) => value).find((one) => one.id === id)?.json;
      const states = [
        memberOf(jsonOf(changed), 'readState'),
        memberOf(jsonOf(changed), 'userActionState'),
        memberOf(jsonOf(deleted), 'status'),
        memberOf(jsonOf(created), 'status'),
      ];
      if (states.join() !== 'Read,Dismissed,Deleted,Active')
        context.fail({
          expected: 'the latest states: Read, Dismissed; Deleted; Active',
          got: states.map(String).join(', '),
          ...(pages[0] ? { exchange: pages[0].exchange } : {}),
        });
      const end = premise(pages.at(-1), 'a page');
      const after = await listAll(context, device, { since: end.cursor, ...everything });
      expectListed(context, { pages: after, own, expected: [], description: 'what changed after the last cursor' });
      await update(context, { ...device, id: untouched.id }, { readState: 'Read' });
      expectListed(context, {
        pages: await listAll(context, device, { since: end.cursor, ...everything }),
        own,
        expected: [untouched],
        description: 'what changed after that',
      });
    },
  }),
  clientScenario({
    requirement: 'history-since',
    name: 'of-own-changes',
    title: "returns a device's own changes too, and those of the user's other devices, with the UNSID of any of them",
    async run(context) {
      const [one, two] = [await subscribe(context, { platform: 'iOS' }), await subscribe(context, { platform: 'WebPush' })];
      const own = await publishSome(context, one, 2);
      const start = startOf(await list(context, one));
      const [first, second] = [premise(own[0], 'a first notification'), premise(own[1], 'a second notification')];
      await update(context, { ...two, id: second.id }, { readState: 'Read' });
      await update(context, { ...one, id: first.id }, { readState: 'Read' });
      for (const device of [one, two]) {
        const pages = await listAll(context, device, { since: start, ...everything });
        expectListed(context, {
          pages,
          own,
          expected: [second, first],
          description: `what changed, listed by the ${device.platform} device`,
        });
      }
    },
  }),
  clientScenario({
    requirement: 'history-sync-cursor',
    name: 'head',
    title: 'returns the head of the feed as syncCursor, whatever filters and size the page has',
    async run(context) {
      const device = await subscribe(context);
      const before = await publishSome(context, device, 4);
      await remove(context, device, premise(before[3], 'a fourth notification').id);
      const pages: Page[] = [];
      for (const query of [{}, { $top: '1' }, { status: 'Deleted' }, { readState: 'Read' }]) pages.push(await list(context, device, query));
      const after = await publish(context, device);
      for (const { syncCursor, exchange } of pages) {
        if (syncCursor === undefined)
          return context.fail({ expected: 'syncCursor in a page without since', got: exchange.answer.text.slice(0, 400), exchange });
        const changed = await listAll(context, device, { since: syncCursor, ...everything });
        expectListed(context, {
          pages: changed,
          own: [...before, after],
          expected: [after],
          description: `what changed after the syncCursor of ${exchange.sent.url}`,
        });
      }
    },
  }),
];

function expectSize(context: CaseContext, pages: readonly Page[], max: number): void {
  const wrong = pages.find(({ value }) => value.length > max);
  if (wrong) context.fail({ expected: `at most ${max} in a page`, got: String(wrong.value.length), exchange: wrong.exchange });
}
