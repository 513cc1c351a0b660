// Publishing, wrong in what is refused: the contract allows it, and this implementation does not take it.
import { isAppToken, refused, refusing, unsidIn } from '../edits.ts';
import { at, headerOf, isObject, jsonOf, textAt } from '../http-message.ts';
import type { Mutant } from '../mutant.ts';

const day = 86_400_000;
const platformsOf = (body: unknown): readonly unknown[] => {
  const list = at(body, 'targetPolicy/platformTypes');
  return Array.isArray(list) ? list : [];
};
const hasUnknown = (value: unknown, known: readonly string[]) =>
  isObject(value) && Object.keys(value).some((name) => !known.includes(name));

export const graphRefuses: readonly Mutant[] = [
  {
    id: 'post-ttl-largest-refused',
    requirement: 'post-ttl-limits',
    says: 'refuses the largest displayTimeToLive, 2147483647',
    kind: 'refuses',
    steps: 'one',
    create: () => refusing('postNotification', 400, (_request, body) => Number(body['displayTimeToLive']) === 2_147_483_647),
  },
  {
    id: 'post-ttl-zero-refused',
    requirement: 'post-ttl-limits',
    says: 'refuses a displayTimeToLive of 0',
    kind: 'refuses',
    steps: 'one',
    create: () => refusing('postNotification', 400, (_request, body) => body['displayTimeToLive'] === 0),
  },
  {
    id: 'post-ttl-text-refused',
    requirement: 'post-ttl',
    also: ['post-ttl-limits'],
    says: 'refuses a displayTimeToLive that comes as text',
    kind: 'refuses',
    steps: 'one',
    create: () => refusing('postNotification', 400, (_request, body) => typeof body['displayTimeToLive'] === 'string'),
  },
  {
    id: 'post-ttl-null-refused',
    requirement: 'post-ttl-limits',
    says: 'refuses a displayTimeToLive of null',
    kind: 'refuses',
    steps: 'one',
    create: () => refusing('postNotification', 400, (_request, body) => body['displayTimeToLive'] === null),
  },
  {
    id: 'post-expiration-month-short',
    requirement: 'post-expiration-limit',
    says: 'refuses an expiration in the last hour before the 30 days',
    kind: 'refuses',
    steps: 'one',
    create: () =>
      refusing(
        'postNotification',
        400,
        (_request, body, wire) => Date.parse(textAt(body, 'expirationDateTime')) > wire.now() + 30 * day - 3_600_000,
      ),
  },
  {
    id: 'post-expiration-offset-refused',
    requirement: 'post-expiration-utc',
    says: 'refuses an expiration with an offset',
    kind: 'refuses',
    steps: 'one',
    create: () => refusing('postNotification', 400, (_request, body) => /[+-]\d\d:\d\d$/.test(textAt(body, 'expirationDateTime'))),
  },
  {
    id: 'post-both-refused',
    requirement: 'post-payload',
    says: 'refuses a payload with both contents',
    kind: 'refuses',
    steps: 'one',
    create: () =>
      refusing(
        'postNotification',
        400,
        (_request, body) => at(body, 'payload/rawContent') !== undefined && at(body, 'payload/visualContent') !== undefined,
      ),
  },
  {
    id: 'post-low-refused',
    requirement: 'post-priority',
    says: 'refuses the priority Low',
    kind: 'refuses',
    steps: 'one',
    create: () => refusing('postNotification', 400, (_request, body) => body['priority'] === 'Low'),
  },
  {
    id: 'post-webpush-lower-case',
    requirement: 'post-platforms',
    says: 'refuses webpush in lower case, and no other platform',
    kind: 'refuses',
    steps: 'one',
    create: () => refusing('postNotification', 400, (_request, body) => platformsOf(body).includes('webpush')),
  },
  {
    id: 'post-host-case-matters',
    requirement: 'post-host-case',
    says: 'refuses a targetHostName that is spelled in another case than the subscription',
    kind: 'refuses',
    steps: 'several',
    create: () =>
      refusing('postNotification', 403, (request, body, wire) => {
        const own = wire.ledger.subscriptions.get(unsidIn(request))?.application;
        const host = textAt(body, 'targetHostName');
        return own !== undefined && own !== host && own.toLowerCase() === host.toLowerCase();
      }),
  },
  {
    id: 'post-fallback-longest-refused',
    requirement: 'post-fallback',
    says: 'refuses a fallback delay of 600 seconds',
    kind: 'refuses',
    steps: 'one',
    create: () =>
      refusing('postNotification', 400, (_request, body) => at(body, 'fallbackPolicy/endpointFallback/fallbackDelayInSeconds') === 600),
  },
  {
    id: 'post-fallback-on-visual-refused',
    requirement: 'post-fallback',
    says: 'refuses a fallback policy on a notification without rawContent',
    kind: 'refuses',
    steps: 'one',
    create: () =>
      refusing(
        'postNotification',
        400,
        (_request, body) =>
          isObject(body['fallbackPolicy']) &&
          at(body, 'payload/rawContent') === undefined &&
          textAt(body, 'payload/visualContent/title') !== '',
      ),
  },
  {
    id: 'post-unknown-nested-refused',
    requirement: 'post-unknown-members',
    says: 'refuses unknown members inside visualContent',
    kind: 'refuses',
    steps: 'one',
    create: () => refusing('postNotification', 400, (_request, body) => hasUnknown(at(body, 'payload/visualContent'), ['title', 'body'])),
  },
  {
    id: 'post-unknown-refused',
    requirement: 'post-unknown-members',
    says: 'refuses unknown members of the notification whose name begins with @',
    kind: 'refuses',
    steps: 'one',
    create: () => refusing('postNotification', 400, (_request, body) => Object.keys(body).some((name) => name.startsWith('@'))),
  },
  {
    id: 'post-long-title-refused',
    requirement: 'post-text',
    says: 'refuses a title of more than 256 characters',
    kind: 'refuses',
    steps: 'one',
    create: () => refusing('postNotification', 400, (_request, body) => textAt(body, 'payload/visualContent/title').length > 256),
  },
  {
    id: 'post-emoji-refused',
    requirement: 'post-text',
    says: 'refuses text with characters beyond the basic plane',
    kind: 'refuses',
    steps: 'one',
    create: () =>
      refusing('postNotification', 400, (_request, body) => /[\u{10000}-\u{10ffff}]/u.test(JSON.stringify(body['payload'] ?? ''))),
  },
  {
    id: 'post-line-breaks-refused',
    requirement: 'post-text',
    says: 'refuses a rawContent with line breaks',
    kind: 'refuses',
    steps: 'one',
    create: () => refusing('postNotification', 400, (_request, body) => /[\r\n]/.test(textAt(body, 'payload/rawContent'))),
  },
  {
    id: 'post-slash-unknown',
    requirement: 'post-trailing-slash',
    says: 'knows no path with a slash at the end',
    kind: 'refuses',
    steps: 'one',
    create: () => refusing('postNotification', 404, (request) => request.path.endsWith('/')),
  },
  {
    id: 'post-delegated-needs-unsid',
    requirement: 'post-delegated',
    says: 'requires X-UNS-ID with a delegated token too',
    kind: 'refuses',
    steps: 'one',
    create: () =>
      refusing(
        'postNotification',
        400,
        (request) =>
          unsidIn(request) === '' &&
          !isAppToken(request) &&
          headerOf(request, 'authorization') !== undefined &&
          at(jsonOf(request), 'payload') !== undefined,
      ),
  },
  {
    id: 'post-gzip-case-matters',
    requirement: 'encoding-read',
    says: 'refuses GZIP in capitals',
    kind: 'refuses',
    steps: 'one',
    create: () => refusing('postNotification', 415, (request) => headerOf(request, 'content-encoding') === 'GZIP'),
  },
  {
    id: 'post-raw-deflate-refused',
    requirement: 'encoding-read',
    says: 'reads deflate only with the header of zlib',
    kind: 'refuses',
    steps: 'one',
    create: () =>
      refusing(
        'postNotification',
        415,
        (request) => headerOf(request, 'content-encoding')?.toLowerCase() === 'deflate' && (request.body[0] ?? 0) !== 0x78,
      ),
  },
  {
    id: 'post-gzip-refused',
    requirement: 'encoding-read',
    says: 'reads no gzip',
    kind: 'refuses',
    steps: 'one',
    create: () => refusing('postNotification', 415, (request) => headerOf(request, 'content-encoding')?.toLowerCase() === 'gzip'),
  },
  {
    id: 'post-body-one-mib',
    requirement: 'body-limit',
    says: 'refuses bodies over 1 MiB',
    kind: 'refuses',
    steps: 'one',
    create: () => refusing('postNotification', 413, (request) => request.body.length > 1024 * 1024),
  },
  {
    id: 'post-charset-refused',
    requirement: 'content-type',
    says: 'refuses application/json with a charset',
    kind: 'refuses',
    steps: 'one',
    create: () => refusing('postNotification', 415, (request) => /;\s*charset/i.test(headerOf(request, 'content-type') ?? '')),
  },
  {
    id: 'post-group-null-refused',
    requirement: 'post-group-null',
    also: ['post-types'],
    says: 'refuses a groupName of null',
    kind: 'refuses',
    steps: 'one',
    create: () => refusing('postNotification', 400, (_request, body) => body['groupName'] === null),
  },
  {
    id: 'post-second-delegated-refused',
    requirement: 'post-delegated',
    says: 'refuses a delegated token when it posts for the second time',
    kind: 'refuses',
    steps: 'several',
    create: () => {
      const seen = new Set<string>();
      return {
        request: (request) => {
          const token = headerOf(request, 'authorization') ?? '';
          if (request.path.replace(/\/$/, '') !== '/beta/me/notifications' || request.method !== 'POST') return undefined;
          if (isAppToken(request) || unsidIn(request) !== '' || at(jsonOf(request), 'payload') === undefined) return undefined;
          if (seen.has(token)) return refused(request, 403);
          seen.add(token);
          return undefined;
        },
      };
    },
  },
];
