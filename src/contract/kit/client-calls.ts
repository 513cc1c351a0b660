// Calls of the client surface for scenarios: subscriptions, history, states; assertions on their responses. Every response passes the checks.
import type { Exchange, HttpRequest } from '../../checks/exchange.ts';
import { memberOf, textMemberOf } from '../../values/json.ts';
import type { CaseContext } from '../case.ts';
import type { Platform } from '../target/adapter.ts';
import {
  deleteRequest,
  getRequest,
  listRequest,
  subscribeRequest,
  subscriptionRequest,
  subscriptionsRequest,
  unsubscribeRequest,
  updateRequest,
} from './calls.ts';
import { type Posted, post } from './posting.ts';

export type ClientUser = 'user' | 'otherUser';

export interface Subscribed {
  readonly user: ClientUser;
  readonly application: string;
  readonly deviceId: string;
  readonly platform: Platform;
  readonly unsid: string;
  readonly exchange: Exchange;
}

export type Query = NonNullable<HttpRequest['query']>;

export interface Page {
  readonly value: readonly ReceivedResource[];
  readonly cursor: string;
  readonly more: boolean;
  readonly syncCursor: string | undefined;
  readonly exchange: Exchange;
}

/** A notification as the target represents it. */
export interface ReceivedResource {
  readonly id: string;
  readonly json: unknown;
}

type ClientDevice = Pick<Subscribed, 'user' | 'unsid'>;

export type SubscriptionOptions = Partial<Omit<Subscribed, 'unsid' | 'exchange'>> & { readonly displayName?: string };

export function trySubscribe(
  context: CaseContext,
  options: Omit<Subscribed, 'unsid' | 'exchange'> & Pick<SubscriptionOptions, 'displayName'>,
): Promise<Exchange> {
  const { user, ...json } = options;
  return call(context, subscribeRequest(user, json));
}

/** Makes a subscription that the scenario needs; it is deleted afterwards. @throws Error if it is refused */
export async function subscribe(context: CaseContext, options: SubscriptionOptions = {}): Promise<Subscribed> {
  const {
    user = 'user',
    application = context.application,
    deviceId = context.name('device'),
    platform = 'Windows',
    displayName,
  } = options;
  const all = { user, application, deviceId, platform } as const;
  const exchange = await trySubscribe(context, { ...all, ...(displayName === undefined ? {} : { displayName }) });
  const unsid = textMemberOf(exchange.answer.json, 'userNotificationSubscriptionId');
  if (unsid === undefined || exchange.answer.status >= 300)
    throw new Error(
      `A subscription that the scenario needs was refused with ${exchange.answer.status}: ${exchange.answer.text.slice(0, 300)}`,
    );
  const subscribed: Subscribed = { ...all, unsid, exchange };
  context.cleanUp(() => deleteSubscription(context, subscribed), 'last');
  return subscribed;
}

export function getSubscription(context: CaseContext, { user, unsid }: ClientDevice): Promise<Exchange> {
  return call(context, subscriptionRequest(user, unsid));
}

export function deleteSubscription(context: CaseContext, { user, unsid }: ClientDevice): Promise<Exchange> {
  return call(context, unsubscribeRequest(user, unsid));
}

export function listSubscriptions(context: CaseContext, user: ClientUser): Promise<Exchange> {
  return call(context, subscriptionsRequest(user));
}

/** Publishes to the user of this device, and deletes it afterwards. */
export async function publish(context: CaseContext, to: Subscribed, more: object = {}): Promise<Posted> {
  const posted = await post(context, to, more);
  context.cleanUp(() => remove(context, to, posted.id));
  return posted;
}

export function getNotification(context: CaseContext, { user, unsid }: ClientDevice, id: string): Promise<Exchange> {
  return call(context, getRequest({ caller: user, unsid }, id));
}

/** Gets a notification that must exist. @throws ContractFailure if it does not */
export async function expectExists(context: CaseContext, device: Subscribed, id: string): Promise<Exchange> {
  return expectStatus(context, await getNotification(context, device, id), 200, 'the notification');
}

/** The notification that a call changes, and the device that calls. */
export interface Change extends ClientDevice {
  readonly id: string;
}

export function update(context: CaseContext, { user, unsid, id }: Change, json: object): Promise<Exchange> {
  return call(context, updateRequest({ caller: user, unsid }, id, json));
}

export function remove(context: CaseContext, { user, unsid }: ClientDevice, id: string): Promise<Exchange> {
  return call(context, deleteRequest({ caller: user, unsid }, id));
}

export function tryList(context: CaseContext, { user, unsid }: ClientDevice, query: Query = {}): Promise<Exchange> {
  return call(context, listRequest({ caller: user, unsid }, query));
}

/** Gets one page. @throws ContractFailure if the response is no page */
export async function list(context: CaseContext, device: ClientDevice, query: Query = {}): Promise<Page> {
  const exchange = await tryList(context, device, query);
  const { json } = exchange.answer;
  const [value, cursor, more] = [memberOf(json, 'value'), textMemberOf(json, 'cursor'), memberOf(json, 'more')];
  if (exchange.answer.status !== 200 || !Array.isArray(value) || cursor === undefined || typeof more !== 'boolean')
    return context.fail({ expected: '200 and a page with value, cursor and more', got: formatAnswer(exchange), exchange });
  return {
    value: value.map((one: unknown) => ({ id: textMemberOf(one, 'id') ?? '', json: one })),
    cursor,
    more,
    syncCursor: textMemberOf(json, 'syncCursor'),
    exchange,
  };
}

/** All pages from this query on, with the same filters. @throws ContractFailure after `maxPages`, in case `more` is never false */
export async function listAll(context: CaseContext, device: ClientDevice, query: Query = {}, maxPages = 3000): Promise<readonly Page[]> {
  const pages = [await list(context, device, query)];
  // Without `since` the default of `status` is Active, with `since` it is Any.
  const filters = query['since'] === undefined ? { status: 'Active', ...query } : query;
  for (let last = pages[0]; last?.more; last = pages.at(-1)) {
    if (pages.length >= maxPages)
      return context.fail({
        requirement: 'history-pages',
        expected: 'a last page, with more false',
        got: `more after ${maxPages} pages`,
        exchange: last.exchange,
      });
    pages.push(await list(context, device, { ...filters, since: last.cursor }));
  }
  return pages;
}

/** The case's own ids, in the order of the response; other cases may use the same application. */
export function ownIds(pages: readonly Page[], own: readonly { readonly id: string }[]): readonly string[] {
  const ids = new Set(own.map(({ id }) => id));
  return pages.flatMap(({ value }) => value.map(({ id }) => id)).filter((id) => ids.has(id));
}

/** @throws ContractFailure if the response has another status */
export function expectStatus(context: CaseContext, exchange: Exchange, status: number | readonly number[], description: string): Exchange {
  const allowed = [status].flat();
  if (!allowed.includes(exchange.answer.status))
    context.fail({ expected: `${description}: ${allowed.join(' or ')}`, got: formatAnswer(exchange), exchange });
  return exchange;
}

/** @throws ContractFailure if a member of the response has another value */
export function expectMembers(
  context: CaseContext,
  exchange: Exchange,
  members: Readonly<Record<string, unknown>>,
  json = exchange.answer.json,
): void {
  for (const [name, value] of Object.entries(members)) {
    const got = memberOf(json, ...name.split('.'));
    if (got !== value)
      context.fail({ expected: `${name} ${JSON.stringify(value) ?? 'left out'}`, got: JSON.stringify(got) ?? 'none', exchange });
  }
}

export function formatAnswer({ answer }: Exchange): string {
  return `${answer.status}: ${answer.text.slice(0, 400) || 'no body'}`;
}

async function call(context: CaseContext, request: HttpRequest): Promise<Exchange> {
  const exchange = await context.send(request);
  context.note(
    typeof request.caller === 'string' ? request.caller : 'user',
    `${request.method} ${request.path}: ${exchange.answer.status}`,
  );
  return exchange;
}
