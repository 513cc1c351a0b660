// Held-out faults of the history: pages that end too early, and cursors with a wrong position.
import { addresseeOf } from '../wire/devices.ts';
import { answering, listing } from '../wire/edits.ts';
import type { Hooks } from '../wire/hooks.ts';
import { jsonOf, listAt, parametersOf, put, textAt, type WireRequest, withJson, withParameters } from '../wire/http-message.ts';
import { isSameFeed, type KnownSubscription, targetsOf } from '../wire/ledger.ts';
import { operationOf } from '../wire/operations.ts';
import type { FaultyTarget } from './fault.ts';

const stateNames = ['readState', 'userActionState'];
const topOf = (request: WireRequest): number => Number(parametersOf(request).get('$top') ?? 100);
const isFiltered = (request: WireRequest): boolean => ['status', ...stateNames].some((name) => parametersOf(request).has(name));

/** Cuts a page first and filters it then; treats a page that is not full as the last one. */
function filteringPages(): Hooks {
  return answering('listNotifications', async (answer, request, wire) => {
    const wanted = stateNames.filter((name) => parametersOf(request).has(name));
    if (answer.status !== 200 || wanted.length === 0) return undefined;
    const bare = withParameters(request, (parameters) => {
      for (const name of wanted) parameters.delete(name);
    });
    const whole = jsonOf(await wire.forward(bare));
    if (!whole) return undefined;
    const value = listAt(whole, 'value').filter((one) => wanted.every((name) => one[name] === parametersOf(request).get(name)));
    return withJson(answer, { ...whole, value, more: whole['more'] === true && value.length === topOf(request) });
  });
}

/** The position of a cursor is the current position of the notification before it. */
function followingNotifications(): Hooks {
  const ids = new Map<string, string>();
  const follow = listing((value, request) => {
    const id = ids.get(parametersOf(request).get('since') ?? '');
    return value.slice(value.findIndex((one) => one['id'] === id) + 1);
  });
  return {
    serverMessage: (message) => {
      const id = textAt(message, 'notification/id');
      if (id !== '') ids.set(textAt(message, 'cursor'), id);
      return undefined;
    },
    answer: (answer, request, wire) => {
      const page = operationOf(request) === 'listNotifications' && answer.status === 200 ? jsonOf(answer) : undefined;
      const last = listAt(page, 'value').at(-1);
      const changed = follow.answer?.(answer, request, wire);
      const cursor = textAt(page, 'cursor');
      if (last && !ids.has(cursor)) ids.set(cursor, textAt(last, 'id'));
      return changed;
    },
  };
}

/** Does not list notifications for which no device was subscribed when they were posted. */
function listingDelivered(): Hooks {
  const hidden = new Set<string>();
  const hide = listing((value) => value.filter((one) => !hidden.has(textAt(one, 'id'))));
  return {
    answer: (answer, request, wire) => {
      const id = operationOf(request) === 'postNotification' && answer.status === 201 ? textAt(jsonOf(answer), 'id') : '';
      const known = wire.ledger.notifications.get(id);
      const own = known && addresseeOf(known, wire);
      if (!known || !own) return hide.answer?.(answer, request, wire);
      const isReached = (one: KnownSubscription) => !one.isEnded && isSameFeed(one, own) && targetsOf(known.request).includes(one.platform);
      if (![...wire.ledger.subscriptions.values()].some(isReached)) hidden.add(id);
      return undefined;
    },
  };
}

/** Cursors of the socket that no list has returned are unknown as `since`. */
function knowingListCursors(): Hooks {
  const listed = new Set<string>();
  const pushed = new Set<string>();
  return {
    serverMessage: (message) => {
      pushed.add(textAt(message, 'cursor'));
      return undefined;
    },
    answer: (answer, request) => {
      if (operationOf(request) !== 'listNotifications') return undefined;
      for (const name of ['cursor', 'syncCursor']) listed.add(textAt(jsonOf(answer), name));
      return undefined;
    },
    request: (request) => {
      const since = operationOf(request) === 'listNotifications' ? (parametersOf(request).get('since') ?? '') : '';
      if (!pushed.has(since) || listed.has(since)) return undefined;
      return withParameters(request, (parameters) => parameters.set('since', 'forgotten'));
    },
  };
}

export const holdoutHistory: readonly FaultyTarget[] = [
  {
    id: 'filter-after-limit',
    requirement: 'history-pages',
    also: ['history-filters'],
    description: 'filters a page by state after it was cut to $top, and ends with the first page that is not full',
    create: () => filteringPages(),
  },
  {
    id: 'since-status-ignored',
    requirement: 'history-filters',
    description: 'ignores status=Active in the changes since a cursor',
    create: () => ({
      request: (request) => {
        const parameters = parametersOf(request);
        const isMeant = operationOf(request) === 'listNotifications' && parameters.has('since') && parameters.get('status') === 'Active';
        return isMeant ? withParameters(request, (all) => all.delete('status')) : undefined;
      },
    }),
  },
  {
    id: 'sync-cursor-of-last-active',
    requirement: 'history-sync-cursor',
    description: 'returns the position of the last notification that is not deleted as syncCursor',
    create: () =>
      answering('listNotifications', async (answer, request, wire) => {
        const page = answer.status === 200 && !parametersOf(request).has('since') && !isFiltered(request) ? jsonOf(answer) : undefined;
        const count = listAt(page, 'value').length;
        if (!page || count === 0 || page['more'] === true) return undefined;
        const again = withParameters(request, (parameters) => parameters.set('$top', String(count)));
        return withJson(answer, put(page, 'syncCursor', textAt(jsonOf(await wire.forward(again)), 'cursor')));
      }),
  },
  {
    id: 'cursor-follows-notification',
    requirement: 'history-since',
    description: "uses the current position of a cursor's notification as position of the cursor",
    create: () => followingNotifications(),
  },
  {
    id: 'since-socket-cursor-gone',
    requirement: 'history-since',
    description: 'answers 410 if since is a cursor of the socket',
    create: () => knowingListCursors(),
  },
  {
    id: 'history-misses-undelivered',
    requirement: 'history-complete',
    description: 'lists no notifications for platforms of which the user had no device',
    create: () => listingDelivered(),
  },
];
