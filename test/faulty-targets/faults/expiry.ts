// Faults of expiry: expired notifications remain visible.
import { createLastCursors, feedLines, readAs } from '../wire/devices.ts';
import { unsidIn } from '../wire/edits.ts';
import type { Hooks } from '../wire/hooks.ts';
import { isObject, type JsonObject, jsonOf, listAt, parametersOf, textAt, withHeader, withJson } from '../wire/http-message.ts';
import { isSameFeed, type KnownSubscription } from '../wire/ledger.ts';
import { idIn, operationOf } from '../wire/operations.ts';
import type { FaultyTarget } from './fault.ts';

const tombstoneOf = ({ id, application, creationDateTime, expirationDateTime }: JsonObject): JsonObject => {
  return { id, application, status: 'Deleted', creationDateTime, lastModifiedDateTime: expirationDateTime, expirationDateTime };
};

/** Stores expired notifications, and returns them in pages, or when a client gets them. */
function outliving(
  change: (page: readonly JsonObject[], kept: readonly JsonObject[], isHistory: boolean) => readonly JsonObject[],
  isGettable = false,
): Hooks {
  const shown = new Map<string, { readonly one: JsonObject; readonly owner: KnownSubscription }>();
  return {
    advancing: async (seconds, wire) => {
      for (const known of wire.ledger.notifications.values()) {
        const owner = wire.ledger.subscriptions.get(known.unsid);
        const one = owner && !known.isDeleted && known.expiresAt > wire.now() ? await readAs(owner, known.id, wire) : undefined;
        if (one && owner) shown.set(known.id, { one, owner });
      }
      return seconds;
    },
    answer: async (answer, request, wire) => {
      const own = wire.ledger.subscriptions.get(unsidIn(request));
      const body = jsonOf(answer);
      const kept = [...shown.values()]
        .filter(({ one, owner }) => own && isSameFeed(owner, own) && Date.parse(textAt(one, 'expirationDateTime')) <= wire.now())
        .map(({ one }) => one);
      if (operationOf(request) === 'listNotifications' && answer.status === 200 && body) {
        return withJson(answer, { ...body, value: change(listAt(body, 'value'), kept, !parametersOf(request).has('since')) });
      }
      if (!isGettable || operationOf(request) !== 'getNotification' || answer.status !== 404) return undefined;
      const found = kept.find((one) => one['id'] === idIn(request));
      return found && { ...withHeader(withJson(answer, found), 'Content-Type', 'application/json;charset=utf-8'), status: 200 };
    },
  };
}

export const expiry: readonly FaultyTarget[] = [
  {
    id: 'expiry-pushed',
    requirement: 'no-push-at-expiry',
    description: 'pushes the expiry of a notification to devices',
    needs: 'clock',
    create: () => {
      const cursors = createLastCursors();
      const returned = new Set<string>();
      const shown = new Map<string, JsonObject>();
      return {
        serverMessage: (message, connection) => {
          cursors.note(message, connection);
          if (isObject(message['notification'])) shown.set(textAt(message, 'notification/id'), message['notification']);
          return undefined;
        },
        advanced: (_seconds, wire) => {
          for (const known of wire.ledger.notifications.values()) {
            const last = shown.get(known.id);
            if (!last || known.isDeleted || known.expiresAt > wire.now() || returned.has(known.id)) continue;
            returned.add(known.id);
            const { id, application, creationDateTime, expirationDateTime } = last;
            const times = { creationDateTime, lastModifiedDateTime: expirationDateTime, expirationDateTime };
            const notification = { id, application, status: 'Deleted', ...times };
            for (const one of feedLines(known, wire)) {
              one.send({ type: 'notification', change: 'deleted', cursor: cursors.of(one), notification });
            }
          }
        },
      };
    },
  },
  {
    id: 'expired-in-history',
    requirement: 'expiry-removes',
    description: 'lists expired notifications',
    needs: 'clock',
    create: () => outliving((page, kept, isHistory) => (isHistory ? [...kept, ...page] : page)),
  },
  {
    id: 'expired-in-sync',
    requirement: 'expiry-removes',
    description: 'lists expired notifications as tombstones among the changes since a cursor',
    needs: 'clock',
    create: () => outliving((page, kept, isHistory) => (isHistory ? page : [...page, ...kept.map(tombstoneOf)])),
  },
  {
    id: 'expired-gettable',
    requirement: 'expiry-removes',
    description: 'returns an expired notification to a GET',
    needs: 'clock',
    create: () => outliving((page) => page, true),
  },
];
