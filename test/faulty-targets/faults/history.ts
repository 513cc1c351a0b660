// Faults of listing the history: contents, order, filters, parameters.
import { asking, instead, replacing } from '../wire/asking.ts';
import { listing, refusing, unsidIn } from '../wire/edits.ts';
import type { Hooks } from '../wire/hooks.ts';
import { type JsonObject, jsonOf, listAt, parametersOf, textAt, type WireRequest } from '../wire/http-message.ts';
import { isSameFeed, type KnownSubscription, targetsOf } from '../wire/ledger.ts';
import type { FaultyTarget } from './fault.ts';

const isHistory = (request: WireRequest) => !parametersOf(request).has('since');

const instant = (one: JsonObject, name: string) => Date.parse(textAt(one, name));

/** Adds the notifications of another feed to a page of the history. */
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

export const history: readonly FaultyTarget[] = [
  {
    id: 'dismissed-vanishes',
    requirement: 'dismissed-stays',
    description: 'leaves dismissed notifications out of the history',
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
    description: 'lists in the order of creation, not of the last change',
    create: () =>
      listing((value, request) =>
        isHistory(request) ? [...value].sort((one, other) => instant(one, 'creationDateTime') - instant(other, 'creationDateTime')) : value,
      ),
  },
  {
    id: 'history-newest-first',
    requirement: 'history-lists',
    description: 'lists the newest first',
    create: () => listing((value) => [...value].reverse()),
  },
  {
    id: 'history-by-target',
    requirement: 'history-complete',
    description: 'lists only notifications for the platform of the calling device',
    create: () =>
      listing((value, request, wire) => {
        const platform = wire.ledger.subscriptions.get(unsidIn(request))?.platform ?? '';
        return value.filter((one) => targetsOf(wire.ledger.notifications.get(textAt(one, 'id'))?.request ?? {}).includes(platform));
      }),
  },
  {
    id: 'history-of-all-applications',
    requirement: 'history-isolated',
    description: "lists notifications of the user's other application",
    create: () => mixing((one, own) => one.authorization === own.authorization && !isSameFeed(one, own)),
  },
  {
    id: 'history-of-all-users',
    requirement: 'history-isolated',
    description: "lists another user's notifications of the application",
    create: () =>
      mixing((one, own) => one.authorization !== own.authorization && one.application.toLowerCase() === own.application.toLowerCase()),
  },
  {
    id: 'filter-any-without-tombstones',
    requirement: 'history-filters',
    description: 'leaves tombstones out of status=Any without since',
    create: () =>
      instead(
        (parameters) => parameters.get('status') === 'Any' && !parameters.has('since'),
        (parameters) => parameters.set('status', 'Active'),
      ),
  },
  {
    id: 'filter-default-any',
    requirement: 'history-filters',
    description: 'lists tombstones if no status is given',
    create: () =>
      instead(
        (parameters) => !parameters.has('status') && !parameters.has('since'),
        (parameters) => parameters.set('status', 'Any'),
      ),
  },
  {
    id: 'filter-read-ignored',
    requirement: 'history-filters',
    description: 'ignores readState if userActionState is given too',
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
    description: 'lists dismissed notifications with userActionState=Snoozed',
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
    description: 'lists nothing with status=Deleted',
    create: () => listing((value, request) => (parametersOf(request).get('status') === 'Deleted' ? [] : value)),
  },
  {
    id: 'top-zero',
    requirement: 'history-parameters',
    description: 'accepts $top=0',
    create: () => asking((parameters) => replacing(parameters, '$top', (top) => top === '0', '1')),
  },
  {
    id: 'top-over-limit',
    requirement: 'history-parameters',
    description: 'accepts $top=1001 and uses 1000',
    create: () => asking((parameters) => replacing(parameters, '$top', (top) => Number(top) > 1000, '1000')),
  },
  {
    id: 'top-largest-refused',
    requirement: 'history-parameters',
    description: 'refuses $top=1000',
    create: () => refusing('listNotifications', 400, (request) => parametersOf(request).get('$top') === '1000'),
  },
  {
    id: 'status-case-refused',
    requirement: 'history-parameters',
    description: 'refuses a status in lower case',
    create: () => refusing('listNotifications', 400, (request) => parametersOf(request).get('status') === 'active'),
  },
  {
    id: 'read-state-unknown',
    requirement: 'history-parameters',
    description: 'ignores an unknown readState',
    create: () => asking((parameters) => replacing(parameters, 'readState', (state) => !['Read', 'Unread'].includes(state), undefined)),
  },
];
