// Scenarios of several users and devices over HTTP: whose name is told, whose states are kept, what is there without a device for it.
import type { Case } from '../../case.ts';
import {
  expectExists,
  expectMembers,
  expectStatus,
  getNotification,
  listAll,
  memberAt,
  publish,
  subscribe,
  update,
} from '../../kit/client-calls.ts';
import { everyPlatform } from '../../kit/devices.ts';
import { expectListed } from '../../kit/list-assertions.ts';
import { type Posted, tryPost } from '../../kit/posting.ts';
import { clientScenario } from '../../kit/scenario.ts';

export const clientUserScenarios: readonly Case[] = [
  clientScenario({
    requirement: 'post-context',
    name: 'each-user',
    title: 'names the user whose UNSID was posted to, whoever the same app server posted to before',
    needs: ['otherUser'],
    async run(context) {
      const [one, other] = [await subscribe(context), await subscribe(context, { user: 'otherUser' })];
      const contextOf = async (to: typeof one) => {
        const { exchange } = await publish(context, to);
        return { exchange, name: memberAt(exchange.answer.json, '@odata.context') };
      };
      const [first, second, third, fourth] = [await contextOf(one), await contextOf(other), await contextOf(one), await contextOf(other)];
      for (const [received, same, another] of [
        [third, first, second],
        [fourth, second, first],
      ] as const)
        if (received.name !== same.name || received.name === another.name)
          context.fail({
            expected: `${String(same.name)}, and another name for another user`,
            got: String(received.name),
            exchange: received.exchange,
          });
    },
  }),
  clientScenario({
    requirement: 'post-unsid-usable',
    name: 'near',
    title: 'refuses UNSIDs that are almost one that it gave: cut off, or with more after it',
    async run(context) {
      const device = await subscribe(context);
      const { unsid } = device;
      const near = [unsid.slice(0, -1), unsid.slice(1), unsid.slice(0, 22), `${unsid}x`, `${unsid}-${unsid}`];
      // 128 characters is the most that a UNSID has.
      for (const one of near.filter((text) => text !== unsid && text.length <= 128)) {
        await publish(context, device);
        expectStatus(context, await tryPost(context, { ...device, unsid: one }), 403, `a post to ${one}, where only ${unsid} was given`);
      }
    },
  }),
  clientScenario({
    requirement: 'history-complete',
    name: 'without-devices',
    title: 'has notifications in the history for platforms of which the user has no device, now or ever',
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
          description: `the history of a user with a ${own} device, whatever platform was meant`,
        });
      }
    },
  }),
  clientScenario({
    requirement: 'update-states',
    name: 'in-turn',
    title: 'sets one state and leaves the other as another device has set it, whatever each of them has read before',
    async run(context) {
      const one = await subscribe(context);
      const two = await subscribe(context, { platform: 'iOS' });
      const three = await subscribe(context, { platform: 'WebPush' });
      const devices = [one, two, three];
      const { id } = await publish(context, one);
      // All of them know it as it was.
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
