// Reading the history, with faults.
import { answering, asError, errorAnswer, listing, refusing, showing, telling, unsidIn } from '../edits.ts';
import type { Hooks, Wire } from '../hooks.ts';
import {
  at,
  drop,
  headerOf,
  type JsonObject,
  jsonOf,
  listAt,
  parametersOf,
  put,
  textAt,
  type WireRequest,
  withHeader,
  withJson,
  withParameters,
} from '../http-message.ts';
import { isSameFeed, type KnownSubscription, targetsOf } from '../ledger.ts';
import type { Mutant } from '../mutant.ts';
import { idIn, operationOf } from '../operations.ts';

const isHistory = (request: WireRequest) => !parametersOf(request).has('since');
const instant = (one: JsonObject, name: string) => Date.parse(textAt(one, name));

/** Adds what another feed holds to a page of the history. */
function mixing(isOther: (one: KnownSubscription, own: KnownSubscription) => boolean): Hooks {
  return listing(async (value, request, wire) => {
    const own = wire.ledger.subscriptions.get(unsidIn(request));
    if (!own || !isHistory(request)) return value;
    const other = [...wire.ledger.subscriptions.values()].find((one) => !one.isEnded && isOther(one, own));
    if (!other) return value;
    const headers = { Authorization: other.authorization, 'X-UNS-ID': other.unsid };
    const page = jsonOf(await wire.upstream({ path: '/client/v1/notifications?$top=1', headers }));
    return [...value, ...listAt(page, 'value')];
  });
}

/** Rewrites what is asked for before the emulator judges it. */
function asking(change: (parameters: URLSearchParams, request: WireRequest, wire: Wire) => boolean): Hooks {
  return {
    request: (request, wire) => {
      if (operationOf(request) !== 'listNotifications') return undefined;
      let isChanged = false;
      const changed = withParameters(request, (parameters) => {
        isChanged = change(parameters, request, wire);
      });
      return isChanged ? changed : undefined;
    },
  };
}

function replacing(parameters: URLSearchParams, name: string, isReplaced: (value: string) => boolean, by: string | undefined): boolean {
  const value = parameters.get(name);
  if (value === null || !isReplaced(value)) return false;
  if (by === undefined) parameters.delete(name);
  else parameters.set(name, by);
  return true;
}

/** A page is asked for once more, with other filters. */
const instead = (isMeant: (parameters: URLSearchParams) => boolean, change: (parameters: URLSearchParams) => void): Hooks =>
  asking((parameters) => {
    if (!isMeant(parameters)) return false;
    change(parameters);
    return true;
  });

export const history: readonly Mutant[] = [
  {
    id: 'second-page-loses-first',
    requirement: 'history-pages',
    says: 'loses the first notification of the second and each later page',
    kind: 'answer',
    steps: 'several',
    create: () => {
      const boundaries = new Set<string>();
      return telling('listNotifications', (body, request) => {
        if (body['more'] === true) boundaries.add(textAt(body, 'cursor'));
        const isLater = boundaries.has(parametersOf(request).get('since') ?? '');
        return isLater ? { ...body, value: listAt(body, 'value').slice(1) } : undefined;
      });
    },
  },
  {
    id: 'foreign-cursor-accepted',
    requirement: 'history-unknown-cursor',
    says: 'takes a cursor of another feed and answers the whole history',
    kind: 'accepts',
    steps: 'several',
    create: () =>
      answering('listNotifications', async (answer, request, wire) => {
        if (answer.status !== 410 || !wire.ledger.cursors.has(parametersOf(request).get('since') ?? '')) return undefined;
        const whole = withParameters(request, (parameters) => {
          parameters.delete('since');
          if (!parameters.has('status')) parameters.set('status', 'Any');
        });
        const accepted = await wire.forward(whole);
        return withJson(accepted, drop(jsonOf(accepted) ?? {}, 'syncCursor'));
      }),
  },
  {
    id: 'dismissed-vanishes',
    requirement: 'dismissed-stays',
    says: 'leaves dismissed notifications out of the history',
    kind: 'answer',
    steps: 'several',
    create: () =>
      listing((value, request) => {
        const parameters = parametersOf(request);
        const isHidden = !parameters.has('since') && !parameters.has('userActionState');
        return isHidden ? value.filter((one) => one['userActionState'] !== 'Dismissed') : value;
      }),
  },
  {
    id: 'history-by-creation',
    requirement: 'history-lists',
    says: 'lists in the order of creation, not of the last change',
    kind: 'answer',
    steps: 'several',
    create: () =>
      listing((value, request) =>
        isHistory(request) ? [...value].sort((one, other) => instant(one, 'creationDateTime') - instant(other, 'creationDateTime')) : value,
      ),
  },
  {
    id: 'history-newest-first',
    requirement: 'history-lists',
    says: 'lists the newest first',
    kind: 'answer',
    steps: 'several',
    create: () => listing((value) => [...value].reverse()),
  },
  {
    id: 'history-by-target',
    requirement: 'history-complete',
    says: 'lists only what was meant for the platform of the device that asks',
    kind: 'answer',
    steps: 'several',
    create: () =>
      listing((value, request, wire) => {
        const platform = wire.ledger.subscriptions.get(unsidIn(request))?.platform ?? '';
        return value.filter((one) => targetsOf(wire.ledger.notifications.get(textAt(one, 'id'))?.request ?? {}).includes(platform));
      }),
  },
  {
    id: 'history-of-all-applications',
    requirement: 'history-isolated',
    says: "lists notifications of the user's other application",
    kind: 'answer',
    steps: 'several',
    create: () => mixing((one, own) => one.authorization === own.authorization && !isSameFeed(one, own)),
  },
  {
    id: 'history-of-all-users',
    requirement: 'history-isolated',
    says: "lists another user's notifications of the application",
    kind: 'answer',
    steps: 'several',
    create: () =>
      mixing((one, own) => one.authorization !== own.authorization && one.application.toLowerCase() === own.application.toLowerCase()),
  },
  {
    id: 'filter-any-without-tombstones',
    requirement: 'history-filters',
    says: 'leaves tombstones out when status=Any is asked for without since',
    kind: 'answer',
    steps: 'several',
    create: () =>
      instead(
        (parameters) => parameters.get('status') === 'Any' && !parameters.has('since'),
        (parameters) => parameters.set('status', 'Active'),
      ),
  },
  {
    id: 'filter-default-any',
    requirement: 'history-filters',
    says: 'lists tombstones when no status is asked for',
    kind: 'answer',
    steps: 'several',
    create: () =>
      instead(
        (parameters) => !parameters.has('status') && !parameters.has('since'),
        (parameters) => parameters.set('status', 'Any'),
      ),
  },
  {
    id: 'filter-read-ignored',
    requirement: 'history-filters',
    says: 'ignores readState when userActionState is asked for too',
    kind: 'answer',
    steps: 'several',
    create: () =>
      instead(
        (parameters) => parameters.has('readState') && parameters.has('userActionState'),
        (parameters) => {
          if (['Read', 'Unread'].includes(parameters.get('readState') ?? '')) parameters.delete('readState');
        },
      ),
  },
  {
    id: 'filter-snoozed-as-dismissed',
    requirement: 'history-filters',
    says: 'answers dismissed notifications when snoozed ones are asked for',
    kind: 'answer',
    steps: 'several',
    create: () =>
      instead(
        (parameters) => parameters.get('userActionState') === 'Snoozed',
        (parameters) => parameters.set('userActionState', 'Dismissed'),
      ),
  },
  {
    id: 'filter-deleted-lost',
    requirement: 'history-filters',
    also: ['tombstone'],
    says: 'finds nothing with status=Deleted',
    kind: 'answer',
    steps: 'several',
    create: () => listing((value, request) => (parametersOf(request).get('status') === 'Deleted' ? [] : value)),
  },
  {
    id: 'top-zero',
    requirement: 'history-parameters',
    says: 'accepts $top=0',
    kind: 'accepts',
    steps: 'one',
    create: () => asking((parameters) => replacing(parameters, '$top', (top) => top === '0', '1')),
  },
  {
    id: 'top-over-limit',
    requirement: 'history-parameters',
    says: 'accepts $top=1001 and takes 1000',
    kind: 'accepts',
    steps: 'one',
    create: () => asking((parameters) => replacing(parameters, '$top', (top) => Number(top) > 1000, '1000')),
  },
  {
    id: 'top-largest-refused',
    requirement: 'history-parameters',
    says: 'refuses $top=1000',
    kind: 'refuses',
    steps: 'one',
    create: () => refusing('listNotifications', 400, (request) => parametersOf(request).get('$top') === '1000'),
  },
  {
    id: 'status-any-case',
    requirement: 'history-parameters',
    says: 'accepts a status in lower case',
    kind: 'accepts',
    steps: 'one',
    create: () => asking((parameters) => replacing(parameters, 'status', (status) => status === 'active', 'Active')),
  },
  {
    id: 'read-state-unknown',
    requirement: 'history-parameters',
    says: 'ignores a readState that it does not know',
    kind: 'accepts',
    steps: 'one',
    create: () => asking((parameters) => replacing(parameters, 'readState', (state) => !['Read', 'Unread'].includes(state), undefined)),
  },
  {
    id: 'top-ignored',
    requirement: 'history-pages',
    says: 'answers ten notifications when fewer are asked for',
    kind: 'answer',
    steps: 'several',
    create: () => asking((parameters) => replacing(parameters, '$top', (top) => Number(top) > 0 && Number(top) < 10, '10')),
  },
  {
    id: 'more-never',
    requirement: 'history-pages',
    says: 'says that there is no more when a page is just full',
    kind: 'answer',
    steps: 'several',
    create: () =>
      telling('listNotifications', (body, request) =>
        body['more'] === true && listAt(body, 'value').length === Number(parametersOf(request).get('$top') ?? 100)
          ? put(body, 'more', false)
          : undefined,
      ),
  },
  {
    id: 'page-repeats-last',
    requirement: 'history-pages',
    also: ['history-since'],
    says: 'begins each later page with the last notification of the one before',
    kind: 'answer',
    steps: 'several',
    create: () => {
      const last = new Map<string, JsonObject>();
      return telling('listNotifications', (body, request) => {
        const value = listAt(body, 'value');
        const repeated = last.get(parametersOf(request).get('since') ?? '');
        const end = value.at(-1);
        if (end && body['more'] === true) last.set(textAt(body, 'cursor'), end);
        return repeated ? { ...body, value: [repeated, ...value] } : undefined;
      });
    },
  },
  {
    id: 'page-cursor-is-head',
    requirement: 'history-pages',
    says: "answers the feed's head as cursor of a page although there is more",
    kind: 'answer',
    steps: 'several',
    create: () =>
      telling('listNotifications', (body) =>
        body['more'] === true && 'syncCursor' in body ? put(body, 'cursor', body['syncCursor']) : undefined,
      ),
  },
  {
    id: 'since-without-tombstones',
    requirement: 'history-since',
    also: ['tombstone'],
    says: 'leaves deletions out of what changed since a cursor',
    kind: 'answer',
    steps: 'several',
    create: () =>
      instead(
        (parameters) => parameters.has('since') && !parameters.has('status'),
        (parameters) => parameters.set('status', 'Active'),
      ),
  },
  {
    id: 'since-without-own',
    requirement: 'history-since',
    says: 'leaves out of what changed since a cursor what the device has changed itself',
    kind: 'answer',
    steps: 'several',
    create: () => ({
      ...listing((value, request, wire) => {
        if (isHistory(request)) return value;
        return value.filter((one) => wire.ledger.notifications.get(textAt(one, 'id'))?.changedBy !== unsidIn(request));
      }),
    }),
  },
  {
    id: 'since-changes-twice',
    requirement: 'history-since',
    says: 'tells a notification that was created and changed since a cursor twice',
    kind: 'answer',
    steps: 'several',
    create: () =>
      listing((value, request) => {
        if (isHistory(request)) return value;
        const twice = (one: JsonObject) => one['status'] === 'Active' && one['lastModifiedDateTime'] !== null;
        return value.flatMap((one) => (twice(one) ? [put(one, 'lastModifiedDateTime', null), one] : [one]));
      }),
  },
  {
    id: 'sync-cursor-lost',
    requirement: 'history-sync-cursor',
    says: 'tells no syncCursor when there is more',
    kind: 'answer',
    steps: 'several',
    create: () => telling('listNotifications', (body) => (body['more'] === true ? drop(body, 'syncCursor') : undefined)),
  },
  {
    id: 'sync-cursor-of-page',
    requirement: 'history-sync-cursor',
    says: 'tells the cursor of the page as syncCursor',
    kind: 'answer',
    steps: 'several',
    create: () => telling('listNotifications', (body) => ('syncCursor' in body ? put(body, 'syncCursor', body['cursor']) : undefined)),
  },
  {
    id: 'unknown-cursor-400',
    requirement: 'history-unknown-cursor',
    says: 'answers an unknown cursor with 400',
    kind: 'answer',
    steps: 'one',
    create: () =>
      answering('listNotifications', (answer) =>
        answer.status === 410 ? asError(answer, { status: 400, code: 'BadRequest', innerCode: 'InvalidParameter' }) : undefined,
      ),
  },
  {
    id: 'unknown-cursor-nothing',
    requirement: 'history-unknown-cursor',
    says: 'answers an unknown cursor as if nothing had changed',
    kind: 'accepts',
    steps: 'one',
    create: () =>
      answering('listNotifications', (answer, request) =>
        answer.status === 410
          ? {
              ...withHeader(
                withJson(answer, { value: [], cursor: parametersOf(request).get('since') || 'c', more: false }),
                'Content-Type',
                'application/json;charset=utf-8',
              ),
              status: 200,
            }
          : undefined,
      ),
  },
  {
    id: 'unsid-remembered',
    requirement: 'history-unsid-required',
    says: 'takes the UNSID of the last call when one comes without',
    kind: 'accepts',
    steps: 'several',
    create: () => {
      const last = new Map<string, string>();
      return {
        request: (request) => {
          const token = headerOf(request, 'authorization') ?? '';
          if (!/^\/client\/v1\/notifications/.test(request.path) || token === '') return undefined;
          const own = unsidIn(request);
          if (own !== '') last.set(token, own);
          const known = last.get(token);
          return own === '' && known !== undefined ? withHeader(request, 'X-UNS-ID', known) : undefined;
        },
      };
    },
  },
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
    id: 'content-ascii',
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
    id: 'get-own-posts-only',
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
