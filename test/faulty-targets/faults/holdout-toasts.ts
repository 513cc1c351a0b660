// Held-out faults of the fallback: toasts that must not be sent, and toasts that are missing.
import { addresseeOf } from '../wire/devices.ts';
import { unsidIn } from '../wire/edits.ts';
import type { Connection, Hooks } from '../wire/hooks.ts';
import { at, type JsonObject, jsonOf, listAt, textAt } from '../wire/http-message.ts';
import { isSameFeed, type KnownNotification } from '../wire/ledger.ts';
import { operationOf } from '../wire/operations.ts';
import type { FaultyTarget } from './fault.ts';

interface Fetches {
  readonly hooks: Required<Pick<Hooks, 'clientMessage' | 'answer'>>;
  readonly note: (message: JsonObject, connection: Connection) => void;
  readonly by: (id: string) => ReadonlySet<string>;
}

/** Which devices have acknowledged or read a notification. */
function createFetches(): Fetches {
  const delivered = new Map<string, { readonly id: string; readonly cursor: string }[]>();
  const fetched = new Map<string, Set<string>>();
  const fetch = (id: string, unsid: string) => fetched.set(id, (fetched.get(id) ?? new Set()).add(unsid));
  return {
    note: (message, { unsid }) => {
      const id = textAt(message, 'notification/id');
      if (id !== '') delivered.set(unsid, [...(delivered.get(unsid) ?? []), { id, cursor: textAt(message, 'cursor') }]);
    },
    by: (id) => fetched.get(id) ?? new Set(),
    hooks: {
      clientMessage: ({ json }, { unsid }) => {
        const list = delivered.get(unsid) ?? [];
        const last = list.findLastIndex(({ cursor }) => json?.['type'] === 'ack' && json['cursor'] === cursor);
        for (const { id } of list.slice(0, last + 1)) fetch(id, unsid);
        return undefined;
      },
      answer: (answer, request) => {
        const body = answer.status === 200 && request.path.startsWith('/client/v1/notifications') ? jsonOf(answer) : undefined;
        for (const one of body ? [body, ...listAt(body, 'value')] : []) fetch(textAt(one, 'id'), unsidIn(request));
        return undefined;
      },
    },
  };
}

function cancellingForAll(): Hooks {
  const fetches = createFetches();
  return {
    ...fetches.hooks,
    serverMessage: (message, connection) => {
      fetches.note(message, connection);
      const isFetched = message['type'] === 'toast' && fetches.by(textAt(message, 'notificationId')).size > 0;
      return isFetched ? [] : undefined;
    },
  };
}

const delayMs = ({ request }: KnownNotification) => Number(at(request, 'fallbackPolicy/endpointFallback/fallbackDelayInSeconds')) * 1000;

/** Sends a pending toast of an expired notification at the next connection. */
function toastingExpired(): Hooks {
  const fetches = createFetches();
  const pending = new Map<string, { readonly dueAt: number; readonly to: ReadonlySet<string> }>();
  const toasted = new Set<string>();
  return {
    clientMessage: fetches.hooks.clientMessage,
    answer: (answer, request, wire) => {
      const id = operationOf(request) === 'postNotification' && answer.status === 201 ? textAt(jsonOf(answer), 'id') : '';
      const known = wire.ledger.notifications.get(id);
      const own = known && addresseeOf(known, wire);
      const isRaw = at(known?.request, 'payload/rawContent') !== undefined && known?.request['priority'] === 'High';
      if (known && own && isRaw && known.request['fallbackPolicy'] !== undefined) {
        const all = [...wire.ledger.subscriptions.values()].filter((one) => one.platform === 'iOS' && isSameFeed(one, own));
        pending.set(id, { dueAt: wire.now() + delayMs(known), to: new Set(all.map(({ unsid }) => unsid)) });
      }
      return fetches.hooks.answer(answer, request, wire);
    },
    serverMessage: (message, connection, wire) => {
      fetches.note(message, connection);
      if (message['type'] === 'toast') toasted.add(`${connection.unsid} ${textAt(message, 'notificationId')}`);
      if (message['type'] !== 'connected') return undefined;
      const late = [...pending].filter(([id, { dueAt, to }]) => {
        const known = wire.ledger.notifications.get(id);
        const isExpired = known && !known.isDeleted && dueAt < known.expiresAt && known.expiresAt <= wire.now();
        const isSent = toasted.has(`${connection.unsid} ${id}`) || fetches.by(id).has(connection.unsid);
        return isExpired && to.has(connection.unsid) && !isSent;
      });
      const toasts = late.map(([id]) => {
        toasted.add(`${connection.unsid} ${id}`);
        const visualContent = at(wire.ledger.notifications.get(id)?.request, 'fallbackPolicy/endpointFallback/visualContent');
        return { type: 'toast', cursor: message['cursor'], notificationId: id, visualContent, reason: 'fallback' };
      });
      return [message, ...toasts];
    },
  };
}

export const holdoutToasts: readonly FaultyTarget[] = [
  {
    id: 'toast-cancelled-for-all',
    requirement: 'fallback-toast',
    rule: 'R9',
    description: 'sends the toast to no device once one of them has fetched the notification',
    needs: 'clock',
    create: () => cancellingForAll(),
  },
  {
    id: 'toast-when-expired',
    requirement: 'fallback-deleted',
    rule: 'R9',
    description: 'sends the toast to a device that reconnects after the notification has expired',
    needs: 'clock',
    create: () => toastingExpired(),
  },
];
