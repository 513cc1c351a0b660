// Fleets of devices: plans their users and platforms, and connects and closes them with bounded concurrency.
import type { PlatformType } from '../client/wire.ts';
import type { Device } from './device-api.ts';
import type { DeviceOptions } from './device-options.ts';
import { defaultMemoryLimit } from './memory.ts';

/** Maximum number of devices that connect at the same time. */
export const connectConcurrency = 64;

/** What each device of a fleet stores: little, because there are many, and all of them share the memory of one. */
export function storedByEach(count: number): Required<Pick<DeviceOptions, 'receivedLimit' | 'notificationsLimit' | 'memoryLimit'>> {
  return { receivedLimit: 1, notificationsLimit: 100, memoryLimit: Math.ceil(defaultMemoryLimit / count) };
}

export interface FleetPlan {
  readonly count: number;
  readonly users: number;
  readonly platforms: readonly PlatformType[];
  /** Name of the user; several users get it with a number appended. */
  readonly userName: string;
  /** Prefix of every device id. */
  readonly deviceName: string;
}

export interface PlannedDevice {
  readonly user: string;
  readonly platform: PlatformType;
  readonly deviceId: string;
}

/** Assigns devices to users in turn, so that each user has as many different platforms as possible. */
export function planFleet(plan: FleetPlan): readonly PlannedDevice[] {
  return Array.from({ length: plan.count }, (_, index) => {
    const user = plan.users === 1 ? plan.userName : `${plan.userName}-${(index % plan.users) + 1}`;
    const platform = plan.platforms[Math.floor(index / plan.users) % plan.platforms.length] ?? 'Windows';
    return { user, platform, deviceId: `${plan.deviceName}-${index + 1}` };
  });
}

/**
 * Connects all planned devices, at most {@link connectConcurrency} at a time, and in the plan's order.
 * Once `isStopped` returns true it starts no more devices, ignores failures, and resolves with the connected ones.
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

/** Closes all devices; with `unsubscribe` also their UNSIDs. Failures to unsubscribe are ignored. */
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
