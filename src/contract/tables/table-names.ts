// Makes the resources that the names in a row stand for, by the client surface, and only those that the row uses.
import { CaseSkipped } from '../../checks/failure.ts';
import { jsonObjectOf, memberOf, textOf } from '../../values/json.ts';
import type { Case, CaseContext } from '../case.ts';
import { createFixture } from '../fixture.ts';
import { type ApiCaller, deleteRequest, listRequest, postRequest, subscribeRequest, unsubscribeRequest } from '../kit/calls.ts';

/** In the order of creation: notifications in the history, then the head of the feed after them. */
const order = [
  'unsid',
  'secondUnsid',
  'otherApplicationUnsid',
  'deletedUnsid',
  'otherUnsid',
  'user',
  'id',
  'deletedId',
  'otherId',
  'cursor',
] as const;
/** The suite does not know the target's users and origins, so it checks only their form. */
const patterns = { upn: "[^'@]+", origin: 'https?://[^/]+.*' } as const;

export type TableContext = Readonly<Record<string, string>>;

export function needsOf(names: ReadonlySet<string>): Case['needs'] {
  const isPlain = [...names].every((name) => /^(unsid|application|APPLICATION|origin|upn)$/.test(name));
  const isOther = [...names].some((name) => /^other(Unsid|Id)$/.test(name));
  return [...(isPlain ? [] : (['client'] as const)), ...(isOther ? (['otherUser'] as const) : [])];
}

export async function makeNames(context: CaseContext, wanted: ReadonlySet<string>): Promise<TableContext> {
  const { application } = context;
  const deviceId = context.name('pc');
  const anotherDeviceId = context.name('another');
  const otherApplication = `${context.name('other')}.example`;
  if (context.given.isApplicationGiven && wanted.has('otherApplicationUnsid')) {
    throw new CaseSkipped('needs a second application, but --application restricts the target to one');
  }
  const names: Record<string, string> = {
    application,
    APPLICATION: application.toUpperCase(),
    deviceId,
    anotherDeviceId,
    otherApplication,
  };
  const makers = makersOf(context, names);
  for (const name of order) if (wanted.has(name) || isPrerequisite(name, wanted)) names[name] = await makers[name]();
  return names;
}

/** The name is needed to make another one. */
function isPrerequisite(name: string, wanted: ReadonlySet<string>): boolean {
  if (name === 'unsid') return ['id', 'deletedId', 'cursor', 'deviceId', 'user'].some((one) => wanted.has(one));
  return name === 'otherUnsid' && wanted.has('otherId');
}

type Makers = Readonly<Record<(typeof order)[number], () => Promise<string>>>;

function makersOf(context: CaseContext, names: Record<string, string>): Makers {
  const own = createFixture(context);
  const subscribe = async (caller: 'user' | 'otherUser', more: object = {}): Promise<string> => {
    const json = { application: names['application'], deviceId: context.name('device'), platform: 'Windows', ...more };
    const answer = await context.send(subscribeRequest(caller, json));
    const unsid = made(answer.answer.json, 'userNotificationSubscriptionId', 'subscribing');
    context.cleanUp(() => context.send(unsubscribeRequest(caller, unsid)));
    return unsid;
  };
  const post = async (unsid: string | undefined, caller: 'user' | 'otherUser'): Promise<string> => {
    const json = { targetHostName: names['application'], payload: { rawContent: 'for the user' } };
    const { answer } = await context.send(postRequest({ caller: 'app', unsid: unsid ?? '' }, json));
    const id = made(answer.json, 'id', 'posting');
    context.cleanUp(() => context.send(deleteRequest({ caller, unsid: unsid ?? '' }, id)));
    return id;
  };
  /** The suite knows its user only from an answer, percent-encoded as in a path. */
  const nameOfUser = async (): Promise<string> => {
    const json = { targetHostName: names['application'], payload: { rawContent: 'whose is it?' } };
    const { answer } = await context.send(postRequest({ caller: 'app', unsid: names['unsid'] ?? '' }, json));
    const user = /users\('([^']+)'\)/.exec(made(answer.json, '@odata.context', 'posting'))?.[1];
    if (user === undefined) throw new CaseSkipped('has no verdict: @odata.context names no user');
    return user;
  };
  const byUser = (): ApiCaller => ({ caller: 'user', unsid: names['unsid'] ?? '' });
  return {
    unsid: () => (context.given.hasClient ? subscribe('user', { deviceId: names['deviceId'] }) : own.unsid()),
    secondUnsid: () => subscribe('user', { platform: 'iOS' }),
    otherApplicationUnsid: () => subscribe('user', { application: names['otherApplication'] }),
    otherUnsid: () => subscribe('otherUser'),
    deletedUnsid: async () => {
      const unsid = await subscribe('user');
      await context.send(unsubscribeRequest('user', unsid));
      return unsid;
    },
    user: nameOfUser,
    id: () => post(names['unsid'], 'user'),
    otherId: () => post(names['otherUnsid'], 'otherUser'),
    deletedId: async () => {
      const id = await post(names['unsid'], 'user');
      await context.send(deleteRequest(byUser(), id));
      return id;
    },
    cursor: async () => {
      const { answer } = await context.send(listRequest(byUser()));
      return made(answer.json, 'cursor', 'listing');
    },
  };
}

/** @throws CaseSkipped if a resource of the row could not be made */
function made(json: unknown, member: string, what: string): string {
  const value = textOf(jsonObjectOf(json)[member]);
  if (value === undefined) throw new CaseSkipped(`has no verdict: ${what} returned no ${member}`);
  return value;
}

/** Expectations that name a user or an origin become patterns. */
export function withPatterns(value: unknown): unknown {
  if (typeof value === 'string' && /\{(upn|origin)\}/.test(value)) {
    const escaped = value.split(/(\{upn\}|\{origin\})/).map((piece) => patternOf(piece) ?? piece.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return { $matches: `^${escaped.join('')}$` };
  }
  if (Array.isArray(value)) return value.map(withPatterns);
  if (typeof value !== 'object' || value === null) return value;
  const pattern: unknown = memberOf(value, '$matches');
  if (typeof pattern === 'string') return { $matches: pattern.replaceAll(/\{upn\}|\{origin\}/g, (piece) => patternOf(piece) ?? piece) };
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withPatterns(member)]));
}

function patternOf(piece: string): string | undefined {
  return piece === '{upn}' ? patterns.upn : piece === '{origin}' ? patterns.origin : undefined;
}
