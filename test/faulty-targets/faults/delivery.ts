// Faults of the order and number of deliveries (R1).
import { delivering, platformOf } from '../wire/edits.ts';
import type { Connection } from '../wire/hooks.ts';
import { at, type JsonObject, textAt } from '../wire/http-message.ts';
import { swapping } from '../wire/positions.ts';
import type { FaultyTarget } from './fault.ts';

export const delivery: readonly FaultyTarget[] = [
  {
    id: 'order-swapped',
    requirement: 'order',
    also: ['backlog'],
    rule: 'R1',
    description: 'delivers two changes in quick succession in the wrong order',
    create: () => swapping(),
  },
  {
    id: 'order-deletions-last',
    requirement: 'order',
    rule: 'R1',
    description: 'delivers a deletion after notifications that were created later',
    create: () => {
      const held = new Map<Connection, JsonObject[]>();
      return {
        serverMessage: (message, connection, wire) => {
          if (message['type'] !== 'notification') return undefined;
          if (message['change'] === 'deleted') {
            held.set(connection, [...(held.get(connection) ?? []), message]);
            wire.later(400, () => {
              connection.send(...(held.get(connection) ?? []));
              held.delete(connection);
            });
            return [];
          }
          const after = held.get(connection) ?? [];
          held.delete(connection);
          return [message, ...after];
        },
      };
    },
  },
  {
    id: 'order-by-priority',
    requirement: 'order',
    rule: 'R1',
    description: 'delivers notifications of high priority before others that are pending',
    create: () => {
      const held = new Map<Connection, JsonObject[]>();
      return delivering((message, notification, connection, wire) => {
        if (notification['priority'] === 'High') return undefined;
        const before = held.get(connection) ?? [];
        if (before.length === 0) {
          wire.later(25, () => {
            connection.send(...(held.get(connection) ?? []));
            held.delete(connection);
          });
        }
        held.set(connection, [...before, message]);
        return [];
      });
    },
  },
  {
    id: 'once-fifth-twice',
    requirement: 'once',
    rule: 'R1',
    description: 'delivers every fifth notification on a connection twice',
    create: () => {
      const counts = new WeakMap<Connection, number>();
      return delivering((message, _notification, connection) => {
        const count = (counts.get(connection) ?? 0) + 1;
        counts.set(connection, count);
        return count % 5 === 0 ? [message, message] : undefined;
      });
    },
  },
  {
    id: 'once-retried',
    requirement: 'once',
    rule: 'R1',
    description: 'delivers again on the same connection what was not acknowledged within a moment',
    create: () => {
      const acknowledged = new WeakMap<Connection, Set<unknown>>();
      return {
        ...delivering((message, _notification, connection, wire) => {
          wire.later(150, () => {
            if (!acknowledged.get(connection)?.has(message['cursor'])) connection.send(message);
          });
          return undefined;
        }),
        clientMessage: ({ json }, connection) => {
          const seen = acknowledged.get(connection) ?? new Set();
          if (json?.['type'] === 'ack') seen.add(json['cursor']);
          acknowledged.set(connection, seen);
          return undefined;
        },
      };
    },
  },
  {
    id: 'once-web-twice',
    requirement: 'once',
    rule: 'R1',
    description: 'delivers notifications with both contents twice to web endpoints',
    create: () =>
      delivering((message, notification, connection, wire) => {
        const sent = wire.ledger.notifications.get(textAt(notification, 'id'))?.request;
        return platformOf(connection.unsid, wire) === 'WebPush' && at(sent, 'payload/visualContent') !== undefined
          ? [message, message]
          : undefined;
      }),
  },
];
