// Determines the user, client, application and device of a request for the log: from its token or subscription, or else from its parameters.
import type { Operation } from '../documents/operation.ts';
import type { RequestEvent } from '../domain/log-event.ts';
import type { Caller, PlatformType, Subscription } from '../domain/model.ts';
import { hasSignInErrors } from './errors.ts';
import type { RequestHead } from './request-source.ts';

export interface RequestFacts {
  readonly req: RequestHead;
  readonly query: string;
  readonly operation: Operation | undefined;
  /** Not validated. */
  readonly body: unknown;
  readonly caller: Caller | undefined;
  readonly subscription: Subscription | undefined;
}

export type RequestSubject = Pick<RequestEvent, 'user' | 'client' | 'application' | 'platform' | 'device'>;

const platforms: readonly PlatformType[] = ['Windows', 'iOS', 'Android', 'WebPush'];
const maxLength = 100;

export function requestSubject(known: RequestFacts): RequestSubject {
  const { operation, body, caller, subscription } = known;
  if (operation && hasSignInErrors(operation)) return signInSubject(known);
  const user = caller?.kind === 'user' ? caller.userId : undefined;
  const who = { user, client: caller?.clientId };
  if (subscription) {
    const { feed, platform, deviceId } = subscription;
    return { ...who, application: feed.application, platform, device: deviceId };
  }
  const platform = textIn(body, 'platform')?.toLowerCase();
  return {
    ...who,
    application: textIn(body, 'application') ?? textIn(body, 'targetHostName'),
    platform: platforms.find((one) => one.toLowerCase() === platform),
    device: textIn(body, 'deviceId'),
  };
}

/** Sign-in requests have no token yet: client and user are those named in the request. */
function signInSubject({ req, query, body }: RequestFacts): RequestSubject {
  const inQuery = new URLSearchParams(query).get('client_id') ?? undefined;
  return { user: textIn(body, 'username'), client: textIn(body, 'client_id') ?? basicName(req.headers.authorization) ?? inQuery };
}

/** Only the name; the secret is not read. */
function basicName(authorization: string | undefined): string | undefined {
  const [, encoded] = /^Basic +(\S+)/i.exec(authorization ?? '') ?? [];
  const [name, secret] = Buffer.from(encoded ?? '', 'base64')
    .toString('utf8')
    .split(':');
  return secret === undefined || name === undefined || name === '' ? undefined : name.slice(0, maxLength);
}

/** Case-insensitive, as the documents define for members. */
function textIn(body: unknown, member: string): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const [, value] = Object.entries(body).find(([name]) => name.toLowerCase() === member.toLowerCase()) ?? [];
  return typeof value === 'string' && value !== '' ? value.slice(0, maxLength) : undefined;
}
