// Faults of connections: how they are replaced, served and kept alive (R5, R6, R7).
import { delivering, errorAnswer } from '../wire/edits.ts';
import type { Connection, Hooks, Outgoing } from '../wire/hooks.ts';
import type { JsonObject } from '../wire/http-message.ts';
import { named } from '../wire/positions.ts';
import type { FaultyTarget } from './fault.ts';

/** While one connection reads nothing, the others wait, for at most twenty seconds. */
function blocking(): Hooks {
  const waiting = new Map<Connection, Outgoing[]>();
  return {
    serverMessage: (message, connection, wire) => {
      const isStuck = [...wire.connections].some((one) => one !== connection && one.isBlocked());
      const before = waiting.get(connection);
      if (!isStuck && !before) return undefined;
      if (before) {
        before.push(message);
        return [];
      }
      waiting.set(connection, [message]);
      wire.later(20_000, () => {
        connection.send(...(waiting.get(connection) ?? []));
        waiting.delete(connection);
      });
      return [];
    },
  };
}

export const connections: readonly FaultyTarget[] = [
  {
    id: 'late-close-evicts',
    requirement: 'replaced-keeps-second',
    rule: 'R5',
    description: 'stops serving the second connection when the first, which it replaced, has closed',
    create: () => {
      const evicted = new Map<string, number>();
      return {
        closing: (code, { unsid, number }) => {
          if (code === 4409) evicted.set(unsid, number + 1);
          return undefined;
        },
        serverMessage: (message, { unsid, number }) => {
          return message['type'] === 'notification' && evicted.get(unsid) === number ? [] : undefined;
        },
      };
    },
  },
  {
    id: 'replaced-1000',
    requirement: 'replaced',
    rule: 'R5',
    description: 'closes a replaced connection with 1000',
    create: () => ({ closing: (code) => (code === 4409 ? 1000 : undefined) }),
  },
  {
    id: 'replaced-not-closed',
    requirement: 'replaced',
    rule: 'R5',
    description: 'leaves the first connection open and serves only the second',
    create: () => ({ closing: (code) => (code === 4409 ? 'keep' : undefined) }),
  },
  {
    id: 'second-refused',
    requirement: 'replaced',
    also: ['handshake-refused'],
    rule: 'R5',
    description: 'refuses a second connection of the same UNSID',
    create: () => ({
      handshake: (request, wire) => {
        const { unsid } = named(request);
        const isTaken = [...wire.connections].some((one) => one.unsid === unsid);
        return isTaken ? errorAnswer(request, wire, { status: 409, code: 'Conflict' }) : undefined;
      },
    }),
  },
  {
    id: 'replaced-by-cut',
    requirement: 'replaced',
    rule: 'R5',
    description: 'cuts the first connection off without a close code when it is replaced',
    create: () => ({ closing: (code) => (code === 4409 ? 'cut' : undefined) }),
  },
  {
    id: 'backlog-loses-thirtieth',
    requirement: 'backlog',
    rule: 'R6',
    description: 'loses every thirtieth notification of a backlog',
    create: () => {
      const counts = new WeakMap<Connection, number>();
      return delivering((_message, _notification, connection) => {
        const count = (counts.get(connection) ?? 0) + 1;
        counts.set(connection, count);
        return count % 30 === 0 ? [] : undefined;
      });
    },
  },
  {
    id: 'backlog-in-pieces',
    requirement: 'backlog',
    rule: 'R6',
    description: 'closes a connection with 1013 after forty notifications, however fast it is read',
    create: () => {
      const counts = new WeakMap<Connection, number>();
      return delivering((message, _notification, connection) => {
        const count = (counts.get(connection) ?? 0) + 1;
        counts.set(connection, count);
        if (count > 40) return [];
        connection.send(message);
        if (count === 40) connection.close(1013);
        return [];
      });
    },
  },
  {
    id: 'backlog-page-repeated',
    requirement: 'backlog',
    also: ['once'],
    rule: 'R6',
    description: 'delivers the twentieth notification of a connection again after the twenty-first',
    create: () => {
      const counts = new WeakMap<Connection, number>();
      const kept = new WeakMap<Connection, JsonObject>();
      return delivering((message, _notification, connection) => {
        const count = (counts.get(connection) ?? 0) + 1;
        counts.set(connection, count);
        if (count === 20) kept.set(connection, message);
        const again = count === 21 ? kept.get(connection) : undefined;
        return again ? [message, again] : undefined;
      });
    },
  },
  {
    id: 'slow-reader-blocks',
    requirement: 'slow-reader',
    rule: 'R6',
    description: 'sends nothing to other devices while one of them reads nothing',
    needs: 'slow',
    create: () => blocking(),
  },
  {
    id: 'stalled-never-dropped',
    requirement: 'stalled-dropped',
    rule: 'R6',
    description: 'never drops a client that reads nothing, nor its backlog',
    needs: 'slow',
    create: () => ({ takesAll: true, serverMessage: () => undefined }),
  },
  {
    id: 'heartbeat-silent',
    requirement: 'heartbeat',
    rule: 'R7',
    description: 'never pings',
    needs: 'slow',
    options: { heartbeatSeconds: 1 },
    create: () => ({ serverPing: () => 'drop' }),
  },
  {
    id: 'heartbeat-once',
    requirement: 'heartbeat',
    rule: 'R7',
    description: 'pings only once',
    needs: 'slow',
    options: { heartbeatSeconds: 1 },
    create: () => {
      const pinged = new WeakSet<Connection>();
      return {
        serverPing: (_ping, connection) => {
          if (pinged.has(connection)) return 'drop';
          pinged.add(connection);
          return undefined;
        },
      };
    },
  },
  {
    id: 'heartbeat-announced-wrong',
    requirement: 'heartbeat',
    rule: 'R7',
    description: 'pings at three times the interval that it announces',
    needs: 'slow',
    options: { heartbeatSeconds: 3 },
    create: () => ({
      serverMessage: (message) =>
        message['type'] === 'connected' ? [{ ...message, heartbeatSeconds: Number(message['heartbeatSeconds']) / 3 }] : undefined,
    }),
  },
  {
    id: 'heartbeat-missed-kept',
    requirement: 'heartbeat-missed',
    rule: 'R7',
    description: 'keeps a connection that answers no ping',
    needs: 'slow',
    options: { heartbeatSeconds: 1 },
    create: () => ({
      serverPing: (ping, connection) => {
        connection.answerPing(ping.payload);
        return undefined;
      },
    }),
  },
  {
    id: 'heartbeat-missed-one',
    requirement: 'heartbeat-missed',
    rule: 'R7',
    description: 'ends a connection that misses one heartbeat',
    needs: 'slow',
    options: { heartbeatSeconds: 1 },
    create: () => {
      const unanswered = new WeakSet<Connection>();
      return {
        serverPing: (_ping, connection, wire) => {
          unanswered.add(connection);
          wire.later(300, () => unanswered.has(connection) && connection.cut());
          return undefined;
        },
        pong: (connection) => void unanswered.delete(connection),
      };
    },
  },
];
