// Scenarios of the place that a device is served from: cursors, the first connection, unknown places (R2, R3).
import type { Case } from '../../case.ts';
import { acknowledgeAndClose, staysAway } from '../../kit/acknowledge.ts';
import { arrives, nothingCame, passMarker, postAndReceive, returns, toldFrom } from '../../kit/assertions.ts';
import type { Listener } from '../../kit/device-recorder.ts';
import type { Stage } from '../../kit/devices.ts';
import { deviceScenario } from '../../kit/scenario.ts';

function mustBeResumed(stage: Stage, { connected, who }: Listener, expected: boolean): void {
  if (connected.resumed !== expected)
    stage.context.fail({ expected: `resumed ${expected} at ${who}`, got: `resumed ${connected.resumed}` });
}

export const placeScenarios: readonly Case[] = [
  deviceScenario({
    requirement: 'resume-cursor',
    name: 'behind',
    title: 'serves a device again from a cursor behind its last acknowledgement',
    async play(stage) {
      const listener = await stage.join('Windows');
      const first = await postAndReceive(stage, listener);
      const [second, third] = [await postAndReceive(stage, listener), await postAndReceive(stage, listener)];
      await acknowledgeAndClose(stage, listener, third.cursor);
      const back = await returns(stage, listener.device, { cursor: first.cursor });
      for (const { id } of [second, third]) await arrives(stage, back, { id, says: 'the notification after the cursor' });
      await passMarker(stage, back);
      nothingCame(stage, back, { id: first.id, says: 'the notification at the cursor' });
    },
  }),
  deviceScenario({
    requirement: 'resume-cursor',
    name: 'ahead',
    title: 'serves a device from a cursor ahead of its last acknowledgement',
    async play(stage) {
      const listener = await stage.join('iOS');
      const [first, second] = [await postAndReceive(stage, listener), await postAndReceive(stage, listener)];
      await listener.close();
      const missed = await stage.post(listener.device);
      const back = await returns(stage, listener.device, { cursor: second.cursor });
      await arrives(stage, back, { id: missed.id, says: 'the notification after the cursor' });
      for (const { id } of [first, second]) nothingCame(stage, back, { id, says: 'a notification before the cursor' });
    },
  }),
  deviceScenario({
    requirement: 'resume-cursor',
    name: 'ahead-counts',
    title: 'takes a cursor ahead of the last acknowledgement for one',
    async play(stage) {
      const listener = await stage.join('Android');
      const [first, second] = [await postAndReceive(stage, listener), await postAndReceive(stage, listener)];
      await listener.close();
      const back = await returns(stage, listener.device, { cursor: second.cursor });
      await passMarker(stage, back);
      await back.close({ abruptly: true });
      await staysAway(stage, listener.device, { ids: [first.id, second.id], cursors: [] });
    },
  }),
  deviceScenario({
    requirement: 'resume-cursor',
    name: 'of-the-history',
    title: 'takes the cursors of the history, and the history takes those of messages',
    async play(stage) {
      const listener = await stage.join('Windows');
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
      const back = await returns(stage, listener.device, { cursor });
      await arrives(stage, back, { id: missed.id, says: 'the notification after the cursor' });
      for (const { id } of [first, second]) nothingCame(stage, back, { id, says: "a notification before the history's cursor" });
    },
  }),
  deviceScenario({
    requirement: 'start-at-head',
    name: 'before-and-after',
    title: 'delivers what was posted between subscribing and the first connection, and nothing older',
    async play(stage) {
      const older = await stage.subscribe('Windows');
      const before = [await stage.post(older), await stage.post(older)];
      const device = await stage.subscribe('iOS');
      const after = [await stage.post(older), await stage.post(device)];
      const listener = await stage.listen(device);
      for (const { id } of after)
        await arrives(stage, listener, { id, says: 'the notification posted after subscribing', change: 'created' });
      await passMarker(stage, listener);
      for (const { id } of before) nothingCame(stage, listener, { id, says: 'a notification from before the subscription' });
    },
  }),
  deviceScenario({
    requirement: 'start-at-head',
    name: 'subscribed-again',
    title: 'starts a subscription after an unsubscribing at the head again',
    async play(stage) {
      const [other, gone] = [await stage.subscribe('Windows'), await stage.subscribe('Android')];
      await stage.context.devices.unsubscribe(gone);
      const missed = await stage.post(other);
      const again = await stage.subscribe('Android', { deviceId: gone.deviceId });
      const after = await stage.post(other);
      const listener = await stage.listen(again);
      await arrives(stage, listener, { id: after.id, says: 'the notification posted after subscribing again' });
      nothingCame(stage, listener, { id: missed.id, says: 'a notification from between the subscriptions' });
    },
  }),
  deviceScenario({
    requirement: 'unknown-position',
    name: 'unknown-cursor',
    title: 'says resumed false for an unknown cursor, sends nothing older, and goes on from the head',
    async play(stage) {
      const device = await stage.subscribe('Windows');
      const missed = await stage.post(device);
      const listener = await returns(stage, device, { cursor: stage.context.name('nowhere') });
      mustBeResumed(stage, listener, false);
      const { id } = await stage.post(device);
      await arrives(stage, listener, { id, says: 'a notification posted after the connection' });
      nothingCame(stage, listener, { id: missed.id, says: 'a notification from before the head' });
    },
  }),
  deviceScenario({
    requirement: 'unknown-position',
    name: 'recovers',
    title: 'serves a device whose place was unknown from its next acknowledgement on',
    async play(stage) {
      const device = await stage.subscribe('iOS');
      const listener = await returns(stage, device, { cursor: stage.context.name('nowhere') });
      const first = await postAndReceive(stage, listener);
      await acknowledgeAndClose(stage, listener, first.cursor);
      const missed = await stage.post(device);
      const back = await returns(stage, device);
      if (!back.connected.resumed) stage.context.fail({ expected: `resumed true at ${back.who}`, got: toldFrom(back) });
      await arrives(stage, back, { id: missed.id, says: 'the notification that was missed' });
    },
  }),
  deviceScenario({
    requirement: 'resumed',
    name: 'known',
    title: 'says resumed true on the first connection, on later ones, and with a known cursor',
    async play(stage) {
      const listener = await stage.join('Android');
      mustBeResumed(stage, listener, true);
      const { cursor } = await postAndReceive(stage, listener);
      await listener.close({ abruptly: true });
      const second = await returns(stage, listener.device);
      mustBeResumed(stage, second, true);
      await acknowledgeAndClose(stage, second, cursor);
      mustBeResumed(stage, await returns(stage, listener.device, { cursor }), true);
    },
  }),
];
