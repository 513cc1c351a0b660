// A fleet of plain devices: connects them, shows how many are there and what they receive, and sums up at the end.
import type { PlatformType } from '../client/wire.ts';
import { createDevice } from '../simulator/device.ts';
import type { Device, DeviceListeners } from '../simulator/device-face.ts';
import { closeFleet, connectFleet, PLATFORMS, planFleet } from '../simulator/fleet.ts';
import { createFleetProgress, type FleetCounts } from './fleet-progress.ts';
import type { Terminal } from './terminal.ts';
import { Failure } from './terminal-failure.ts';

export interface FleetFlags {
  readonly count: number;
  readonly users: number;
  readonly userName: string;
  readonly url: string;
  readonly application: string;
  readonly platform: PlatformType | undefined;
  readonly token: string | undefined;
  readonly isJson: boolean;
}

type Counts = { -readonly [Name in keyof FleetCounts]: FleetCounts[Name] };

function listenersFor(counts: Counts, onStopped: () => void): DeviceListeners {
  return {
    connected: () => {
      counts.connected += 1;
    },
    disconnected: () => {
      counts.connected -= 1;
    },
    notification: () => {
      counts.received += 1;
    },
    toast: () => {
      counts.toasts += 1;
    },
    duplicate: () => {
      counts.duplicates += 1;
    },
    reconnecting: () => {
      counts.reconnects += 1;
    },
    stopped: () => {
      counts.stopped += 1;
      onStopped();
    },
  };
}

/**
 * Runs until the person quits.
 * @throws Failure when every device has ended by itself; what connecting throws.
 */
export async function runFleet(flags: FleetFlags, terminal: Terminal): Promise<void> {
  const { count, users, userName, url, application, platform, token } = flags;
  const counts: Counts = { wanted: count, connected: 0, received: 0, toasts: 0, duplicates: 0, reconnects: 0, stopped: 0 };
  const planned = planFleet({
    count,
    users,
    userName,
    platforms: platform === undefined ? PLATFORMS : [platform],
    deviceName: `${userName}-device`,
  });
  let end = (_isFailed: boolean): void => undefined;
  let hasQuit = false;
  const ended = new Promise<boolean>((resolve) => {
    end = resolve;
  });
  const stopQuit = terminal.onQuit(() => {
    hasQuit = true;
    end(false);
  });
  const progress = createFleetProgress(terminal, flags.isJson, () => counts);
  let devices: readonly Device[] = [];
  try {
    const listeners = listenersFor(counts, () => {
      if (counts.stopped === count) end(true);
    });
    devices = await connectFleet(
      planned,
      (plan) =>
        createDevice({
          ...plan,
          url,
          application,
          listeners,
          receivedLimit: 1,
          notificationsLimit: 100,
          connectTimeoutMs: 60_000,
          ...(token === undefined ? {} : { token }),
        }),
      () => hasQuit,
    );
    if (await ended) throw new Failure('every device of the fleet has ended');
  } finally {
    stopQuit();
    progress.end();
    await closeFleet(devices);
  }
}
