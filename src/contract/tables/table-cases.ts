// Cases from the tables in fixtures/cases, which the emulator's own tests read too.
import type { Caller, Exchange, HttpRequest } from '../../checks/exchange.ts';
import { CaseSkipped } from '../../checks/failure.ts';
import { jsonObjectOf } from '../../values/json.ts';
import type { Case, CaseContext } from '../case.ts';
import { deleteRequest, unsubscribeRequest } from '../kit/calls.ts';
import { type CaseTable, type Expected, readTables, requestOf, type TableRequest, type TableRow } from './case-table.ts';
import { type Difference, differencesIn, type Leniency } from './compare.ts';
import { bytesOf, filled, namesIn } from './fill.ts';
import { makeNames, needsOf, type TableContext, withPatterns } from './table-names.ts';

/** @throws Error that names a row without a requirement */
export async function tableCases(): Promise<readonly Case[]> {
  return readTables().flatMap((table) => table.cases.map((row) => caseOf(table, row)));
}

function caseOf(table: CaseTable, row: TableRow): Case {
  const { operationId } = table;
  const request = requestOf(table, row);
  const names = namesOf(table, row);
  const isClient = (request.path ?? '').startsWith('/client/');
  const surface = isClient ? 'client' : 'graph';
  const needs = [
    ...new Set<Case['needs'][number]>([...(isClient ? (['client'] as const) : []), ...needsOf(names), ...needOf(request, surface)]),
  ];
  const { id, proves, says } = row;
  return {
    id: `table/${id}`,
    requirement: proves,
    title: says,
    surface,
    operationId,
    needs,
    origin: 'table',
    run: (context) => run(context, table, row, names),
  };
}

function needOf({ token }: TableRequest, surface: Case['surface']): Case['needs'] {
  if (token === 'otherUser') return ['otherUser'];
  return token === 'user' && surface === 'graph' ? ['ownUser'] : [];
}

/** A history contains every notification, so all are made, even if the row does not name them. */
function namesOf(table: CaseTable, row: TableRow): ReadonlySet<string> {
  const named = namesIn([requestOf(table, row), table.request, row.expect]);
  return isHistory(table, row) ? new Set([...named, 'id', 'deletedId']) : named;
}

const isHistory = ({ operationId }: CaseTable, { expect }: TableRow): boolean =>
  operationId === 'listNotifications' && expect.body !== undefined;

async function run(context: CaseContext, table: CaseTable, row: TableRow, names: ReadonlySet<string>): Promise<void> {
  if (context.given.isApplicationGiven && isHistory(table, row)) {
    throw new CaseSkipped('needs an application that no other case uses, but --application restricts the target to one');
  }
  const tableContext = await makeNames(context, names);
  const base = (request: TableRequest): HttpRequest => httpRequest(request, tableContext, context.clock.now());
  const own = requestOf(table, row);
  const isRefusal = [row.expect.status].flat().every((status) => status >= 400);
  // A successful DELETE cannot be repeated, so there it is sent after the refusal only.
  if (isRefusal && table.request.method !== 'DELETE') await assertExpected(context, base(table.request), 'the unaltered request');
  const exchange = await context.send(base(own));
  const now = context.clock.now();
  cleanUpAfter(context, exchange, tableContext);
  const expected = filled(withPatterns(row.expect), tableContext, now) as Expected;
  const { status, headers, json } = exchange.answer;
  const found = differencesIn({ status, headers, body: json }, expected, leniencyOf(table, row, context));
  const [first] = found.toSorted((a, b) => rank(a, row) - rank(b, row));
  if (first) {
    const isBaseGood = isRefusal || first.part !== 'status' || (await isAccepted(context, base(table.request)));
    if (!isBaseGood && own !== table.request && Object.keys(row.request).length > 0)
      throw new CaseSkipped('the unaltered request is refused');
    context.fail({
      requirement: requirementOf(first, row),
      expected: `${first.where} to be ${first.expected}: ${row.says}`,
      got: first.got,
      exchange,
    });
  }
  if (isRefusal) await assertExpected(context, base(table.request), 'the request that was accepted before');
}

/** Differences of the row's own requirement come first. */
const rank = (difference: Difference, row: TableRow): number => (requirementOf(difference, row) === row.proves ? 0 : 1);

async function isAccepted(context: CaseContext, request: HttpRequest): Promise<boolean> {
  const { answer } = await context.send(request);
  return answer.status < 300;
}

async function assertExpected(context: CaseContext, request: HttpRequest, what: string): Promise<void> {
  const exchange = await context.send(request);
  cleanUpAfter(context, exchange, {});
  if (exchange.answer.status >= 300) throw new CaseSkipped(`has no verdict: ${what} is refused with ${exchange.answer.status}`);
}

/** Codes and details are SHOULDs; so are the default priority None of raw notifications (D9) and the lifetime of a subscription (D12). */
function requirementOf({ part, where, expected }: Difference, { proves, request }: TableRow): string {
  if (part === 'code') return 'error-codes';
  if (part === 'targets') return 'error-details';
  if (where === 'expirationDateTime' && proves.startsWith('subscribe-')) return 'subscribe-lifetime';
  const isDefault = where === 'priority' && expected === '"None"' && request.with?.['priority'] === undefined;
  return isDefault ? 'post-priority-default-raw' : proves;
}

/** Further members are allowed, except members of the request that must not be echoed. The checks validate lists in headers and media types. */
function leniencyOf(table: CaseTable, { expect: { members = [] } }: TableRow, { application }: CaseContext): Leniency {
  const sent = ['targetHostName', 'appNotificationId', 'targetPolicy', 'fallbackPolicy'].filter((name) => !members.includes(name));
  return {
    toleranceMs: 120_000,
    applications: new Set([application]),
    forbiddenMembers: new Set(table.operationId === 'postNotification' ? sent : []),
    ignoredHeaders: new Set(['content-type', 'cache-control', 'allow', 'access-control-expose-headers', 'strict-transport-security']),
  };
}

const callers: Readonly<Record<NonNullable<TableRequest['token']>, Caller>> = {
  app: 'app',
  user: 'user',
  otherUser: 'otherUser',
  garbage: { literal: 'garbage' },
  none: 'none',
};

function httpRequest(request: TableRequest, tableContext: TableContext, now: number): HttpRequest {
  const fill = (value: unknown) => filled(value, tableContext, now);
  const path = String(fill(request.path));
  const query = String(fill(request.query ?? ''));
  const bytes = bytesOf(request, fill);
  return {
    surface: path.startsWith('/client/') ? 'client' : 'graph',
    method: request.method ?? 'GET',
    path,
    ...(query === '' ? {} : { query: Object.fromEntries(new URLSearchParams(query)) }),
    caller: callers[request.token ?? 'none'],
    headers: fill(request.headers ?? {}) as Record<string, string | null>,
    // As bytes, because fetch adds its own media type to text.
    ...(bytes === undefined ? {} : { bytes: typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes }),
  };
}

/** Deletes what the row itself has made. */
function cleanUpAfter(context: CaseContext, { request, answer }: Exchange, tableContext: TableContext): void {
  if (answer.status >= 300 || request.method !== 'POST' || !context.given.hasClient) return;
  const body = jsonObjectOf(answer.json);
  const isPost = request.surface === 'graph';
  const id = body[isPost ? 'id' : 'userNotificationSubscriptionId'];
  const unsid = request.headers?.['X-UNS-ID'] ?? tableContext['unsid'];
  if (typeof id !== 'string' || (isPost && !unsid)) return;
  context.cleanUp(() => context.send(isPost ? deleteRequest({ caller: 'user', unsid }, id) : unsubscribeRequest('user', id)));
}
