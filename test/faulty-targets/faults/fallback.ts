// Faults of the fallback toast: sent too often, too early, to the wrong devices, or not at all.
import { createLastCursors, feedLines, subscriptionOf } from '../wire/devices.ts';
import { unsidIn } from '../wire/edits.ts';
import type { Connection, Hooks } from '../wire/hooks.ts';
import { at, drop, type JsonObject, jsonOf, listAt, textAt } from '../wire/http-message.ts';
import { type KnownNotification, type KnownSubscription, targetsOf } from '../wire/ledger.ts';
import { operationOf } from '../wire/operations.ts';
import type { FaultyTarget } from './fault.ts';

const isRaw = (known: KnownNotification) => at(known.request, 'payload/rawContent') !== undefined;

const isEligible = (known: KnownNotification) => isRaw(known) && known.request['priority'] === 'High';

const delayOf = (known: KnownNotification) =>
  Number(at(known.request, 'fallbackPolicy/endpointFallback/fallbackDelayInSeconds') ?? Number.NaN) * 1000;

interface Fetched {
  readonly isAcknowledged: boolean;
  readonly isRead: boolean;
}

interface Toasting {
  /** When it is sent, as a share of the delay. */
  readonly share?: number;
  readonly isMeant: (known: KnownNotification, device: KnownSubscription, fetched: Fetched) => boolean;
}

/** Which device has acknowledged or read which notification. */
function createFetches(): Required<Pick<Hooks, 'clientMessage' | 'answer'>> & {
  readonly delivered: (message: JsonObject, connection: Connection) => void;
  readonly of: (unsid: string, id: string) => Fetched;
} {
  const delivered = new Map<string, { readonly id: string; readonly cursor: string }[]>();
  const acknowledged = new Set<string>();
  const read = new Set<string>();
  return {
    delivered: (message, { unsid }) => {
      const id = textAt(message, 'notification/id');
      if (id !== '') delivered.set(unsid, [...(delivered.get(unsid) ?? []), { id, cursor: textAt(message, 'cursor') }]);
    },
    clientMessage: ({ json }, { unsid }) => {
      const list = delivered.get(unsid) ?? [];
      const last = list.findLastIndex(({ cursor }) => json?.['type'] === 'ack' && cursor === json['cursor']);
      for (const { id } of list.slice(0, last + 1)) acknowledged.add(`${unsid} ${id}`);
      return undefined;
    },
    answer: (answer, request) => {
      const body = answer.status === 200 && /^\/client\/v1\/notifications/.test(request.path) ? jsonOf(answer) : undefined;
      for (const one of body ? [body, ...listAt(body, 'value')] : []) read.add(`${unsidIn(request)} ${textAt(one, 'id')}`);
      return undefined;
    },
    of: (unsid, id) => ({ isAcknowledged: acknowledged.has(`${unsid} ${id}`), isRead: read.has(`${unsid} ${id}`) }),
  };
}

/** Sends an additional toast to connected devices to which the emulator sends none. */
function toasting({ share = 1, isMeant }: Toasting): Hooks {
  const cursors = createLastCursors();
  const fetches = createFetches();
  const postedAt = new Map<string, number>();
  const toasted = new Set<string>();
  return {
    clientMessage: fetches.clientMessage,
    serverMessage: (message, connection) => {
      cursors.note(message, connection);
      fetches.delivered(message, connection);
      const mark = `${connection.unsid} ${textAt(message, 'notificationId')}`;
      if (message['type'] !== 'toast') return undefined;
      const isSent = toasted.has(mark);
      toasted.add(mark);
      return isSent ? [] : undefined;
    },
    answer: (answer, request, wire) => {
      const isPost = operationOf(request) === 'postNotification' && answer.status === 201;
      if (isPost) postedAt.set(textAt(jsonOf(answer), 'id'), wire.now());
      return fetches.answer(answer, request, wire);
    },
    advanced: async (_seconds, wire) => {
      // Toasts of the emulator come first.
      await new Promise<void>((resolve) => wire.later(20, resolve));
      for (const known of wire.ledger.notifications.values()) {
        const isDue = wire.now() >= (postedAt.get(known.id) ?? Number.NaN) + delayOf(known) * share && wire.now() < known.expiresAt;
        for (const one of isDue ? feedLines(known, wire) : []) {
          const device = subscriptionOf(one, wire);
          const mark = `${one.unsid} ${known.id}`;
          if (!device || toasted.has(mark) || !isMeant(known, device, fetches.of(one.unsid, known.id))) continue;
          toasted.add(mark);
          const visualContent = at(known.request, 'fallbackPolicy/endpointFallback/visualContent');
          one.send({ type: 'toast', cursor: cursors.of(one), notificationId: known.id, visualContent, reason: 'fallback' });
        }
      }
    },
  };
}

export const fallback: readonly FaultyTarget[] = [
  {
    id: 'toast-twice',
    requirement: 'fallback-toast',
    rule: 'R9',
    description: 'sends the toast twice',
    needs: 'clock',
    create: () => ({ serverMessage: (message) => (message['type'] === 'toast' ? [message, message] : undefined) }),
  },
  {
    id: 'toast-never-offline',
    requirement: 'fallback-toast',
    rule: 'R9',
    description: 'sends the toast only to devices that are connected when it falls due',
    needs: 'clock',
    create: () => {
      let moves = 0;
      const since = new WeakMap<object, number>();
      return {
        opened: (connection) => void since.set(connection, moves),
        advancing: async (seconds) => {
          moves += 1;
          return seconds;
        },
        serverMessage: (message, connection) => (message['type'] === 'toast' && since.get(connection) === moves ? [] : undefined),
      };
    },
  },
  {
    id: 'toast-without-body',
    requirement: 'fallback-toast',
    rule: 'R9',
    description: 'sends the toast with the title only',
    needs: 'clock',
    create: () => ({
      serverMessage: (message) => (at(message, 'visualContent/body') !== undefined ? [drop(message, 'visualContent/body')] : undefined),
    }),
  },
  {
    id: 'toast-never',
    requirement: 'fallback-toast',
    rule: 'R9',
    description: 'never sends a toast',
    needs: 'clock',
    create: () => ({ serverMessage: (message) => (message['type'] === 'toast' ? [] : undefined) }),
  },
  {
    id: 'toast-early',
    requirement: 'fallback-toast',
    rule: 'R9',
    description: 'sends the toast when half of the delay is over',
    needs: 'clock',
    create: () =>
      toasting({
        share: 0.5,
        isMeant: (known, device, { isAcknowledged, isRead }) =>
          device.platform === 'iOS' && isEligible(known) && !known.isDeleted && !isAcknowledged && !isRead,
      }),
  },
  {
    id: 'toast-when-acknowledged',
    requirement: 'fallback-fetched',
    rule: 'R9',
    description: 'sends the toast also to devices that have acknowledged the notification',
    needs: 'clock',
    create: () =>
      toasting({
        isMeant: (known, device, { isAcknowledged }) =>
          device.platform === 'iOS' && isEligible(known) && !known.isDeleted && isAcknowledged,
      }),
  },
  {
    id: 'toast-when-read',
    requirement: 'fallback-fetched',
    rule: 'R9',
    description: 'sends the toast also to devices that have read the notification over HTTP',
    needs: 'clock',
    create: () =>
      toasting({
        isMeant: (known, device, { isAcknowledged, isRead }) =>
          device.platform === 'iOS' && isEligible(known) && !known.isDeleted && isRead && !isAcknowledged,
      }),
  },
  {
    id: 'toast-when-deleted',
    requirement: 'fallback-deleted',
    rule: 'R9',
    description: 'sends the toast of a deleted notification',
    needs: 'clock',
    create: () => toasting({ isMeant: (known, device) => device.platform === 'iOS' && isEligible(known) && known.isDeleted }),
  },
  {
    id: 'toast-to-all',
    requirement: 'fallback-only-ios',
    rule: 'R9',
    description: 'sends the toast to devices of all platforms',
    needs: 'clock',
    create: () =>
      toasting({
        isMeant: (known, device) =>
          device.platform !== 'iOS' && isEligible(known) && !known.isDeleted && targetsOf(known.request).includes(device.platform),
      }),
  },
  {
    id: 'toast-for-low',
    requirement: 'fallback-only-high',
    rule: 'R9',
    description: 'sends a toast for raw notifications of every priority',
    needs: 'clock',
    create: () =>
      toasting({
        isMeant: (known, device) => device.platform === 'iOS' && isRaw(known) && known.request['priority'] !== 'High' && !known.isDeleted,
      }),
  },
  {
    id: 'toast-for-visual',
    requirement: 'fallback-only-high',
    rule: 'R9',
    description: 'sends a toast for visual notifications too',
    needs: 'clock',
    create: () => toasting({ isMeant: (known, device) => device.platform === 'iOS' && !isRaw(known) && !known.isDeleted }),
  },
];
