// The built-in adapter: devices that use the protocol of openapi/notifications.yaml and openapi/devices.asyncapi.yaml.
import type { Client } from '../../client/client.ts';
import { createClient } from '../../client/client.ts';
import type { WebSocketFactory } from '../../client/device-socket.ts';
import { serviceErrorOf } from '../../client/graph-error.ts';
import { isDowngraded } from '../../client/socket-url.ts';
import type { ClientNotification } from '../../client/wire.ts';
import type { AdapterConnection, AdapterDevice, DeviceAdapter, SuiteUser } from './adapter.ts';
import { type ConnectionLimits, connect, notificationOf, refused } from './protocol-connection.ts';

export interface ProtocolAdapterOptions {
  /** Origin of the client surface with path prefix, without trailing slash. */
  readonly clientUrl: string;
  /** Origin of the device socket. Default: the `socketUrl` of the subscription. */
  readonly socketUrl: string | undefined;
  readonly token: (user: SuiteUser) => Promise<string>;
  readonly fetch: typeof fetch;
  readonly webSocket: WebSocketFactory;
  /** Its timeout is also that of one response. */
  readonly limits: ConnectionLimits;
  /** Observes the raw messages of each connection. */
  readonly watch?: WatchConnection;
  /** Retries connecting when the target throttles and states when to retry. Default: one attempt. */
  readonly retry?: (connect: () => Promise<AdapterConnection>) => Promise<AdapterConnection>;
}

/** Returns the listener for all raw messages of one connection; undefined stands for a binary message. */
export type WatchConnection = (device: AdapterDevice) => (text: string | undefined) => void;

/** Devices that use the documents' protocol, so that their socket can also be opened without the adapter. */
export interface ProtocolAdapter extends DeviceAdapter {
  /** The URL of the device's socket. @throws Error for a device that was not subscribed by this adapter */
  socketUrlOf(device: AdapterDevice): string;
}

export const socketPath = '/client/v1/socket';

export function createProtocolAdapter(options: ProtocolAdapterOptions): ProtocolAdapter {
  const { clientUrl, token, fetch, limits } = options;
  const { timeoutMs } = limits;
  const clients = new Map<SuiteUser, Client>();
  const clientOf = (user: SuiteUser): Client => {
    const client = clients.get(user) ?? createClient({ url: clientUrl, token: () => token(user), fetch, timeoutMs });
    clients.set(user, client);
    return client;
  };
  const socketUrls = new Map<string, string>();
  const socketUrlOf = ({ unsid, deviceId }: AdapterDevice): string => {
    const url = socketUrls.get(unsid);
    if (url === undefined) throw new Error(`The device ${deviceId} was not subscribed by this adapter.`);
    return url;
  };

  return {
    socketUrlOf,
    async subscribe({ user, application, deviceId, platform }) {
      const answer = await clientOf(user).createSubscription({ application, deviceId, platform });
      const { userNotificationSubscriptionId: unsid, socketUrl } = expected<{ userNotificationSubscriptionId: string; socketUrl: string }>(
        answer,
        'subscribing',
      );
      if (options.socketUrl === undefined && isDowngraded(String(socketUrl), clientUrl))
        throw new Error(`The socketUrl ${socketUrl} is not wss although the target is https: the token would be sent without encryption.`);
      socketUrls.set(unsid, options.socketUrl === undefined ? socketUrl : `${options.socketUrl.replace(/^http/, 'ws')}${socketPath}`);
      return { user, application, deviceId, platform, unsid };
    },
    async unsubscribe({ user, unsid }) {
      expected(await clientOf(user).deleteSubscription(unsid), 'unsubscribing');
    },
    async connect(device, from) {
      const socketUrl = socketUrlOf(device);
      const retry = options.retry ?? ((act) => act());
      const { webSocket, watch } = options;
      return retry(async () =>
        connect({
          webSocket,
          limits,
          onMessage: watch?.(device) ?? (() => undefined),
          device,
          socketUrl,
          cursor: from?.cursor,
          token: await token(device.user),
        }),
      );
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

/** Maximum number of pages of a thousand notifications; the users of a run never have that many. */
const maxPages = 1000;

interface Page {
  readonly value: readonly ClientNotification[];
  readonly cursor: string;
  readonly more: boolean;
}

const pageOf = (answer: { readonly status: number; readonly body: unknown }): Page => expected<Page>(answer, 'listing');

/** Reads all pages after a cursor. */
async function walk(client: Client, unsid: string, from: { readonly since: string; readonly status?: 'Active' }) {
  const found: ClientNotification[] = [];
  let { since } = from;
  let pages = 0;
  for (;;) {
    const { value, cursor, more } = pageOf(await client.listNotifications(unsid, { $top: 1000, ...from, since }));
    found.push(...value);
    if (!more) return { found, cursor };
    pages += 1;
    if (cursor === since || pages >= maxPages) throw new Error(`The target's list does not end: on page ${pages} there is still more.`);
    since = cursor;
  }
}

/** @throws Error that states what the target refused */
function expected<Body>(answer: { readonly status: number; readonly body: unknown }, what: string): Body {
  const error = serviceErrorOf(answer);
  if (error) throw refused(`The target refused ${what} with ${error.status}: ${error.message}`, error.status);
  return answer.body as Body;
}
