// Faults of what clients read of a notification: content, times, and getting it.
import { answering, asError, errorAnswer, rewritingJson, showing } from '../wire/edits.ts';
import { at, drop, jsonOf, listAt, put, textAt, withJson } from '../wire/http-message.ts';
import { idIn } from '../wire/operations.ts';
import type { FaultyTarget } from './fault.ts';

export const historyContent: readonly FaultyTarget[] = [
  {
    id: 'content-trimmed',
    requirement: 'notification-content',
    also: ['post-text'],
    description: 'trims rawContent',
    create: () =>
      showing((one) =>
        typeof at(one, 'payload/rawContent') === 'string' ? put(one, 'payload/rawContent', textAt(one, 'payload/rawContent').trim()) : one,
      ),
  },
  {
    id: 'content-decomposed',
    requirement: 'notification-content',
    also: ['post-text'],
    description: 'returns Unicode in decomposed form',
    create: () => showing((one) => JSON.parse(JSON.stringify(one).normalize('NFD'))),
  },
  {
    id: 'content-visual-lost',
    requirement: 'notification-content',
    description: 'returns only the rawContent of both contents',
    create: () => showing((one) => (at(one, 'payload/rawContent') !== undefined ? drop(one, 'payload/visualContent') : one)),
  },
  {
    id: 'content-app-id-lost',
    requirement: 'notification-content',
    description: 'returns no appNotificationId to clients',
    create: () => showing((one) => (one['status'] === 'Active' ? put(one, 'appNotificationId', null) : one)),
  },
  {
    id: 'content-group-lost',
    requirement: 'notification-content',
    description: 'forgets groupName when a notification is changed',
    create: () =>
      showing((one) => (one['status'] === 'Active' && one['lastModifiedDateTime'] !== null ? put(one, 'groupName', null) : one)),
  },
  {
    id: 'ttl-stands-still',
    requirement: 'post-ttl',
    also: ['notification-content'],
    description: 'does not count displayTimeToLive down',
    needs: 'clock',
    create: () =>
      showing((one, _request, wire) => {
        const sent = wire.ledger.notifications.get(textAt(one, 'id'))?.request['displayTimeToLive'];
        return typeof one['displayTimeToLive'] === 'number' && sent !== undefined ? put(one, 'displayTimeToLive', Number(sent)) : one;
      }),
  },
  {
    id: 'modified-from-start',
    requirement: 'notification-times',
    description: 'returns the creation as lastModifiedDateTime of an unchanged notification',
    create: () =>
      showing((one) => (one['lastModifiedDateTime'] === null ? put(one, 'lastModifiedDateTime', one['creationDateTime']) : one)),
  },
  {
    id: 'modified-never',
    requirement: 'notification-times',
    description: 'returns no lastModifiedDateTime of a changed notification',
    create: () => showing((one) => (one['status'] === 'Active' ? put(one, 'lastModifiedDateTime', null) : one)),
  },
  {
    id: 'creation-moves',
    requirement: 'notification-times',
    description: 'returns the last change as creationDateTime',
    create: () =>
      showing((one) => (one['lastModifiedDateTime'] !== null ? put(one, 'creationDateTime', one['lastModifiedDateTime']) : one)),
  },
  {
    id: 'expiration-to-the-minute',
    requirement: 'notification-times',
    description: 'returns the expiration to clients rounded to a minute',
    create: () => showing((one) => put(one, 'expirationDateTime', textAt(one, 'expirationDateTime').replace(/:\d\d\.\d+Z$/, ':00.000Z'))),
  },
  {
    id: 'modified-missing',
    requirement: 'answer-schema',
    also: ['notification-times'],
    description: 'leaves lastModifiedDateTime out until there is a change',
    create: () => showing((one) => (one['lastModifiedDateTime'] === null ? drop(one, 'lastModifiedDateTime') : one)),
  },
  {
    id: 'more-as-text',
    requirement: 'answer-schema',
    description: 'returns more as text',
    create: () => rewritingJson('listNotifications', (body) => put(body, 'more', String(body['more']))),
  },
  {
    id: 'deleted-gettable',
    requirement: 'notification-get',
    description: 'returns the tombstone of a deleted notification to a GET',
    create: () =>
      answering('getNotification', async (answer, request, wire) => {
        if (answer.status !== 404 || !wire.ledger.notifications.get(idIn(request))?.isDeleted) return undefined;
        const page = await wire.forward({ ...request, path: '/client/v1/notifications', query: '?status=Deleted&$top=1000' });
        const tombstone = listAt(jsonOf(page), 'value').find((one) => one['id'] === idIn(request));
        return tombstone && withJson(page, tombstone);
      }),
  },
  {
    id: 'deleted-410',
    requirement: 'notification-get',
    also: ['answer-status'],
    description: 'answers 410 for a deleted notification',
    create: () =>
      answering('getNotification', (answer, request, wire) =>
        answer.status === 404 && wire.ledger.notifications.get(idIn(request))?.isDeleted
          ? asError(answer, { status: 410, code: 'Gone' })
          : undefined,
      ),
  },
  {
    id: 'get-misses-visual-only',
    requirement: 'notification-get',
    description: 'does not find notifications without rawContent',
    create: () =>
      answering('getNotification', (answer, request, wire) =>
        answer.status === 200 && at(jsonOf(answer), 'payload/rawContent') === undefined
          ? errorAnswer(request, wire, { status: 404, code: 'NotFound', innerCode: 'UnknownResource' })
          : undefined,
      ),
  },
];
