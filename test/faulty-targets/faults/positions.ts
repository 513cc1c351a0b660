// Faults of positions on the device socket (R3), and of the shape of its messages.
import { delivering, errorAnswer, pushing } from '../wire/edits.ts';
import type { Connection, Hooks, Wire } from '../wire/hooks.ts';
import { drop, isObject, type JsonObject, textAt, withParameters } from '../wire/http-message.ts';
import type { KnownNotification } from '../wire/ledger.ts';
import { named, withCursor } from '../wire/positions.ts';
import type { FaultyTarget } from './fault.ts';

/** Treats the cursor of a notification that matches as unknown. */
function forgetting(isForgotten: (known: KnownNotification, wire: Wire) => boolean): Hooks {
  const ids = new Map<string, string>();
  return {
    serverMessage: (message) => {
      if (isObject(message['notification'])) ids.set(textAt(message, 'cursor'), textAt(message, 'notification/id'));
      return undefined;
    },
    handshake: (request, wire) => {
      const known = wire.ledger.notifications.get(ids.get(named(request).cursor ?? '') ?? '');
      return known && isForgotten(known, wire) ? withCursor(request, 'forgotten') : undefined;
    },
  };
}

export const positions: readonly FaultyTarget[] = [
  {
    id: 'first-not-resumed',
    requirement: 'resumed',
    rule: 'R3',
    description: 'reports resumed false at the first connection',
    create: () => ({
      serverMessage: (message, { number }) =>
        message['type'] === 'connected' && number === 1 ? [{ ...message, resumed: false }] : undefined,
    }),
  },
  {
    id: 'always-resumed',
    requirement: 'unknown-position',
    rule: 'R3',
    description: 'reports resumed true for an unknown cursor',
    create: () => ({ serverMessage: (message) => (message['type'] === 'connected' ? [{ ...message, resumed: true }] : undefined) }),
  },
  {
    id: 'unknown-cursor-refused',
    requirement: 'unknown-position',
    rule: 'R3',
    description: 'refuses the handshake of a device that names an unknown cursor',
    create: () => ({
      handshake: (request, wire) => {
        const { cursor } = named(request);
        return cursor !== undefined && !wire.ledger.cursors.has(cursor)
          ? errorAnswer(request, wire, { status: 410, code: 'Gone', innerCode: 'CursorUnknown' })
          : undefined;
      },
    }),
  },
  {
    id: 'unknown-cursor-from-ack',
    requirement: 'unknown-position',
    rule: 'R3',
    description: 'serves a device that names an unknown cursor from its last acknowledgement',
    create: () => ({
      handshake: (request, wire) => {
        const { cursor } = named(request);
        return cursor !== undefined && !wire.ledger.cursors.has(cursor)
          ? withParameters(request, (parameters) => parameters.delete('cursor'))
          : undefined;
      },
      serverMessage: (message, connection, wire) => {
        const isUnknown = connection.cursor !== undefined && !wire.ledger.cursors.has(connection.cursor);
        return message['type'] === 'connected' && isUnknown ? [{ ...message, resumed: false }] : undefined;
      },
    }),
  },
  {
    id: 'cursor-of-other-feed',
    requirement: 'unknown-position',
    rule: 'R3',
    description: 'continues from the head and reports resumed true for a cursor of another feed',
    create: () => ({
      serverMessage: (message, { cursor }, wire) =>
        message['type'] === 'connected' &&
        message['resumed'] === false &&
        cursor !== undefined &&
        wire.ledger.cursors.has(cursor) &&
        cursor !== message['cursor']
          ? [{ ...message, resumed: true }]
          : undefined,
    }),
  },
  {
    id: 'cursor-dies-with-deletion',
    requirement: 'resumed',
    rule: 'R3',
    description: 'does not know the cursor of a deleted notification',
    create: () => forgetting((known) => known.isDeleted),
  },
  {
    id: 'cursor-dies-at-expiry',
    requirement: 'resumed',
    rule: 'R3',
    description: 'does not know the cursor of an expired notification',
    needs: 'clock',
    create: () => forgetting((known, wire) => known.expiresAt <= wire.now()),
  },
  {
    id: 'connected-late',
    requirement: 'socket-connected',
    description: 'sends connected only after the first pending notification',
    create: () => {
      const held = new WeakMap<Connection, JsonObject>();
      return {
        serverMessage: (message, connection, wire) => {
          if (message['type'] === 'connected') {
            held.set(connection, message);
            wire.later(15, () => {
              const late = held.get(connection);
              held.delete(connection);
              if (late) connection.send(late);
            });
            return [];
          }
          const late = held.get(connection);
          held.delete(connection);
          return late ? [message, late] : undefined;
        },
      };
    },
  },
  {
    id: 'connected-without-device',
    requirement: 'socket-connected',
    description: 'sends the UNSID as deviceId in connected',
    create: () => ({
      serverMessage: (message) => (message['type'] === 'connected' ? [{ ...message, deviceId: message['unsid'] }] : undefined),
    }),
  },
  {
    id: 'connected-without-heartbeat',
    requirement: 'socket-connected',
    also: ['socket-schema'],
    rule: 'R7',
    description: 'leaves the heartbeat out of connected',
    create: () => ({ serverMessage: (message) => (message['type'] === 'connected' ? [drop(message, 'heartbeatSeconds')] : undefined) }),
  },
  {
    id: 'push-without-modified',
    requirement: 'socket-schema',
    description: 'pushes notifications without lastModifiedDateTime until there is a change',
    create: () => pushing((one) => (one['lastModifiedDateTime'] === null ? drop(one, 'lastModifiedDateTime') : one)),
  },
  {
    id: 'push-new',
    requirement: 'socket-schema',
    description: 'sends the change of a new notification as new',
    create: () => delivering((message) => (message['change'] === 'created' ? [{ ...message, change: 'new' }] : undefined)),
  },
  {
    id: 'push-without-cursor',
    requirement: 'socket-schema',
    description: 'sends deletions without a cursor',
    create: () => delivering((message) => (message['change'] === 'deleted' ? [drop(message, 'cursor')] : undefined)),
  },
];
