// Many devices at once: who they are, and connecting them with bounded concurrency.
import type { PlatformType } from '../client/wire.ts';
import type { Device } from './device-api.ts';

/** How many devices connect at the same time. */
export const connectConcurrency = 64;

export interface FleetPlan {
  readonly count: number;
  readonly users: number;
  readonly platforms: readonly PlatformType[];
  /** One user has this name, several have it with a number. */
  readonly userName: string;
  /** Starts every device id. */
  readonly deviceName: string;
}

export interface PlannedDevice {
  readonly user: string;
  readonly platform: PlatformType;
  readonly deviceId: string;
}

/** Devices dealt to users in turn, so that each user has all platforms as far as their number goes. */
export function planFleet(plan: FleetPlan): readonly PlannedDevice[] {
  return Array.from({ length: plan.count }, (_, index) => {
    const user = plan.users === 1 ? plan.userName : `${plan.userName}-${(index % plan.users) + 1}`;
    const platform = plan.platforms[Math.floor(index / plan.users) % plan.platforms.length] ?? 'Windows';
    return { user, platform, deviceId: `${plan.deviceName}-${index + 1}` };
  });
}

/**
 * Connects all planned devices, at most {@link connectConcurrency} at a time, and in the plan's order.
 * Once `isStopped` says so it starts no more, and what fails then is no fault: it resolves with those that are there.
 * @throws what `connect` throws first; the devices that are connected by then are closed.
 */
export async function connectFleet(
  planned: readonly PlannedDevice[],
  connect: (device: PlannedDevice, index: number) => Promise<Device>,
  isStopped: () => boolean = () => false,
): Promise<readonly Device[]> {
  const devices: Device[] = [];
  let nextIndex = 0;
  let failure: { readonly error: unknown } | undefined;
  const work = async (): Promise<void> => {
    while (!failure && !isStopped()) {
      const index = nextIndex;
      const plan = planned[index];
      if (!plan) return;
      nextIndex += 1;
      try {
        devices[index] = await connect(plan, index);
      } catch (error) {
        if (!isStopped()) failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: connectConcurrency }, work));
  if (!failure) return devices.filter((device) => device !== undefined);
  await closeFleet(devices);
  throw failure.error;
}

/** Closes all; with `unsubscribe` their UNSIDs too. A device that cannot be unsubscribed any more is no fault. */
export async function closeFleet(
  devices: readonly Device[],
  how: { readonly unsubscribe?: boolean; readonly signal?: AbortSignal } = {},
): Promise<void> {
  const queue = devices.filter((device) => device !== undefined);
  const work = async (): Promise<void> => {
    for (let device = queue.pop(); device; device = queue.pop()) await device.close(how).catch(() => undefined);
  };
  await Promise.all(Array.from({ length: connectConcurrency }, work));
}
