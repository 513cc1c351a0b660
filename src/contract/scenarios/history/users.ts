// Scenarios of several users and devices over HTTP: the user in @odata.context, states set by several devices, notifications without a matching device.
import { memberOf } from '../../../values/json.ts';
import type { Case } from '../../case.ts';
import { expectExists, expectMembers, expectStatus, getNotification, listAll, publish, subscribe, update } from '../../kit/client-calls.ts';
import { everyPlatform } from '../../kit/devices.ts';
import { expectListed } from '../../kit/list-assertions.ts';
import { type Posted, tryPost } from '../../kit/posting.ts';
import { clientScenario } from '../../kit/scenario.ts';

export const clientUserScenarios: readonly Case[] = [
  clientScenario({
    requirement: 'post-context',
    name: 'each-user',
    title: 'names the user of the UNSID, whichever user the same app server posted to before',
    needs: ['otherUser'],
    async run(context) {
      const [one, other] = [await subscribe(context), await subscribe(context, { user: 'otherUser' })];
      const contextOf = async (to: typeof one) => {
        const { exchange } = await publish(context, to);
        return { exchange, name: memberOf(exchange.answer.json, '@odata.context') };
      };
      const [first, second, third, fourth] = [await contextOf(one), await contextOf(other), await contextOf(one), await contextOf(other)];
      for (const [actual, same, another] of [
        [third, first, second],
        [fourth, second, first],
      ] as const)
        if (actual.name !== same.name || actual.name === another.name)
          context.fail({
            expected: `@odata.context ${String(same.name)} for this user, and another for another user`,
            got: String(actual.name),
            exchange: actual.exchange,
          });
    },
  }),
  clientScenario({
    requirement: 'post-unsid-usable',
    name: 'near',
    title: 'refuses UNSIDs that are a shortened or extended valid UNSID',
    async run(context) {
      const device = await subscribe(context);
      const { unsid } = device;
      const near = [unsid.slice(0, -1), unsid.slice(1), unsid.slice(0, 22), `${unsid}x`, `${unsid}-${unsid}`];
      // A UNSID has at most 128 characters.
      for (const one of near.filter((text) => text !== unsid && text.length <= 128)) {
        await publish(context, device);
        expectStatus(context, await tryPost(context, { ...device, unsid: one }), 403, `a post to ${one}, which is not the UNSID ${unsid}`);
      }
    },
  }),
  clientScenario({
    requirement: 'history-complete',
    name: 'without-devices',
    title: 'has notifications in the history for platforms of which the user never had a device',
    async run(context) {
      for (const own of ['Windows', 'WebPush'] as const) {
        const device = await subscribe(context, { platform: own, application: context.application });
        const posted: Posted[] = [];
        for (const platform of everyPlatform) posted.push(await publish(context, device, { targetPolicy: { platformTypes: [platform] } }));
        posted.push(await publish(context, device, { payload: { visualContent: { title: 'Visual only' } } }));
        expectListed(context, {
          pages: await listAll(context, device),
          own: posted,
          expected: posted,
          description: `the history of a user with a ${own} device, with notifications for all platforms`,
        });
      }
    },
  }),
  clientScenario({
    requirement: 'update-states',
    name: 'in-turn',
    title: 'sets one state and leaves the other as another device has set it, whatever each device has read before',
    async run(context) {
      const one = await subscribe(context);
      const two = await subscribe(context, { platform: 'iOS' });
      const three = await subscribe(context, { platform: 'WebPush' });
      const devices = [one, two, three];
      const { id } = await publish(context, one);
      // All devices read the initial state.
      for (const device of devices) {
        await listAll(context, device);
        expectStatus(context, await getNotification(context, device, id), 200, 'the notification');
      }
      let expected: Readonly<Record<string, string>> = { readState: 'Unread', userActionState: 'NoInteraction' };
      for (const [device, change] of [
        [two, { readState: 'Read' }],
        [one, { userActionState: 'Activated' }],
        [three, { userActionState: 'Snoozed' }],
        [two, { readState: 'Unread' }],
        [one, { readState: 'Read' }],
        [three, { userActionState: 'Dismissed' }],
      ] as const) {
        expected = { ...expected, ...change };
        expectMembers(
          context,
          expectStatus(context, await update(context, { ...device, id }, change), 200, `setting ${JSON.stringify(change)}`),
          expected,
        );
      }
      for (const device of devices) expectMembers(context, await expectExists(context, device, id), expected);
    },
  }),
];
