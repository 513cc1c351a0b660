// Held-out faults of the device socket: positions that are shared, lost or off by one.
import { headOf, readAs } from '../wire/devices.ts';
import { delivering, unsidIn } from '../wire/edits.ts';
import type { Connection, Hooks, Wire } from '../wire/hooks.ts';
import { jsonOf, textAt, type WireAnswer, type WireRequest } from '../wire/http-message.ts';
import type { KnownSubscription } from '../wire/ledger.ts';
import { idIn, operationOf } from '../wire/operations.ts';
import { createDelivered, named, withCursor } from '../wire/positions.ts';
import type { FaultyTarget } from './fault.ts';

/** The device whose update has changed the notification for the first time. */
function createFirstChanges(): (answer: WireAnswer, request: WireRequest, wire: Wire) => KnownSubscription | undefined {
  const changed = new Set<string>();
  return (answer, request, wire) => {
    const body = operationOf(request) === 'updateNotification' && answer.status === 200 ? jsonOf(answer) : undefined;
    if (!body || body['lastModifiedDateTime'] === null || changed.has(idIn(request))) return undefined;
    changed.add(idIn(request));
    return wire.ledger.subscriptions.get(unsidIn(request));
  };
}

/** An acknowledgement counts for every device of the feed. */
function ackingForAll(): Hooks {
  const acks = new Map<string, string>();
  return {
    clientMessage: ({ json }, { unsid }, wire) => {
      const cursor = textAt(json, 'cursor');
      if (json?.['type'] === 'ack' && wire.ledger.cursors.has(cursor)) acks.set(unsid, cursor);
      return undefined;
    },
    handshake: async (request, wire) => {
      const { unsid, cursor } = named(request);
      const device = wire.ledger.subscriptions.get(unsid);
      if (!device || cursor !== undefined) return undefined;
      for (const one of wire.ledger.siblings(unsid)) {
        const other = acks.get(one.unsid);
        if (other !== undefined) await wire.acknowledge(device, other);
      }
      return undefined;
    },
  };
}

/** A renewed subscription starts again at its first position. */
function renewingFromStart(): Hooks {
  const starts = new Map<string, string>();
  const renewed = new Set<string>();
  return {
    answer: async (answer, request, wire) => {
      const unsid = operationOf(request) === 'createSubscription' ? textAt(jsonOf(answer), 'userNotificationSubscriptionId') : '';
      const device = wire.ledger.subscriptions.get(unsid);
      if (device && answer.status === 201) starts.set(unsid, await headOf(device, wire));
      if (device && answer.status === 200) renewed.add(unsid);
      return undefined;
    },
    clientMessage: ({ json }, { unsid }) => {
      if (json?.['type'] === 'ack') renewed.delete(unsid);
      return undefined;
    },
    handshake: (request) => {
      const { unsid, cursor } = named(request);
      const start = starts.get(unsid);
      return cursor === undefined && renewed.has(unsid) && start !== undefined ? withCursor(request, start) : undefined;
    },
  };
}

/** Stores an acknowledgement as a notification, not as a position: changes that this notification overtakes are lost. */
function ackingNotifications(): Hooks {
  const ids = new Map<string, string>();
  const acknowledged = new Map<string, string>();
  const moved = new Map<string, string>();
  const skipping = new WeakMap<Connection, string>();
  const changedFirst = createFirstChanges();
  return {
    clientMessage: ({ json }, { unsid }) => {
      const id = json?.['type'] === 'ack' ? ids.get(textAt(json, 'cursor')) : undefined;
      if (id !== undefined) acknowledged.set(unsid, id);
      if (id !== undefined) moved.delete(unsid);
      return undefined;
    },
    answer: (answer, request, wire) => {
      const by = changedFirst(answer, request, wire);
      for (const { unsid } of by ? wire.ledger.siblings(by.unsid) : []) {
        const isOnline = [...wire.connections].some((one) => one.unsid === unsid);
        if (!isOnline && acknowledged.get(unsid) === idIn(request)) moved.set(unsid, idIn(request));
      }
      return undefined;
    },
    opened: (connection) => {
      const id = moved.get(connection.unsid);
      if (id !== undefined && connection.cursor === undefined) skipping.set(connection, id);
    },
    ...delivering((message, notification, connection) => {
      const id = textAt(notification, 'id');
      ids.set(textAt(message, 'cursor'), id);
      const last = skipping.get(connection);
      if (last === undefined) return undefined;
      if (last === id) skipping.delete(connection);
      return [];
    }),
  };
}

/** A device that names a cursor receives the change of that cursor again. */
function servingInclusively(): Hooks {
  const received = new Map<string, string[]>();
  return {
    serverMessage: (message, { unsid, cursor: asked }) => {
      const list = received.get(unsid) ?? [];
      const cursor = textAt(message, 'cursor');
      if (cursor !== '' && !list.includes(cursor)) received.set(unsid, [...list, cursor]);
      const isInclusive = message['type'] === 'connected' && message['resumed'] === true && asked !== undefined;
      return isInclusive ? [{ ...message, cursor: asked }] : undefined;
    },
    handshake: (request) => {
      const { unsid, cursor = '' } = named(request);
      const list = received.get(unsid) ?? [];
      const before = list[list.indexOf(cursor) - 1];
      return before === undefined ? undefined : withCursor(request, before);
    },
  };
}

/** A named cursor before the last acknowledgement undoes it. */
function namingBack(): Hooks {
  const history = createDelivered();
  const back = new Map<string, string>();
  return {
    serverMessage: history.note,
    clientMessage: ({ json }, connection) => {
      history.acknowledge(json, connection);
      if (json?.['type'] === 'ack') back.delete(connection.unsid);
      return undefined;
    },
    handshake: (request) => {
      const { unsid, cursor } = named(request);
      const older = back.get(unsid);
      if (cursor === undefined) return older === undefined ? undefined : withCursor(request, older);
      if (history.isBehind(unsid, cursor)) back.set(unsid, cursor);
      else back.delete(unsid);
      return undefined;
    },
  };
}

/** A device that reconnects receives its own changes. */
function returningOwn(): Hooks {
  const own = new Map<string, Set<string>>();
  const changedFirst = createFirstChanges();
  const sendOwnChanges = async (device: KnownSubscription, ids: ReadonlySet<string>, connection: Connection, wire: Wire) => {
    for (const id of ids) {
      const notification = wire.ledger.notifications.get(id)?.changedBy === device.unsid ? await readAs(device, id, wire) : undefined;
      if (notification) connection.send({ type: 'notification', change: 'updated', cursor: await headOf(device, wire), notification });
    }
  };
  return {
    answer: (answer, request, wire) => {
      const by = changedFirst(answer, request, wire);
      if (by && by.platform !== 'WebPush') own.set(by.unsid, (own.get(by.unsid) ?? new Set()).add(idIn(request)));
      return undefined;
    },
    clientMessage: ({ json }, { unsid }) => {
      if (json?.['type'] === 'ack') own.delete(unsid);
      return undefined;
    },
    opened: (connection, wire) => {
      const device = wire.ledger.subscriptions.get(connection.unsid);
      const ids = own.get(connection.unsid);
      if (device && ids && connection.number > 1)
        wire.later(20, () => sendOwnChanges(device, ids, connection, wire).catch(() => undefined));
    },
  };
}

export const holdoutPositions: readonly FaultyTarget[] = [
  {
    id: 'ack-for-all-devices',
    requirement: 'redelivery',
    rule: 'R2',
    description: "counts the acknowledgement of one device for all the user's devices",
    create: () => ackingForAll(),
  },
  {
    id: 'renewed-at-start',
    requirement: 'acknowledged',
    also: ['subscribe-renewed'],
    rule: 'R2',
    description: 'loses the acknowledged position at a renewal',
    create: () => renewingFromStart(),
  },
  {
    id: 'ack-follows-notification',
    requirement: 'redelivery',
    rule: 'R2',
    description: 'resumes from the current position of the notification that was acknowledged last',
    create: () => ackingNotifications(),
  },
  {
    id: 'cursor-inclusive',
    requirement: 'resume-cursor',
    rule: 'R2',
    description: 'delivers the change of a cursor again to a device that names it',
    create: () => servingInclusively(),
  },
  {
    id: 'named-cursor-moves-back',
    requirement: 'acknowledged',
    rule: 'R2',
    description: 'treats a named cursor before the last acknowledgement as the last acknowledgement',
    create: () => namingBack(),
  },
  {
    id: 'own-change-on-return',
    requirement: 'change-not-to-origin',
    rule: 'R4',
    description: 'sends a device that reconnects its own changes',
    create: () => returningOwn(),
  },
];
