// Scenarios of toasts that must not come: to who has fetched, of what is gone, to other platforms, of other notifications (F16, R9).
import type { Case } from '../../case.ts';
import { acknowledgeAndClose, staysAway } from '../../kit/acknowledge.ts';
import { arrives, noToastCame, passMarker, postAndReceive, toastArrives } from '../../kit/assertions.ts';
import { everyPlatform } from '../../kit/devices.ts';
import { delaySeconds, lazy, passDelay, readOverHttp, slackSeconds, visualContent, withFallback } from '../../kit/fallback.ts';
import { instant } from '../../kit/posting.ts';
import { deviceScenario } from '../../kit/scenario.ts';

export const fallbackAbsentScenarios: readonly Case[] = [
  deviceScenario({
    requirement: 'fallback-fetched',
    name: 'acknowledged-or-listed',
    title: 'sends no toast to devices that have acknowledged or listed the notification, and one to the device that has not',
    needs: ['clock'],
    async play(stage) {
      const [acknowledging, listing, waiting] = [await stage.join('iOS'), await lazy(stage), await lazy(stage)];
      const { id, cursor } = await postAndReceive(stage, acknowledging, withFallback());
      await stage.context.devices.list(listing.device);
      // The clock must not move before the acknowledgement is there.
      await acknowledgeAndClose(stage, acknowledging, cursor);
      const back = await staysAway(stage, acknowledging.device, { ids: [id], cursors: [cursor], requirement: 'acknowledged' });
      await passDelay(stage);
      await toastArrives(stage, waiting, { id, requirement: 'fallback-toast' });
      await passMarker(stage, back, listing);
      noToastCame(stage, back, { id }, 'which has acknowledged it');
      noToastCame(stage, listing, { id }, 'which has listed it');
    },
  }),
  deviceScenario({
    requirement: 'fallback-fetched',
    name: 'read',
    title: 'sends no toast to a device that has read the notification over HTTP',
    needs: ['clock', 'client'],
    async play(stage) {
      const [reading, waiting] = [await lazy(stage), await lazy(stage)];
      const { id } = await stage.post(reading.device, withFallback());
      await readOverHttp(stage, reading.device, id);
      await passDelay(stage);
      await toastArrives(stage, waiting, { id, requirement: 'fallback-toast' });
      await passMarker(stage, reading);
      noToastCame(stage, reading, { id }, 'which has read it');
    },
  }),
  deviceScenario({
    requirement: 'fallback-deleted',
    name: 'deleted',
    title: 'sends no toast of a notification that was deleted before the delay, or before a device that was away came back',
    needs: ['clock'],
    async play(stage) {
      const [phone, other, away] = [await lazy(stage), await stage.join('Windows'), await stage.subscribe('iOS')];
      const early = await stage.post(phone.device, withFallback());
      const late = await stage.post(phone.device, withFallback());
      const stays = await stage.post(phone.device, withFallback());
      await stage.context.devices.remove(other.device, early.id);
      await passDelay(stage);
      await toastArrives(stage, phone, { ...stays, requirement: 'fallback-toast' });
      await stage.context.devices.remove(other.device, late.id);
      await passMarker(stage, phone);
      noToastCame(stage, phone, early, 'which was deleted before');
      const back = await stage.listen(away, { isLazy: true });
      await toastArrives(stage, back, { ...stays, requirement: 'fallback-toast' });
      await passMarker(stage, back);
      for (const gone of [early, late]) noToastCame(stage, back, gone, 'which was deleted before it connected');
    },
  }),
  deviceScenario({
    requirement: 'fallback-deleted',
    name: 'expired',
    title: 'sends no toast of a notification that has expired before the delay is over or the device comes back',
    needs: ['clock'],
    async play(stage) {
      const [phone, away] = [await lazy(stage), await stage.subscribe('iOS')];
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
      await context.clock.pass(2 * delaySeconds + slackSeconds);
      await passMarker(stage, phone);
      noToastCame(stage, phone, beforeDelay, 'which has expired before the delay was over');
      const back = await stage.listen(away, { isLazy: true });
      await passMarker(stage, back);
      for (const gone of [beforeDelay, beforeReturn]) noToastCame(stage, back, gone, 'which has expired');
    },
  }),
  deviceScenario({
    requirement: 'fallback-only-ios',
    name: 'platforms',
    title: 'sends the toast to iOS devices only, connected or away',
    needs: ['clock'],
    async play(stage) {
      const phone = await lazy(stage);
      const platforms = everyPlatform.filter((platform) => platform !== 'iOS');
      const others = await Promise.all(platforms.map((platform) => stage.join(platform)));
      const away = await Promise.all(platforms.map((platform) => stage.subscribe(platform)));
      const { id } = await stage.post(phone.device, withFallback());
      await Promise.all(others.map((other) => arrives(stage, other, { id, says: 'the notification', requirement: 'fan-out' })));
      await passDelay(stage);
      await toastArrives(stage, phone, { id, requirement: 'fallback-toast' });
      const late = await Promise.all(away.map((device) => stage.listen(device)));
      await passMarker(stage, ...others, ...late);
      for (const other of [...others, ...late]) noToastCame(stage, other, { id }, 'which is not iOS');
    },
  }),
  deviceScenario({
    requirement: 'fallback-only-high',
    name: 'priorities',
    title: 'sends no toast of raw notifications of priority Low or None, nor of visual ones',
    needs: ['clock'],
    async play(stage) {
      const phone = await lazy(stage);
      const none = [
        await stage.post(phone.device, { ...withFallback(), priority: 'Low' }),
        await stage.post(phone.device, { ...withFallback(), priority: 'None' }),
        await stage.post(phone.device, { ...withFallback(), payload: { visualContent } }),
      ];
      const high = await stage.post(phone.device, withFallback());
      await passDelay(stage);
      await toastArrives(stage, phone, { ...high, requirement: 'fallback-toast' });
      await passMarker(stage, phone);
      for (const one of none) noToastCame(stage, phone, one, 'which is not raw and High');
    },
  }),
];
