// What clients read of a notification, with faults in content, times and finding it.
import { answering, asError, errorAnswer, showing, telling } from '../wire/edits.ts';
import { at, drop, jsonOf, listAt, put, textAt, withJson } from '../wire/http-message.ts';
import { idIn } from '../wire/operations.ts';
import type { Mutant } from './fault.ts';

export const historyContent: readonly Mutant[] = [
  {
    id: 'content-trimmed',
    requirement: 'notification-content',
    also: ['post-text'],
    says: 'trims rawContent',
    kind: 'answer',
    steps: 'one',
    create: () =>
      showing((one) =>
        typeof at(one, 'payload/rawContent') === 'string' ? put(one, 'payload/rawContent', textAt(one, 'payload/rawContent').trim()) : one,
      ),
  },
  {
    id: 'content-decomposed',
    requirement: 'notification-content',
    also: ['post-text'],
    says: 'gives clients unicode decomposed',
    kind: 'answer',
    steps: 'one',
    create: () => showing((one) => JSON.parse(JSON.stringify(one).normalize('NFD'))),
  },
  {
    id: 'content-visual-lost',
    requirement: 'notification-content',
    says: 'gives clients only the rawContent when both contents were sent',
    kind: 'answer',
    steps: 'one',
    create: () => showing((one) => (at(one, 'payload/rawContent') !== undefined ? drop(one, 'payload/visualContent') : one)),
  },
  {
    id: 'content-app-id-lost',
    requirement: 'notification-content',
    says: 'gives clients no appNotificationId',
    kind: 'answer',
    steps: 'one',
    create: () => showing((one) => (one['status'] === 'Active' ? put(one, 'appNotificationId', null) : one)),
  },
  {
    id: 'content-group-lost',
    requirement: 'notification-content',
    says: 'forgets groupName when a notification is changed',
    kind: 'answer',
    steps: 'several',
    create: () =>
      showing((one) => (one['status'] === 'Active' && one['lastModifiedDateTime'] !== null ? put(one, 'groupName', null) : one)),
  },
  {
    id: 'ttl-stands-still',
    requirement: 'post-ttl',
    also: ['notification-content'],
    says: 'does not count displayTimeToLive down',
    kind: 'answer',
    needs: 'clock',
    steps: 'several',
    create: () =>
      showing((one, _request, wire) => {
        const sent = wire.ledger.notifications.get(textAt(one, 'id'))?.request['displayTimeToLive'];
        return typeof one['displayTimeToLive'] === 'number' && sent !== undefined ? put(one, 'displayTimeToLive', Number(sent)) : one;
      }),
  },
  {
    id: 'modified-from-start',
    requirement: 'notification-times',
    says: 'tells the creation as last change of what was never changed',
    kind: 'answer',
    steps: 'one',
    create: () =>
      showing((one) => (one['lastModifiedDateTime'] === null ? put(one, 'lastModifiedDateTime', one['creationDateTime']) : one)),
  },
  {
    id: 'modified-never',
    requirement: 'notification-times',
    says: 'tells no last change of what was changed',
    kind: 'answer',
    steps: 'several',
    create: () => showing((one) => (one['status'] === 'Active' ? put(one, 'lastModifiedDateTime', null) : one)),
  },
  {
    id: 'creation-moves',
    requirement: 'notification-times',
    says: 'tells the last change as creation of what was changed',
    kind: 'answer',
    steps: 'several',
    create: () =>
      showing((one) => (one['lastModifiedDateTime'] !== null ? put(one, 'creationDateTime', one['lastModifiedDateTime']) : one)),
  },
  {
    id: 'expiration-to-the-minute',
    requirement: 'notification-times',
    says: 'tells clients the expiration to the minute only',
    kind: 'answer',
    steps: 'one',
    create: () => showing((one) => put(one, 'expirationDateTime', textAt(one, 'expirationDateTime').replace(/:\d\d\.\d+Z$/, ':00.000Z'))),
  },
  {
    id: 'modified-missing',
    requirement: 'answer-schema',
    also: ['notification-times'],
    says: 'leaves lastModifiedDateTime out until there is a change',
    kind: 'answer',
    steps: 'one',
    create: () => showing((one) => (one['lastModifiedDateTime'] === null ? drop(one, 'lastModifiedDateTime') : one)),
  },
  {
    id: 'more-as-text',
    requirement: 'answer-schema',
    says: 'answers more as text',
    kind: 'answer',
    steps: 'one',
    create: () => telling('listNotifications', (body) => put(body, 'more', String(body['more']))),
  },
  {
    id: 'deleted-gettable',
    requirement: 'notification-get',
    says: 'answers the tombstone when a deleted notification is asked for',
    kind: 'answer',
    steps: 'several',
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
    says: 'answers 410 for a notification that was deleted',
    kind: 'answer',
    steps: 'several',
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
    says: 'does not find notifications without rawContent',
    kind: 'refuses',
    steps: 'one',
    create: () =>
      answering('getNotification', (answer, request, wire) =>
        answer.status === 200 && at(jsonOf(answer), 'payload/rawContent') === undefined
          ? errorAnswer(request, wire, { status: 404, code: 'NotFound', innerCode: 'UnknownResource' })
          : undefined,
      ),
  },
];
