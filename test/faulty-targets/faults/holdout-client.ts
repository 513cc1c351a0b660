// Held-out faults of subscriptions and states: stored under a wrong key, or too long.
import { addresseeOf } from '../wire/devices.ts';
import { answering, bearer, reading, refusing, showing, together, unsidIn } from '../wire/edits.ts';
import type { Hooks } from '../wire/hooks.ts';
import {
  headerOf,
  type JsonObject,
  jsonOf,
  put,
  textAt,
  type WireAnswer,
  type WireRequest,
  withHeader,
  withJson,
  withoutHeader,
} from '../wire/http-message.ts';
import { isSameFeed } from '../wire/ledger.ts';
import { idIn, operationOf } from '../wire/operations.ts';
import type { FaultyTarget } from './fault.ts';

const stateNames = ['readState', 'userActionState'];
/** An update sets the states that it does not name to what the sending device read last. */
function updatingCopies(): Hooks {
  const copies = new Map<string, JsonObject>();
  const keyOf = (request: WireRequest, id: string) => `${unsidIn(request)} ${id}`;
  return together(
    reading('updateNotification', (body, request) => {
      const copy = copies.get(keyOf(request, idIn(request)));
      const missing = stateNames.filter((name) => body[name] === undefined);
      if (!copy || missing.length !== 1) return undefined;
      return missing.reduce((all, name) => put(all, name, copy[name]), body);
    }),
    showing((one, request) => {
      if (one['status'] === 'Active') copies.set(keyOf(request, textAt(one, 'id')), one);
      return one;
    }),
  );
}

/** Caches the list of subscriptions until the user subscribes a device. */
function cachingLists(): Hooks {
  const cached = new Map<string, WireAnswer>();
  return {
    answer: (answer, request) => {
      const operation = operationOf(request);
      if (operation === 'createSubscription') cached.delete(bearer(request));
      if (operation !== 'listSubscriptions' || answer.status !== 200) return undefined;
      const before = cached.get(bearer(request));
      if (before) return withJson(answer, jsonOf(before));
      cached.set(bearer(request), answer);
      return undefined;
    },
  };
}

export const holdoutClient: readonly FaultyTarget[] = [
  {
    id: 'device-of-one-application',
    requirement: 'subscription-list',
    also: ['subscription-get'],
    description: 'ends the subscription of a device when the same device subscribes for another application',
    create: () =>
      answering('createSubscription', async (answer, request, wire) => {
        const own = wire.ledger.subscriptions.get(answer.status === 201 ? textAt(jsonOf(answer), 'userNotificationSubscriptionId') : '');
        const others = [...wire.ledger.subscriptions.values()].filter(
          (one) => own && !one.isEnded && one.authorization === own.authorization && one.deviceId === own.deviceId && !isSameFeed(one, own),
        );
        for (const { unsid } of others) {
          await wire.upstream({ method: 'DELETE', path: `/client/v1/subscriptions/${unsid}`, headers: { Authorization: bearer(request) } });
        }
        return undefined;
      }),
  },
  {
    id: 'subscription-list-cached',
    requirement: 'subscription-list',
    description: 'lists a deleted subscription until another device subscribes',
    create: () => cachingLists(),
  },
  {
    id: 'update-null-refused',
    requirement: 'update-request',
    description: 'refuses a state of null beside a valid one',
    create: () => refusing('updateNotification', 400, (_request, body) => stateNames.filter((name) => body[name] === null).length === 1),
  },
  {
    id: 'update-from-own-copy',
    requirement: 'update-states',
    description: "reverts another device's change when a device that has not read it sets the other state",
    create: () => updatingCopies(),
  },
  {
    id: 'other-application-sent',
    requirement: 'history-isolated',
    description: "returns a notification of the user's other application by its id",
    create: () =>
      answering('getNotification', async (answer, request, wire) => {
        const known = answer.status === 404 ? wire.ledger.notifications.get(idIn(request)) : undefined;
        const owner = known && addresseeOf(known, wire);
        const own = wire.ledger.subscriptions.get(unsidIn(request));
        if (!owner || !own || owner.authorization !== headerOf(request, 'authorization') || isSameFeed(owner, own)) return undefined;
        const found = await wire.forward(withHeader(withoutHeader(request, 'x-uns-id'), 'X-UNS-ID', owner.unsid));
        return found.status === 200 ? found : undefined;
      }),
  },
];
