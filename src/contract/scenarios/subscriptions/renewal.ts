// Scenarios of renewing a subscription: it lives longer, is the same in all representations, and pending notifications are still delivered (F21, D12).
import { CaseSkipped } from '../../../checks/failure.ts';
import { memberOf } from '../../../values/json.ts';
import type { Case, CaseContext } from '../../case.ts';
import { expectNotification, postAndReceive, reconnect } from '../../kit/assertions.ts';
import {
  expectMembers,
  expectStatus,
  remove,
  type Subscribed,
  type SubscriptionOptions,
  subscribe,
  tryList,
} from '../../kit/client-calls.ts';
import { tryPost } from '../../kit/posting.ts';
import { expectSubscriptionEverywhere, subscriptionMembers } from '../../kit/representations.ts';
import { clientScenario, deviceScenario } from '../../kit/scenario.ts';

const day = 86_400;
const minutes = 60;
const expirationOf = ({ exchange }: Subscribed): number => Date.parse(String(memberOf(exchange.answer.json, 'expirationDateTime')));

/** Renews, and expects the same subscription in every representation. */
async function renew(context: CaseContext, first: Subscribed, more: Pick<SubscriptionOptions, 'displayName'> = {}): Promise<Subscribed> {
  const { user, application, deviceId, platform } = first;
  const renewed = await subscribe(context, { user, application, deviceId, platform, ...more });
  expectStatus(context, renewed.exchange, 200, 'renewing');
  expectMembers(context, renewed.exchange, { userNotificationSubscriptionId: first.unsid, deviceId, platform });
  await expectSubscriptionEverywhere(context, renewed, subscriptionMembers(renewed.exchange.answer.json));
  return renewed;
}

/** @param limit milliseconds since 1970. @throws CaseSkipped if the target's clock is past it, because another client has moved the clock */
function expectNotLater({ clock }: CaseContext, limit: number): void {
  if (clock.now() > limit) throw new CaseSkipped("another client has moved the target's clock meanwhile");
}

export const clientRenewalScenarios: readonly Case[] = [
  clientScenario({
    requirement: 'subscribe-renewed',
    name: 'members',
    title: 'returns the same renewed subscription in every representation, also when renewed with another displayName',
    async run(context) {
      const first = await subscribe(context, { platform: 'WebPush', displayName: 'First' });
      for (const more of [{ displayName: 'Second' }, {}, { displayName: 'Third' }]) await renew(context, first, more);
    },
  }),
  clientScenario({
    requirement: 'subscribe-renewed',
    name: 'longer',
    title: 'extends a subscription that is renewed, in every representation',
    needs: ['clock'],
    async run(context) {
      const first = await subscribe(context, { platform: 'iOS' });
      await context.clock.pass(2 * day);
      const renewed = await renew(context, first);
      if (!(expirationOf(renewed) > expirationOf(first)))
        context.fail({
          expected: `an expirationDateTime after ${String(memberOf(first.exchange.answer.json, 'expirationDateTime'))}`,
          got: String(memberOf(renewed.exchange.answer.json, 'expirationDateTime')),
          exchange: renewed.exchange,
        });
    },
  }),
  clientScenario({
    requirement: 'subscribe-renewed',
    name: 'lives-on',
    title: 'accepts a renewed subscription after the time at which it would have expired',
    needs: ['clock'],
    async run(context) {
      const first = await subscribe(context, { platform: 'Android' });
      const seconds = (expirationOf(first) - context.clock.now()) / 1000;
      if (!(seconds > 0 && seconds < 366 * day)) throw new CaseSkipped("the target's subscriptions live more than a year");
      await context.clock.pass(Math.max(0, seconds - 10 * minutes));
      expectNotLater(context, expirationOf(first));
      const renewed = await renew(context, first);
      await context.clock.pass(20 * minutes);
      expectNotLater(context, expirationOf(first) + 20 * minutes * 1000);
      await expectSubscriptionEverywhere(context, renewed, subscriptionMembers(renewed.exchange.answer.json));
      const posted = expectStatus(context, await tryPost(context, renewed), 201, 'a post to a renewed UNSID');
      context.cleanUp(() => remove(context, renewed, String(memberOf(posted.answer.json, 'id'))));
      expectStatus(context, await tryList(context, renewed), 200, 'the history with a renewed UNSID');
    },
  }),
  deviceScenario({
    requirement: 'subscribe-renewed',
    name: 'keeps-what-is-due',
    title: 'delivers pending notifications after a renewal, to a device that never connected, and to one that disconnected',
    async run(fixture) {
      const [fresh, recorder] = [await fixture.subscribe('Android'), await fixture.subscribeAndConnect('iOS')];
      await postAndReceive(fixture, recorder);
      await recorder.close();
      const { id } = await fixture.post(fresh);
      for (const device of [fresh, recorder.device]) {
        const renewed = await fixture.subscribe(device.platform, { deviceId: device.deviceId });
        if (renewed.unsid !== device.unsid)
          fixture.context.fail({ expected: `the UNSID ${device.unsid} again when the subscription is renewed`, got: renewed.unsid });
        await expectNotification(fixture, await reconnect(fixture, renewed), {
          id,
          description: 'the notification posted before the renewal',
        });
      }
    },
  }),
];
