// Scenarios of the fallback toast: sent to iOS devices that have not fetched in time, once on a connection (F16, R9).
import { CaseSkipped } from '../../../checks/failure.ts';
import type { Case } from '../../case.ts';
import { clockToleranceSeconds } from '../../clock-tolerance.ts';
import { expectNoToast, expectToast, flushWithSentinel, toastsOf } from '../../kit/assertions.ts';
import { connectWithoutFetching, delaySeconds, passDelay, visualContent, withFallback } from '../../kit/fallback.ts';
import { deviceScenario } from '../../kit/scenario.ts';

export const fallbackScenarios: readonly Case[] = [
  deviceScenario({
    requirement: 'fallback-toast',
    name: 'connected',
    title: 'sends the toast after the delay, not before, with its content, to each iOS device, once on a connection',
    needs: ['clock'],
    async run(fixture) {
      const [phone, tablet] = await Promise.all([connectWithoutFetching(fixture), connectWithoutFetching(fixture)]);
      const { id } = await fixture.post(phone.device, withFallback());
      await fixture.context.clock.pass(delaySeconds - 2 * clockToleranceSeconds);
      await flushWithSentinel(fixture, phone, tablet);
      for (const device of [phone, tablet]) expectNoToast(fixture, device, { id }, 'before the delay is over');
      await fixture.context.clock.pass(3 * clockToleranceSeconds);
      for (const device of [phone, tablet]) {
        const toast = await expectToast(fixture, device, { id });
        const { title, body } = toast.visualContent;
        if (title !== visualContent.title || body !== visualContent.body)
          fixture.context.fail({ expected: `the toast with ${JSON.stringify(visualContent)}`, got: JSON.stringify(toast.visualContent) });
      }
      await fixture.context.clock.pass(delaySeconds);
      await flushWithSentinel(fixture, phone, tablet);
      for (const device of [phone, tablet])
        if (toastsOf(device, id).length > 1)
          fixture.context.fail({ expected: `one toast of ${id} at ${device.who}`, got: `${toastsOf(device, id).length}` });
    },
  }),
  deviceScenario({
    requirement: 'fallback-toast',
    name: 'away',
    title: 'sends the toast to a disconnected device when it connects',
    needs: ['clock'],
    async run(fixture) {
      const device = await fixture.subscribe('iOS');
      const { id } = await fixture.post(device, withFallback());
      await passDelay(fixture);
      const recorder = await fixture.connect(device, { ignoresSignals: true });
      await expectToast(fixture, recorder, { id });
      await flushWithSentinel(fixture, recorder);
      const { length } = toastsOf(recorder, id);
      if (length > 1) fixture.context.fail({ expected: `one toast of ${id} at ${recorder.who}`, got: `${length}` });
    },
  }),
  deviceScenario({
    requirement: 'fallback-toast',
    name: 'restart',
    title: 'restarts the delay when the same appNotificationId is posted again',
    needs: ['clock'],
    async run(fixture) {
      const phone = await connectWithoutFetching(fixture);
      const post = { ...withFallback(), appNotificationId: fixture.context.name('own-id') };
      const first = await fixture.post(phone.device, post);
      await fixture.context.clock.pass(delaySeconds - 20);
      const again = await fixture.post(phone.device, post);
      if (again.id !== first.id)
        throw new CaseSkipped('the target makes a new notification for the same appNotificationId, which is allowed (D5)');
      await fixture.context.clock.pass(delaySeconds - 20);
      await flushWithSentinel(fixture, phone);
      expectNoToast(fixture, phone, first, 'before the restarted delay is over');
      await fixture.context.clock.pass(20 + clockToleranceSeconds);
      await expectToast(fixture, phone, first);
    },
  }),
];
