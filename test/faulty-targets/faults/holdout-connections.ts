// Held-out faults of the device socket: losses at the end of a connection or in a long backlog, and wrong measures.
import { addresseeOf } from '../wire/devices.ts';
import { delivering } from '../wire/edits.ts';
import type { Connection, Hooks } from '../wire/hooks.ts';
import { isObject, jsonOf, listAt, textAt } from '../wire/http-message.ts';
import { isSameFeed } from '../wire/ledger.ts';
import { operationOf } from '../wire/operations.ts';
import { named } from '../wire/positions.ts';
import type { FaultyTarget } from './fault.ts';

/** Does not deliver again what was sent on a connection that was replaced. */
function replacingWithLoss(): Hooks {
  const last = new WeakMap<Connection, string>();
  return {
    ...delivering((message, _notification, connection) => {
      last.set(connection, textAt(message, 'cursor'));
      return undefined;
    }),
    handshake: async (request, wire) => {
      const { unsid, cursor } = named(request);
      const device = wire.ledger.subscriptions.get(unsid);
      const sent = [...wire.connections].flatMap((one) => (one.unsid === unsid ? (last.get(one) ?? []) : []));
      if (device && cursor === undefined) for (const each of sent) await wire.acknowledge(device, each);
      return undefined;
    },
  };
}

const pageSize = 100;

/** Delivers only one page of a backlog. */
function deliveringOnePage(): Hooks {
  const missed = new Set<string>();
  const counts = new WeakMap<Connection, number>();
  return {
    answer: (answer, request, wire) => {
      const id = operationOf(request) === 'postNotification' && answer.status === 201 ? textAt(jsonOf(answer), 'id') : '';
      const known = wire.ledger.notifications.get(id);
      const addressed = known && addresseeOf(known, wire);
      for (const one of wire.ledger.subscriptions.values()) {
        const isOnline = [...wire.connections].some(({ unsid }) => unsid === one.unsid);
        if (addressed && isSameFeed(one, addressed) && !isOnline) missed.add(`${one.unsid} ${id}`);
      }
      return undefined;
    },
    ...delivering((_message, notification, connection) => {
      if (!missed.has(`${connection.unsid} ${textAt(notification, 'id')}`)) return undefined;
      const count = (counts.get(connection) ?? 0) + 1;
      counts.set(connection, count);
      return count > pageSize ? [] : undefined;
    }),
  };
}

const maxCharacters = 262_144;
/** Maximum size of a message without its notification. */
const envelope = 1024;

/** Measures a message in characters, although the limit is in bytes. */
function measuringLetters(): Hooks {
  const last = new WeakMap<Connection, string>();
  return {
    serverMessage: (message, connection, wire) => {
      const before = last.get(connection);
      last.set(connection, textAt(message, 'cursor') || (before ?? ''));
      if (message['type'] !== 'signal' || before === undefined) return undefined;
      const headers = { Authorization: connection.authorization, 'X-UNS-ID': connection.unsid };
      const path = `/client/v1/notifications?since=${encodeURIComponent(before)}`;
      const send = (notification: unknown) => {
        const whole = { type: 'notification', change: 'created', cursor: message['cursor'], notification };
        connection.send(isObject(notification) && JSON.stringify(whole).length <= maxCharacters ? whole : message);
      };
      wire.upstream({ path, headers }).then(
        (answer) => send(listAt(jsonOf(answer), 'value').find((one) => Buffer.byteLength(JSON.stringify(one)) > maxCharacters - envelope)),
        () => connection.send(message),
      );
      return [];
    },
  };
}

export const holdoutConnections: readonly FaultyTarget[] = [
  {
    id: 'replaced-loses-sent',
    requirement: 'redelivery',
    rule: 'R5',
    description: 'treats everything that was sent on a replaced connection as acknowledged',
    create: () => replacingWithLoss(),
  },
  {
    id: 'backlog-one-page',
    requirement: 'backlog',
    rule: 'R6',
    description: 'delivers at most a hundred notifications of a backlog, and loses the rest',
    create: () => deliveringOnePage(),
  },
  {
    id: 'large-limit-in-letters',
    requirement: 'large-signal',
    description: 'counts characters, not bytes, to decide whether a notification message is too large',
    create: () => measuringLetters(),
  },
];
