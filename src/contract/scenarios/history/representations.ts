// Scenarios of representations: a subscription or notification is the same everywhere, exactly as sent, after every change.
import type { Exchange } from '../../../checks/exchange.ts';
import { CaseSkipped } from '../../../checks/failure.ts';
import { memberOf } from '../../../values/json.ts';
import type { Case, CaseContext } from '../../case.ts';
import {
  deleteSubscription,
  expectExists,
  expectMembers,
  expectStatus,
  getNotification,
  getSubscription,
  list,
  listAll,
  listSubscriptions,
  publish,
  remove,
  type Subscribed,
  subscribe,
  update,
} from '../../kit/client-calls.ts';
import { everyPlatform } from '../../kit/devices.ts';
import { everything, startOf } from '../../kit/list-assertions.ts';
import { premise } from '../../kit/premise.ts';
import {
  expectInList,
  expectRepresentations,
  listedSubscription,
  publishEach,
  type Representation,
  subscriptionMembers,
} from '../../kit/representations.ts';
import { clientScenario } from '../../kit/scenario.ts';

/** Members that changes of state do not affect. */
const unchangedMembers = [
  'application',
  'payload.rawContent',
  'payload.visualContent.title',
  'payload.visualContent.body',
  'groupName',
  'appNotificationId',
  'priority',
  'creationDateTime',
  'expirationDateTime',
];
const changes = [
  { readState: 'Read' },
  { userActionState: 'Activated' },
  { readState: 'Unread', userActionState: 'Snoozed' },
  { userActionState: 'Dismissed' },
  // Has no effect: both are set already.
  { readState: 'Unread', userActionState: 'Dismissed' },
] as const;

const longSeconds = 86_400;
/** For the time that requests take, rate limits included. */
const toleranceSeconds = 1200;

export const representationScenarios: readonly Case[] = [
  clientScenario({
    requirement: 'notification-content',
    name: 'after-changes',
    title: 'keeps content, group, priority and times through every change of state, alone, in the history and among the changes',
    async run(context) {
      const [device, other] = [await subscribe(context), await subscribe(context, { platform: 'WebPush' })];
      const since = startOf(await list(context, device));
      const posted: Representation[] = [];
      for (const { id } of await publishEach(context, device)) {
        const before = expectStatus(context, await getNotification(context, device, id), 200, 'the notification');
        const members = Object.fromEntries(
          unchangedMembers.map((name) => [name, memberOf(before.answer.json, ...name.split('.'))] as const),
        );
        posted.push({ id, members });
      }
      await expectRepresentations(context, device, since, posted);
      for (const change of changes) {
        const changed = posted.map(({ id, members }) => ({ id, members: { ...members, ...change } }));
        for (const { id, members } of changed) {
          const answer = expectStatus(context, await update(context, { ...device, id }, change), 200, `setting ${JSON.stringify(change)}`);
          expectMembers(context, answer, { id, ...members });
        }
        await expectRepresentations(context, device, since, changed);
      }
      await expectRepresentations(context, other, since, posted);
    },
  }),
  clientScenario({
    requirement: 'notification-content',
    name: 'remaining-time',
    title: 'returns the remaining seconds of displayTimeToLive before and after a change, alone, in the history and among the changes',
    async run(context) {
      const device = await subscribe(context);
      const since = startOf(await list(context, device));
      const posted = await publish(context, device, { displayTimeToLive: longSeconds });
      const expectRemaining = (exchange: Exchange, json: unknown): void => {
        const seconds = memberOf(json, 'displayTimeToLive');
        if (!(typeof seconds === 'number' && seconds <= longSeconds && seconds >= longSeconds - toleranceSeconds))
          context.fail({ expected: `displayTimeToLive ${longSeconds} or a little less`, got: JSON.stringify(seconds) ?? 'none', exchange });
      };
      const expectRemainingEverywhere = async (): Promise<void> => {
        const alone = await expectExists(context, device, posted.id);
        expectRemaining(alone, alone.answer.json);
        for (const query of [everything, { since, ...everything }])
          for (const { value, exchange } of await listAll(context, device, query))
            for (const one of value) if (one.id === posted.id) expectRemaining(exchange, one.json);
      };
      await expectRemainingEverywhere();
      const changed = expectStatus(context, await update(context, { ...device, id: posted.id }, { readState: 'Read' }), 200, 'a change');
      expectRemaining(changed, changed.answer.json);
      await expectRemainingEverywhere();
    },
  }),
  clientScenario({
    requirement: 'notification-get',
    name: 'each-kind',
    title:
      'returns notifications of every kind until they are deleted: raw, visual, both, also for platforms that the device does not have',
    async run(context) {
      const device = await subscribe(context, { platform: 'Android' });
      const targeted = { targetPolicy: { platformTypes: ['iOS'] } };
      for (const { id } of [...(await publishEach(context, device)), ...(await publishEach(context, device, targeted))]) {
        expectMembers(context, expectStatus(context, await getNotification(context, device, id), 200, 'the notification'), { id });
        await update(context, { ...device, id }, { readState: 'Read', userActionState: 'Dismissed' });
        expectStatus(context, await getNotification(context, device, id), 200, 'the notification, after it was read and dismissed');
        await remove(context, device, id);
        expectStatus(context, await getNotification(context, device, id), 404, 'a deleted notification');
      }
    },
  }),
  ...(['subscription-get', 'subscription-list'] as const).map((requirement) =>
    clientScenario({
      requirement,
      name: 'each-platform',
      title: `${requirement === 'subscription-get' ? 'returns' : 'lists'} subscriptions of every platform as they were made, with and without a displayName`,
      async run(context) {
        for (const platform of everyPlatform)
          for (const displayName of ['Adele’s  Phone', undefined]) {
            const made = await subscribe(context, { platform, ...(displayName === undefined ? {} : { displayName }) });
            const members = subscriptionMembers(made.exchange.answer.json);
            expectMembers(context, made.exchange, { platform, displayName: displayName ?? null, deviceId: made.deviceId });
            if (requirement === 'subscription-get') {
              expectMembers(context, expectStatus(context, await getSubscription(context, made), 200, 'the subscription'), members);
              continue;
            }
            await expectInList(context, made, members);
          }
      },
    }),
  ),
  clientScenario({
    requirement: 'subscription-list',
    name: 'applications',
    title: 'lists the subscriptions for every application, each once, also with equal deviceIds, until they end',
    async run(context) {
      if (context.given.isApplicationGiven)
        throw new CaseSkipped('needs a second application, but --application restricts the target to one');
      const deviceId = context.name('device');
      const made: Subscribed[] = [];
      for (const application of [context.application, `${context.name('second')}.example`, `${context.name('third')}.example`])
        made.push(await subscribe(context, { application, deviceId, platform: made.length === 1 ? 'WebPush' : 'iOS' }));
      for (const one of made) await expectInList(context, one, subscriptionMembers(one.exchange.answer.json));
      const [first, others] = [premise(made[0], 'a first subscription'), made.slice(1)];
      await deleteSubscription(context, first);
      const { exchange, found } = await listedSubscription(context, first);
      if (found.length > 0) context.fail({ expected: 'a list without the deleted subscription', got: 'a list with it', exchange });
      for (const one of others) await expectInList(context, one, subscriptionMembers(one.exchange.answer.json));
    },
  }),
  clientScenario({
    requirement: 'subscription-list',
    name: 'foreign',
    title: "lists only the caller's own subscriptions, whichever user subscribed last",
    needs: ['otherUser'],
    async run(context) {
      await subscribe(context);
      for (let round = 0; round < 3; round += 1) {
        const theirs = await subscribe(context, { user: 'otherUser', platform: everyPlatform[round] ?? 'iOS' });
        const mine = await subscribe(context, { platform: everyPlatform[round] ?? 'iOS' });
        const exchange = expectStatus(context, await listSubscriptions(context, 'user'), 200, 'the list of subscriptions');
        const value = memberOf(exchange.answer.json, 'value');
        const unsids = Array.isArray(value) ? value.map((one: unknown) => memberOf(one, 'userNotificationSubscriptionId')) : [];
        if (unsids.includes(theirs.unsid) || !unsids.includes(mine.unsid))
          context.fail({ expected: `${mine.unsid} and not ${theirs.unsid}, which is another user's`, got: unsids.join(', '), exchange });
        await expectOwn(context, unsids.filter((unsid): unsid is string => typeof unsid === 'string').slice(-5));
      }
    },
  }),
];

/** Expects each subscription to be readable by the caller, unless another case has deleted it meanwhile. */
async function expectOwn(context: CaseContext, unsids: readonly string[]): Promise<void> {
  for (const unsid of unsids) {
    const found = await getSubscription(context, { user: 'user', unsid });
    if (found.answer.status === 200) continue;
    const { exchange, found: listed } = await listedSubscription(context, { user: 'user', unsid });
    if (listed.length > 0 && (await getSubscription(context, { user: 'user', unsid })).answer.status !== 200)
      context.fail({
        expected: 'a list of subscriptions that the caller may read',
        got: `${unsid}, which the caller may not read`,
        exchange,
      });
  }
}
