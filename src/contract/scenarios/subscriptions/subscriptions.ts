// Scenarios of subscriptions over HTTP: making, renewing, changing the platform, ending, listing, isolation of users.
import { memberOf, textMemberOf } from '../../../values/json.ts';
import type { Case, CaseContext } from '../../case.ts';
import {
  deleteSubscription,
  expectMembers,
  expectStatus,
  getSubscription,
  listSubscriptions,
  remove,
  type Subscribed,
  subscribe,
  tryList,
  trySubscribe,
} from '../../kit/client-calls.ts';
import { tryPost } from '../../kit/posting.ts';
import { clientScenario } from '../../kit/scenario.ts';

const day = 86_400_000;
const unsidOf = (json: unknown) => textMemberOf(json, 'userNotificationSubscriptionId');

async function ownUnsids(context: CaseContext, user: Subscribed['user']): Promise<readonly (string | undefined)[]> {
  const exchange = expectStatus(context, await listSubscriptions(context, user), 200, 'the list of subscriptions');
  const value = memberOf(exchange.answer.json, 'value');
  if (!Array.isArray(value)) return context.fail({ expected: 'a list in value', got: exchange.answer.text.slice(0, 300), exchange });
  return value.map(unsidOf);
}

export const clientSubscriptionScenarios: readonly Case[] = [
  clientScenario({
    requirement: 'subscribe-unsid',
    name: 'many',
    title: 'gives every subscription a unique UNSID, URL-safe and at most 128 characters long',
    async run(context) {
      const seen = new Set<string>();
      for (let count = 0; count < 20; count += 1) {
        const { unsid, exchange } = await subscribe(context, {
          platform: (['Windows', 'iOS', 'Android', 'WebPush'] as const)[count % 4] ?? 'iOS',
        });
        if (!/^[A-Za-z0-9._~-]{22,128}$/.test(unsid))
          context.fail({ expected: 'a UNSID of 22 to 128 URL-safe characters (128 random bits at least)', got: unsid, exchange });
        if (seen.has(unsid)) context.fail({ expected: 'a UNSID that no other subscription has', got: unsid, exchange });
        seen.add(unsid);
      }
    },
  }),
  clientScenario({
    requirement: 'subscribe-created',
    name: 'each-device',
    title: 'answers 201 for each new device, application and user',
    needs: ['otherUser'],
    async run(context) {
      const first = await subscribe(context);
      const other = await subscribe(context, { user: 'otherUser', deviceId: first.deviceId });
      for (const { exchange } of [first, other, await subscribe(context, { platform: 'iOS' })])
        expectStatus(context, exchange, 201, 'a new subscription');
      if (first.unsid === other.unsid)
        context.fail({
          requirement: 'subscribe-unsid',
          expected: 'another UNSID for another user',
          got: 'the same UNSID',
          exchange: other.exchange,
        });
    },
  }),
  clientScenario({
    requirement: 'subscribe-renewed',
    name: 'same-unsid',
    title: 'renews with 200 and the same UNSID, adds no subscription, and does not end it earlier than before',
    async run(context) {
      const first = await subscribe(context, { platform: 'Android' });
      const { exchange } = await subscribe(context, first);
      expectStatus(context, exchange, 200, 'a subscription of the same user, application and device');
      expectMembers(context, exchange, { userNotificationSubscriptionId: first.unsid, deviceId: first.deviceId, platform: 'Android' });
      const [before, after] = [first.exchange, exchange].map(({ answer }) =>
        Date.parse(textMemberOf(answer.json, 'expirationDateTime') ?? ''),
      );
      if (!((after ?? Number.NaN) >= (before ?? Number.NaN)))
        context.fail({ expected: 'an expirationDateTime that is not earlier than before', got: exchange.answer.text, exchange });
      const count = (await ownUnsids(context, 'user')).filter((unsid) => unsid === first.unsid).length;
      if (count !== 1) context.fail({ expected: 'the subscription once in the list', got: `${count} times`, exchange });
    },
  }),
  clientScenario({
    requirement: 'subscribe-renewed',
    name: 'application-case',
    title: 'renews when the application is written in another letter case',
    async run(context) {
      const first = await subscribe(context);
      const { unsid, exchange } = await subscribe(context, { ...first, application: first.application.toUpperCase() });
      if (unsid !== first.unsid)
        context.fail({ requirement: 'post-host-case', expected: `the UNSID ${first.unsid} again`, got: unsid, exchange });
    },
  }),
  clientScenario({
    requirement: 'subscribe-platform-changed',
    name: 'conflict',
    title: 'refuses another platform for the same device with 409 and does not change the subscription',
    async run(context) {
      const first = await subscribe(context, { platform: 'iOS' });
      for (const platform of ['Windows', 'Android', 'WebPush'] as const)
        expectStatus(
          context,
          await trySubscribe(context, { ...optionsOf(first), platform }),
          409,
          `the platform ${platform} for an iOS device`,
        );
      expectMembers(context, expectStatus(context, await getSubscription(context, first), 200, 'the unchanged subscription'), {
        platform: 'iOS',
      });
      expectStatus(context, await trySubscribe(context, optionsOf(first)), 200, 'renewing with the same platform');
    },
  }),
  clientScenario({
    requirement: 'subscribe-again',
    name: 'new-unsid',
    title: 'gives a new UNSID after unsubscribing, also for another platform, and the old one stays invalid',
    async run(context) {
      const first = await subscribe(context, { platform: 'iOS' });
      expectStatus(context, await deleteSubscription(context, first), 204, 'unsubscribing');
      const again = await subscribe(context, { ...optionsOf(first), platform: 'Android' });
      expectStatus(context, again.exchange, 201, 'subscribing again');
      if (again.unsid === first.unsid) context.fail({ expected: 'a new UNSID', got: 'the old one', exchange: again.exchange });
      expectStatus(context, await tryPost(context, first), 403, 'a post to the old UNSID');
      await expectPostAccepted(context, { to: again, from: again, description: 'a post to the new UNSID' });
    },
  }),
  clientScenario({
    requirement: 'subscribe-lifetime',
    name: '30-days',
    title: 'gives subscriptions a lifetime of 30 days',
    async run(context) {
      const { exchange } = await subscribe(context);
      const days = (Date.parse(textMemberOf(exchange.answer.json, 'expirationDateTime') ?? '') - context.clock.now()) / day;
      if (!(Math.abs(days - 30) < 0.01))
        context.fail({ expected: 'an expiration in 30 days', got: `in ${days.toFixed(2)} days`, exchange });
    },
  }),
  clientScenario({
    requirement: 'subscription-list',
    name: 'own',
    title: "lists the caller's subscriptions and no others",
    needs: ['otherUser'],
    async run(context) {
      const [one, two, gone] = [await subscribe(context), await subscribe(context, { platform: 'iOS' }), await subscribe(context)];
      const other = await subscribe(context, { user: 'otherUser' });
      await deleteSubscription(context, gone);
      const [mine, theirs] = [await ownUnsids(context, 'user'), await ownUnsids(context, 'otherUser')];
      const wrong = [
        ...[one, two].filter(({ unsid }) => !mine.includes(unsid)).map(({ deviceId }) => `without ${deviceId}`),
        ...[gone, other].filter(({ unsid }) => mine.includes(unsid)).map(({ user, deviceId }) => `with ${deviceId} of ${user}`),
        ...[one, two].filter(({ unsid }) => theirs.includes(unsid)).map(({ deviceId }) => `another user's with ${deviceId}`),
        ...(theirs.includes(other.unsid) ? [] : ["another user's without their own"]),
      ];
      if (wrong.length > 0) context.fail({ expected: "a list of the caller's active subscriptions", got: wrong.join(', ') });
    },
  }),
  clientScenario({
    requirement: 'subscription-get',
    name: 'same',
    title: 'returns a subscription as it was made, and 404 after it was deleted',
    async run(context) {
      const subscribed = await subscribe(context, { platform: 'WebPush' });
      const exchange = expectStatus(context, await getSubscription(context, subscribed), 200, "the caller's own subscription");
      const members = ['userNotificationSubscriptionId', 'deviceId', 'platform', 'expirationDateTime'];
      expectMembers(context, exchange, Object.fromEntries(members.map((name) => [name, memberOf(subscribed.exchange.answer.json, name)])));
      await deleteSubscription(context, subscribed);
      expectStatus(context, await getSubscription(context, subscribed), 404, 'a deleted subscription');
    },
  }),
  clientScenario({
    requirement: 'unsubscribe',
    name: 'twice',
    title: 'ends a subscription with 204, and answers 404 the second time',
    async run(context) {
      const subscribed = await subscribe(context);
      expectStatus(context, await deleteSubscription(context, subscribed), 204, 'unsubscribing');
      expectStatus(context, await deleteSubscription(context, subscribed), 404, 'unsubscribing again');
      expectStatus(context, await tryList(context, subscribed), 404, 'the history with an unsubscribed UNSID');
    },
  }),
  clientScenario({
    requirement: 'unsubscribed-dead',
    name: 'post',
    title: 'refuses posts to an unsubscribed UNSID with 403, and accepts those to the user’s other UNSIDs',
    async run(context) {
      const [gone, stays] = [await subscribe(context), await subscribe(context)];
      await expectPostAccepted(context, { to: gone, from: stays, description: 'a post before unsubscribing' });
      await deleteSubscription(context, gone);
      expectStatus(context, await tryPost(context, gone), 403, 'a post to an unsubscribed UNSID');
      await expectPostAccepted(context, { to: stays, from: stays, description: "a post to the user's other UNSID" });
    },
  }),
];

interface Accepted {
  readonly to: Subscribed;
  /** The device that deletes the notification afterwards. */
  readonly from: Subscribed;
  readonly description: string;
}

/** Expects a post to be accepted; the notification is deleted afterwards. */
async function expectPostAccepted(context: CaseContext, { to, from, description }: Accepted): Promise<void> {
  const exchange = expectStatus(context, await tryPost(context, to), 201, description);
  const id = textMemberOf(exchange.answer.json, 'id');
  if (id !== undefined) context.cleanUp(() => remove(context, from, id));
}

function optionsOf({ user, application, deviceId, platform }: Subscribed) {
  return { user, application, deviceId, platform };
}
