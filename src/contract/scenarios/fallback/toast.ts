// Scenarios of the fallback toast: to iOS devices that have not fetched in time, once on a connection (F16, R9).
import { CaseSkipped } from '../../../checks/failure.ts';
import type { Case } from '../../case.ts';
import { noToastCame, passMarker, toastArrives, toastsOf } from '../../kit/assertions.ts';
import { delaySeconds, lazy, passDelay, slackSeconds, visualContent, withFallback } from '../../kit/fallback.ts';
import { deviceScenario } from '../../kit/scenario.ts';

export const fallbackScenarios: readonly Case[] = [
  deviceScenario({
    requirement: 'fallback-toast',
    name: 'connected',
    title: 'sends the toast after the delay, not before, with its content, to each iOS device, once on a connection',
    needs: ['clock'],
    async play(stage) {
      const [phone, tablet] = await Promise.all([lazy(stage), lazy(stage)]);
      const { id } = await stage.post(phone.device, withFallback());
      await stage.context.clock.pass(delaySeconds - 2 * slackSeconds);
      await passMarker(stage, phone, tablet);
      for (const device of [phone, tablet]) noToastCame(stage, device, { id }, 'before the delay is over');
      await stage.context.clock.pass(3 * slackSeconds);
      for (const device of [phone, tablet]) {
        const toast = await toastArrives(stage, device, { id });
        const { title, body } = toast.visualContent;
        if (title !== visualContent.title || body !== visualContent.body)
          stage.context.fail({ expected: `the toast with ${JSON.stringify(visualContent)}`, got: JSON.stringify(toast.visualContent) });
      }
      await stage.context.clock.pass(delaySeconds);
      await passMarker(stage, phone, tablet);
      for (const device of [phone, tablet])
        if (toastsOf(device, id).length > 1)
          stage.context.fail({ expected: `one toast of ${id} at ${device.who}`, got: `${toastsOf(device, id).length}` });
    },
  }),
  deviceScenario({
    requirement: 'fallback-toast',
    name: 'away',
    title: 'sends a device that was away the toast when it next connects',
    needs: ['clock'],
    async play(stage) {
      const device = await stage.subscribe('iOS');
      const { id } = await stage.post(device, withFallback());
      await passDelay(stage);
      const listener = await stage.listen(device, { isLazy: true });
      await toastArrives(stage, listener, { id });
      await passMarker(stage, listener);
      const { length } = toastsOf(listener, id);
      if (length > 1) stage.context.fail({ expected: `one toast of ${id} at ${listener.who}`, got: `${length}` });
    },
  }),
  deviceScenario({
    requirement: 'fallback-toast',
    name: 'restart',
    title: 'starts the delay anew when the same appNotificationId is posted again',
    needs: ['clock'],
    async play(stage) {
      const phone = await lazy(stage);
      const post = { ...withFallback(), appNotificationId: stage.context.name('own-id') };
      const first = await stage.post(phone.device, post);
      await stage.context.clock.pass(delaySeconds - 20);
      const again = await stage.post(phone.device, post);
      if (again.id !== first.id)
        throw new CaseSkipped('the target makes a new notification of the same appNotificationId, which it may (D5)');
      await stage.context.clock.pass(delaySeconds - 20);
      await passMarker(stage, phone);
      noToastCame(stage, phone, first, 'before the delay that started anew is over');
      await stage.context.clock.pass(20 + slackSeconds);
      await toastArrives(stage, phone, first);
    },
  }),
];
