// What scenarios of content share: notifications of every kind, and all places in which one is told.
import type { CaseContext } from '../case.ts';
import { everything } from './client-lists.ts';
import { getNotification, listAll, mustBe, mustHave, type Page, publish, type Subscribed } from './client-stage.ts';
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

interface Told {
  readonly id: string;
  /** A cursor before its last change. */
  readonly since: string;
  readonly members: Readonly<Record<string, unknown>>;
}

/** Alone, in the history, and among what changed. @throws ContractFailure where it is told otherwise */
export async function toldEverywhere(context: CaseContext, device: Subscribed, told: Told): Promise<void> {
  const { id, since, members } = told;
  mustHave(context, mustBe(context, await getNotification(context, device, id), 200, 'the notification'), members);
  mustTell(context, await listAll(context, device, everything), told, 'the history');
  mustTell(context, await listAll(context, device, { since, ...everything }), told, 'what changed');
}

function mustTell(context: CaseContext, pages: readonly Page[], { id, members }: Omit<Told, 'since'>, says: string): void {
  const all = pages.flatMap(({ value, exchange }) => value.map((one) => ({ ...one, exchange })));
  const found = all.find((one) => one.id === id);
  if (found) mustHave(context, found.exchange, members, found.json);
  else context.fail({ requirement: 'history-lists', expected: `${id} in ${says}`, got: 'none' });
}
