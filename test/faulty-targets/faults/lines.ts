// The device socket, wrong in how connections are replaced, fed and kept alive (R5, R6, R7).
import { delivering, errorAnswer } from '../wire/edits.ts';
import type { Connection, Hooks, Outgoing } from '../wire/hooks.ts';
import type { JsonObject } from '../wire/http-message.ts';
import { named } from '../wire/positions.ts';
import type { Mutant } from './fault.ts';

/** While one line takes nothing, the others wait, for twenty seconds at most. */
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

export const lines: readonly Mutant[] = [
  {
    id: 'late-close-evicts',
    requirement: 'replaced-keeps-second',
    rule: 'R5',
    says: 'stops serving the second connection when the first, which it replaced, has closed',
    kind: 'socket',
    steps: 'several',
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
    says: 'closes a connection that is replaced with 1000',
    kind: 'socket',
    steps: 'several',
    create: () => ({ closing: (code) => (code === 4409 ? 1000 : undefined) }),
  },
  {
    id: 'replaced-not-closed',
    requirement: 'replaced',
    rule: 'R5',
    says: 'leaves the first connection open and serves only the second',
    kind: 'socket',
    steps: 'several',
    create: () => ({ closing: (code) => (code === 4409 ? 'keep' : undefined) }),
  },
  {
    id: 'second-refused',
    requirement: 'replaced',
    also: ['handshake-refused'],
    rule: 'R5',
    says: 'refuses a second connection of the same UNSID',
    kind: 'refuses',
    steps: 'several',
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
    says: 'cuts the first connection off without a close code when it is replaced',
    kind: 'socket',
    steps: 'several',
    create: () => ({ closing: (code) => (code === 4409 ? 'cut' : undefined) }),
  },
  {
    id: 'backlog-loses-thirtieth',
    requirement: 'backlog',
    rule: 'R6',
    says: 'loses every thirtieth notification of a backlog',
    kind: 'socket',
    steps: 'several',
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
    says: 'closes a connection with 1013 after forty notifications, however fast it is read',
    kind: 'socket',
    steps: 'several',
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
    says: 'delivers the twentieth notification of a connection again after the twenty-first',
    kind: 'socket',
    steps: 'several',
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
    says: 'sends nothing to other devices while one of them takes nothing',
    kind: 'socket',
    needs: 'slow',
    steps: 'several',
    create: () => blocking(),
  },
  {
    id: 'stalled-never-dropped',
    requirement: 'stalled-dropped',
    rule: 'R6',
    says: 'keeps a client that takes nothing, and all that waits for it, for ever',
    kind: 'socket',
    needs: 'slow',
    steps: 'several',
    create: () => ({ takesAll: true, serverMessage: () => undefined }),
  },
  {
    id: 'heartbeat-silent',
    requirement: 'heartbeat',
    rule: 'R7',
    says: 'never pings',
    kind: 'socket',
    needs: 'slow',
    steps: 'one',
    options: { heartbeatSeconds: 1 },
    create: () => ({ serverPing: () => 'drop' }),
  },
  {
    id: 'heartbeat-once',
    requirement: 'heartbeat',
    rule: 'R7',
    says: 'pings once and then no more',
    kind: 'socket',
    needs: 'slow',
    steps: 'one',
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
    says: 'pings at three times the interval that it announces',
    kind: 'socket',
    needs: 'slow',
    steps: 'one',
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
    says: 'keeps a line that answers no ping',
    kind: 'socket',
    needs: 'slow',
    steps: 'one',
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
    says: 'ends a line that misses one heartbeat',
    kind: 'socket',
    needs: 'slow',
    steps: 'one',
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
