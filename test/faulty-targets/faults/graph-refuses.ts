// Publishing, wrong in what is refused: content that the contract allows is not taken.
import { refusing } from '../wire/edits.ts';
import { at, isObject, textAt } from '../wire/http-message.ts';
import type { Mutant } from './fault.ts';

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
    says: 'refuses unknown members of the notification whose name is longer than 128 characters',
    kind: 'refuses',
    steps: 'one',
    create: () => refusing('postNotification', 400, (_request, body) => Object.keys(body).some((name) => name.length > 128)),
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
    id: 'post-group-null-refused',
    requirement: 'post-group-null',
    also: ['post-types'],
    says: 'refuses a groupName of null',
    kind: 'refuses',
    steps: 'one',
    create: () => refusing('postNotification', 400, (_request, body) => body['groupName'] === null),
  },
];
