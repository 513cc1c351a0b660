// Faults of paging, synchronising and cursors.
import { asking, instead, replacing } from '../wire/asking.ts';
import { answering, asError, listing, rewritingJson, unsidIn } from '../wire/edits.ts';
import {
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
} from '../wire/http-message.ts';
import type { FaultyTarget } from './fault.ts';

const isHistory = (request: WireRequest) => !parametersOf(request).has('since');

export const historyPages: readonly FaultyTarget[] = [
  {
    id: 'second-page-loses-first',
    requirement: 'history-pages',
    description: 'loses the first notification of the second and each later page',
    create: () => {
      const boundaries = new Set<string>();
      return rewritingJson('listNotifications', (body, request) => {
        if (body['more'] === true) boundaries.add(textAt(body, 'cursor'));
        const isLater = boundaries.has(parametersOf(request).get('since') ?? '');
        return isLater ? { ...body, value: listAt(body, 'value').slice(1) } : undefined;
      });
    },
  },
  {
    id: 'foreign-cursor-accepted',
    requirement: 'history-unknown-cursor',
    description: 'accepts a cursor of another feed and returns the whole history',
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
    id: 'top-ignored',
    requirement: 'history-pages',
    description: 'returns ten notifications if fewer are requested',
    create: () => asking((parameters) => replacing(parameters, '$top', (top) => Number(top) > 0 && Number(top) < 10, '10')),
  },
  {
    id: 'more-never',
    requirement: 'history-pages',
    description: 'returns more false if a page is exactly full',
    create: () =>
      rewritingJson('listNotifications', (body, request) =>
        body['more'] === true && listAt(body, 'value').length === Number(parametersOf(request).get('$top') ?? 100)
          ? put(body, 'more', false)
          : undefined,
      ),
  },
  {
    id: 'page-repeats-last',
    requirement: 'history-pages',
    also: ['history-since'],
    description: 'starts each later page with the last notification of the previous one',
    create: () => {
      const last = new Map<string, JsonObject>();
      return rewritingJson('listNotifications', (body, request) => {
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
    description: "returns the feed's head as cursor of a page although there is more",
    create: () =>
      rewritingJson('listNotifications', (body) =>
        body['more'] === true && 'syncCursor' in body ? put(body, 'cursor', body['syncCursor']) : undefined,
      ),
  },
  {
    id: 'since-without-tombstones',
    requirement: 'history-since',
    also: ['tombstone'],
    description: 'leaves deletions out of the changes since a cursor',
    create: () =>
      instead(
        (parameters) => parameters.has('since') && !parameters.has('status'),
        (parameters) => parameters.set('status', 'Active'),
      ),
  },
  {
    id: 'since-without-own',
    requirement: 'history-since',
    description: "leaves the device's own changes out of the changes since a cursor",
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
    description: 'lists a notification that was created and changed since a cursor twice',
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
    description: 'returns no syncCursor if there is more',
    create: () => rewritingJson('listNotifications', (body) => (body['more'] === true ? drop(body, 'syncCursor') : undefined)),
  },
  {
    id: 'sync-cursor-of-page',
    requirement: 'history-sync-cursor',
    description: 'returns the cursor of the page as syncCursor',
    create: () =>
      rewritingJson('listNotifications', (body) => ('syncCursor' in body ? put(body, 'syncCursor', body['cursor']) : undefined)),
  },
  {
    id: 'unknown-cursor-400',
    requirement: 'history-unknown-cursor',
    description: 'answers an unknown cursor with 400',
    create: () =>
      answering('listNotifications', (answer) =>
        answer.status === 410 ? asError(answer, { status: 400, code: 'BadRequest', innerCode: 'InvalidParameter' }) : undefined,
      ),
  },
  {
    id: 'unknown-cursor-nothing',
    requirement: 'history-unknown-cursor',
    description: 'answers an unknown cursor as if nothing had changed',
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
    description: 'uses the UNSID of the last call if there is none',
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
];
