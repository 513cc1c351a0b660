// Shared by scenarios of content: notifications of every kind, and assertions on every representation of a notification or subscription.
import type { Exchange } from '../../checks/exchange.ts';
import { memberOf } from '../../values/json.ts';
import type { CaseContext } from '../case.ts';
import {
  expectMembers,
  expectStatus,
  getNotification,
  getSubscription,
  listAll,
  listSubscriptions,
  type Page,
  publish,
  type Subscribed,
} from './client-calls.ts';
import { everything } from './list-assertions.ts';
import type { Posted } from './posting.ts';

const visualContent = { title: '  Build  42 ', body: 'main is\ngreen' };

/** Publishes one notification of each kind: raw, visual, both; with and without group and priority. */
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

export interface Representation {
  readonly id: string;
  readonly members: Members;
}

/** Expects these members of each notification alone, in the history, and among the changes since a cursor before all of them. @throws ContractFailure */
export async function expectRepresentations(
  context: CaseContext,
  device: Subscribed,
  since: string,
  all: readonly Representation[],
): Promise<void> {
  for (const { id, members } of all)
    expectMembers(context, expectStatus(context, await getNotification(context, device, id), 200, 'the notification'), members);
  expectMembersEverywhere(context, await listAll(context, device, everything), all, 'the history');
  expectMembersEverywhere(context, await listAll(context, device, { since, ...everything }), all, 'what changed');
}

function expectMembersEverywhere(
  context: CaseContext,
  pages: readonly Page[],
  received: readonly Representation[],
  description: string,
): void {
  const all = pages.flatMap(({ value, exchange }) => value.map((one) => ({ ...one, exchange })));
  for (const { id, members } of received) {
    const found = all.find((one) => one.id === id);
    if (found) expectMembers(context, found.exchange, members, found.json);
    else context.fail({ requirement: 'history-lists', expected: `${id} in ${description}`, got: 'none' });
  }
}

type Members = Readonly<Record<string, unknown>>;

/** Members that are equal in all representations of a subscription; the address of its socket may differ. */
export function subscriptionMembers(json: unknown): Members {
  const names = ['userNotificationSubscriptionId', 'application', 'deviceId', 'platform', 'displayName', 'expirationDateTime'];
  return Object.fromEntries(names.map((name) => [name, memberOf(json, name)] as const));
}

/** The entries with this UNSID in its user's list. */
export async function listedSubscription(
  context: CaseContext,
  { user, unsid }: Pick<Subscribed, 'user' | 'unsid'>,
): Promise<{ readonly exchange: Exchange; readonly found: readonly unknown[] }> {
  const exchange = expectStatus(context, await listSubscriptions(context, user), 200, 'the list of subscriptions');
  const value: unknown = memberOf(exchange.answer.json, 'value');
  const found = Array.isArray(value) ? value.filter((one: unknown) => memberOf(one, 'userNotificationSubscriptionId') === unsid) : [];
  return { exchange, found };
}

/** @throws ContractFailure unless the list has the subscription exactly once, with these members */
export async function expectInList(context: CaseContext, subscribed: Subscribed, members: Members): Promise<void> {
  const { exchange, found } = await listedSubscription(context, subscribed);
  const [json] = found;
  const { platform, unsid } = subscribed;
  if (found.length !== 1)
    context.fail({ expected: `the ${platform} subscription ${unsid} once in the list`, got: `it ${found.length} times`, exchange });
  expectMembers(context, exchange, members, json);
}

/** Expects these members of the subscription alone and in the list. */
export async function expectSubscriptionEverywhere(context: CaseContext, subscribed: Subscribed, members: Members): Promise<void> {
  expectMembers(context, expectStatus(context, await getSubscription(context, subscribed), 200, 'the subscription'), members);
  await expectInList(context, subscribed, members);
}
