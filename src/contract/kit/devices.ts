// What a scenario with devices works with: subscribing, connecting, posting; everything is cleaned up afterwards.
import { CaseSkipped } from '../../checks/failure.ts';
import type { CaseContext } from '../case.ts';
import type { AdapterDevice, Platform, SuiteUser } from '../target/adapter.ts';
import type { Handshake, RawSocket } from '../target/raw-socket.ts';
import { createDeviceRecorder, type DeviceRecorder } from './device-recorder.ts';
import { type Bulk, type Posted, post, postMany } from './posting.ts';

export interface DeviceOptions {
  readonly user?: SuiteUser;
  readonly application?: string;
  readonly deviceId?: string;
}

export interface ConnectOptions {
  /** Position from which to resume. */
  readonly cursor?: string;
  /** Fetches nothing after a signal. */
  readonly ignoresSignals?: boolean;
}

export interface DeviceFixture {
  readonly context: CaseContext;
  /** Subscribes a new device. */
  subscribe(platform: Platform, options?: DeviceOptions): Promise<AdapterDevice>;
  /** Connects a device. */
  connect(device: AdapterDevice, options?: ConnectOptions): Promise<DeviceRecorder>;
  /** Subscribes a new device and connects it. */
  subscribeAndConnect(platform: Platform, options?: DeviceOptions): Promise<DeviceRecorder>;
  /** Publishes to the user of this device, and deletes it afterwards. */
  post(to: AdapterDevice, more?: object): Promise<Posted>;
  /** Publishes many notifications to the user of this device, and deletes them afterwards. */
  postMany(to: AdapterDevice, options: Bulk): Promise<readonly (readonly Posted[])[]>;
  /** A second application. @throws CaseSkipped if the target accepts only registered applications */
  otherApplication(): Promise<string>;
  /** Opens the device's socket without the adapter. */
  openSocket(device: AdapterDevice, handshake?: Handshake): Promise<RawSocket>;
  /** The device's name in transcripts. */
  nameOf(device: AdapterDevice): string;
}

export const everyPlatform: readonly Platform[] = ['Windows', 'iOS', 'Android', 'WebPush'];

export function createDeviceFixture(context: CaseContext): DeviceFixture {
  const { devices } = context;
  const names = new Map<string, string>();
  const nameOf = ({ unsid }: AdapterDevice): string => names.get(unsid) ?? unsid;

  async function subscribe(platform: Platform, options: DeviceOptions = {}): Promise<AdapterDevice> {
    const { user = 'user', application = context.application, deviceId = context.name(platform.toLowerCase()) } = options;
    const device = await devices.subscribe({ user, application, deviceId, platform });
    const who = names.get(device.unsid) ?? `${user}/${platform}-${names.size + 1}`;
    names.set(device.unsid, who);
    context.note(who, `subscribed for ${application} as ${deviceId}`);
    context.cleanUp(() => devices.unsubscribe(device), 'last');
    return device;
  }

  async function connect(device: AdapterDevice, { cursor, ignoresSignals = false }: ConnectOptions = {}): Promise<DeviceRecorder> {
    const who = nameOf(device);
    context.note(who, cursor === undefined ? 'connects' : `connects from ${cursor}`);
    const connection = await devices.connect(device, cursor === undefined ? undefined : { cursor });
    context.cleanUp(() => connection.close());
    return createDeviceRecorder({ context, device, who, connection, ignoresSignals });
  }

  async function removeAll(posted: readonly Posted[], of: AdapterDevice): Promise<void> {
    for (const { id } of posted) await devices.remove(of, id);
  }

  return {
    context,
    nameOf,
    subscribe,
    connect,
    subscribeAndConnect: async (platform, options) => connect(await subscribe(platform, options)),
    post: async (to, more) => {
      const posted = await post(context, to, more);
      context.cleanUp(() => devices.remove(to, posted.id));
      return posted;
    },
    postMany: async (to, options) => {
      const lanes = await postMany(context, to, options);
      context.cleanUp(() => Promise.all(lanes.map((lane) => removeAll(lane, to))));
      return lanes;
    },
    otherApplication: async () => {
      const application = `${context.name('second')}.example`;
      try {
        await subscribe('Windows', { application });
      } catch (error) {
        throw new CaseSkipped(`needs a second application, and the target refuses ${application}: ${String(error)}`);
      }
      return application;
    },
    openSocket: async (device, handshake = {}) => {
      context.note(nameOf(device), `opens its socket ${JSON.stringify(handshake)}`);
      const socket = await context.openSocket(device, handshake);
      context.cleanUp(async () => socket.cut());
      return socket;
    },
  };
}
