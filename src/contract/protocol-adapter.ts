// The built-in adapter: devices as openapi/notifications.yaml and openapi/devices.asyncapi.yaml describe them.
import type { Client } from '../client/client.ts';
import { createClient } from '../client/client.ts';
import { openDeviceSocket, type WebSocketFactory } from '../client/device-socket.ts';
import { serviceErrorOf } from '../client/graph-error.ts';
import type { ClientNotification, ServerMessage } from '../client/wire.ts';
import type { AdapterConnection, AdapterDevice, AdapterMessage, AdapterNotification, DeviceAdapter, SuiteUser } from './adapter.ts';
import { createMessageStream, type MessageStream } from './message-stream.ts';

export interface ProtocolAdapterOptions {
  /** Origin of the client surface, with a path prefix, without a slash at the end. */
  readonly clientUrl: string;
  /** Origin of the device socket; undefined: the `socketUrl` of the subscription. */
  readonly socketUrl: string | undefined;
  readonly token: (user: SuiteUser) => Promise<string>;
  readonly fetch: typeof fetch;
  readonly webSocket: WebSocketFactory;
  /** Every message as it came, for the checks. */
  readonly onMessage?: (device: AdapterDevice, message: unknown) => void;
}

const socketPath = '/client/v1/socket';

export function createProtocolAdapter(options: ProtocolAdapterOptions): DeviceAdapter {
  const { clientUrl, token, fetch } = options;
  const clients = new Map<SuiteUser, Client>();
  const clientOf = (user: SuiteUser): Client => {
    const client = clients.get(user) ?? createClient({ url: clientUrl, token: () => token(user), fetch });
    clients.set(user, client);
    return client;
  };
  const socketUrls = new Map<string, string>();

  return {
    async subscribe({ user, application, deviceId, platform }) {
      const answer = await clientOf(user).createSubscription({ application, deviceId, platform });
      const { userNotificationSubscriptionId: unsid, socketUrl } = expected<{ userNotificationSubscriptionId: string; socketUrl: string }>(
        answer,
        'subscribing',
      );
      socketUrls.set(unsid, options.socketUrl === undefined ? socketUrl : `${options.socketUrl.replace(/^http/, 'ws')}${socketPath}`);
      return { user, application, deviceId, platform, unsid };
    },
    async unsubscribe({ user, unsid }) {
      expected(await clientOf(user).deleteSubscription(unsid), 'unsubscribing');
    },
    async connect(device, from) {
      const socketUrl = socketUrls.get(device.unsid);
      if (socketUrl === undefined) throw new Error(`The device ${device.deviceId} was not subscribed here.`);
      return connect({ options, device, socketUrl, cursor: from?.cursor, token: await token(device.user) });
    },
    async list({ user, unsid }) {
      const { value, more, cursor } = pageOf(await clientOf(user).listNotifications(unsid, { $top: 1000 }));
      const rest = more ? await walk(clientOf(user), unsid, { since: cursor, status: 'Active' }) : { found: [] };
      return [...value, ...rest.found].map(notificationOf);
    },
    async changes({ user, unsid }, since) {
      const { found, cursor } = await walk(clientOf(user), unsid, { since });
      return { notifications: found.map(notificationOf), cursor };
    },
    async update({ user, unsid }, id, states) {
      expected(await clientOf(user).updateNotification({ unsid, id }, states), 'updating');
    },
    async remove({ user, unsid }, id) {
      expected(await clientOf(user).deleteNotification(unsid, id), 'deleting');
    },
  };
}

interface Page {
  readonly value: readonly ClientNotification[];
  readonly cursor: string;
  readonly more: boolean;
}

const pageOf = (answer: { readonly status: number; readonly body: unknown }): Page => expected<Page>(answer, 'listing');

/** All pages from a cursor on. */
async function walk(client: Client, unsid: string, from: { readonly since: string; readonly status?: 'Active' }) {
  const found: ClientNotification[] = [];
  let { since } = from;
  for (;;) {
    const { value, cursor, more } = pageOf(await client.listNotifications(unsid, { $top: 1000, ...from, since }));
    found.push(...value);
    since = cursor;
    if (!more) return { found, cursor };
  }
}

/** @throws Error that says what the target refused */
function expected<Body>(answer: { readonly status: number; readonly body: unknown }, what: string): Body {
  const error = serviceErrorOf(answer);
  if (error) throw new Error(`The target refused ${what} with ${error.status}: ${error.message}`);
  return answer.body as Body;
}

interface ConnectParts {
  readonly options: ProtocolAdapterOptions;
  readonly device: AdapterDevice;
  readonly socketUrl: string;
  readonly cursor: string | undefined;
  readonly token: string;
}

/** Resolves when the target has said `connected`. */
function connect({ options, device, socketUrl, cursor, token }: ConnectParts): Promise<AdapterConnection> {
  const stream = createMessageStream<AdapterMessage>();
  return new Promise((resolve, reject) => {
    const socket = openDeviceSocket({
      socketUrl,
      unsid: device.unsid,
      cursor,
      token,
      webSocket: options.webSocket,
      onMessage: (message) => {
        options.onMessage?.(device, message);
        const told = messageOf(message);
        if (told) stream.push(told);
        if (message.type === 'connected') resolve(connectionOf(stream, socket));
      },
      onInvalid: (reason) => options.onMessage?.(device, reason),
      onClose: ({ code, reason, refusal }) => {
        stream.push({ kind: 'closed', code });
        stream.end();
        reject(new Error(`The device socket did not open: ${refusal ? `status ${refusal.status}` : `${code} ${reason}`}.`));
      },
    });
  });
}

function connectionOf(stream: MessageStream<AdapterMessage>, socket: ReturnType<typeof openDeviceSocket>): AdapterConnection {
  return {
    messages: () => stream.read(),
    acknowledge: async (cursor) => socket.acknowledge(cursor),
    close: async () => socket.close(),
  };
}

function messageOf(message: ServerMessage): AdapterMessage | undefined {
  switch (message.type) {
    case 'connected':
      return { kind: 'connected', resumed: message.resumed, cursor: message.cursor };
    case 'notification':
      return { kind: 'notification', change: message.change, notification: notificationOf(message.notification), cursor: message.cursor };
    case 'toast':
      return { kind: 'toast', notificationId: message.notificationId, visualContent: message.visualContent };
    case 'signal':
      return { kind: 'signal', cursor: message.cursor };
    default:
      return undefined;
  }
}

function notificationOf(notification: ClientNotification): AdapterNotification {
  if (notification.status === 'Deleted') return { id: notification.id, status: 'Deleted' };
  const { id, appNotificationId, groupName, priority, payload, readState, userActionState } = notification;
  return {
    id,
    appNotificationId,
    groupName,
    priority,
    ...(payload.rawContent === undefined ? {} : { rawContent: payload.rawContent }),
    ...(payload.visualContent === undefined ? {} : { visualContent: payload.visualContent }),
    status: 'Active',
    readState,
    userActionState,
  };
}
