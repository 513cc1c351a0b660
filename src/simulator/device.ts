// A simulated device: subscribes, stays connected, handles messages and acknowledges them.
import { type Client, createClient } from '../client/client.ts';
import { openDeviceSocket } from '../client/device-socket.ts';
import { serviceErrorOf } from '../client/graph-error.ts';
import { nodeWebSocket } from '../client/node/node-web-socket.ts';
import { trustIn } from '../client/node/trust.ts';
import { trustedTransport } from '../client/node/trusted-transport.ts';
import { realTimer } from '../client/timer.ts';
import type { Subscription } from '../client/wire.ts';
import { createConnection } from './connection.ts';
import { createDeviceActions } from './device-actions.ts';
import type { Device, DeviceEvents, Waiting } from './device-api.ts';
import { DeviceError, refusedError } from './device-error.ts';
import type { DeviceOptions } from './device-options.ts';
import { createEmitter } from './emitter.ts';
import { createInbox, type Inbox } from './inbox.ts';
import { createMailbox } from './mailbox.ts';
import { defaultMemoryLimit } from './memory.ts';
import { createPipeline, type PipelineParts } from './pipeline.ts';
import type { Received } from './received.ts';
import { subscribe } from './subscribe.ts';

const defaultNextTimeoutMs = 5000;

type Settings = ReturnType<typeof settingsOf>;

/** Clients whose calls are aborted at different times. */
interface Clients {
  /** For calls that the user of the device requests; aborted by the user's signal. */
  readonly acting: Client;
  /** For what the device fetches itself; aborted when it is closed. */
  readonly reading: Client;
  /** For unsubscribing, which comes last; never aborted. */
  readonly unsubscribing: Client;
}

interface Lifetime {
  readonly clients: Clients;
  readonly ending: AbortController;
}

function settingsOf(options: DeviceOptions) {
  const random = options.random ?? Math.random;
  const tail = Math.floor(random() * 2 ** 32).toString(36);
  const transport = options.ca === undefined ? { webSocket: nodeWebSocket } : trustedTransport(trustIn(options.ca));
  return {
    ...transport,
    ...options,
    random,
    timer: options.timer ?? realTimer,
    token: options.token ?? `dev.user.${options.user}`,
    deviceId: options.deviceId ?? `${options.user}-${options.platform.toLowerCase()}-${tail}`,
    backOff: options.backOff ?? { initialMs: 250, maximumMs: 30_000 },
    webSocket: options.webSocket ?? transport.webSocket,
    receivedLimit: options.receivedLimit ?? 1000,
    memoryLimit: options.memoryLimit ?? defaultMemoryLimit,
  };
}

/**
 * Subscribes a device and connects it; resolves when `connected` was received.
 *
 * The device detects duplicate messages by id and cursor (F24), acknowledges after its listeners have run (R2), reconnects
 * automatically, fetches the history after `resumed:false` (R3) and fetches what a signal announces (F24). It keeps the process
 * alive until it is closed.
 * @throws ConnectionError when the service cannot be reached, TypeError when `ca` is not a certificate in PEM.
 * @throws the abort reason of `signal`, or DeviceError `Disconnected`, when it is aborted or disconnected before it is connected.
 * @throws DeviceError `Refused` when the service refuses the subscription or the socket, `Unusable` when its responses are invalid, `Timeout` when `connected` does not arrive in time.
 */
export async function createDevice(options: DeviceOptions): Promise<Device> {
  const settings = settingsOf(options);
  const { url, token, fetch, signal } = settings;
  const calls = { url, token, ...(fetch ? { fetch } : {}) };
  const ending = new AbortController();
  const clients: Clients = {
    acting: createClient({ ...calls, ...(signal ? { signal } : {}) }),
    reading: createClient({ ...calls, signal: ending.signal }),
    unsubscribing: createClient(calls),
  };
  const { application, deviceId, platform, displayName } = settings;
  const request = { application, deviceId, platform, ...(displayName === undefined ? {} : { displayName }) };
  const subscription = await subscribe(clients.acting, request, settings);
  await settings.listeners?.subscribed?.(subscription);
  const device = assemble(settings, subscription, { clients, ending });
  try {
    options.signal?.throwIfAborted();
    await device.connect();
  } catch (error) {
    await device.close();
    throw error;
  }
  return device;
}

function createDeviceConnection(
  settings: Settings,
  subscription: Subscription,
  parts: Pick<PipelineParts, 'emitter'> & { ended: (error: Error) => void },
) {
  const { token } = settings;
  const { emitter } = parts;
  // Pipeline and connection need each other: the pipeline is added once both exist.
  const upstream: { pipeline?: ReturnType<typeof createPipeline> } = {};
  const connection = createConnection({
    open: async (handlers) =>
      openDeviceSocket({
        socketUrl: subscription.socketUrl,
        serviceUrl: settings.url,
        unsid: subscription.userNotificationSubscriptionId,
        cursor: upstream.pipeline?.acknowledged(),
        token: typeof token === 'function' ? await token() : token,
        webSocket: settings.webSocket,
        ...handlers,
      }),
    events: {
      message: (message, characters) => upstream.pipeline?.take(message, characters),
      invalid: (reason) => void emitter.emit('invalid', reason),
      disconnected: (closing) => void emitter.emit('disconnected', closing),
      reconnecting: (how) => void emitter.emit('reconnecting', how),
      stopped: (error) => {
        parts.ended(error);
        void emitter.emit('stopped', error);
      },
    },
    autoReconnect: settings.autoReconnect ?? true,
    freshToken: typeof token === 'function',
    backOff: settings.backOff,
    connectTimeoutMs: settings.connectTimeoutMs ?? 10_000,
    timer: settings.timer,
    random: settings.random,
  });
  return { connection, upstream };
}

function assemble(settings: Settings, subscription: Subscription, { clients, ending }: Lifetime): Device {
  const unsid = subscription.userNotificationSubscriptionId;
  const { deviceId, platform, user, timer, receivedLimit, memoryLimit } = settings;
  const emitter = createEmitter<DeviceEvents>(settings.listeners);
  const stored = { received: receivedLimit, notifications: settings.notificationsLimit ?? 10_000, bytes: memoryLimit };
  const inbox: Inbox = createInbox(stored);
  const name = `${platform} device ${deviceId}`;
  const mailbox = createMailbox({ limits: { items: receivedLimit, bytes: memoryLimit }, timer, name, received: () => inbox.received });
  const { connection, upstream } = createDeviceConnection(settings, subscription, { emitter, ended: (error) => mailbox.end(error) });
  const pipeline = createPipeline({ settings, client: clients.reading, unsid, emitter, inbox, mailbox, connection });
  upstream.pipeline = pipeline;
  const actions = createDeviceActions({ client: clients.acting, unsid, changed: inbox.changedHere, deleted: inbox.deletedHere });
  let closed: Promise<void> | undefined;
  let unsubscribed: Promise<void> | undefined;
  const end = async (): Promise<void> => {
    settings.signal?.removeEventListener('abort', close);
    mailbox.end(new DeviceError('Closed', `${name} is closed.`));
    pipeline.stop();
    ending.abort(new DeviceError('Closed', `${name} is closed.`));
    await connection.disconnect();
  };
  const close = (): Promise<void> => {
    closed ??= end();
    return closed;
  };
  const unsubscribe = async (signal: AbortSignal | undefined): Promise<void> => {
    await close();
    const service = serviceErrorOf(await clients.unsubscribing.deleteSubscription(unsid, signal ? { signal } : {}));
    if (service && service.status !== 404) throw refusedError('Unsubscribing', service);
  };
  settings.signal?.addEventListener('abort', close);
  function takeNext<Wanted extends Received>(predicate: (received: Received) => received is Wanted, waiting?: Waiting): Promise<Wanted>;
  function takeNext(predicate?: (received: Received) => boolean, waiting?: Waiting): Promise<Received>;
  function takeNext(predicate: (received: Received) => boolean = () => true, waiting?: Waiting): Promise<Received> {
    return mailbox.next(predicate, finite(waiting?.timeoutMs ?? defaultNextTimeoutMs));
  }
  return {
    ...actions,
    unsid,
    subscription,
    user,
    platform,
    deviceId,
    notifications: inbox.notifications,
    received: inbox.received,
    get state() {
      return connection.state;
    },
    get batterySaver() {
      return pipeline.batterySaver;
    },
    on: emitter.on,
    next: takeNext,
    setBatterySaver: pipeline.setBatterySaver,
    acknowledge: pipeline.acknowledge,
    async connect() {
      if (closed) throw new DeviceError('Closed', `${name} is closed.`);
      mailbox.reopen();
      await connection.connect();
    },
    disconnect: () => connection.disconnect(),
    close(how) {
      if (how?.unsubscribe !== true) return close();
      // A failed call may be repeated.
      unsubscribed ??= unsubscribe(how.signal).catch((error: unknown) => {
        unsubscribed = undefined;
        throw error;
      });
      return unsubscribed;
    },
    async *[Symbol.asyncIterator]() {
      try {
        for (;;) yield await mailbox.next(() => true, undefined);
      } catch (error) {
        if (!(error instanceof DeviceError) || error.code !== 'Closed') throw error;
      }
    },
  };
}

function finite(timeoutMs: number): number | undefined {
  return Number.isFinite(timeoutMs) ? timeoutMs : undefined;
}
