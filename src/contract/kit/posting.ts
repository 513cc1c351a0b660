// Publishes notifications for scenarios: bodies that are valid for every target, and the ids of what was posted.
import type { Exchange } from '../../checks/exchange.ts';
import { textMemberOf } from '../../values/json.ts';
import type { CaseContext } from '../case.ts';
import { postRequest } from './calls.ts';

export interface Posted {
  readonly id: string;
  readonly rawContent: string;
  readonly exchange: Exchange;
}

export interface Addressed {
  readonly application: string;
  readonly unsid: string;
}

/** Lifetime of posted notifications, in case they are not deleted. */
const lifeSeconds = 3600;

/** ISO 8601, by the target's clock. */
export function instant(context: CaseContext, secondsAhead: number): string {
  return new Date(context.clock.now() + secondsAhead * 1000).toISOString();
}

/** @throws Error if it is refused: then this case has no verdict; other cases test whether it may be refused */
export async function post(context: CaseContext, to: Addressed, more: object = {}): Promise<Posted> {
  const rawContent = context.name('text');
  const exchange = await tryPost(context, to, { payload: { rawContent }, ...more });
  const id = textMemberOf(exchange.answer.json, 'id');
  if (exchange.answer.status !== 201 || id === undefined)
    throw new Error(
      `A notification that the scenario needs was refused with ${exchange.answer.status}: ${exchange.answer.text.slice(0, 300)}`,
    );
  context.note('app server', `posted ${id} (${contentOf(exchange.request.json)}) to ${to.application}`);
  return { id, rawContent, exchange };
}

/** Posts and returns the response, whatever its status. */
export function tryPost(context: CaseContext, to: Addressed, more: object = {}): Promise<Exchange> {
  const json = {
    targetHostName: to.application,
    payload: { rawContent: 'hello' },
    expirationDateTime: instant(context, lifeSeconds),
    ...more,
  };
  return context.send(postRequest({ caller: 'app', unsid: to.unsid }, json));
}

export interface Bulk {
  readonly count: number;
  /** Number of clients that post at the same time. */
  readonly lanes: number;
  /** After this time no further notification is posted. */
  readonly maxMs: number;
}

/**
 * Posts many notifications by several concurrent clients. Each lane is in the order of its posts; there is no order across lanes. Posts
 * fewer than `count` if the time is over first, for example at a limited request rate.
 */
export async function postMany(
  context: CaseContext,
  to: Addressed,
  { count, lanes, maxMs }: Bulk,
): Promise<readonly (readonly Posted[])[]> {
  const until = performance.now() + maxMs;
  let left = count;
  const lane = async (): Promise<readonly Posted[]> => {
    const mine: Posted[] = [];
    while (left > 0 && performance.now() < until) {
      left -= 1;
      mine.push(await post(context, to));
    }
    return mine;
  };
  return Promise.all(Array.from({ length: lanes }, lane));
}

function contentOf(json: unknown): string {
  const text = JSON.stringify(json) ?? '';
  return text.length <= 200 ? text : `${text.slice(0, 200)}… ${text.length} characters`;
}
