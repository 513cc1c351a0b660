// Runs a fleet of devices: connects them, reports how many are connected and what they receive, and prints a summary at the end.
import { setMaxListeners } from 'node:events';
import { allPlatformTypes, type PlatformType } from '../../client/wire.ts';
import { createDevice } from '../../simulator/device.ts';
import type { Device, DeviceListeners } from '../../simulator/device-api.ts';
import type { DeviceError } from '../../simulator/device-error.ts';
import { closeFleet, connectFleet, type PlannedDevice, planFleet, storedByEach } from '../../simulator/fleet.ts';
import { isForgotten } from '../../simulator/reconnection.ts';
import { CliError } from '../terminal/cli-error.ts';
import { onQuitRequested } from '../terminal/quit.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { DeviceAccess, DeviceAccessParts } from './access.ts';
import { createFleetProgress, type FleetCounts, type FleetProgress } from './fleet-progress.ts';

export interface FleetFlags {
  readonly count: number;
  readonly users: number;
  readonly userName: string;
  readonly url: string;
  readonly application: string;
  readonly platform: PlatformType | undefined;
  /** Gives the devices transport and token; `onTokenRefused` ends the fleet. */
  readonly open: (how: Pick<DeviceAccessParts, 'signal' | 'onTokenRefused'>) => Promise<DeviceAccess>;
  readonly batterySaver: boolean;
  readonly isJson: boolean;
}

type Counts = { -readonly [Name in keyof FleetCounts]: FleetCounts[Name] };

function listenersFor(
  counts: Counts,
  access: DeviceAccess,
  { onConnected, onStopped }: { readonly onConnected: () => void; readonly onStopped: (error: DeviceError) => void },
): DeviceListeners {
  return {
    connected: () => {
      counts.connected += 1;
      onConnected();
    },
    disconnected: (closing) => {
      counts.connected -= 1;
      access.disconnected(closing);
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
    stopped: onStopped,
  };
}

interface LiveFleet {
  readonly counts: FleetCounts;
  /** Connects all devices. A device that the service has forgotten later subscribes again. */
  connect(): Promise<void>;
  close(): Promise<void>;
}

interface FleetParts {
  readonly access: DeviceAccess;
  readonly signal: AbortSignal;
  readonly onAllEnded: (first: unknown) => void;
}

function createFleet(flags: FleetFlags, { access, signal, onAllEnded }: FleetParts): LiveFleet {
  const { count, users, userName, url, application, platform, batterySaver } = flags;
  const counts: Counts = { wanted: count, connected: 0, received: 0, toasts: 0, duplicates: 0, reconnects: 0, stopped: 0 };
  const platforms = platform === undefined ? allPlatformTypes : [platform];
  const devices = new Map<string, Device>();
  const connectedBefore = new Set<string>();
  let first: { readonly error: unknown } | undefined;
  /** Devices are restarted one after the other, to spare a service that has just restarted. */
  let restarts = Promise.resolve();

  const recordEnd = (error: unknown): void => {
    first ??= { error };
    counts.stopped += 1;
    if (counts.stopped === count) onAllEnded(first.error);
  };
  const restart = async (plan: PlannedDevice): Promise<void> => {
    if (signal.aborted) return;
    await devices.get(plan.deviceId)?.close();
    devices.delete(plan.deviceId);
    await start(plan).catch((error: unknown) => {
      if (!signal.aborted) recordEnd(error);
    });
  };
  const start = async (plan: PlannedDevice): Promise<Device> => {
    const connected = (): void => {
      if (connectedBefore.has(plan.deviceId)) counts.reconnects += 1;
      connectedBefore.add(plan.deviceId);
    };
    const stopped = (error: DeviceError): void => {
      // For a device that has not connected yet, its start reports the error.
      if (!devices.has(plan.deviceId)) return;
      if (isForgotten(error)) restarts = restarts.then(() => restart(plan));
      else recordEnd(error);
    };
    const device = await createDevice({
      ...plan,
      ...access.connection,
      url,
      application,
      signal,
      batterySaver,
      listeners: listenersFor(counts, access, { onConnected: connected, onStopped: stopped }),
      ...storedByEach(count),
      connectTimeoutMs: 60_000,
    });
    devices.set(plan.deviceId, device);
    return device;
  };
  return {
    counts,
    async connect() {
      const planned = planFleet({ count, users, userName, platforms, deviceName: `${userName}-device` });
      await connectFleet(planned, start, () => signal.aborted);
    },
    async close() {
      await restarts;
      await closeFleet([...devices.values()]);
    },
  };
}

/**
 * Runs until the user quits.
 * @throws CliError when every device has stopped, or a token is refused; what connecting throws.
 */
export async function runFleet(flags: FleetFlags, terminal: Terminal): Promise<void> {
  const quitting = new AbortController();
  const { signal } = quitting;
  setMaxListeners(0, signal);
  let end = (_failure?: CliError): void => undefined;
  const ended = new Promise<CliError | undefined>((resolve) => {
    end = resolve;
  });
  let hasQuit = false;
  const quit = (): void => {
    hasQuit = true;
    quitting.abort();
    end();
  };
  const stopQuit = onQuitRequested(terminal, quit, { readsKeys: !flags.isJson });
  const onAllEnded = (first: unknown): void => {
    const reason = first instanceof Error ? first.message : String(first);
    end(new CliError(`every device of the fleet has stopped; the first one because: ${reason}`));
  };
  try {
    const access = await flags.open({ signal, onTokenRefused: (refused) => end(refused) });
    const fleet = createFleet(flags, { access, signal, onAllEnded });
    await showFleet(
      fleet,
      createFleetProgress(terminal, flags.isJson, () => fleet.counts),
      { ended, quitting },
    );
  } catch (error) {
    // An error after the user has quit, during sign-in for instance, is not reported.
    if (!hasQuit) throw error;
  } finally {
    stopQuit();
  }
}

interface Ending {
  readonly ended: Promise<CliError | undefined>;
  readonly quitting: AbortController;
}

async function showFleet(fleet: LiveFleet, progress: FleetProgress, { ended, quitting }: Ending): Promise<void> {
  try {
    await fleet.connect();
    const failure = await ended;
    if (failure) throw failure;
  } finally {
    progress.end();
    // No device is restarted from here on.
    quitting.abort();
    await fleet.close();
  }
}
