// Faults of reading a publication: invalid times, content and priorities are accepted, or interpreted differently.
import { aheadOf, reading } from '../wire/edits.ts';
import { at, drop, isObject, put, textAt } from '../wire/http-message.ts';
import type { FaultyTarget } from './fault.ts';

export const graphReads: readonly FaultyTarget[] = [
  {
    id: 'post-default-expiration-short',
    requirement: 'post-default-expiration',
    description: 'expires a notification without an expiration an hour before its seven days are over',
    create: () =>
      reading('postNotification', (body, _request, wire) =>
        body['expirationDateTime'] === undefined ? put(body, 'expirationDateTime', aheadOf(wire, 7 * 86_400_000 - 3_600_000)) : undefined,
      ),
  },
  {
    id: 'post-offset-dropped',
    requirement: 'post-expiration-utc',
    description: 'reads an expiration with an offset as if it were UTC',
    create: () =>
      reading('postNotification', (body) => {
        const text = textAt(body, 'expirationDateTime');
        return /[+-]\d\d:\d\d$/.test(text) ? put(body, 'expirationDateTime', text.replace(/[+-]\d\d:\d\d$/, 'Z')) : undefined;
      }),
  },
  {
    id: 'post-raw-excuses-visual',
    requirement: 'post-payload-all-valid',
    description: 'accepts a visualContent without title when there is a rawContent as well',
    create: () =>
      reading('postNotification', (body) => {
        const isExcused = textAt(body, 'payload/rawContent') !== '' && at(body, 'payload/visualContent') !== undefined;
        return isExcused && at(body, 'payload/visualContent/title') === undefined ? drop(body, 'payload/visualContent') : undefined;
      }),
  },
  {
    id: 'post-ttl-wraps',
    requirement: 'post-ttl-limits',
    description: 'accepts a displayTimeToLive over 2147483647 and uses the largest',
    create: () =>
      reading('postNotification', (body) =>
        Number(body['displayTimeToLive']) > 2_147_483_647 ? put(body, 'displayTimeToLive', 2_147_483_647) : undefined,
      ),
  },
  {
    id: 'post-ttl-negative',
    requirement: 'post-ttl-limits',
    description: 'accepts a negative displayTimeToLive as 0',
    create: () =>
      reading('postNotification', (body) => {
        const ttl = body['displayTimeToLive'];
        return typeof ttl === 'number' && ttl < 0 ? put(body, 'displayTimeToLive', 0) : undefined;
      }),
  },
  {
    id: 'post-expiration-clamped',
    requirement: 'post-expiration-limit',
    description: 'accepts an expiration more than 30 days ahead and uses 30 days',
    create: () =>
      reading('postNotification', (body, _request, wire) =>
        Date.parse(textAt(body, 'expirationDateTime')) > wire.now() + 30 * 86_400_000
          ? put(body, 'expirationDateTime', aheadOf(wire, 30 * 86_400_000 - 1000))
          : undefined,
      ),
  },
  {
    id: 'post-expiration-past-accepted',
    requirement: 'post-expiration-past',
    description: 'accepts an expiration of the last hour and uses the default',
    create: () =>
      reading('postNotification', (body, _request, wire) => {
        const left = Date.parse(textAt(body, 'expirationDateTime')) - wire.now();
        return left <= 0 && left > -3_600_000 ? drop(body, 'expirationDateTime') : undefined;
      }),
  },
  {
    id: 'post-empty-payload',
    requirement: 'post-payload',
    description: 'accepts a payload without content',
    create: () =>
      reading('postNotification', (body) => {
        const payload = body['payload'];
        return isObject(payload) && payload['rawContent'] === undefined && payload['visualContent'] === undefined
          ? put(body, 'payload/rawContent', ' ')
          : undefined;
      }),
  },
  {
    id: 'post-empty-title',
    requirement: 'post-payload-all-valid',
    description: 'accepts an empty title',
    create: () =>
      reading('postNotification', (body) =>
        at(body, 'payload/visualContent/title') === '' ? put(body, 'payload/visualContent/title', ' ') : undefined,
      ),
  },
  {
    id: 'post-priority-unknown-taken',
    requirement: 'post-priority',
    description: 'takes an unknown priority for None',
    create: () =>
      reading('postNotification', (body) => {
        const priority = textAt(body, 'priority');
        return priority !== '' && !['none', 'high', 'low'].includes(priority.toLowerCase()) ? put(body, 'priority', 'None') : undefined;
      }),
  },
  {
    id: 'post-visual-none-by-default',
    requirement: 'post-priority-default',
    description: 'uses None for a visual notification without a priority',
    create: () =>
      reading('postNotification', (body) =>
        body['priority'] === undefined && at(body, 'payload/visualContent') !== undefined ? put(body, 'priority', 'None') : undefined,
      ),
  },
  {
    id: 'post-title-as-number',
    requirement: 'post-types',
    description: 'accepts a number as title',
    create: () =>
      reading('postNotification', (body) => {
        const title = at(body, 'payload/visualContent/title');
        return typeof title === 'number' ? put(body, 'payload/visualContent/title', String(title)) : undefined;
      }),
  },
  {
    id: 'post-raw-as-object',
    requirement: 'post-types',
    description: 'accepts an object as rawContent and stores it as text',
    create: () =>
      reading('postNotification', (body) => {
        const raw = at(body, 'payload/rawContent');
        return isObject(raw) ? put(body, 'payload/rawContent', JSON.stringify(raw)) : undefined;
      }),
  },
];
