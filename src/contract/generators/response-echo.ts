// Compares the response to an accepted request with what was sent.
import type { Exchange, HttpRequest } from '../../checks/exchange.ts';
import type { Finding } from '../../checks/failure.ts';
import type { Operation } from '../../documents/operation.ts';
import type { Spec } from '../../documents/spec.ts';
import { jsonObjectOf, textOf } from '../../values/json.ts';
import { getRequest } from '../kit/calls.ts';
import type { CaseParts } from './base-request.ts';
import { formatValue } from './sample.ts';

type EchoMismatch = Pick<Finding, 'requirement' | 'expected' | 'got'>;

/** For clocks that differ, and requests that take time. */
const toleranceMs = 120_000;

/** The first member that differs from what was sent. Returns undefined if none does, or the operation echoes nothing. */
export function echoMismatch({ request, answer }: Exchange, now: number, { match, lifetimes }: Spec): EchoMismatch | undefined {
  if (request.json === undefined) return undefined;
  const [sent, got] = [sentBy(request, now, match), jsonObjectOf(answer.json)];
  switch (operationOf(request, match)?.operationId) {
    case 'postNotification':
      return postMismatch({ sent, got, now, lifetimeMs: lifetimes.notificationMs, answer });
    case 'createSubscription':
      return subscriptionMismatch(sent, got);
    case 'updateNotification':
      return stateMismatch(sent, got);
    default:
      return undefined;
  }
}

function operationOf({ method, path }: HttpRequest, match: Spec['match']): Operation | undefined {
  const found = match(method, path);
  return found && 'operation' in found ? found.operation : undefined;
}

/** What was sent, in the spelling of the document: names and values may be sent in other ones. */
function sentBy(request: HttpRequest, now: number, match: Spec['match']): Posted['sent'] {
  const validate = operationOf(request, match)?.body?.media.get('application/json');
  const sent: unknown = structuredClone(request.json);
  return jsonObjectOf(validate ? validate(sent, now).value : sent);
}

interface Posted {
  readonly sent: Readonly<Record<string, unknown>>;
  readonly got: Readonly<Record<string, unknown>>;
  readonly now: number;
  readonly lifetimeMs: number;
  readonly answer: Exchange['answer'];
}

function postMismatch(posted: Posted): EchoMismatch | undefined {
  return (
    groupMismatch(posted) ??
    visualMismatch(posted) ??
    ttlMismatch(posted) ??
    expirationMismatch(posted) ??
    priorityMismatch(posted) ??
    locationMismatch(posted)
  );
}

function groupMismatch({ sent, got }: Posted): EchoMismatch | undefined {
  return differs('post-group-null', 'groupName', sent['groupName'] ?? null, got['groupName']);
}

function visualMismatch({ sent, got }: Posted): EchoMismatch | undefined {
  const [own, echoed] = [
    jsonObjectOf(jsonObjectOf(sent['payload'])['visualContent']),
    jsonObjectOf(jsonObjectOf(got['payload'])['visualContent']),
  ];
  return (
    differs('post-visual-echoed', 'payload.visualContent.title', own['title'], echoed['title']) ??
    differs('post-visual-echoed', 'payload.visualContent.body', own['body'], echoed['body'])
  );
}

/** Some seconds may have passed already. */
function ttlMismatch({ sent, got }: Posted): EchoMismatch | undefined {
  const [own, left] = [sent['displayTimeToLive'] ?? null, got['displayTimeToLive']];
  if (own === null) return differs('post-ttl', 'displayTimeToLive', null, left);
  const seconds = Number(own);
  if (typeof left === 'number' && left <= seconds && left >= Math.max(0, seconds - toleranceMs / 1000)) return undefined;
  return { requirement: 'post-ttl', expected: `displayTimeToLive to be a number, ${seconds} or a little less`, got: formatValue(left) };
}

function expirationMismatch({ sent, got, now, lifetimeMs }: Posted): EchoMismatch | undefined {
  const actual = Date.parse(textOf(got['expirationDateTime']) ?? '');
  const own = textOf(sent['expirationDateTime']);
  const [wanted, apartMs, requirement] =
    own === undefined ? [now + lifetimeMs, toleranceMs, 'post-default-expiration'] : [Date.parse(own), 1000, 'post-expiration-utc'];
  if (Math.abs(actual - wanted) <= apartMs) return undefined;
  const expected = `expirationDateTime to be ${own === undefined ? 'about ' : ''}${new Date(wanted).toISOString()}`;
  return { requirement, expected, got: formatValue(got['expirationDateTime']) };
}

function priorityMismatch({ sent, got }: Posted): EchoMismatch | undefined {
  if (sent['priority'] !== undefined) return differs('post-priority', 'priority', sent['priority'], got['priority']);
  const isVisual = jsonObjectOf(sent['payload'])['visualContent'] !== undefined;
  return isVisual ? differs('post-priority-default', 'priority', 'High', got['priority']) : undefined;
}

function locationMismatch({ got, answer }: Posted): EchoMismatch | undefined {
  const location = answer.headers['location'];
  const id = textOf(got['id']) ?? '';
  if (location === undefined || location.toLowerCase().endsWith(`/${id.toLowerCase()}`)) return undefined;
  return { requirement: 'post-location', expected: `Location to end with the id, ${id}`, got: location };
}

function subscriptionMismatch(sent: Posted['sent'], got: Posted['got']): EchoMismatch | undefined {
  const lower = (value: unknown): unknown => (typeof value === 'string' ? value.toLowerCase() : value);
  return (
    differs('subscribe-request', 'application', lower(sent['application']), lower(got['application'])) ??
    differs('subscribe-request', 'deviceId', sent['deviceId'], got['deviceId']) ??
    differs('subscribe-request', 'platform', sent['platform'], got['platform']) ??
    differs('subscribe-request', 'displayName', sent['displayName'] ?? null, got['displayName'])
  );
}

function stateMismatch(sent: Posted['sent'], got: Posted['got']): EchoMismatch | undefined {
  for (const name of ['readState', 'userActionState']) {
    const mismatch = sent[name] === undefined ? undefined : differs('update-states', name, sent[name], got[name]);
    if (mismatch) return mismatch;
  }
  return undefined;
}

/** Reads the posted notification as a client, and compares its content with what was posted. */
export async function contentMismatch(
  { request, answer }: Exchange,
  { context, fixture }: CaseParts,
  match: Spec['match'],
): Promise<(EchoMismatch & { exchange: Exchange }) | undefined> {
  const id = textOf(jsonObjectOf(answer.json)['id']);
  if (operationOf(request, match)?.operationId !== 'postNotification' || id === undefined || !context.given.hasClient) return undefined;
  const exchange = await context.send(getRequest({ caller: 'user', unsid: await fixture.unsid() }, id));
  const [sent, got] = [sentBy(request, context.clock.now(), match), jsonObjectOf(exchange.answer.json)];
  const [own, read] = [jsonObjectOf(sent['payload']), jsonObjectOf(got['payload'])];
  const [visual, readVisual] = [jsonObjectOf(own['visualContent']), jsonObjectOf(read['visualContent'])];
  const requirement = 'notification-content';
  const mismatch =
    differs(requirement, 'payload.rawContent', own['rawContent'], read['rawContent']) ??
    differs(requirement, 'payload.visualContent.title', visual['title'], readVisual['title']) ??
    differs(requirement, 'payload.visualContent.body', visual['body'], readVisual['body']) ??
    differs(requirement, 'groupName', sent['groupName'] ?? null, got['groupName']) ??
    differs(requirement, 'appNotificationId', sent['appNotificationId'] ?? null, got['appNotificationId']);
  return mismatch && { ...mismatch, exchange };
}

function differs(requirement: string, what: string, wanted: unknown, got: unknown): EchoMismatch | undefined {
  return wanted === got ? undefined : { requirement, expected: `${what} to be ${formatValue(wanted)}`, got: formatValue(got) };
}
