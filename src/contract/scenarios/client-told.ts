// Scenarios of what is told of one subscription or notification: the same wherever it is told, after every change, and to the letter.
import type { Case, CaseContext } from '../case.ts';
import { startOf } from './client-lists.ts';
import { publishEach, toldEverywhere } from './client-places.ts';
import {
  at,
  getNotification,
  getSubscription,
  list,
  listSubscriptions,
  mustBe,
  mustHave,
  remove,
  subscribe,
  update,
} from './client-stage.ts';
import { clientScenario } from './scenario.ts';
import { everyPlatform } from './stage.ts';

/** Members that no change of state touches. */
const kept = ['payload.rawContent', 'payload.visualContent.title', 'payload.visualContent.body', 'groupName', 'appNotificationId'];
const keptPlain = ['application', 'priority', 'creationDateTime', 'expirationDateTime'];
const changes = [
  { readState: 'Read' },
  { userActionState: 'Activated' },
  { readState: 'Unread', userActionState: 'Snoozed' },
  { userActionState: 'Dismissed' },
] as const;

/** Everything that a listed subscription says, or undefined when it is not listed. */
async function listed(context: CaseContext, unsid: string) {
  const exchange = mustBe(context, await listSubscriptions(context, 'user'), 200, 'the list of subscriptions');
  const value = at(exchange.answer.json, 'value');
  const json = Array.isArray(value) ? value.find((one: unknown) => at(one, 'userNotificationSubscriptionId') === unsid) : undefined;
  return { exchange, json: json as unknown };
}

export const clientToldScenarios: readonly Case[] = [
  clientScenario({
    requirement: 'notification-content',
    name: 'after-changes',
    title: 'keeps content, group, priority and times through every change of state, alone, in the history and among what changed',
    async play(context) {
      const device = await subscribe(context);
      const since = startOf(await list(context, device));
      for (const { id } of await publishEach(context, device)) {
        const before = mustBe(context, await getNotification(context, device, id), 200, 'the notification');
        const members = Object.fromEntries(
          [...kept, ...keptPlain].map((name) => [name, at(before.answer.json, ...name.split('.'))] as const),
        );
        for (const change of changes) {
          const answer = mustBe(context, await update(context, { ...device, id }, change), 200, `setting ${JSON.stringify(change)}`);
          mustHave(context, answer, { id, ...members, ...change });
          await toldEverywhere(context, device, { id, since, members: { ...members, ...change } });
        }
      }
    },
  }),
  clientScenario({
    requirement: 'notification-get',
    name: 'each-kind',
    title: 'finds notifications of every kind until they are deleted: raw, visual, both, for no platform of the device',
    async play(context) {
      const device = await subscribe(context, { platform: 'Android' });
      const targeted = { targetPolicy: { platformTypes: ['iOS'] } };
      for (const { id } of [...(await publishEach(context, device)), ...(await publishEach(context, device, targeted))]) {
        mustHave(context, mustBe(context, await getNotification(context, device, id), 200, 'the notification'), { id });
        await update(context, { ...device, id }, { readState: 'Read', userActionState: 'Dismissed' });
        mustBe(context, await getNotification(context, device, id), 200, 'the notification, after it was read and dismissed');
        await remove(context, device, id);
        mustBe(context, await getNotification(context, device, id), 404, 'a notification that was deleted');
      }
    },
  }),
  ...(['subscription-get', 'subscription-list'] as const).map((requirement) =>
    clientScenario({
      requirement,
      name: 'each-platform',
      title: `tells ${requirement === 'subscription-get' ? 'one' : 'each'} subscription of every platform as it was made, with and without a displayName`,
      async play(context) {
        for (const platform of everyPlatform)
          for (const displayName of ['Adele’s  Phone', undefined]) {
            const made = await subscribe(context, { platform, ...(displayName === undefined ? {} : { displayName }) });
            const names = ['userNotificationSubscriptionId', 'application', 'deviceId', 'platform', 'displayName', 'expirationDateTime'];
            const members = Object.fromEntries(names.map((name) => [name, at(made.exchange.answer.json, name)] as const));
            mustHave(context, made.exchange, { platform, displayName: displayName ?? null, deviceId: made.deviceId });
            if (requirement === 'subscription-get') {
              mustHave(context, mustBe(context, await getSubscription(context, made), 200, 'the subscription'), members);
              continue;
            }
            const { exchange, json } = await listed(context, made.unsid);
            if (json === undefined)
              context.fail({ expected: `the ${platform} subscription ${made.unsid} in the list`, got: 'a list without it', exchange });
            mustHave(context, exchange, members, json);
          }
      },
    }),
  ),
  clientScenario({
    requirement: 'subscription-list',
    name: 'foreign',
    title: "lists only what the caller may read: nothing of another user's, whoever subscribed last",
    needs: ['otherUser'],
    async play(context) {
      await subscribe(context);
      for (let round = 0; round < 3; round += 1) {
        const theirs = await subscribe(context, { user: 'otherUser', platform: everyPlatform[round] ?? 'iOS' });
        const mine = await subscribe(context, { platform: everyPlatform[round] ?? 'iOS' });
        const exchange = mustBe(context, await listSubscriptions(context, 'user'), 200, 'the list of subscriptions');
        const value = at(exchange.answer.json, 'value');
        const unsids = Array.isArray(value) ? value.map((one: unknown) => at(one, 'userNotificationSubscriptionId')) : [];
        if (unsids.includes(theirs.unsid) || !unsids.includes(mine.unsid))
          context.fail({ expected: `${mine.unsid} and not ${theirs.unsid}, which is another user's`, got: unsids.join(', '), exchange });
        await mustBeOwn(context, unsids.filter((unsid): unsid is string => typeof unsid === 'string').slice(-5));
      }
    },
  }),
];

/** Each of them is the caller's own. One that another case has just ended is in no list any more. */
async function mustBeOwn(context: CaseContext, unsids: readonly string[]): Promise<void> {
  for (const unsid of unsids) {
    const found = await getSubscription(context, { user: 'user', unsid });
    if (found.answer.status === 200) continue;
    const { exchange, json } = await listed(context, unsid);
    if (json !== undefined && (await getSubscription(context, { user: 'user', unsid })).answer.status !== 200)
      context.fail({ expected: 'a list of subscriptions that the caller may read', got: `${unsid}, which is refused`, exchange });
  }
}
