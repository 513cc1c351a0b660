// Scenarios of renewing a subscription: it lives longer, and what was not delivered yet still is (F21, D12).
import type { Case } from '../case.ts';
import { at, getSubscription, listSubscriptions, mustBe, subscribe } from './client-stage.ts';
import { arrives, postAndReceive, returns } from './expectations.ts';
import { clientScenario, deviceScenario } from './scenario.ts';

const dayOrTwo = 2 * 86_400;
const expirationOf = (json: unknown): number => Date.parse(String(at(json, 'expirationDateTime')));

export const clientRenewalScenarios: readonly Case[] = [
  clientScenario({
    requirement: 'subscribe-renewed',
    name: 'longer',
    title: 'lets a subscription that is renewed end later than before, and says so wherever it is told',
    needs: ['clock'],
    async play(context) {
      const first = await subscribe(context, { platform: 'iOS' });
      await context.clock.pass(dayOrTwo);
      const { exchange } = await subscribe(context, first);
      mustBe(context, exchange, 200, 'renewing');
      const got = mustBe(context, await getSubscription(context, first), 200, 'the subscription');
      const list = mustBe(context, await listSubscriptions(context, 'user'), 200, 'the list of subscriptions');
      const value = at(list.answer.json, 'value');
      const listed: unknown = Array.isArray(value)
        ? value.find((one: unknown) => at(one, 'userNotificationSubscriptionId') === first.unsid)
        : undefined;
      for (const [told, json] of [
        [exchange, exchange.answer.json],
        [got, got.answer.json],
        [list, listed],
      ] as const)
        if (!(expirationOf(json) > expirationOf(first.exchange.answer.json)))
          context.fail({
            expected: `an expirationDateTime after ${String(at(first.exchange.answer.json, 'expirationDateTime'))}`,
            got: String(at(json, 'expirationDateTime')),
            exchange: told,
          });
    },
  }),
  deviceScenario({
    requirement: 'subscribe-renewed',
    name: 'keeps-what-is-due',
    title: 'delivers after a renewal what was not delivered before it: to a device that never connected, and to one that went away',
    async play(stage) {
      const [fresh, listener] = [await stage.subscribe('Android'), await stage.join('iOS')];
      await postAndReceive(stage, listener);
      await listener.close();
      const { id } = await stage.post(fresh);
      for (const device of [fresh, listener.device]) {
        const renewed = await stage.subscribe(device.platform, { deviceId: device.deviceId });
        if (renewed.unsid !== device.unsid)
          stage.context.fail({ expected: `the UNSID ${device.unsid} again when the subscription is renewed`, got: renewed.unsid });
        await arrives(stage, await returns(stage, renewed), { id, says: 'the notification that was posted before the renewal' });
      }
    },
  }),
];
