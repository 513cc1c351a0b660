// Faults of the response to a publication.
import { answering, rewritingJson } from '../wire/edits.ts';
import { at, drop, headerOf, jsonOf, put, textAt, withHeader, withoutHeader } from '../wire/http-message.ts';
import { idIn, operationOf } from '../wire/operations.ts';
import { createNames, renaming } from '../wire/renaming.ts';
import type { FaultyTarget } from './fault.ts';

export const graphAnswers: readonly FaultyTarget[] = [
  {
    id: 'post-raw-echoed-beside-visual',
    requirement: 'post-raw-not-echoed',
    also: ['answer-schema'],
    description: 'echoes rawContent when both contents are sent',
    create: () =>
      rewritingJson('postNotification', (body, request) => {
        const raw = at(jsonOf(request), 'payload/rawContent');
        return raw !== undefined && at(body, 'payload/visualContent') !== undefined ? put(body, 'payload/rawContent', raw) : undefined;
      }),
  },
  {
    id: 'post-both-200',
    requirement: 'post-created',
    also: ['answer-status'],
    description: 'answers a notification with both contents with 200',
    create: () =>
      answering('postNotification', (answer, request) =>
        answer.status === 201 &&
        at(jsonOf(request), 'payload/rawContent') !== undefined &&
        at(jsonOf(request), 'payload/visualContent') !== undefined
          ? { ...answer, status: 200 }
          : undefined,
      ),
  },
  {
    id: 'post-app-id-echoed',
    requirement: 'post-body-members',
    description: 'returns the appNotificationId too',
    create: () =>
      rewritingJson('postNotification', (body, request) => {
        const id = jsonOf(request)?.['appNotificationId'];
        return typeof id === 'string' ? put(body, 'appNotificationId', id) : undefined;
      }),
  },
  {
    id: 'post-ttl-member-lost',
    requirement: 'post-body-members',
    also: ['answer-schema', 'post-ttl'],
    description: 'leaves displayTimeToLive out when none was sent',
    create: () =>
      rewritingJson('postNotification', (body) => (body['displayTimeToLive'] === null ? drop(body, 'displayTimeToLive') : undefined)),
  },
  {
    id: 'post-group-empty',
    requirement: 'post-group-null',
    description: 'returns an empty groupName when none was sent',
    create: () => rewritingJson('postNotification', (body) => (body['groupName'] === null ? put(body, 'groupName', '') : undefined)),
  },
  {
    id: 'post-group-lower-case',
    requirement: 'post-group-null',
    description: 'returns groupName in lower case',
    create: () =>
      rewritingJson('postNotification', (body) => {
        const group = body['groupName'];
        return typeof group === 'string' ? put(body, 'groupName', group.toLowerCase()) : undefined;
      }),
  },
  {
    id: 'post-context-unencoded',
    requirement: 'post-context',
    description: 'names the user in @odata.context without encoding',
    create: () =>
      rewritingJson('postNotification', (body) => put(body, '@odata.context', textAt(body, '@odata.context').replace('%40', '@'))),
  },
  {
    id: 'post-context-me',
    requirement: 'post-context',
    also: ['answer-schema'],
    description: 'names me instead of the user in @odata.context',
    create: () =>
      rewritingJson('postNotification', (body) =>
        put(body, '@odata.context', textAt(body, '@odata.context').replace(/users\('[^']*'\)/, 'me')),
      ),
  },
  {
    id: 'post-location-notifications',
    requirement: 'post-location',
    description: 'returns a Location that points to notifications instead of activities',
    create: () =>
      answering('postNotification', (answer) => {
        const location = headerOf(answer, 'location');
        return location === undefined ? undefined : withHeader(answer, 'Location', location.replace('/activities/', '/notifications/'));
      }),
  },
  {
    id: 'post-location-of-previous',
    requirement: 'post-location',
    description: 'returns a Location that points to the previously posted notification',
    create: () => {
      let before: string | undefined;
      return answering('postNotification', (answer) => {
        const location = headerOf(answer, 'location');
        const previous = before;
        before = location ?? before;
        return location !== undefined && previous !== undefined ? withHeader(answer, 'Location', previous) : undefined;
      });
    },
  },
  {
    id: 'post-id-reused',
    requirement: 'post-id',
    description: 'reuses the id of a deleted notification for the next one',
    create: () => {
      const free: string[] = [];
      const names = createNames();
      const hooks = renaming({ id: names });
      return {
        ...hooks,
        answer: (answer, request, wire) => {
          if (operationOf(request) === 'deleteNotification' && answer.status === 204) free.push(idIn(request));
          const old = operationOf(request) === 'postNotification' && answer.status === 201 ? free.pop() : undefined;
          if (old !== undefined) names.rename(textAt(jsonOf(answer), 'id'), old);
          return hooks.answer?.(answer, request, wire);
        },
      };
    },
  },
  {
    id: 'post-ttl-as-sent',
    requirement: 'post-ttl',
    also: ['answer-schema'],
    description: 'returns displayTimeToLive as text if it was sent as text',
    create: () =>
      rewritingJson('postNotification', (body, request) =>
        typeof jsonOf(request)?.['displayTimeToLive'] === 'string'
          ? put(body, 'displayTimeToLive', String(body['displayTimeToLive']))
          : undefined,
      ),
  },
  {
    id: 'post-ttl-zero-null',
    requirement: 'post-ttl',
    description: 'returns null for a displayTimeToLive of 0',
    create: () =>
      rewritingJson('postNotification', (body, request) =>
        Number(jsonOf(request)?.['displayTimeToLive'] ?? 1) === 0 ? put(body, 'displayTimeToLive', null) : undefined,
      ),
  },
  {
    id: 'post-ttl-milliseconds',
    requirement: 'post-ttl',
    description: 'returns displayTimeToLive in milliseconds if it is under an hour',
    create: () =>
      rewritingJson('postNotification', (body) => {
        const ttl = body['displayTimeToLive'];
        return typeof ttl === 'number' && ttl > 0 && ttl < 3600 ? put(body, 'displayTimeToLive', ttl * 1000) : undefined;
      }),
  },
  {
    id: 'post-expiration-offset',
    requirement: 'post-expiration-utc',
    also: ['answer-schema'],
    description: 'returns expirationDateTime with +00:00 instead of Z',
    create: () =>
      rewritingJson('postNotification', (body) =>
        put(body, 'expirationDateTime', textAt(body, 'expirationDateTime').replace(/Z$/, '+00:00')),
      ),
  },
  {
    id: 'post-visual-body-lost',
    requirement: 'post-visual-echoed',
    description: 'echoes visualContent without its body',
    create: () =>
      rewritingJson('postNotification', (body) =>
        at(body, 'payload/visualContent/body') !== undefined ? drop(body, 'payload/visualContent/body') : undefined,
      ),
  },
  {
    id: 'post-echo-ascii',
    requirement: 'post-visual-echoed',
    also: ['post-text'],
    description: 'echoes characters beyond Latin as question marks',
    create: () =>
      rewritingJson('postNotification', (body) => {
        const text = textAt(body, 'payload/visualContent/title');
        return text === '' ? undefined : put(body, 'payload/visualContent/title', text.replace(/[\u0250-\u{10ffff}]/gu, '?'));
      }),
  },
  {
    id: 'post-plain-json',
    requirement: 'answer-media-type',
    description: 'answers 201 as plain application/json',
    create: () =>
      answering('postNotification', (answer) =>
        answer.status === 201 ? withHeader(answer, 'Content-Type', 'application/json') : undefined,
      ),
  },
  {
    id: 'post-odata-version-lost',
    requirement: 'answer-headers',
    description: 'sends no OData-Version',
    create: () => answering('postNotification', (answer) => withoutHeader(answer, 'odata-version')),
  },
  {
    id: 'post-no-object-422',
    requirement: 'answer-status',
    also: ['post-not-array', 'post-not-json'],
    description: 'answers 422 for a body that is not an object',
    create: () =>
      answering('postNotification', (answer, request) =>
        answer.status === 400 && jsonOf(request) === undefined ? { ...answer, status: 422 } : undefined,
      ),
  },
  {
    id: 'post-unknown-unsid-404',
    requirement: 'post-unsid-usable',
    also: ['answer-status', 'unsubscribed-dead', 'post-unsid-application', 'post-delegated-own'],
    description: 'answers 404 for an unknown UNSID',
    create: () => answering('postNotification', (answer) => (answer.status === 403 ? { ...answer, status: 404 } : undefined)),
  },
];
