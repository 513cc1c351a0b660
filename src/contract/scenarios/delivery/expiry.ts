// Scenarios of time at devices: the expiry of a notification is not pushed, an expired subscription is invalid (D10, D12).
import { CaseSkipped } from '../../../checks/failure.ts';
import { closeCodes } from '../../../documents/close-codes.gen.ts';
import { memberOf } from '../../../values/json.ts';
import type { Case } from '../../case.ts';
import { clockToleranceSeconds } from '../../clock-tolerance.ts';
import { expectAccepted, expectNoDelivery, expectNotification, flushWithSentinel, pushesOf, reconnect } from '../../kit/assertions.ts';
import { getSubscription } from '../../kit/client-calls.ts';
import { describe } from '../../kit/device-recorder.ts';
import type { DeviceFixture } from '../../kit/devices.ts';
import { instant, tryPost } from '../../kit/posting.ts';
import { deviceScenario, socketScenario } from '../../kit/scenario.ts';
import { connectSocket, expectHandshakeRefused, expectStillOpen, formatEvents, waitForEvent } from '../../kit/socket-assertions.ts';
import type { AdapterDevice } from '../../target/adapter.ts';

const shortSeconds = 60;
const day = 86_400;

/** Remaining lifetime of the subscription in seconds, as the target reports it: its length is not specified (D12). */
async function lifeOf({ context }: DeviceFixture, { unsid }: AdapterDevice): Promise<number> {
  const { answer } = await getSubscription(context, { user: 'user', unsid });
  const seconds = (Date.parse(String(memberOf(answer.json, 'expirationDateTime'))) - context.clock.now()) / 1000;
  if (!(seconds > 0 && seconds < 366 * day))
    throw new CaseSkipped("the target's subscriptions live more than a year, or have no expirationDateTime");
  return seconds;
}

export const deviceExpiryScenarios: readonly Case[] = [
  deviceScenario({
    requirement: 'no-push-at-expiry',
    name: 'connected-and-away',
    title: 'pushes nothing when a notification expires or later, and keeps its cursor valid',
    needs: ['clock'],
    async run(fixture) {
      const { context } = fixture;
      const [recorder, other, away] = [
        await fixture.subscribeAndConnect('Windows'),
        await fixture.subscribeAndConnect('iOS'),
        await fixture.subscribe('Android'),
      ];
      const { id } = await fixture.post(recorder.device, { expirationDateTime: instant(context, shortSeconds) });
      const { cursor } = await expectNotification(fixture, recorder, { id, description: 'the notification', requirement: 'fan-out' });
      await expectNotification(fixture, other, { id, description: 'the notification', requirement: 'fan-out' });
      const from = new Map([recorder, other].map((one) => [one, one.received.all.length]));
      await other.close();
      await context.clock.pass(shortSeconds + clockToleranceSeconds);
      await flushWithSentinel(fixture, recorder);
      expectNoDelivery(fixture, recorder, {
        id,
        description: 'a message about an expired notification',
        from: from.get(recorder) ?? 0,
      });
      for (const late of [await fixture.connect(away), await reconnect(fixture, other.device)]) {
        await flushWithSentinel(fixture, late);
        const pushes = pushesOf(late, id);
        if (pushes.length > 0)
          context.fail({
            requirement: pushes.some(({ change }) => change === 'deleted') ? 'no-push-at-expiry' : 'expiry-removes',
            expected: `no message about ${id} at ${late.who}, since it has expired`,
            got: pushes.map(describe).join('; '),
          });
      }
      const resumed = await reconnect(fixture, other.device, { cursor });
      if (!resumed.connected.resumed)
        context.fail({
          requirement: 'resumed',
          expected: 'the cursor of an expired notification to stay valid',
          got: 'resumed false',
        });
    },
  }),
  socketScenario({
    requirement: 'subscription-expires',
    name: 'socket',
    title: 'ends the socket and the UNSID of a subscription that is not renewed, and keeps one that is renewed in time',
    needs: ['clock', 'client'],
    async run(fixture) {
      const { context } = fixture;
      const [lapses, renews] = [await fixture.subscribe('Windows'), await fixture.subscribe('Windows')];
      const life = await lifeOf(fixture, lapses);
      await context.clock.pass((2 / 3) * life);
      const renewed = await expectAccepted(fixture, 'the device to renew its subscription', () =>
        fixture.subscribe('Windows', { deviceId: renews.deviceId }),
      );
      if (renewed.unsid !== renews.unsid)
        context.fail({ requirement: 'subscribe-renewed', expected: 'the same UNSID when a subscription is renewed', got: renewed.unsid });
      const [ends, goesOn] = [await connectSocket(fixture, lapses), await connectSocket(fixture, renewed)];
      await context.clock.pass((1 / 3) * life + clockToleranceSeconds);
      const closed = await waitForEvent(fixture, ends, {
        kind: 'closed',
        description: 'the socket to be closed when its subscription expires',
      });
      if (closed.code === closeCodes.tokenExpired.code) throw new CaseSkipped('the user token expired before the subscription did');
      if (closed.code !== closeCodes.subscriptionGone.code) context.fail({ expected: 'close code 4410', got: formatEvents(ends) });
      await expectStillOpen(fixture, goesOn, renewed, 'when the subscription was renewed in time');
      const { answer } = await tryPost(context, lapses);
      if (answer.status !== 403)
        context.fail({ expected: 'a post to an expired UNSID to be refused with 403', got: `${answer.status}: ${answer.text}` });
      const refused = await expectHandshakeRefused(fixture, lapses, {}, 'the handshake of an expired UNSID to be refused with 404');
      if (refused.status !== 404)
        context.fail({ expected: 'the handshake of an expired UNSID to be refused with 404', got: String(refused.status) });
      const again = await fixture.subscribe('Windows', { deviceId: lapses.deviceId });
      if (again.unsid === lapses.unsid)
        context.fail({ requirement: 'subscribe-again', expected: 'a new UNSID after the old one expired', got: 'the old one' });
    },
  }),
];
