// Faults of deleting, and of access to another user's notifications.
import { answering, asError, isAppToken, listing, showing, taking, unsidIn } from '../wire/edits.ts';
import { headerOf, type JsonObject, jsonOf, parametersOf, put, textAt, withHeader, withoutHeader } from '../wire/http-message.ts';
import { idIn, operationOf } from '../wire/operations.ts';
import type { FaultyTarget } from './fault.ts';

export const deletions: readonly FaultyTarget[] = [
  {
    id: 'deleted-again-204',
    requirement: 'delete-removes',
    description: 'answers 204 to a second deletion',
    create: () =>
      answering('deleteNotification', (answer, request, wire) => {
        if (answer.status !== 404 || !wire.ledger.notifications.get(idIn(request))?.isDeleted) return undefined;
        return { ...withoutHeader(withoutHeader(answer, 'content-type'), 'content-length'), status: 204, body: Buffer.alloc(0) };
      }),
  },
  {
    id: 'deleted-still-listed',
    requirement: 'delete-removes',
    also: ['history-filters', 'tombstone'],
    description: 'lists a deleted notification as before',
    create: () => {
      const kept = new Map<string, JsonObject>();
      return {
        request: async (request, wire) => {
          if (operationOf(request) !== 'deleteNotification') return undefined;
          const found = await wire.forward({ ...request, method: 'GET' });
          const body = found.status === 200 ? jsonOf(found) : undefined;
          if (body) kept.set(idIn(request), body);
          return undefined;
        },
        ...listing((value, request, wire) => {
          const parameters = parametersOf(request);
          if (parameters.size > 0) return value;
          const own = wire.ledger.subscriptions.get(unsidIn(request))?.application;
          return [...value, ...[...kept.values()].filter((one) => one['application'] === own)];
        }),
      };
    },
  },
  {
    id: 'tombstone-with-payload',
    requirement: 'tombstone',
    also: ['answer-schema'],
    description: 'keeps the payload of a deleted notification in its tombstone',
    create: () =>
      showing((one, _request, wire) => {
        const payload = wire.ledger.notifications.get(textAt(one, 'id'))?.request['payload'];
        return one['status'] === 'Deleted' && payload !== undefined ? put(one, 'payload', payload) : one;
      }),
  },
  {
    id: 'tombstone-once',
    requirement: 'tombstone',
    also: ['history-since'],
    description: 'removes a tombstone as soon as one client has seen it',
    create: () => {
      const seen = new Set<string>();
      return listing((value) => {
        const left = value.filter((one) => !seen.has(textAt(one, 'id')));
        for (const one of left) if (one['status'] === 'Deleted') seen.add(textAt(one, 'id'));
        return left;
      });
    },
  },
  {
    id: 'foreign-notification-403',
    requirement: 'foreign-hidden',
    description: "answers 403 for another user's notification",
    create: () =>
      answering(['getNotification', 'updateNotification', 'deleteNotification'], (answer, request, wire) => {
        const own = wire.ledger.subscriptions.get(unsidIn(request));
        const known = wire.ledger.notifications.get(idIn(request));
        const owner = known && wire.ledger.subscriptions.get(known.unsid)?.authorization;
        const isForeign = own !== undefined && owner !== undefined && own.authorization !== owner;
        return answer.status === 404 && isForeign ? asError(answer, { status: 403, code: 'Forbidden' }) : undefined;
      }),
  },
  {
    id: 'foreign-unsid-ignored',
    requirement: 'foreign-hidden',
    also: ['history-isolated'],
    description: 'returns the history of the owner of the UNSID, whatever the token',
    create: () =>
      taking(['listNotifications', 'getNotification'], (request, wire) => {
        const owner = wire.ledger.subscriptions.get(unsidIn(request))?.authorization;
        const token = headerOf(request, 'authorization') ?? '';
        return owner !== undefined && token !== '' && !isAppToken(request) ? withHeader(request, 'Authorization', owner) : undefined;
      }),
  },
];
