// What scenarios of content share: notifications of every kind, and all places in which one, or a subscription, is told.
import type { Exchange } from '../../checks/exchange.ts';
import type { CaseContext } from '../case.ts';
import {
  at,
  getNotification,
  getSubscription,
  listAll,
  listSubscriptions,
  mustBe,
  mustHave,
  type Page,
  publish,
  type Subscribed,
} from './client-calls.ts';
import { everything } from './list-assertions.ts';
import type { Posted } from './posting.ts';

const visualContent = { title: '  Build  42 ', body: 'main is\ngreen' };

/** One of each: raw, visual, both; with group and priority, and without. */
export async function publishEach(context: CaseContext, to: Subscribed, more: object = {}): Promise<readonly Posted[]> {
  const bodies = [
    { payload: { rawContent: ' raw\t{"a": 1} ' }, groupName: 'Builds of Main', priority: 'Low' },
    { payload: { visualContent }, groupName: ' ' },
    { payload: { rawContent: '0', visualContent }, appNotificationId: context.name('Own-Id'), priority: 'None' },
    { payload: { rawContent: context.name('text') } },
  ];
  const all: Posted[] = [];
  for (const body of bodies) all.push(await publish(context, to, { ...body, ...more }));
  return all;
}

export interface Told {
  readonly id: string;
  readonly members: Members;
}

/** Each alone, in the history, and among what changed after a cursor that is before all of them. @throws ContractFailure where one is told otherwise */
export async function toldEverywhere(context: CaseContext, device: Subscribed, since: string, all: readonly Told[]): Promise<void> {
  for (const { id, members } of all)
    mustHave(context, mustBe(context, await getNotification(context, device, id), 200, 'the notification'), members);
  mustTell(context, await listAll(context, device, everything), all, 'the history');
  mustTell(context, await listAll(context, device, { since, ...everything }), all, 'what changed');
}

function mustTell(context: CaseContext, pages: readonly Page[], told: readonly Told[], says: string): void {
  const all = pages.flatMap(({ value, exchange }) => value.map((one) => ({ ...one, exchange })));
  for (const { id, members } of told) {
    const found = all.find((one) => one.id === id);
    if (found) mustHave(context, found.exchange, members, found.json);
    else context.fail({ requirement: 'history-lists', expected: `${id} in ${says}`, got: 'none' });
  }
}

type Members = Readonly<Record<string, unknown>>;

/** What is the same wherever a subscription is told; the address of its socket may be another each time. */
export function subscriptionMembers(json: unknown): Members {
  const names = ['userNotificationSubscriptionId', 'application', 'deviceId', 'platform', 'displayName', 'expirationDateTime'];
  return Object.fromEntries(names.map((name) => [name, at(json, name)] as const));
}

/** All with this UNSID in its user's list: one, or none. */
export async function listedSubscription(
  context: CaseContext,
  { user, unsid }: Pick<Subscribed, 'user' | 'unsid'>,
): Promise<{ readonly exchange: Exchange; readonly found: readonly unknown[] }> {
  const exchange = mustBe(context, await listSubscriptions(context, user), 200, 'the list of subscriptions');
  const value: unknown = at(exchange.answer.json, 'value');
  const found = Array.isArray(value) ? value.filter((one: unknown) => at(one, 'userNotificationSubscriptionId') === unsid) : [];
  return { exchange, found };
}

/** @throws ContractFailure when the list does not tell it once, like this */
export async function mustBeListed(context: CaseContext, subscribed: Subscribed, members: Members): Promise<void> {
  const { exchange, found } = await listedSubscription(context, subscribed);
  const [json] = found;
  const { platform, unsid } = subscribed;
  if (found.length !== 1)
    context.fail({ expected: `the ${platform} subscription ${unsid} once in the list`, got: `it ${found.length} times`, exchange });
  mustHave(context, exchange, members, json);
}

/** Alone and in the list. */
export async function subscriptionToldEverywhere(context: CaseContext, subscribed: Subscribed, members: Members): Promise<void> {
  mustHave(context, mustBe(context, await getSubscription(context, subscribed), 200, 'the subscription'), members);
  await mustBeListed(context, subscribed, members);
}
