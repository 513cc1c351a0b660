// Scenarios of toasts that must not come: to who has fetched, of what is gone, to other platforms, of other notifications (F16, R9).
import type { Case } from '../../case.ts';
import { acknowledgeAndClose, expectNotRedelivered } from '../../kit/acknowledge.ts';
import { expectNoToast, expectNotification, expectToast, flushWithSentinel, postAndReceive } from '../../kit/assertions.ts';
import { everyPlatform } from '../../kit/devices.ts';
import {
  clockToleranceSeconds,
  connectWithoutFetching,
  delaySeconds,
  passDelay,
  readOverHttp,
  visualContent,
  withFallback,
} from '../../kit/fallback.ts';
import { instant } from '../../kit/posting.ts';
import { deviceScenario } from '../../kit/scenario.ts';

export const fallbackAbsentScenarios: readonly Case[] = [
  deviceScenario({
    requirement: 'fallback-fetched',
    name: 'acknowledged-or-listed',
    title: 'sends no toast to devices that have acknowledged or listed the notification, and one to the device that has not',
    needs: ['clock'],
    async run(stage) {
      const [acknowledging, listing, waiting] = [
        await stage.subscribeAndConnect('iOS'),
        await connectWithoutFetching(stage),
        await connectWithoutFetching(stage),
      ];
      const { id, cursor } = await postAndReceive(stage, acknowledging, withFallback());
      await stage.context.devices.list(listing.device);
      // The clock must not move before the acknowledgement is there.
      await acknowledgeAndClose(stage, acknowledging, cursor);
      const back = await expectNotRedelivered(stage, acknowledging.device, { ids: [id], cursors: [cursor], requirement: 'acknowledged' });
      await passDelay(stage);
      await expectToast(stage, waiting, { id, requirement: 'fallback-toast' });
      await flushWithSentinel(stage, back, listing);
      expectNoToast(stage, back, { id }, 'which has acknowledged it');
      expectNoToast(stage, listing, { id }, 'which has listed it');
    },
  }),
  deviceScenario({
    requirement: 'fallback-fetched',
    name: 'read',
    title: 'sends no toast to a device that has read the notification over HTTP',
    needs: ['clock', 'client'],
    async run(stage) {
      const [reading, waiting] = [await connectWithoutFetching(stage), await connectWithoutFetching(stage)];
      const { id } = await stage.post(reading.device, withFallback());
      await readOverHttp(stage, reading.device, id);
      await passDelay(stage);
      await expectToast(stage, waiting, { id, requirement: 'fallback-toast' });
      await flushWithSentinel(stage, reading);
      expectNoToast(stage, reading, { id }, 'which has read it');
    },
  }),
  deviceScenario({
    requirement: 'fallback-deleted',
    name: 'deleted',
    title: 'sends no toast of a notification that was deleted before the delay, or before a device that was away came back',
    needs: ['clock'],
    async run(stage) {
      const [phone, other, away] = [
        await connectWithoutFetching(stage),
        await stage.subscribeAndConnect('Windows'),
        await stage.subscribe('iOS'),
      ];
      const early = await stage.post(phone.device, withFallback());
      const late = await stage.post(phone.device, withFallback());
      const stays = await stage.post(phone.device, withFallback());
      await stage.context.devices.remove(other.device, early.id);
      await passDelay(stage);
      await expectToast(stage, phone, { ...stays, requirement: 'fallback-toast' });
      await stage.context.devices.remove(other.device, late.id);
      await flushWithSentinel(stage, phone);
      expectNoToast(stage, phone, early, 'which was deleted before');
      const back = await stage.connect(away, { ignoresSignals: true });
      await expectToast(stage, back, { ...stays, requirement: 'fallback-toast' });
      await flushWithSentinel(stage, back);
      for (const gone of [early, late]) expectNoToast(stage, back, gone, 'which was deleted before it connected');
    },
  }),
  deviceScenario({
    requirement: 'fallback-deleted',
    name: 'expired',
    title: 'sends no toast of a notification that has expired before the delay is over or the device comes back',
    needs: ['clock'],
    async run(stage) {
      const [phone, away] = [await connectWithoutFetching(stage), await stage.subscribe('iOS')];
      const { context } = stage;
      const beforeDelay = await stage.post(phone.device, {
        ...withFallback(2 * delaySeconds),
        expirationDateTime: instant(context, delaySeconds),
      });
      const beforeReturn = await stage.post(away, {
        ...withFallback(),
        expirationDateTime: instant(context, 2 * delaySeconds),
        targetPolicy: { platformTypes: ['iOS'] },
      });
      await context.clock.pass(2 * delaySeconds + clockToleranceSeconds);
      await flushWithSentinel(stage, phone);
      expectNoToast(stage, phone, beforeDelay, 'which has expired before the delay was over');
      const back = await stage.connect(away, { ignoresSignals: true });
      await flushWithSentinel(stage, back);
      for (const gone of [beforeDelay, beforeReturn]) expectNoToast(stage, back, gone, 'which has expired');
    },
  }),
  deviceScenario({
    requirement: 'fallback-only-ios',
    name: 'platforms',
    title: 'sends the toast to iOS devices only, connected or away',
    needs: ['clock'],
    async run(stage) {
      const phone = await connectWithoutFetching(stage);
      const platforms = everyPlatform.filter((platform) => platform !== 'iOS');
      const others = await Promise.all(platforms.map((platform) => stage.subscribeAndConnect(platform)));
      const away = await Promise.all(platforms.map((platform) => stage.subscribe(platform)));
      const { id } = await stage.post(phone.device, withFallback());
      await Promise.all(
        others.map((other) => expectNotification(stage, other, { id, description: 'the notification', requirement: 'fan-out' })),
      );
      await passDelay(stage);
      await expectToast(stage, phone, { id, requirement: 'fallback-toast' });
      const late = await Promise.all(away.map((device) => stage.connect(device)));
      await flushWithSentinel(stage, ...others, ...late);
      for (const other of [...others, ...late]) expectNoToast(stage, other, { id }, 'which is not iOS');
    },
  }),
  deviceScenario({
    requirement: 'fallback-only-high',
    name: 'priorities',
    title: 'sends no toast of raw notifications of priority Low or None, nor of visual ones',
    needs: ['clock'],
    async run(stage) {
      const phone = await connectWithoutFetching(stage);
      const none = [
        await stage.post(phone.device, { ...withFallback(), priority: 'Low' }),
        await stage.post(phone.device, { ...withFallback(), priority: 'None' }),
        await stage.post(phone.device, { ...withFallback(), payload: { visualContent } }),
      ];
      const high = await stage.post(phone.device, withFallback());
      await passDelay(stage);
      await expectToast(stage, phone, { ...high, requirement: 'fallback-toast' });
      await flushWithSentinel(stage, phone);
      for (const one of none) expectNoToast(stage, phone, one, 'which is not raw and High');
    },
  }),
];
