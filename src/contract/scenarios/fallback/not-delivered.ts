// Scenarios without a toast: the device has fetched, the notification was deleted or has expired, or platform or notification are not eligible (F16, R9).
import type { Case } from '../../case.ts';
import { clockToleranceSeconds } from '../../clock-tolerance.ts';
import { acknowledgeAndClose, expectNotRedelivered } from '../../kit/acknowledge.ts';
import { expectNoToast, expectNotification, expectToast, flushWithSentinel, postAndReceive } from '../../kit/assertions.ts';
import { everyPlatform } from '../../kit/devices.ts';
import { connectWithoutFetching, delaySeconds, passDelay, readOverHttp, visualContent, withFallback } from '../../kit/fallback.ts';
import { instant } from '../../kit/posting.ts';
import { deviceScenario } from '../../kit/scenario.ts';

export const fallbackNotDeliveredScenarios: readonly Case[] = [
  deviceScenario({
    requirement: 'fallback-fetched',
    name: 'acknowledged-or-listed',
    title: 'sends no toast to devices that have acknowledged or listed the notification, and one to a device that has not',
    needs: ['clock'],
    async run(fixture) {
      const [acknowledging, listing, waiting] = [
        await fixture.subscribeAndConnect('iOS'),
        await connectWithoutFetching(fixture),
        await connectWithoutFetching(fixture),
      ];
      const { id, cursor } = await postAndReceive(fixture, acknowledging, withFallback());
      await fixture.context.devices.list(listing.device);
      // The target must have processed the acknowledgement before the clock moves.
      await acknowledgeAndClose(fixture, acknowledging, cursor);
      const back = await expectNotRedelivered(fixture, acknowledging.device, { ids: [id], cursors: [cursor], requirement: 'acknowledged' });
      await passDelay(fixture);
      await expectToast(fixture, waiting, { id, requirement: 'fallback-toast' });
      await flushWithSentinel(fixture, back, listing);
      expectNoToast(fixture, back, { id }, 'which has acknowledged it');
      expectNoToast(fixture, listing, { id }, 'which has listed it');
    },
  }),
  deviceScenario({
    requirement: 'fallback-fetched',
    name: 'read',
    title: 'sends no toast to a device that has read the notification over HTTP',
    needs: ['clock', 'client'],
    async run(fixture) {
      const [reading, waiting] = [await connectWithoutFetching(fixture), await connectWithoutFetching(fixture)];
      const { id } = await fixture.post(reading.device, withFallback());
      await readOverHttp(fixture, reading.device, id);
      await passDelay(fixture);
      await expectToast(fixture, waiting, { id, requirement: 'fallback-toast' });
      await flushWithSentinel(fixture, reading);
      expectNoToast(fixture, reading, { id }, 'which has read it');
    },
  }),
  deviceScenario({
    requirement: 'fallback-deleted',
    name: 'deleted',
    title: 'sends no toast for a notification that was deleted before the delay was over or the device reconnected',
    needs: ['clock'],
    async run(fixture) {
      const [phone, other, away] = [
        await connectWithoutFetching(fixture),
        await fixture.subscribeAndConnect('Windows'),
        await fixture.subscribe('iOS'),
      ];
      const early = await fixture.post(phone.device, withFallback());
      const late = await fixture.post(phone.device, withFallback());
      const stays = await fixture.post(phone.device, withFallback());
      await fixture.context.devices.remove(other.device, early.id);
      await passDelay(fixture);
      await expectToast(fixture, phone, { ...stays, requirement: 'fallback-toast' });
      await fixture.context.devices.remove(other.device, late.id);
      await flushWithSentinel(fixture, phone);
      expectNoToast(fixture, phone, early, 'since the notification was deleted before');
      const back = await fixture.connect(away, { ignoresSignals: true });
      await expectToast(fixture, back, { ...stays, requirement: 'fallback-toast' });
      await flushWithSentinel(fixture, back);
      for (const gone of [early, late]) expectNoToast(fixture, back, gone, 'since the notification was deleted before it connected');
    },
  }),
  deviceScenario({
    requirement: 'fallback-deleted',
    name: 'expired',
    title: 'sends no toast for a notification that has expired before the delay was over or the device reconnected',
    needs: ['clock'],
    async run(fixture) {
      const [phone, away] = [await connectWithoutFetching(fixture), await fixture.subscribe('iOS')];
      const { context } = fixture;
      const beforeDelay = await fixture.post(phone.device, {
        ...withFallback(2 * delaySeconds),
        expirationDateTime: instant(context, delaySeconds),
      });
      const beforeReturn = await fixture.post(away, {
        ...withFallback(),
        expirationDateTime: instant(context, 2 * delaySeconds),
        targetPolicy: { platformTypes: ['iOS'] },
      });
      await context.clock.pass(2 * delaySeconds + clockToleranceSeconds);
      await flushWithSentinel(fixture, phone);
      expectNoToast(fixture, phone, beforeDelay, 'since the notification has expired before the delay was over');
      const back = await fixture.connect(away, { ignoresSignals: true });
      await flushWithSentinel(fixture, back);
      for (const gone of [beforeDelay, beforeReturn]) expectNoToast(fixture, back, gone, 'since the notification has expired');
    },
  }),
  deviceScenario({
    requirement: 'fallback-only-ios',
    name: 'platforms',
    title: 'sends the toast to iOS devices only, connected or not',
    needs: ['clock'],
    async run(fixture) {
      const phone = await connectWithoutFetching(fixture);
      const platforms = everyPlatform.filter((platform) => platform !== 'iOS');
      const others = await Promise.all(platforms.map((platform) => fixture.subscribeAndConnect(platform)));
      const away = await Promise.all(platforms.map((platform) => fixture.subscribe(platform)));
      const { id } = await fixture.post(phone.device, withFallback());
      await Promise.all(
        others.map((other) => expectNotification(fixture, other, { id, description: 'the notification', requirement: 'fan-out' })),
      );
      await passDelay(fixture);
      await expectToast(fixture, phone, { id, requirement: 'fallback-toast' });
      const late = await Promise.all(away.map((device) => fixture.connect(device)));
      await flushWithSentinel(fixture, ...others, ...late);
      for (const other of [...others, ...late]) expectNoToast(fixture, other, { id }, 'which is not iOS');
    },
  }),
  deviceScenario({
    requirement: 'fallback-only-high',
    name: 'priorities',
    title: 'sends no toast for raw notifications of priority Low or None, nor for visual ones',
    needs: ['clock'],
    async run(fixture) {
      const phone = await connectWithoutFetching(fixture);
      const none = [
        await fixture.post(phone.device, { ...withFallback(), priority: 'Low' }),
        await fixture.post(phone.device, { ...withFallback(), priority: 'None' }),
        await fixture.post(phone.device, { ...withFallback(), payload: { visualContent } }),
      ];
      const high = await fixture.post(phone.device, withFallback());
      await passDelay(fixture);
      await expectToast(fixture, phone, { ...high, requirement: 'fallback-toast' });
      await flushWithSentinel(fixture, phone);
      for (const one of none) expectNoToast(fixture, phone, one, 'since the notification is not raw and High');
    },
  }),
];
