// Scenarios of the fallback toast and acknowledgement: it comes again until it is acknowledged, and never after that (R2, R9).
import type { Case } from '../../case.ts';
import { noToastCame, passMarker, returns, toastArrives, toastsOf } from '../../kit/assertions.ts';
import type { Stage } from '../../kit/devices.ts';
import { acknowledgeAll, lazy, passDelay, withFallback } from '../../kit/fallback.ts';
import { deviceScenario, socketScenario } from '../../kit/scenario.ts';
import { connects, happens, messageCome, messagesOf, staysOpen, textOf } from '../../kit/socket-assertions.ts';
import type { AdapterDevice } from '../../target/adapter.ts';

/** Connections after which a toast that was acknowledged on each of them must stay away. */
const maxAttempts = 3;

export const fallbackAgainScenarios: readonly Case[] = [
  deviceScenario({
    requirement: 'fallback-toast-again',
    name: 'cut-line',
    title: 'sends a toast again on the next connection when the line broke before it was acknowledged, and until it is',
    needs: ['clock'],
    async play(stage) {
      const phone = await lazy(stage);
      const { id } = await stage.post(phone.device, withFallback());
      await passDelay(stage);
      await toastArrives(stage, phone, { id, requirement: 'fallback-toast' });
      await phone.close({ abruptly: true });
      for (let round = 0; round < 2; round += 1) {
        const back = await returns(stage, phone.device, { isLazy: true });
        await toastArrives(stage, back, { id });
        await back.close({ abruptly: true });
      }
    },
  }),
  deviceScenario({
    requirement: 'fallback-acknowledged',
    name: 'behind',
    title: 'never sends a toast again when something behind it was acknowledged, on the connection that it came on or on a later one',
    needs: ['clock'],
    async play(stage) {
      for (const cuts of [0, 1]) {
        let phone = await lazy(stage);
        const { id } = await stage.post(phone.device, withFallback());
        await passDelay(stage);
        await toastArrives(stage, phone, { id, requirement: 'fallback-toast' });
        for (let cut = 0; cut < cuts; cut += 1) {
          await phone.close({ abruptly: true });
          phone = await returns(stage, phone.device, { isLazy: true });
        }
        await acknowledgeAll(stage, phone);
        for (const abruptly of [true, false]) await expectNoToastAgain(stage, phone.device, { id, abruptly });
      }
    },
  }),
  socketScenario({
    requirement: 'fallback-acknowledged',
    name: 'its-own-cursor',
    title: 'never sends a toast again whose own cursor was acknowledged',
    needs: ['clock'],
    async play(stage) {
      const device = await stage.subscribe('iOS');
      let socket = await connects(stage, device);
      await stage.post(device, withFallback());
      await passDelay(stage);
      let toast = await messageCome(stage, socket, 'toast', { says: 'the toast' });
      for (let attempt = 1; ; attempt += 1) {
        socket.acknowledge(textOf(toast, 'cursor'));
        await staysOpen(stage, socket, device, 'after the acknowledgement of a toast');
        socket.close();
        await happens(stage, socket, { kind: 'closed', says: 'the socket to be closed as asked' });
        socket = await connects(stage, device);
        await staysOpen(stage, socket, device, 'when the device returns');
        const [again] = messagesOf(socket, 'toast');
        if (!again) return;
        if (attempt === maxAttempts) stage.context.fail({ expected: 'no toast whose cursor was acknowledged', got: 'it again' });
        toast = again;
      }
    },
  }),
];

/** An acknowledgement that was still being processed when the line ended is no fault of the target: it is given again. */
async function expectNoToastAgain(
  stage: Stage,
  device: AdapterDevice,
  { id, abruptly }: { readonly id: string; readonly abruptly: boolean },
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const back = await returns(stage, device, { isLazy: true });
    await passMarker(stage, back);
    const isAgain = toastsOf(back, id).length > 0;
    if (attempt === maxAttempts) noToastCame(stage, back, { id }, 'which has acknowledged it');
    if (!isAgain) return back.close({ abruptly });
    await acknowledgeAll(stage, back);
  }
}
