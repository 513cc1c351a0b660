// Scenarios of time over HTTP: expired notifications and subscriptions are removed everywhere, and lifetimes count down.
import { CaseSkipped } from '../../../checks/failure.ts';
import { memberOf } from '../../../values/json.ts';
import type { Case, CaseContext } from '../../case.ts';
import { clockToleranceSeconds } from '../../clock-tolerance.ts';
import {
  deleteSubscription,
  expectStatus,
  getNotification,
  getSubscription,
  list,
  listAll,
  listSubscriptions,
  ownIds,
  publish,
  remove,
  type Subscribed,
  subscribe,
  update,
} from '../../kit/client-calls.ts';
import { instant, type Posted, tryPost } from '../../kit/posting.ts';
import { clientScenario } from '../../kit/scenario.ts';

const shortSeconds = 60;
const day = 86_400;

async function expectGone(context: CaseContext, device: Subscribed, gone: readonly Posted[], since: string): Promise<void> {
  for (const query of [{}, { status: 'Any' }, { status: 'Deleted' }, { since }]) {
    const pages = await listAll(context, device, { ...query, $top: '1000' });
    const left = ownIds(pages, gone);
    if (left.length > 0)
      context.fail({
        expected: `no expired notification with ${JSON.stringify(query)}`,
        got: left.join(', '),
        ...(pages[0] ? { exchange: pages[0].exchange } : {}),
      });
  }
  for (const { id } of gone) {
    expectStatus(context, await getNotification(context, device, id), 404, 'reading an expired notification');
    expectStatus(context, await update(context, { ...device, id }, { readState: 'Read' }), 404, 'changing an expired notification');
    expectStatus(context, await remove(context, device, id), 404, 'deleting an expired notification');
  }
}

export const clientExpiryScenarios: readonly Case[] = [
  clientScenario({
    requirement: 'expiry-removes',
    name: 'everywhere',
    title: 'removes notifications, changed ones and tombstones from history and sync when they expire, and no others',
    needs: ['clock'],
    async run(context) {
      const device = await subscribe(context);
      const { syncCursor, cursor } = await list(context, device);
      const expirationDateTime = instant(context, shortSeconds);
      const unchanged = await publish(context, device, { expirationDateTime });
      const changed = await publish(context, device, { expirationDateTime });
      const deleted = await publish(context, device, { expirationDateTime });
      const gone = [unchanged, changed, deleted];
      const stays = await publish(context, device);
      await update(context, { ...device, id: changed.id }, { readState: 'Read' });
      await remove(context, device, deleted.id);
      const before = await listAll(context, device, { $top: '1000' });
      if (ownIds(before, gone).length !== 2)
        context.fail({
          requirement: 'history-lists',
          expected: 'two of them in the history before they expire',
          got: ownIds(before, gone).join(', ') || 'none',
        });
      const head = await list(context, device);
      await context.clock.pass(shortSeconds + clockToleranceSeconds);
      await expectGone(context, device, gone, syncCursor ?? cursor);
      expectStatus(context, await getNotification(context, device, stays.id), 200, 'a notification that has not expired');
      const after = await listAll(context, device, { since: head.syncCursor ?? head.cursor, $top: '1000' });
      if (ownIds(after, [...gone, stays]).length > 0)
        context.fail({ expected: 'no changes since a cursor before the expiry', got: ownIds(after, [...gone, stays]).join(', ') });
    },
  }),
  clientScenario({
    requirement: 'expiry-removes',
    name: 'seven-days',
    title: 'removes a notification without an expiration after seven days, not before',
    needs: ['clock'],
    async run(context) {
      const device = await subscribe(context);
      const { syncCursor, cursor } = await list(context, device);
      // A member with the value undefined is not sent.
      const posted = await publish(context, device, { expirationDateTime: undefined });
      await context.clock.pass(7 * day - 600);
      expectStatus(context, await getNotification(context, device, posted.id), 200, 'the notification ten minutes before its expiry');
      await context.clock.pass(600 + clockToleranceSeconds);
      await expectGone(context, device, [posted], syncCursor ?? cursor);
    },
  }),
  clientScenario({
    requirement: 'post-default-expiration',
    name: 'each',
    title: 'counts the seven days from the creation of each notification',
    needs: ['clock'],
    async run(context) {
      const device = await subscribe(context);
      for (let round = 0; round < 3; round += 1) {
        const { exchange } = await publish(context, device, { expirationDateTime: undefined });
        const seconds = (Date.parse(String(memberOf(exchange.answer.json, 'expirationDateTime'))) - context.clock.now()) / 1000;
        if (!(Math.abs(seconds - 7 * day) < shortSeconds / 2))
          context.fail({ expected: 'an expirationDateTime in seven days', got: `one in ${(seconds / day).toFixed(4)} days`, exchange });
        if (round < 2) await context.clock.pass(shortSeconds);
      }
    },
  }),
  clientScenario({
    requirement: 'notification-content',
    name: 'time-to-live',
    title: 'counts displayTimeToLive down to 0 for clients, and keeps the notification',
    needs: ['clock'],
    async run(context) {
      const device = await subscribe(context);
      const { id } = await publish(context, device, { displayTimeToLive: 100 });
      const expectSecondsLeft = async (low: number, high: number) => {
        const exchange = expectStatus(context, await getNotification(context, device, id), 200, 'the notification');
        const seconds = memberOf(exchange.answer.json, 'displayTimeToLive');
        if (!(typeof seconds === 'number' && seconds >= low && seconds <= high))
          context.fail({ expected: `displayTimeToLive from ${low} to ${high}`, got: String(seconds), exchange });
      };
      await expectSecondsLeft(90, 100);
      await context.clock.pass(40);
      await expectSecondsLeft(50, 60);
      await context.clock.pass(60 + clockToleranceSeconds);
      await expectSecondsLeft(0, 0);
    },
  }),
  clientScenario({
    requirement: 'subscription-expires',
    name: 'unsid',
    title: 'ends a subscription that is not renewed, and gives a new UNSID afterwards',
    needs: ['clock'],
    async run(context) {
      const device = await subscribe(context);
      const expires = Date.parse(String(memberOf(device.exchange.answer.json, 'expirationDateTime')));
      const seconds = (expires - context.clock.now()) / 1000;
      if (!(seconds > 0 && seconds < 366 * day)) throw new CaseSkipped("the target's subscriptions live more than a year");
      await context.clock.pass(Math.max(0, seconds - 600));
      const posted = expectStatus(context, await tryPost(context, device), 201, 'a post ten minutes before the subscription expires');
      await context.clock.pass(600 + clockToleranceSeconds);
      expectStatus(context, await tryPost(context, device), 403, 'a post to an expired UNSID');
      expectStatus(context, await getSubscription(context, device), 404, 'an expired subscription');
      expectStatus(context, await deleteSubscription(context, device), 404, 'deleting an expired subscription');
      const listed = await listSubscriptions(context, 'user');
      if (listed.answer.text.includes(device.unsid))
        context.fail({
          requirement: 'subscription-list',
          expected: 'a list without the expired subscription',
          got: 'a list with it',
          exchange: listed,
        });
      const again = await subscribe(context, { deviceId: device.deviceId });
      context.cleanUp(() => remove(context, again, String(memberOf(posted.answer.json, 'id'))));
      expectStatus(context, again.exchange, 201, 'subscribing again');
      if (again.unsid === device.unsid)
        context.fail({ requirement: 'subscribe-again', expected: 'a new UNSID', got: 'the old one', exchange: again.exchange });
    },
  }),
];
