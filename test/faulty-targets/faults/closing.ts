// Faults of close codes and limits of the device socket (R8).
import type { Connection, Hooks } from '../wire/hooks.ts';
import { at, textAt } from '../wire/http-message.ts';
import type { FaultyTarget } from './fault.ts';

/** Closes with 1008 after `max` invalid messages. */
function countingInvalid(max: number, isInARow: boolean): Hooks {
  const counts = new WeakMap<Connection, number>();
  return {
    clientMessage: ({ json }, connection, wire) => {
      const isValid = json?.['type'] === 'ack' && wire.ledger.cursors.has(textAt(json, 'cursor'));
      if (isValid && isInARow) counts.set(connection, 0);
      return undefined;
    },
    serverMessage: (message, connection) => {
      if (message['type'] !== 'error') return undefined;
      const count = (counts.get(connection) ?? 0) + 1;
      counts.set(connection, count);
      if (count < max) return undefined;
      connection.send(message);
      connection.close(1008);
      return [];
    },
  };
}

export const closing: readonly FaultyTarget[] = [
  {
    id: 'binary-as-text',
    requirement: 'binary-refused',
    rule: 'R8',
    description: 'reads a binary message as text',
    create: () => ({ clientMessage: ({ isBinary, data }) => (isBinary ? [data.toString('utf8')] : undefined) }),
  },
  {
    id: 'binary-1008',
    requirement: 'binary-refused',
    rule: 'R8',
    description: 'closes with 1008 at a binary message',
    create: () => ({ closing: (code) => (code === 1003 ? 1008 : undefined) }),
  },
  {
    id: 'binary-ignored',
    requirement: 'binary-refused',
    rule: 'R8',
    description: 'ignores a binary message',
    create: () => ({ clientMessage: ({ isBinary }) => (isBinary ? [] : undefined) }),
  },
  {
    id: 'invalid-silent',
    requirement: 'invalid-error',
    description: 'sends no error for an invalid message',
    create: () => ({ serverMessage: (message) => (at(message, 'error/code') === 'InvalidMessage' ? [] : undefined) }),
  },
  {
    id: 'invalid-closes',
    requirement: 'invalid-error',
    rule: 'R8',
    description: 'closes with 1008 at the first invalid message',
    create: () => ({
      serverMessage: (message, connection) => {
        if (at(message, 'error/code') !== 'InvalidMessage') return undefined;
        connection.send(message);
        connection.close(1008);
        return [];
      },
    }),
  },
  {
    id: 'invalid-type-ignored',
    requirement: 'invalid-error',
    description: 'ignores messages of an unknown type',
    create: () => ({ clientMessage: ({ json }) => (typeof json?.['type'] === 'string' && json['type'] !== 'ack' ? [] : undefined) }),
  },
  {
    id: 'invalid-nine',
    requirement: 'invalid-many',
    rule: 'R8',
    description: 'closes with 1008 at nine invalid messages in a row',
    create: () => countingInvalid(9, true),
  },
  {
    id: 'invalid-ten-in-all',
    requirement: 'invalid-many',
    rule: 'R8',
    description: 'closes with 1008 at ten invalid messages, also with valid ones in between',
    create: () => countingInvalid(10, false),
  },
  {
    id: 'invalid-for-ever',
    requirement: 'invalid-many',
    rule: 'R8',
    description: 'accepts any number of invalid messages',
    create: () => {
      const starts = new WeakMap<Connection, string>();
      return {
        serverMessage: (message, connection) => {
          if (message['type'] === 'connected') starts.set(connection, textAt(message, 'cursor'));
          return undefined;
        },
        // The emulator restarts counting after a valid message: an acknowledgement of the first position.
        clientMessage: ({ isBinary, data, json }, connection) => {
          const start = starts.get(connection);
          if (isBinary || json?.['type'] === 'ack' || start === undefined) return undefined;
          return [{ type: 'ack', cursor: start }, data.toString('utf8')];
        },
      };
    },
  },
  {
    id: 'invalid-many-1003',
    requirement: 'invalid-many',
    rule: 'R8',
    description: 'closes with 1003 at ten invalid messages in a row',
    create: () => ({ closing: (code) => (code === 1008 ? 1003 : undefined) }),
  },
  {
    id: 'message-limit-early',
    requirement: 'message-limit',
    rule: 'R8',
    description: 'closes with 1009 at a message of exactly 64 KiB',
    create: () => ({
      clientMessage: ({ data }, connection) => {
        if (data.length !== 65_536) return undefined;
        connection.close(1009);
        return [];
      },
    }),
  },
  {
    id: 'message-limit-late',
    requirement: 'message-limit',
    rule: 'R8',
    description: 'accepts messages of up to 80 KiB',
    create: () => ({
      clientMessage: ({ data, json }) =>
        data.length > 65_536 && data.length <= 81_920
          ? [json?.['type'] === 'ack' ? { type: 'ack', cursor: json['cursor'] } : 'nonsense']
          : undefined,
    }),
  },
  {
    id: 'message-limit-1008',
    requirement: 'message-limit',
    rule: 'R8',
    description: 'closes with 1008 at a message over 64 KiB',
    create: () => ({ closing: (code) => (code === 1009 ? 1008 : undefined) }),
  },
  {
    id: 'message-limit-in-letters',
    requirement: 'message-limit',
    rule: 'R8',
    description: 'counts characters, not bytes, of a message',
    create: () => ({
      clientMessage: ({ data, json }) =>
        data.length > 65_536 && data.toString('utf8').length <= 65_536
          ? [json?.['type'] === 'ack' ? { type: 'ack', cursor: json['cursor'] } : 'nonsense']
          : undefined,
    }),
  },
  {
    id: 'ended-stays-open',
    requirement: 'subscription-ended',
    rule: 'R8',
    description: 'keeps the socket of a deleted subscription open',
    create: () => ({ closing: (code) => (code === 4410 ? 'keep' : undefined) }),
  },
  {
    id: 'ended-1000',
    requirement: 'subscription-ended',
    rule: 'R8',
    description: 'closes with 1000 when the subscription is deleted',
    create: () => ({ closing: (code) => (code === 4410 ? 1000 : undefined) }),
  },
  {
    id: 'ended-4404',
    requirement: 'subscription-ended',
    rule: 'R8',
    description: 'closes with 4404 when the subscription is deleted',
    create: () => ({ closing: (code) => (code === 4410 ? 4404 : undefined) }),
  },
];
