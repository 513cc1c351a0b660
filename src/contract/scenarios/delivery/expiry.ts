// Scenarios of time at devices: notifications that expire are not pushed, subscriptions that expire are dead (D10, D12).
import { CaseSkipped } from '../../../checks/failure.ts';
import { closeCodes } from '../../../documents/close-codes.gen.ts';
import type { Case } from '../../case.ts';
import { expectAccepted, expectNoDelivery, expectNotification, flushWithSentinel, pushesOf, reconnect } from '../../kit/assertions.ts';
import { getSubscription } from '../../kit/client-calls.ts';
import { describe } from '../../kit/device-recorder.ts';
import type { DeviceFixture } from '../../kit/devices.ts';
import { instant, tryPost } from '../../kit/posting.ts';
import { deviceScenario, socketScenario } from '../../kit/scenario.ts';
import {
  connectSocket,
  expectHandshakeRefused,
  expectStillOpen,
  formatEvents,
  memberOf,
  waitForEvent,
} from '../../kit/socket-assertions.ts';
import type { AdapterDevice } from '../../target/adapter.ts';

const shortSeconds = 60;
const slackSeconds = 5;
const day = 86_400;

/** Seconds that its subscription has to live, as the target tells it: how long that is, is free (D12). */
async function lifeOf({ context }: DeviceFixture, { unsid }: AdapterDevice): Promise<number> {
  const { answer } = await getSubscription(context, { user: 'user', unsid });
  const seconds = (Date.parse(String(memberOf(answer.json, 'expirationDateTime'))) - context.clock.now()) / 1000;
  if (!(seconds > 0 && seconds < 366 * day))
    throw new CaseSkipped('the target gives subscriptions a life of more than a year, or tells none');
  return seconds;
}

export const deviceExpiryScenarios: readonly Case[] = [
  deviceScenario({
    requirement: 'no-push-at-expiry',
    name: 'connected-and-away',
    title: 'pushes nothing when a notification expires, nor later, and keeps its cursor valid',
    needs: ['clock'],
    async run(stage) {
      const { context } = stage;
      const [listener, other, away] = [
        await stage.subscribeAndConnect('Windows'),
        await stage.subscribeAndConnect('iOS'),
        await stage.subscribe('Android'),
      ];
      const { id } = await stage.post(listener.device, { expirationDateTime: instant(context, shortSeconds) });
      const { cursor } = await expectNotification(stage, listener, { id, description: 'the notification', requirement: 'fan-out' });
      await expectNotification(stage, other, { id, description: 'the notification', requirement: 'fan-out' });
      const from = new Map([listener, other].map((one) => [one, one.received.all.length]));
      await other.close();
      await context.clock.pass(shortSeconds + slackSeconds);
      await flushWithSentinel(stage, listener);
      expectNoDelivery(stage, listener, { id, description: 'anything of a notification that has expired', from: from.get(listener) ?? 0 });
      for (const late of [await stage.connect(away), await reconnect(stage, other.device)]) {
        await flushWithSentinel(stage, late);
        const pushes = pushesOf(late, id);
        if (pushes.length > 0)
          context.fail({
            requirement: pushes.some(({ change }) => change === 'deleted') ? 'no-push-at-expiry' : 'expiry-removes',
            expected: `nothing of ${id} at ${late.who}: it has expired`,
            got: pushes.map(describe).join('; '),
          });
      }
      const resumed = await reconnect(stage, other.device, { cursor });
      if (!resumed.connected.resumed)
        context.fail({
          requirement: 'resumed',
          expected: 'the cursor of a notification that has expired to stay valid',
          got: 'resumed false',
        });
    },
  }),
  socketScenario({
    requirement: 'subscription-expires',
    name: 'socket',
    title: 'ends a subscription that is not renewed: its socket, its UNSID; one that is renewed in time goes on',
    needs: ['clock', 'client'],
    async run(stage) {
      const { context } = stage;
      const [lapses, renews] = [await stage.subscribe('Windows'), await stage.subscribe('Windows')];
      const life = await lifeOf(stage, lapses);
      await context.clock.pass((2 / 3) * life);
      const renewed = await expectAccepted(stage, 'the device to renew its subscription', () =>
        stage.subscribe('Windows', { deviceId: renews.deviceId }),
      );
      if (renewed.unsid !== renews.unsid)
        context.fail({ requirement: 'subscribe-renewed', expected: 'the same UNSID when a subscription is renewed', got: renewed.unsid });
      const [ends, goesOn] = [await connectSocket(stage, lapses), await connectSocket(stage, renewed)];
      await context.clock.pass((1 / 3) * life + slackSeconds);
      const closed = await waitForEvent(stage, ends, {
        kind: 'closed',
        description: 'the socket to be closed when its subscription expires',
      });
      if (closed.code === closeCodes.tokenExpired.code) throw new CaseSkipped('the user token expired before the subscription did');
      if (closed.code !== closeCodes.subscriptionGone.code) context.fail({ expected: 'close code 4410', got: formatEvents(ends) });
      await expectStillOpen(stage, goesOn, renewed, 'when the subscription was renewed in time');
      const { answer } = await tryPost(context, lapses);
      if (answer.status !== 403)
        context.fail({ expected: 'a post to a UNSID that has expired to be refused with 403', got: `${answer.status}: ${answer.text}` });
      const refused = await expectHandshakeRefused(stage, lapses, {}, 'the handshake of a UNSID that has expired to be refused with 404');
      if (refused.status !== 404)
        context.fail({ expected: 'the handshake of a UNSID that has expired to be refused with 404', got: String(refused.status) });
      const again = await stage.subscribe('Windows', { deviceId: lapses.deviceId });
      if (again.unsid === lapses.unsid)
        context.fail({ requirement: 'subscribe-again', expected: 'a new UNSID after the old one expired', got: 'the same' });
    },
  }),
];
