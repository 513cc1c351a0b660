// Disconnects and reconnects the devices of a scripted fleet while notifications are published.
import { type ClientTimer, pass } from '../client/timer.ts';
import type { Device } from './device-api.ts';
import type { Script } from './script.ts';
import type { ScriptRandom } from './script-random.ts';

/** What churn needs from a run. */
export interface ChurnParts {
  readonly script: Script;
  readonly timer: ClientTimer;
  readonly random: ScriptRandom;
  readonly devices: readonly Device[];
  /** Ends all waiting. */
  readonly signal: AbortSignal | undefined;
  readonly isPublishing: boolean;
}

const maxConnectAttempts = 5;

async function reconnect(device: Device): Promise<void> {
  for (let attempt = 0; attempt < maxConnectAttempts; attempt += 1) {
    const failed = await device.connect().then(
      () => false,
      () => true,
    );
    if (!failed || device.state === 'stopped') return;
  }
}

/** Disconnects and reconnects a device until publishing has ended. */
export async function disconnectRepeatedly(run: ChurnParts, device: Device): Promise<void> {
  const { offline } = run.script;
  if (!offline) return;
  await pass(run.timer, run.random.stream(`phase/${device.deviceId}`).next() * offline.everySeconds * 1000, run.signal);
  while (run.isPublishing && !run.signal?.aborted && device.state !== 'stopped') {
    await device.disconnect();
    await pass(run.timer, offline.forSeconds * 1000, run.signal);
    await reconnect(device);
    await pass(run.timer, (offline.everySeconds - offline.forSeconds) * 1000, run.signal);
  }
}

/** All selected devices disconnect at the same time and reconnect. */
export async function storm(run: ChurnParts): Promise<void> {
  const { reconnectStorm } = run.script;
  if (!reconnectStorm) return;
  const random = run.random.stream('storm');
  const chosen = run.devices.filter(() => random.chance(reconnectStorm.share));
  await pass(run.timer, reconnectStorm.atSeconds * 1000, run.signal);
  if (run.signal?.aborted) return;
  await Promise.all(
    chosen.map(async (device) => {
      if (device.state !== 'connected') return;
      await device.disconnect();
      await reconnect(device);
    }),
  );
}
