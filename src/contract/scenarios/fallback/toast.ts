// Scenarios of the fallback toast: to iOS devices that have not fetched in time, once on a connection (F16, R9).
import { CaseSkipped } from '../../../checks/failure.ts';
import type { Case } from '../../case.ts';
import { expectNoToast, expectToast, flushWithSentinel, toastsOf } from '../../kit/assertions.ts';
import { clockToleranceSeconds, connectWithoutFetching, delaySeconds, passDelay, visualContent, withFallback } from '../../kit/fallback.ts';
import { deviceScenario } from '../../kit/scenario.ts';

export const fallbackScenarios: readonly Case[] = [
  deviceScenario({
    requirement: 'fallback-toast',
    name: 'connected',
    title: 'sends the toast after the delay, not before, with its content, to each iOS device, once on a connection',
    needs: ['clock'],
    async run(stage) {
      const [phone, tablet] = await Promise.all([connectWithoutFetching(stage), connectWithoutFetching(stage)]);
      const { id } = await stage.post(phone.device, withFallback());
      await stage.context.clock.pass(delaySeconds - 2 * clockToleranceSeconds);
      await flushWithSentinel(stage, phone, tablet);
      for (const device of [phone, tablet]) expectNoToast(stage, device, { id }, 'before the delay is over');
      await stage.context.clock.pass(3 * clockToleranceSeconds);
      for (const device of [phone, tablet]) {
        const toast = await expectToast(stage, device, { id });
        const { title, body } = toast.visualContent;
        if (title !== visualContent.title || body !== visualContent.body)
          stage.context.fail({ expected: `the toast with ${JSON.stringify(visualContent)}`, got: JSON.stringify(toast.visualContent) });
      }
      await stage.context.clock.pass(delaySeconds);
      await flushWithSentinel(stage, phone, tablet);
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
    async run(stage) {
      const device = await stage.subscribe('iOS');
      const { id } = await stage.post(device, withFallback());
      await passDelay(stage);
      const listener = await stage.connect(device, { ignoresSignals: true });
      await expectToast(stage, listener, { id });
      await flushWithSentinel(stage, listener);
      const { length } = toastsOf(listener, id);
      if (length > 1) stage.context.fail({ expected: `one toast of ${id} at ${listener.who}`, got: `${length}` });
    },
  }),
  deviceScenario({
    requirement: 'fallback-toast',
    name: 'restart',
    title: 'starts the delay anew when the same appNotificationId is posted again',
    needs: ['clock'],
    async run(stage) {
      const phone = await connectWithoutFetching(stage);
      const post = { ...withFallback(), appNotificationId: stage.context.name('own-id') };
      const first = await stage.post(phone.device, post);
      await stage.context.clock.pass(delaySeconds - 20);
      const again = await stage.post(phone.device, post);
      if (again.id !== first.id)
        throw new CaseSkipped('the target makes a new notification of the same appNotificationId, which it may (D5)');
      await stage.context.clock.pass(delaySeconds - 20);
      await flushWithSentinel(stage, phone);
      expectNoToast(stage, phone, first, 'before the delay that started anew is over');
      await stage.context.clock.pass(20 + clockToleranceSeconds);
      await expectToast(stage, phone, first);
    },
  }),
];
