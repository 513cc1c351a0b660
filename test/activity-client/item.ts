// An item of a view as the client SDK reads it: from untyped JSON, and one wrong type fails all of the answer.

export const itemStatus = ['ACTIVE', 'UPDATED', 'DELETED'] as const;
export const itemPriority = ['NONE', 'HIGH', 'LOW'] as const;
export const actionState = ['NONE', 'ACTIVATED', 'DISMISSED', 'SNOOZED'] as const;

export interface Item {
  readonly id: string;
  readonly appNotificationId: string | null;
  readonly groupName: string | null;
  readonly readState: boolean;
  readonly status: (typeof itemStatus)[number];
  readonly priority: (typeof itemPriority)[number];
  readonly userActionState: (typeof actionState)[number];
  /** The platform of the first application ID, by a fault of the client. */
  readonly targetHostName: string;
  /** What that member would have to be. */
  readonly application: string;
  /** Seconds. */
  readonly displayTimeToLive: number;
  readonly payload: Payload | null;
}

export type Payload = { readonly title: string; readonly body: string } | { readonly content: string };

export type Json = Readonly<Record<string, unknown>>;

/** The client parses into typed members, and gives up where a value is of another type. */
export class WrongType extends Error {}

export function objectOf(value: unknown, what: string): Json {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return Object.fromEntries(Object.entries(value));
  throw new WrongType(`${what} is no object: ${JSON.stringify(value)}`);
}

export function listOf(value: unknown, what: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new WrongType(`${what} is no array: ${JSON.stringify(value)}`);
}

export function textOf(value: unknown, what: string): string {
  if (typeof value === 'string') return value;
  throw new WrongType(`${what} is no string: ${JSON.stringify(value)}`);
}

function textOrNull(value: unknown, what: string): string | null {
  return value === undefined || value === null ? null : textOf(value, what);
}

function numberOf(value: unknown, what: string): number {
  if (typeof value === 'number') return value;
  throw new WrongType(`${what} is no number: ${JSON.stringify(value)}`);
}

function flagOf(value: unknown, what: string): boolean {
  if (typeof value === 'boolean') return value;
  throw new WrongType(`${what} is neither true nor false: ${JSON.stringify(value)}`);
}

export function itemOf(value: unknown): Item {
  const json = objectOf(value, 'an activity');
  const [first] = listOf(json['applicationId'], 'applicationId');
  const application = objectOf(first, 'applicationId[0]');
  for (const date of ['expiration', 'createdInCloud', 'lastModified']) textOrNull(json[date], date);
  const acted = json['userActionState'];
  return {
    id: textOf(json['activityId'], 'activityId'),
    appNotificationId: textOrNull(json['appActivityId'], 'appActivityId'),
    groupName: textOrNull(json['tags'], 'tags'),
    readState: flagOf(json['read'], 'read'),
    status: itemStatus[numberOf(json['status'], 'status')] ?? 'ACTIVE',
    priority: itemPriority[numberOf(json['priority'], 'priority')] ?? 'NONE',
    userActionState: (acted === undefined || acted === null ? undefined : actionState[numberOf(acted, 'userActionState')]) ?? 'NONE',
    targetHostName: textOf(application['platform'], 'platform'),
    application: textOf(application['application'], 'application'),
    displayTimeToLive: numberOf(json['displayTtl'], 'displayTtl'),
    payload: payloadOf(textOrNull(json['payload'], 'payload')),
  };
}

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** A bad payload is none, without a failure; which kind it is, is decided by whether the text has the word `title`. */
function payloadOf(encoded: string | null): Payload | null {
  const bare = encoded?.replaceAll(/[\r\n]/g, '');
  if (bare === undefined || bare === '' || !base64.test(bare)) return null;
  const text = Buffer.from(bare, 'base64').toString('utf8');
  try {
    const json = objectOf(JSON.parse(text), 'the payload');
    if (!text.includes('title')) return { content: textOf(json['content'], 'content') };
    return { title: textOf(json['title'], 'title'), body: textOf(json['body'], 'body') };
  } catch {
    return null;
  }
}
