// Scenarios of renewing a subscription: it lives longer, is told the same everywhere, and what was not delivered yet still is (F21, D12).
import { CaseSkipped } from '../../../checks/failure.ts';
import type { Case, CaseContext } from '../../case.ts';
import { expectNotification, postAndReceive, reconnect } from '../../kit/assertions.ts';
import {
  expectMembers,
  expectStatus,
  memberAt,
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
const expirationOf = ({ exchange }: Subscribed): number => Date.parse(String(memberAt(exchange.answer.json, 'expirationDateTime')));

/** Renews, and judges that it is still the same subscription, wherever it is told. */
async function renew(context: CaseContext, first: Subscribed, more: Pick<SubscriptionOptions, 'displayName'> = {}): Promise<Subscribed> {
  const { user, application, deviceId, platform } = first;
  const renewed = await subscribe(context, { user, application, deviceId, platform, ...more });
  expectStatus(context, renewed.exchange, 200, 'renewing');
  expectMembers(context, renewed.exchange, { userNotificationSubscriptionId: first.unsid, deviceId, platform });
  await expectSubscriptionEverywhere(context, renewed, subscriptionMembers(renewed.exchange.answer.json));
  return renewed;
}

/** @throws CaseSkipped when it is later than this, in milliseconds since 1970: somebody else has moved the target's clock */
function expectNotLater({ clock }: CaseContext, than: number): void {
  if (clock.now() > than) throw new CaseSkipped("the target's clock was moved by somebody else meanwhile");
}

export const clientRenewalScenarios: readonly Case[] = [
  clientScenario({
    requirement: 'subscribe-renewed',
    name: 'members',
    title: 'tells a renewed subscription the same wherever it is told, also one that was renewed with another displayName',
    async run(context) {
      const first = await subscribe(context, { platform: 'WebPush', displayName: 'First' });
      for (const more of [{ displayName: 'Second' }, {}, { displayName: 'Third' }]) await renew(context, first, more);
    },
  }),
  clientScenario({
    requirement: 'subscribe-renewed',
    name: 'longer',
    title: 'lets a subscription that is renewed end later than before, and says so wherever it is told',
    needs: ['clock'],
    async run(context) {
      const first = await subscribe(context, { platform: 'iOS' });
      await context.clock.pass(2 * day);
      const renewed = await renew(context, first);
      if (!(expirationOf(renewed) > expirationOf(first)))
        context.fail({
          expected: `an expirationDateTime after ${String(memberAt(first.exchange.answer.json, 'expirationDateTime'))}`,
          got: String(memberAt(renewed.exchange.answer.json, 'expirationDateTime')),
          exchange: renewed.exchange,
        });
    },
  }),
  clientScenario({
    requirement: 'subscribe-renewed',
    name: 'lives-on',
    title: 'lets a subscription that was renewed be used after the time at which it would have expired',
    needs: ['clock'],
    async run(context) {
      const first = await subscribe(context, { platform: 'Android' });
      const seconds = (expirationOf(first) - context.clock.now()) / 1000;
      if (!(seconds > 0 && seconds < 366 * day)) throw new CaseSkipped('the target gives subscriptions a life of more than a year');
      await context.clock.pass(Math.max(0, seconds - 10 * minutes));
      expectNotLater(context, expirationOf(first));
      const renewed = await renew(context, first);
      await context.clock.pass(20 * minutes);
      expectNotLater(context, expirationOf(first) + 20 * minutes * 1000);
      await expectSubscriptionEverywhere(context, renewed, subscriptionMembers(renewed.exchange.answer.json));
      const posted = expectStatus(context, await tryPost(context, renewed), 201, 'a post to a UNSID that was renewed');
      context.cleanUp(() => remove(context, renewed, String(memberAt(posted.answer.json, 'id'))));
      expectStatus(context, await tryList(context, renewed), 200, 'the history with a UNSID that was renewed');
    },
  }),
  deviceScenario({
    requirement: 'subscribe-renewed',
    name: 'keeps-what-is-due',
    title: 'delivers after a renewal what was not delivered before it: to a device that never connected, and to one that went away',
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
          description: 'the notification that was posted before the renewal',
        });
      }
    },
  }),
];
