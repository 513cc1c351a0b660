// Scenarios of the position from which a device resumes: cursors, the first connection, unknown positions (R2, R3).
import type { Case } from '../../case.ts';
import { acknowledgeAndClose, expectNotRedelivered } from '../../kit/acknowledge.ts';
import {
  expectNoDelivery,
  expectNotification,
  flushWithSentinel,
  formatReceived,
  postAndReceive,
  reconnect,
} from '../../kit/assertions.ts';
import type { DeviceRecorder } from '../../kit/device-recorder.ts';
import type { DeviceFixture } from '../../kit/devices.ts';
import { deviceScenario } from '../../kit/scenario.ts';

function expectResumed(fixture: DeviceFixture, { connected, who }: DeviceRecorder, expected: boolean): void {
  if (connected.resumed !== expected)
    fixture.context.fail({ expected: `resumed ${expected} at ${who}`, got: `resumed ${connected.resumed}` });
}

export const resumeFromCursorScenarios: readonly Case[] = [
  deviceScenario({
    requirement: 'resume-cursor',
    name: 'behind',
    title: 'resumes from a cursor before the last acknowledgement',
    async run(fixture) {
      const recorder = await fixture.subscribeAndConnect('Windows');
      const first = await postAndReceive(fixture, recorder);
      const [second, third] = [await postAndReceive(fixture, recorder), await postAndReceive(fixture, recorder)];
      await acknowledgeAndClose(fixture, recorder, third.cursor);
      const back = await reconnect(fixture, recorder.device, { cursor: first.cursor });
      for (const { id } of [second, third])
        await expectNotification(fixture, back, { id, description: 'the notification after the cursor' });
      await flushWithSentinel(fixture, back);
      expectNoDelivery(fixture, back, { id: first.id, description: 'the notification at the cursor' });
    },
  }),
  deviceScenario({
    requirement: 'resume-cursor',
    name: 'ahead',
    title: 'resumes from a cursor after the last acknowledgement',
    async run(fixture) {
      const recorder = await fixture.subscribeAndConnect('iOS');
      const [first, second] = [await postAndReceive(fixture, recorder), await postAndReceive(fixture, recorder)];
      await recorder.close();
      const missed = await fixture.post(recorder.device);
      const back = await reconnect(fixture, recorder.device, { cursor: second.cursor });
      await expectNotification(fixture, back, { id: missed.id, description: 'the notification after the cursor' });
      for (const { id } of [first, second]) expectNoDelivery(fixture, back, { id, description: 'a notification before the cursor' });
    },
  }),
  deviceScenario({
    requirement: 'resume-cursor',
    name: 'ahead-counts',
    title: 'takes a cursor after the last acknowledgement as an acknowledgement',
    async run(fixture) {
      const recorder = await fixture.subscribeAndConnect('Android');
      const [first, second] = [await postAndReceive(fixture, recorder), await postAndReceive(fixture, recorder)];
      await recorder.close();
      const back = await reconnect(fixture, recorder.device, { cursor: second.cursor });
      await flushWithSentinel(fixture, back);
      await back.close({ abruptly: true });
      await expectNotRedelivered(fixture, recorder.device, { ids: [first.id, second.id], cursors: [] });
    },
  }),
  deviceScenario({
    requirement: 'resume-cursor',
    name: 'of-the-history',
    title: 'accepts cursors of the history, and the history accepts cursors of messages',
    async run(fixture) {
      const recorder = await fixture.subscribeAndConnect('Windows');
      const first = await postAndReceive(fixture, recorder);
      const second = await fixture.post(recorder.device);
      const { cursor, notifications } = await fixture.context.devices.changes(recorder.device, first.cursor);
      if (!notifications.some(({ id }) => id === second.id) || notifications.some(({ id }) => id === first.id))
        fixture.context.fail({
          requirement: 'history-since',
          expected: `${second.id} and not ${first.id} after the cursor of ${first.id}`,
          got: notifications.map(({ id }) => id).join(', ') || 'nothing',
        });
      await recorder.close();
      const missed = await fixture.post(recorder.device);
      const back = await reconnect(fixture, recorder.device, { cursor });
      await expectNotification(fixture, back, { id: missed.id, description: 'the notification after the cursor' });
      for (const { id } of [first, second])
        expectNoDelivery(fixture, back, { id, description: "a notification before the history's cursor" });
    },
  }),
  deviceScenario({
    requirement: 'start-at-head',
    name: 'before-and-after',
    title: 'delivers what was posted between subscribing and the first connection, and nothing older',
    async run(fixture) {
      const older = await fixture.subscribe('Windows');
      const before = [await fixture.post(older), await fixture.post(older)];
      const device = await fixture.subscribe('iOS');
      const after = [await fixture.post(older), await fixture.post(device)];
      const recorder = await fixture.connect(device);
      for (const { id } of after)
        await expectNotification(fixture, recorder, { id, description: 'the notification posted after subscribing', change: 'created' });
      await flushWithSentinel(fixture, recorder);
      for (const { id } of before) expectNoDelivery(fixture, recorder, { id, description: 'a notification from before the subscription' });
    },
  }),
  deviceScenario({
    requirement: 'start-at-head',
    name: 'subscribed-again',
    title: 'starts a new subscription after unsubscribing at the head of the feed',
    async run(fixture) {
      const [other, gone] = [await fixture.subscribe('Windows'), await fixture.subscribe('Android')];
      await fixture.context.devices.unsubscribe(gone);
      const missed = await fixture.post(other);
      const again = await fixture.subscribe('Android', { deviceId: gone.deviceId });
      const after = await fixture.post(other);
      const recorder = await fixture.connect(again);
      await expectNotification(fixture, recorder, { id: after.id, description: 'the notification posted after subscribing again' });
      expectNoDelivery(fixture, recorder, { id: missed.id, description: 'a notification posted between the subscriptions' });
    },
  }),
  deviceScenario({
    requirement: 'unknown-position',
    name: 'unknown-cursor',
    title: 'reports resumed false for an unknown cursor, sends nothing older, and continues from the head',
    async run(fixture) {
      const device = await fixture.subscribe('Windows');
      const missed = await fixture.post(device);
      const recorder = await reconnect(fixture, device, { cursor: fixture.context.name('nowhere') });
      expectResumed(fixture, recorder, false);
      const { id } = await fixture.post(device);
      await expectNotification(fixture, recorder, { id, description: 'a notification posted after the connection' });
      expectNoDelivery(fixture, recorder, { id: missed.id, description: 'a notification from before the head' });
    },
  }),
  deviceScenario({
    requirement: 'unknown-position',
    name: 'recovers',
    title: 'resumes from the next acknowledgement of a device whose position was unknown',
    async run(fixture) {
      const device = await fixture.subscribe('iOS');
      const recorder = await reconnect(fixture, device, { cursor: fixture.context.name('nowhere') });
      const first = await postAndReceive(fixture, recorder);
      await acknowledgeAndClose(fixture, recorder, first.cursor);
      const missed = await fixture.post(device);
      const back = await reconnect(fixture, device);
      if (!back.connected.resumed) fixture.context.fail({ expected: `resumed true at ${back.who}`, got: formatReceived(back) });
      await expectNotification(fixture, back, { id: missed.id, description: 'the missed notification' });
    },
  }),
  deviceScenario({
    requirement: 'resumed',
    name: 'known',
    title: 'reports resumed true on the first connection, on later ones, and with a known cursor',
    async run(fixture) {
      const recorder = await fixture.subscribeAndConnect('Android');
      expectResumed(fixture, recorder, true);
      const { cursor } = await postAndReceive(fixture, recorder);
      await recorder.close({ abruptly: true });
      const second = await reconnect(fixture, recorder.device);
      expectResumed(fixture, second, true);
      await acknowledgeAndClose(fixture, second, cursor);
      expectResumed(fixture, await reconnect(fixture, recorder.device, { cursor }), true);
    },
  }),
];
