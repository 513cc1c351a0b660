// Faults of the answers to unknown cursors, and of notifications that are too large.
import type { Connection, Hooks } from '../wire/hooks.ts';
import { at, drop, isObject, type JsonObject, jsonOf, listAt, put, textAt } from '../wire/http-message.ts';
import type { FaultyTarget } from './fault.ts';

/** The part of a cursor that all cursors of its feed share. */
const feedOf = (cursor: string): string => cursor.slice(0, cursor.lastIndexOf('.'));

/** Sends all notifications that a signal stands for instead of the signal. */
function embedding(): Hooks {
  const last = new WeakMap<Connection, string>();
  const note = (message: JsonObject, connection: Connection) => {
    const before = last.get(connection);
    if (typeof message['cursor'] === 'string') last.set(connection, message['cursor']);
    return before;
  };
  return {
    serverMessage: (message, connection, wire) => {
      const before = note(message, connection);
      if (message['type'] !== 'signal' || before === undefined) return undefined;
      const headers = { Authorization: connection.authorization, 'X-UNS-ID': connection.unsid };
      const path = `/client/v1/notifications?since=${encodeURIComponent(before)}`;
      const send = (notification: unknown) =>
        isObject(notification) && connection.send({ type: 'notification', change: 'created', cursor: message['cursor'], notification });
      wire.upstream({ path, headers }).then(
        (answer) => listAt(jsonOf(answer), 'value').slice(0, 1).forEach(send),
        () => undefined,
      );
      return [];
    },
  };
}

export const messages: readonly FaultyTarget[] = [
  {
    id: 'ack-unknown-silent',
    requirement: 'acknowledge-unknown',
    description: 'ignores an acknowledgement of an unknown cursor',
    create: () => ({ serverMessage: (message) => (at(message, 'error/code') === 'CursorUnknown' ? [] : undefined) }),
  },
  {
    id: 'ack-unknown-invalid',
    requirement: 'acknowledge-unknown',
    description: 'reports an unknown cursor as InvalidMessage',
    create: () => ({
      serverMessage: (message) =>
        at(message, 'error/code') === 'CursorUnknown' ? [put(message, 'error/code', 'InvalidMessage')] : undefined,
    }),
  },
  {
    id: 'ack-of-other-feed',
    requirement: 'acknowledge-unknown',
    description: 'accepts a cursor of another feed as an acknowledgement',
    create: () => {
      const own = new WeakMap<Connection, Set<string>>();
      return {
        serverMessage: (message, connection) => {
          own.set(connection, (own.get(connection) ?? new Set()).add(textAt(message, 'cursor')));
          return undefined;
        },
        clientMessage: ({ json }, connection, wire) => {
          const cursor = textAt(json, 'cursor');
          const isForeign = wire.ledger.cursors.has(cursor) && feedOf(cursor) !== feedOf([...(own.get(connection) ?? [])][0] ?? '');
          return json?.['type'] === 'ack' && isForeign ? [] : undefined;
        },
      };
    },
  },
  {
    id: 'large-embedded',
    requirement: 'large-signal',
    description: 'sends a notification of any size instead of a signal',
    create: () => embedding(),
  },
  {
    id: 'large-untold',
    requirement: 'large-signal',
    description: 'sends nothing for a notification over 256 KiB',
    create: () => ({ serverMessage: (message) => (message['type'] === 'signal' ? [] : undefined) }),
  },
  {
    id: 'signal-without-cursor',
    requirement: 'socket-schema',
    also: ['large-signal'],
    description: 'sends signals without a cursor',
    create: () => ({ serverMessage: (message) => (message['type'] === 'signal' ? [drop(message, 'cursor')] : undefined) }),
  },
];
