// Scenarios of states over HTTP: setting states, updates without effect, what stays in the history, deletion and tombstones.
import { memberOf } from '../../../values/json.ts';
import type { Case } from '../../case.ts';
import {
  expectExists,
  expectMembers,
  expectStatus,
  getNotification,
  list,
  listAll,
  ownIds,
  publish,
  remove,
  subscribe,
  update,
} from '../../kit/client-calls.ts';
import { clientScenario } from '../../kit/scenario.ts';

export const clientStateScenarios: readonly Case[] = [
  clientScenario({
    requirement: 'update-states',
    name: 'each',
    title: 'sets each read state and action state, leaves the other as it is, and returns the new state',
    async run(context) {
      const [device, other] = [await subscribe(context), await subscribe(context, { platform: 'iOS' })];
      const { id } = await publish(context, device);
      let expected: Record<string, string> = { readState: 'Unread', userActionState: 'NoInteraction' };
      const changes = [
        { userActionState: 'Activated' },
        { readState: 'Read' },
        { userActionState: 'Dismissed' },
        { readState: 'Unread' },
        { userActionState: 'Snoozed' },
        { readState: 'Read', userActionState: 'NoInteraction' },
      ];
      for (const change of changes) {
        expected = { ...expected, ...change };
        const answer = expectStatus(context, await update(context, { ...device, id }, change), 200, `setting ${JSON.stringify(change)}`);
        expectMembers(context, answer, { id, ...expected });
        expectMembers(context, await expectExists(context, other, id), expected);
      }
    },
  }),
  clientScenario({
    requirement: 'update-nothing',
    name: 'again',
    title: 'changes nothing if the states are set already: neither lastModifiedDateTime nor the position in the feed',
    async run(context) {
      const device = await subscribe(context);
      const [first, second] = [await publish(context, device), await publish(context, device)];
      await update(context, { ...device, id: first.id }, { readState: 'Read', userActionState: 'Dismissed' });
      await update(context, { ...device, id: second.id }, { readState: 'Read' });
      const before = await expectExists(context, device, first.id);
      const { syncCursor, cursor } = await list(context, device);
      for (const change of [{ readState: 'Read' }, { userActionState: 'Dismissed' }, { readState: 'Read', userActionState: 'Dismissed' }])
        expectStatus(context, await update(context, { ...device, id: first.id }, change), 200, 'an update without effect');
      const after = await expectExists(context, device, first.id);
      expectMembers(context, after, {
        readState: 'Read',
        userActionState: 'Dismissed',
        lastModifiedDateTime: memberOf(before.answer.json, 'lastModifiedDateTime'),
      });
      const pages = await listAll(context, device, { since: syncCursor ?? cursor, $top: '1000' });
      const changed = ownIds(pages, [first, second]);
      if (changed.length > 0)
        context.fail({
          expected: 'no notification among the changes',
          got: changed.join(', '),
          ...(pages[0] ? { exchange: pages[0].exchange } : {}),
        });
    },
  }),
  clientScenario({
    requirement: 'dismissed-stays',
    name: 'states',
    title: 'keeps dismissed, activated, snoozed and read notifications in the history',
    async run(context) {
      const device = await subscribe(context);
      const states = [
        { userActionState: 'Dismissed' },
        { readState: 'Read' },
        { userActionState: 'Activated' },
        { userActionState: 'Snoozed' },
        { readState: 'Read', userActionState: 'Dismissed' },
      ];
      for (const state of states) {
        const posted = await publish(context, device);
        expectStatus(context, await update(context, { ...device, id: posted.id }, state), 200, `setting ${JSON.stringify(state)}`);
        const pages = await listAll(context, device, { $top: '1000' });
        if (ownIds(pages, [posted]).length !== 1)
          context.fail({
            expected: `a notification that is ${JSON.stringify(state)} in the history`,
            got: 'a history without it',
            ...(pages[0] ? { exchange: pages[0].exchange } : {}),
          });
        expectMembers(context, await expectExists(context, device, posted.id), state);
      }
    },
  }),
  clientScenario({
    requirement: 'delete-removes',
    name: 'gone',
    title: 'deletes with 204; then the notification is in no history, and reading, changing and deleting it is 404',
    async run(context) {
      const [device, other] = [await subscribe(context), await subscribe(context, { platform: 'Android' })];
      const [deleted, stays] = [await publish(context, device), await publish(context, device)];
      expectStatus(context, await remove(context, device, deleted.id), 204, 'deleting');
      for (const caller of [device, other]) {
        expectStatus(context, await remove(context, caller, deleted.id), 404, 'deleting again');
        expectStatus(context, await getNotification(context, caller, deleted.id), 404, 'reading a deleted notification');
        expectStatus(
          context,
          await update(context, { ...caller, id: deleted.id }, { readState: 'Read' }),
          404,
          'changing a deleted notification',
        );
        const pages = await listAll(context, caller, { $top: '1000' });
        const ids = ownIds(pages, [deleted, stays]);
        if (ids.join() !== stays.id)
          context.fail({
            expected: `${stays.id} and not ${deleted.id} in the history`,
            got: ids.join(', ') || 'neither',
            ...(pages[0] ? { exchange: pages[0].exchange } : {}),
          });
      }
    },
  }),
  clientScenario({
    requirement: 'tombstone',
    name: 'no-payload',
    title: 'keeps id, status and times of a deleted notification, and no part of its payload',
    async run(context) {
      const device = await subscribe(context);
      const start = await list(context, device);
      const secret = context.name('secret');
      const { id } = await publish(context, device, {
        payload: { rawContent: secret, visualContent: { title: secret, body: secret } },
        groupName: secret,
        appNotificationId: secret,
      });
      const before = await expectExists(context, device, id);
      await remove(context, device, id);
      const queries = [{ status: 'Deleted' }, { status: 'Any' }, { since: start.syncCursor ?? start.cursor }];
      for (const query of queries) {
        const pages = await listAll(context, device, { ...query, $top: '1000' });
        const page = pages.find(({ value }) => value.some((one) => one.id === id));
        const tombstone = page?.value.find((one) => one.id === id)?.json;
        if (!page || tombstone === undefined)
          return context.fail({
            expected: `a tombstone of ${id} with ${JSON.stringify(query)}`,
            got: 'none',
            ...(pages[0] ? { exchange: pages[0].exchange } : {}),
          });
        expectMembers(
          context,
          page.exchange,
          {
            status: 'Deleted',
            creationDateTime: memberOf(before.answer.json, 'creationDateTime'),
            expirationDateTime: memberOf(before.answer.json, 'expirationDateTime'),
          },
          tombstone,
        );
        if (JSON.stringify(tombstone).includes(secret))
          context.fail({
            expected: 'a tombstone without any part of the content',
            got: JSON.stringify(tombstone),
            exchange: page.exchange,
          });
      }
    },
  }),
];
