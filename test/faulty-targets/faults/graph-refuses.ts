// Faults of refusing valid content of a publication.
import { refusing } from '../wire/edits.ts';
import { at, isObject, textAt } from '../wire/http-message.ts';
import type { FaultyTarget } from './fault.ts';

const day = 86_400_000;

const platformsOf = (body: unknown): readonly unknown[] => {
  const list = at(body, 'targetPolicy/platformTypes');
  return Array.isArray(list) ? list : [];
};

const hasUnknown = (value: unknown, known: readonly string[]) =>
  isObject(value) && Object.keys(value).some((name) => !known.includes(name));

export const graphRefuses: readonly FaultyTarget[] = [
  {
    id: 'post-ttl-largest-refused',
    requirement: 'post-ttl-limits',
    description: 'refuses the largest displayTimeToLive, 2147483647',
    create: () => refusing('postNotification', 400, (_request, body) => Number(body['displayTimeToLive']) === 2_147_483_647),
  },
  {
    id: 'post-ttl-zero-refused',
    requirement: 'post-ttl-limits',
    description: 'refuses a displayTimeToLive of 0',
    create: () => refusing('postNotification', 400, (_request, body) => body['displayTimeToLive'] === 0),
  },
  {
    id: 'post-ttl-text-refused',
    requirement: 'post-ttl',
    also: ['post-ttl-limits'],
    description: 'refuses a displayTimeToLive that is sent as text',
    create: () => refusing('postNotification', 400, (_request, body) => typeof body['displayTimeToLive'] === 'string'),
  },
  {
    id: 'post-ttl-null-refused',
    requirement: 'post-ttl-limits',
    description: 'refuses a displayTimeToLive of null',
    create: () => refusing('postNotification', 400, (_request, body) => body['displayTimeToLive'] === null),
  },
  {
    id: 'post-expiration-month-short',
    requirement: 'post-expiration-limit',
    description: 'refuses an expiration in the last hour before the 30 days',
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
    description: 'refuses an expiration with an offset',
    create: () => refusing('postNotification', 400, (_request, body) => /[+-]\d\d:\d\d$/.test(textAt(body, 'expirationDateTime'))),
  },
  {
    id: 'post-both-refused',
    requirement: 'post-payload',
    description: 'refuses a payload with both contents',
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
    description: 'refuses the priority Low',
    create: () => refusing('postNotification', 400, (_request, body) => body['priority'] === 'Low'),
  },
  {
    id: 'post-webpush-lower-case',
    requirement: 'post-platforms',
    description: 'refuses webpush in lower case, and no other platform',
    create: () => refusing('postNotification', 400, (_request, body) => platformsOf(body).includes('webpush')),
  },
  {
    id: 'post-fallback-longest-refused',
    requirement: 'post-fallback',
    description: 'refuses a fallback delay of 600 seconds',
    create: () =>
      refusing('postNotification', 400, (_request, body) => at(body, 'fallbackPolicy/endpointFallback/fallbackDelayInSeconds') === 600),
  },
  {
    id: 'post-fallback-on-visual-refused',
    requirement: 'post-fallback',
    description: 'refuses a fallback policy on a notification without rawContent',
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
    description: 'refuses unknown members inside visualContent',
    create: () => refusing('postNotification', 400, (_request, body) => hasUnknown(at(body, 'payload/visualContent'), ['title', 'body'])),
  },
  {
    id: 'post-unknown-refused',
    requirement: 'post-unknown-members',
    description: 'refuses unknown members of the notification whose name is longer than 128 characters',
    create: () => refusing('postNotification', 400, (_request, body) => Object.keys(body).some((name) => name.length > 128)),
  },
  {
    id: 'post-long-title-refused',
    requirement: 'post-text',
    description: 'refuses a title of more than 256 characters',
    create: () => refusing('postNotification', 400, (_request, body) => textAt(body, 'payload/visualContent/title').length > 256),
  },
  {
    id: 'post-emoji-refused',
    requirement: 'post-text',
    description: 'refuses text with characters beyond the basic plane',
    create: () =>
      refusing('postNotification', 400, (_request, body) => /[\u{10000}-\u{10ffff}]/u.test(JSON.stringify(body['payload'] ?? ''))),
  },
  {
    id: 'post-line-breaks-refused',
    requirement: 'post-text',
    description: 'refuses a rawContent with line breaks',
    create: () => refusing('postNotification', 400, (_request, body) => /[\r\n]/.test(textAt(body, 'payload/rawContent'))),
  },
  {
    id: 'post-group-null-refused',
    requirement: 'post-group-null',
    also: ['post-types'],
    description: 'refuses a groupName of null',
    create: () => refusing('postNotification', 400, (_request, body) => body['groupName'] === null),
  },
];
