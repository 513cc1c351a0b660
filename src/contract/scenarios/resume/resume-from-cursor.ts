// Scenarios of the place that a device is served from: cursors, the first connection, unknown places (R2, R3).
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

function mustBeResumed(stage: DeviceFixture, { connected, who }: DeviceRecorder, expected: boolean): void {
  if (connected.resumed !== expected)
    stage.context.fail({ expected: `resumed ${expected} at ${who}`, got: `resumed ${connected.resumed}` });
}

export const placeScenarios: readonly Case[] = [
  deviceScenario({
    requirement: 'resume-cursor',
    name: 'behind',
    title: 'serves a device again from a cursor behind its last acknowledgement',
    async run(stage) {
      const listener = await stage.subscribeAndConnect('Windows');
      const first = await postAndReceive(stage, listener);
      const [second, third] = [await postAndReceive(stage, listener), await postAndReceive(stage, listener)];
      await acknowledgeAndClose(stage, listener, third.cursor);
      const back = await reconnect(stage, listener.device, { cursor: first.cursor });
      for (const { id } of [second, third]) await expectNotification(stage, back, { id, description: 'the notification after the cursor' });
      await flushWithSentinel(stage, back);
      expectNoDelivery(stage, back, { id: first.id, description: 'the notification at the cursor' });
    },
  }),
  deviceScenario({
    requirement: 'resume-cursor',
    name: 'ahead',
    title: 'serves a device from a cursor ahead of its last acknowledgement',
    async run(stage) {
      const listener = await stage.subscribeAndConnect('iOS');
      const [first, second] = [await postAndReceive(stage, listener), await postAndReceive(stage, listener)];
      await listener.close();
      const missed = await stage.post(listener.device);
      const back = await reconnect(stage, listener.device, { cursor: second.cursor });
      await expectNotification(stage, back, { id: missed.id, description: 'the notification after the cursor' });
      for (const { id } of [first, second]) expectNoDelivery(stage, back, { id, description: 'a notification before the cursor' });
    },
  }),
  deviceScenario({
    requirement: 'resume-cursor',
    name: 'ahead-counts',
    title: 'takes a cursor ahead of the last acknowledgement for one',
    async run(stage) {
      const listener = await stage.subscribeAndConnect('Android');
      const [first, second] = [await postAndReceive(stage, listener), await postAndReceive(stage, listener)];
      await listener.close();
      const back = await reconnect(stage, listener.device, { cursor: second.cursor });
      await flushWithSentinel(stage, back);
      await back.close({ abruptly: true });
      await expectNotRedelivered(stage, listener.device, { ids: [first.id, second.id], cursors: [] });
    },
  }),
  deviceScenario({
    requirement: 'resume-cursor',
    name: 'of-the-history',
    title: 'takes the cursors of the history, and the history takes those of messages',
    async run(stage) {
      const listener = await stage.subscribeAndConnect('Windows');
      const first = await postAndReceive(stage, listener);
      const second = await stage.post(listener.device);
      const { cursor, notifications } = await stage.context.devices.changes(listener.device, first.cursor);
      if (!notifications.some(({ id }) => id === second.id) || notifications.some(({ id }) => id === first.id))
        stage.context.fail({
          requirement: 'history-since',
          expected: `${second.id} and not ${first.id} after the cursor of ${first.id}`,
          got: notifications.map(({ id }) => id).join(', ') || 'nothing',
        });
      await listener.close();
      const missed = await stage.post(listener.device);
      const back = await reconnect(stage, listener.device, { cursor });
      await expectNotification(stage, back, { id: missed.id, description: 'the notification after the cursor' });
      for (const { id } of [first, second])
        expectNoDelivery(stage, back, { id, description: "a notification before the history's cursor" });
    },
  }),
  deviceScenario({
    requirement: 'start-at-head',
    name: 'before-and-after',
    title: 'delivers what was posted between subscribing and the first connection, and nothing older',
    async run(stage) {
      const older = await stage.subscribe('Windows');
      const before = [await stage.post(older), await stage.post(older)];
      const device = await stage.subscribe('iOS');
      const after = [await stage.post(older), await stage.post(device)];
      const listener = await stage.connect(device);
      for (const { id } of after)
        await expectNotification(stage, listener, { id, description: 'the notification posted after subscribing', change: 'created' });
      await flushWithSentinel(stage, listener);
      for (const { id } of before) expectNoDelivery(stage, listener, { id, description: 'a notification from before the subscription' });
    },
  }),
  deviceScenario({
    requirement: 'start-at-head',
    name: 'subscribed-again',
    title: 'starts a subscription after an unsubscribing at the head again',
    async run(stage) {
      const [other, gone] = [await stage.subscribe('Windows'), await stage.subscribe('Android')];
      await stage.context.devices.unsubscribe(gone);
      const missed = await stage.post(other);
      const again = await stage.subscribe('Android', { deviceId: gone.deviceId });
      const after = await stage.post(other);
      const listener = await stage.connect(again);
      await expectNotification(stage, listener, { id: after.id, description: 'the notification posted after subscribing again' });
      expectNoDelivery(stage, listener, { id: missed.id, description: 'a notification from between the subscriptions' });
    },
  }),
  deviceScenario({
    requirement: 'unknown-position',
    name: 'unknown-cursor',
    title: 'says resumed false for an unknown cursor, sends nothing older, and goes on from the head',
    async run(stage) {
      const device = await stage.subscribe('Windows');
      const missed = await stage.post(device);
      const listener = await reconnect(stage, device, { cursor: stage.context.name('nowhere') });
      mustBeResumed(stage, listener, false);
      const { id } = await stage.post(device);
      await expectNotification(stage, listener, { id, description: 'a notification posted after the connection' });
      expectNoDelivery(stage, listener, { id: missed.id, description: 'a notification from before the head' });
    },
  }),
  deviceScenario({
    requirement: 'unknown-position',
    name: 'recovers',
    title: 'serves a device whose place was unknown from its next acknowledgement on',
    async run(stage) {
      const device = await stage.subscribe('iOS');
      const listener = await reconnect(stage, device, { cursor: stage.context.name('nowhere') });
      const first = await postAndReceive(stage, listener);
      await acknowledgeAndClose(stage, listener, first.cursor);
      const missed = await stage.post(device);
      const back = await reconnect(stage, device);
      if (!back.connected.resumed) stage.context.fail({ expected: `resumed true at ${back.who}`, got: formatReceived(back) });
      await expectNotification(stage, back, { id: missed.id, description: 'the notification that was missed' });
    },
  }),
  deviceScenario({
    requirement: 'resumed',
    name: 'known',
    title: 'says resumed true on the first connection, on later ones, and with a known cursor',
    async run(stage) {
      const listener = await stage.subscribeAndConnect('Android');
      mustBeResumed(stage, listener, true);
      const { cursor } = await postAndReceive(stage, listener);
      await listener.close({ abruptly: true });
      const second = await reconnect(stage, listener.device);
      mustBeResumed(stage, second, true);
      await acknowledgeAndClose(stage, second, cursor);
      mustBeResumed(stage, await reconnect(stage, listener.device, { cursor }), true);
    },
  }),
];
