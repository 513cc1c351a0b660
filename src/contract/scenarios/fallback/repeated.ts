// Scenarios of the fallback toast and acknowledgement: it is sent again until it is acknowledged, and never after that (R2, R9).
import type { Case } from '../../case.ts';
import { expectNoToast, expectToast, flushWithSentinel, reconnect, toastsOf } from '../../kit/assertions.ts';
import type { DeviceFixture } from '../../kit/devices.ts';
import { acknowledgeAll, connectWithoutFetching, passDelay, withFallback } from '../../kit/fallback.ts';
import { deviceScenario, socketScenario } from '../../kit/scenario.ts';
import {
  connectSocket,
  expectStillOpen,
  messagesOf,
  type RawMessage,
  textOf,
  waitForEvent,
  waitForMessage,
} from '../../kit/socket-assertions.ts';
import type { AdapterDevice } from '../../target/adapter.ts';

/** Maximum number of connections on which the toast is acknowledged before another toast is a failure. */
const maxAttempts = 3;

export const repeatedToastScenarios: readonly Case[] = [
  deviceScenario({
    requirement: 'fallback-toast-again',
    name: 'cut-line',
    title: 'sends a toast again on the next connection if the connection broke before it was acknowledged, until it is',
    needs: ['clock'],
    async run(fixture) {
      const phone = await connectWithoutFetching(fixture);
      const { id } = await fixture.post(phone.device, withFallback());
      await passDelay(fixture);
      await expectToast(fixture, phone, { id, requirement: 'fallback-toast' });
      await phone.close({ abruptly: true });
      for (let round = 0; round < 2; round += 1) {
        const back = await reconnect(fixture, phone.device, { ignoresSignals: true });
        await expectToast(fixture, back, { id });
        await back.close({ abruptly: true });
      }
    },
  }),
  deviceScenario({
    requirement: 'fallback-acknowledged',
    name: 'behind',
    title: 'never sends a toast again after a later acknowledgement, on the same connection or on another',
    needs: ['clock'],
    async run(fixture) {
      for (const cuts of [0, 1]) {
        let phone = await connectWithoutFetching(fixture);
        const { id } = await fixture.post(phone.device, withFallback());
        await passDelay(fixture);
        await expectToast(fixture, phone, { id, requirement: 'fallback-toast' });
        for (let cut = 0; cut < cuts; cut += 1) {
          await phone.close({ abruptly: true });
          phone = await reconnect(fixture, phone.device, { ignoresSignals: true });
        }
        await acknowledgeAll(fixture, phone);
        for (const abruptly of [true, false]) await expectNoToastAgain(fixture, phone.device, { id, abruptly });
      }
    },
  }),
  socketScenario({
    requirement: 'fallback-acknowledged',
    name: 'its-own-cursor',
    title: 'never sends a toast again whose own cursor was acknowledged',
    needs: ['clock'],
    async run(fixture) {
      const device = await fixture.subscribe('iOS');
      let socket = await connectSocket(fixture, device);
      await fixture.post(device, withFallback());
      await passDelay(fixture);
      let toast: RawMessage | undefined = await waitForMessage(fixture, socket, 'toast', { description: 'the toast' });
      for (let attempt = 1; toast !== undefined && attempt <= maxAttempts; attempt += 1) {
        socket.acknowledge(textOf(toast, 'cursor'));
        await expectStillOpen(fixture, socket, device, 'after the acknowledgement of a toast');
        socket.close();
        await waitForEvent(fixture, socket, { kind: 'closed', description: 'the socket to be closed as asked' });
        socket = await connectSocket(fixture, device);
        await expectStillOpen(fixture, socket, device, 'when the device reconnects');
        toast = messagesOf(socket, 'toast')[0];
      }
      if (toast) fixture.context.fail({ expected: 'no toast whose cursor was acknowledged', got: 'the toast again' });
    },
  }),
];

/** The target may lose an acknowledgement that it was processing when the connection ended, so it is sent again before this fails. */
async function expectNoToastAgain(
  fixture: DeviceFixture,
  device: AdapterDevice,
  { id, abruptly }: { readonly id: string; readonly abruptly: boolean },
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const back = await reconnect(fixture, device, { ignoresSignals: true });
    await flushWithSentinel(fixture, back);
    const isRepeated = toastsOf(back, id).length > 0;
    if (attempt === maxAttempts) expectNoToast(fixture, back, { id }, 'which has acknowledged it');
    if (!isRepeated) return back.close({ abruptly });
    await acknowledgeAll(fixture, back);
  }
}
