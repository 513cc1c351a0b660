// Faults of acknowledgement on the device socket (R2).
import type { Connection } from '../wire/hooks.ts';
import { parametersOf, textAt, withParameters } from '../wire/http-message.ts';
import { ackingSingly, backing, createDelivered, named, namingWithoutAck, withCursor } from '../wire/positions.ts';
import type { FaultyTarget } from './fault.ts';

export const acknowledgement: readonly FaultyTarget[] = [
  {
    id: 'ack-forgotten',
    requirement: 'acknowledged',
    rule: 'R2',
    description: 'forgets acknowledgements when the connection ends',
    create: () => ({
      clientMessage: ({ json }, _connection, wire) => {
        const isKnown = json?.['type'] === 'ack' && wire.ledger.cursors.has(String(json['cursor']));
        return isKnown ? [] : undefined;
      },
    }),
  },
  {
    id: 'ack-too-early',
    requirement: 'redelivery',
    rule: 'R2',
    description: 'treats everything that was sent as acknowledged',
    create: () => ({
      serverMessage: (message, connection) => {
        if (message['type'] === 'notification') connection.toServer({ type: 'ack', cursor: message['cursor'] });
        return undefined;
      },
    }),
  },
  {
    id: 'ack-on-clean-close',
    requirement: 'redelivery',
    rule: 'R2',
    description: 'treats everything that was sent as acknowledged when the connection closes normally',
    create: () => {
      const last = new WeakMap<Connection, string>();
      const closed = new Map<string, string>();
      return {
        serverMessage: (message, connection) => {
          if (message['type'] === 'notification') last.set(connection, textAt(message, 'cursor'));
          return undefined;
        },
        closing: (code, connection) => {
          const cursor = last.get(connection);
          if (cursor !== undefined && (code === 1000 || code === 1005)) closed.set(connection.unsid, cursor);
          return undefined;
        },
        handshake: async (request, wire) => {
          const { unsid } = named(request);
          const cursor = closed.get(unsid);
          const device = wire.ledger.subscriptions.get(unsid);
          closed.delete(unsid);
          if (device && cursor !== undefined) await wire.acknowledge(device, cursor);
          return undefined;
        },
      };
    },
  },
  {
    id: 'ack-single',
    requirement: 'acknowledged',
    rule: 'R2',
    description: 'acknowledges only a single change, not all changes before it',
    create: () => ackingSingly(),
  },
  {
    id: 'ack-back-moves',
    requirement: 'acknowledged-back',
    rule: 'R2',
    description: 'moves back when a device acknowledges an earlier cursor',
    create: () => backing(),
  },
  {
    id: 'ack-back-error',
    requirement: 'acknowledged-back',
    rule: 'R2',
    description: 'answers an acknowledgement of an earlier cursor with error',
    create: () => {
      const history = createDelivered();
      return {
        serverMessage: history.note,
        clientMessage: ({ json }, connection) => {
          const verdict = history.acknowledge(json, connection);
          if (verdict !== 'back') return undefined;
          connection.send({ type: 'error', error: { code: 'InvalidMessage', message: 'This was acknowledged before.' } });
          return [];
        },
      };
    },
  },
  {
    id: 'cursor-ignored',
    requirement: 'resume-cursor',
    rule: 'R2',
    description: 'ignores the cursor that a device names',
    create: () => ({
      handshake: (request, wire) =>
        wire.ledger.cursors.has(parametersOf(request).get('cursor') ?? '')
          ? withParameters(request, (parameters) => parameters.delete('cursor'))
          : undefined,
    }),
  },
  {
    id: 'cursor-back-unknown',
    requirement: 'resume-cursor',
    rule: 'R2',
    description: 'does not know a cursor before the last acknowledgement',
    create: () => {
      const history = createDelivered();
      return {
        serverMessage: history.note,
        clientMessage: ({ json }, connection) => {
          history.acknowledge(json, connection);
          return undefined;
        },
        handshake: (request) => {
          const { cursor, unsid } = named(request);
          return cursor !== undefined && history.isBehind(unsid, cursor) ? withCursor(request, 'forgotten') : undefined;
        },
      };
    },
  },
  {
    id: 'cursor-ahead-no-ack',
    requirement: 'resume-cursor',
    rule: 'R2',
    description: 'does not count a named cursor after the last acknowledgement as an acknowledgement',
    create: () => namingWithoutAck(),
  },
];
