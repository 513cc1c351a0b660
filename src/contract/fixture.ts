// What a case stands on: an application, a UNSID, subscriptions and notifications; made through requests, taken away afterwards.
import type { Exchange, HttpRequest } from '../checks/exchange.ts';
import { CaseSkipped } from '../checks/failure.ts';
import { jsonObjectOf, textOf } from '../documents/json.ts';
import type { CaseContext } from './case.ts';

export interface Fixture {
  readonly application: string;
  /** The UNSID to post to and to act as: subscribed for this case, or the one that was given. @throws CaseSkipped */
  unsid(): Promise<string>;
  /** A subscription that may be ended: nothing else stands on it. @throws CaseSkipped */
  spareSubscription(): Promise<string>;
  /** A notification of the case's user that is there. @throws CaseSkipped */
  notification(): Promise<string>;
  /** Sends; what the answer says was made is taken away after the case. */
  send(request: HttpRequest): Promise<Exchange>;
}

const subscriptions = '/client/v1/subscriptions';
const notifications = '/client/v1/notifications';
const publishing = '/beta/me/notifications';

export function createFixture(context: CaseContext): Fixture {
  const { given, application } = context;
  const live = { subscriptions: new Set<string>(), notifications: new Set<string>() };
  let own: Promise<string> | undefined;
  let spare: string | undefined;
  let posted: string | undefined;

  const subscribe = async (): Promise<string> => {
    const json = { application, deviceId: context.name('device'), platform: 'Windows' };
    const exchange = await send({
      surface: 'client',
      method: 'POST',
      path: subscriptions,
      caller: 'user',
      json,
    });
    return idOf(exchange, 'userNotificationSubscriptionId', 'subscribing');
  };

  const find = async (): Promise<string> => {
    if (given.hasClient) return subscribe();
    if (given.unsid !== undefined) return given.unsid;
    if (!given.hasDevices) throw new CaseSkipped('there is no UNSID to post to (--unsid)');
    const device = { user: 'user', application, deviceId: context.name('device'), platform: 'Windows' } as const;
    const subscribed = await context.devices.subscribe(device);
    context.cleanUp(() => context.devices.unsubscribe(subscribed));
    return subscribed.unsid;
  };

  const unsid = (): Promise<string> => {
    own ??= find();
    return own;
  };

  const send = async (request: HttpRequest): Promise<Exchange> => {
    const exchange = await context.send(request);
    if (given.hasClient && exchange.answer.status < 300) learn(exchange);
    return exchange;
  };

  function learn({ request: { method, path }, answer: { json } }: Exchange): void {
    if (method === 'DELETE') {
      const id = decodeURIComponent(path.slice(path.lastIndexOf('/') + 1));
      live.subscriptions.delete(id);
      live.notifications.delete(id);
      return;
    }
    if (method !== 'POST') return;
    if (path === subscriptions) made(live.subscriptions, textOf(jsonObjectOf(json)['userNotificationSubscriptionId']), endSubscription);
    if (path.startsWith(publishing)) made(live.notifications, textOf(jsonObjectOf(json)['id']), endNotification);
  }

  function made(all: Set<string>, id: string | undefined, end: (id: string) => Promise<unknown>): void {
    if (id === undefined || all.has(id)) return;
    all.add(id);
    context.cleanUp(async () => (all.has(id) ? end(id) : undefined));
  }

  const endSubscription = (id: string) =>
    context.send({
      surface: 'client',
      method: 'DELETE',
      path: `${subscriptions}/${encodeURIComponent(id)}`,
      caller: 'user',
    });

  const endNotification = async (id: string) => {
    const headers = { 'X-UNS-ID': await unsid() };
    const path = `${notifications}/${encodeURIComponent(id)}`;
    return context.send({ surface: 'client', method: 'DELETE', path, caller: 'user', headers });
  };

  return {
    application,
    unsid,
    send,
    async spareSubscription() {
      if (spare === undefined || !live.subscriptions.has(spare)) spare = await subscribe();
      return spare;
    },
    async notification() {
      if (posted !== undefined && live.notifications.has(posted)) return posted;
      const headers = { 'X-UNS-ID': await unsid() };
      const json = { targetHostName: application, payload: { rawContent: 'Hello' } };
      const exchange = await send({
        surface: 'graph',
        method: 'POST',
        path: publishing,
        caller: 'app',
        headers,
        json,
      });
      posted = idOf(exchange, 'id', 'posting');
      return posted;
    },
  };
}

/** @throws CaseSkipped when what the case stands on could not be made */
function idOf({ answer: { status, json } }: Exchange, member: string, what: string): string {
  const id = textOf(jsonObjectOf(json)[member]);
  if (status >= 300 || id === undefined)
    throw new CaseSkipped(`cannot be judged: ${what} was answered with ${status}${status < 300 ? ` and no ${member}` : ''}`);
  return id;
}
