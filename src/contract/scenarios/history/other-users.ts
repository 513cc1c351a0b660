// Scenarios of isolation over HTTP: a user can neither read nor change anything of another user.
import type { Case } from '../../case.ts';
import {
  deleteSubscription,
  expectMembers,
  expectStatus,
  getNotification,
  getSubscription,
  list,
  publish,
  remove,
  subscribe,
  tryList,
  update,
} from '../../kit/client-calls.ts';
import { clientScenario } from '../../kit/scenario.ts';

export const otherUserScenarios: readonly Case[] = [
  clientScenario({
    requirement: 'foreign-hidden',
    name: 'subscription',
    title: "answers 404 for another user's subscription, and does not change it",
    needs: ['otherUser'],
    async run(context) {
      const theirs = await subscribe(context, { user: 'otherUser' });
      const caller = { user: 'user', unsid: theirs.unsid } as const;
      expectStatus(context, await getSubscription(context, caller), 404, "another user's subscription");
      expectStatus(context, await deleteSubscription(context, caller), 404, "deleting another user's subscription");
      expectStatus(context, await getSubscription(context, theirs), 200, 'the subscription, read by its own user');
    },
  }),
  clientScenario({
    requirement: 'foreign-hidden',
    name: 'notification',
    title: "answers 404 for another user's notification and UNSID, and changes nothing",
    needs: ['otherUser'],
    async run(context) {
      const [own, theirs] = [await subscribe(context), await subscribe(context, { user: 'otherUser' })];
      const { id } = await publish(context, theirs);
      // The own UNSID with another user's notification, then another user's UNSID.
      for (const unsid of [own.unsid, theirs.unsid]) {
        const caller = { user: 'user', unsid } as const;
        const description = unsid === own.unsid ? "another user's notification" : "another user's UNSID";
        expectStatus(context, await getNotification(context, caller, id), 404, `${description}, read`);
        expectStatus(context, await update(context, { ...caller, id }, { readState: 'Read' }), 404, `${description}, updated`);
        expectStatus(context, await remove(context, caller, id), 404, `${description}, deleted`);
      }
      expectStatus(context, await tryList(context, { user: 'user', unsid: theirs.unsid }), 404, "the history with another user's UNSID");
      const seen = expectStatus(context, await getNotification(context, theirs, id), 200, 'the notification, read by its own user');
      expectMembers(context, seen, { readState: 'Unread', lastModifiedDateTime: null });
    },
  }),
  clientScenario({
    requirement: 'history-isolated',
    name: 'users',
    title: "keeps another user's notifications of the same application out of the history and the changes",
    needs: ['otherUser'],
    async run(context) {
      const [own, theirs] = [await subscribe(context), await subscribe(context, { user: 'otherUser' })];
      const before = await list(context, own);
      const [mine, foreign] = [await publish(context, own), await publish(context, theirs)];
      for (const query of [{ $top: '1000' }, { since: before.syncCursor ?? before.cursor, $top: '1000' }]) {
        const { value, exchange } = await list(context, own, query);
        const ids = value.map(({ id }) => id);
        if (!ids.includes(mine.id) || ids.includes(foreign.id))
          context.fail({
            expected: `${mine.id} and not ${foreign.id}, which is another user's`,
            got: ids.join(', ') || 'nothing',
            exchange,
          });
      }
    },
  }),
];
