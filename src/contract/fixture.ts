// Fixtures of a case: application, UNSID, subscriptions and notifications; created by requests and deleted afterwards.
import type { Exchange, HttpRequest } from '../checks/exchange.ts';
import { CaseSkipped } from '../checks/failure.ts';
import { calls } from '../client/calls.ts';
import { jsonObjectOf, textOf } from '../values/json.ts';
import type { CaseContext } from './case.ts';
import { deleteRequest, postRequest, subscribeRequest, unsubscribeRequest } from './kit/calls.ts';

export interface Fixture {
  readonly application: string;
  /** The UNSID to post to and to act as: subscribed for this case, or given as an option. @throws CaseSkipped */
  unsid(): Promise<string>;
  /** A subscription that may be deleted: no other fixture depends on it. @throws CaseSkipped */
  spareSubscription(): Promise<string>;
  /** An existing notification of the case's user. @throws CaseSkipped */
  notification(): Promise<string>;
  /** Sends a request; what it creates, according to the response, is deleted after the case. */
  send(request: HttpRequest): Promise<Exchange>;
}

const subscribing = calls.createSubscription();
const publishing = calls.postNotification();

export function createFixture(context: CaseContext): Fixture {
  const { given, application } = context;
  const live = { subscriptions: new Set<string>(), notifications: new Set<string>() };
  let own: Promise<string> | undefined;
  let spare: string | undefined;
  let posted: string | undefined;

  const subscribe = async (): Promise<string> => {
    const json = { application, deviceId: context.name('device'), platform: 'Windows' };
    const exchange = await send(subscribeRequest('user', json));
    return idOf(exchange, 'userNotificationSubscriptionId', 'subscribing');
  };

  const find = async (): Promise<string> => {
    if (given.hasClient) return subscribe();
    if (given.unsid !== undefined) return given.unsid;
    if (!given.hasDevices) throw new CaseSkipped('a UNSID to post to is needed (--unsid)');
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
    if (given.hasClient && exchange.answer.status < 300) trackCreated(exchange);
    return exchange;
  };

  function trackCreated({ request: { method, path }, answer: { json } }: Exchange): void {
    if (method === 'DELETE') {
      const id = decodeURIComponent(path.slice(path.lastIndexOf('/') + 1));
      live.subscriptions.delete(id);
      live.notifications.delete(id);
      return;
    }
    if (method !== 'POST') return;
    if (path === subscribing.path)
      deleteAfterCase(live.subscriptions, textOf(jsonObjectOf(json)['userNotificationSubscriptionId']), deleteSubscription);
    if (path.startsWith(publishing.path)) deleteAfterCase(live.notifications, textOf(jsonObjectOf(json)['id']), deleteNotification);
  }

  function deleteAfterCase(all: Set<string>, id: string | undefined, remove: (id: string) => Promise<unknown>): void {
    if (id === undefined || all.has(id)) return;
    all.add(id);
    context.cleanUp(async () => (all.has(id) ? remove(id) : undefined));
  }

  const deleteSubscription = (id: string) => context.send(unsubscribeRequest('user', id));
  const deleteNotification = async (id: string) => context.send(deleteRequest({ caller: 'user', unsid: await unsid() }, id));

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
      const json = { targetHostName: application, payload: { rawContent: 'Hello' } };
      const exchange = await send(postRequest({ caller: 'app', unsid: await unsid() }, json));
      posted = idOf(exchange, 'id', 'posting');
      return posted;
    },
  };
}

/** @throws CaseSkipped if the fixture could not be created */
function idOf({ answer: { status, json } }: Exchange, member: string, what: string): string {
  const id = textOf(jsonObjectOf(json)[member]);
  if (status >= 300 || id === undefined)
    throw new CaseSkipped(`precondition failed: ${what} returned ${status}${status < 300 ? ` without ${member}` : ''}`);
  return id;
}
