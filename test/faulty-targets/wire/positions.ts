// Records, for faults of acknowledgement and resumption, what was delivered to each device and its acknowledged position.
import { headOf } from './devices.ts';
import { delivering } from './edits.ts';
import type { Connection, Hooks, Wire } from './hooks.ts';
import { isObject, type JsonObject, jsonOf, listAt, parametersOf, textAt, type WireRequest, withParameters } from './http-message.ts';
import { isSameFeed, targetsOf } from './ledger.ts';
import { operationOf } from './operations.ts';

/** The cursor of a handshake. */
export function named(request: WireRequest): { readonly unsid: string; readonly cursor: string | undefined } {
  const parameters = parametersOf(request);
  return { unsid: parameters.get('unsid') ?? '', cursor: parameters.get('cursor') ?? undefined };
}

export const withCursor = (request: WireRequest, cursor: string): WireRequest =>
  withParameters(request, (parameters) => parameters.set('cursor', cursor));

export interface Delivered {
  readonly note: (message: JsonObject, connection: Connection) => undefined;
  /** `back`: the cursor is before the last acknowledgement. */
  readonly acknowledge: (json: JsonObject | undefined, connection: Connection) => 'back' | 'forward' | undefined;
  /** A delivered cursor before the device's last acknowledgement. */
  readonly isBehind: (unsid: string, cursor: string) => boolean;
}

/** The order of the cursors that each device received, and its last acknowledged one. */
export function createDelivered(): Delivered {
  const order = new Map<string, string[]>();
  const acknowledged = new Map<string, number>();
  const indexOf = (unsid: string, cursor: string) => (order.get(unsid) ?? []).indexOf(cursor);
  return {
    note: (message, { unsid }) => {
      const cursor = textAt(message, 'cursor');
      const list = order.get(unsid) ?? [];
      if (cursor !== '' && !list.includes(cursor)) list.push(cursor);
      order.set(unsid, list);
      return undefined;
    },
    acknowledge: (json, { unsid }) => {
      const place = json?.['type'] === 'ack' ? indexOf(unsid, textAt(json, 'cursor')) : -1;
      if (place < 0) return undefined;
      if (place < (acknowledged.get(unsid) ?? -1)) return 'back';
      acknowledged.set(unsid, place);
      return 'forward';
    },
    isBehind: (unsid, cursor) => {
      const place = indexOf(unsid, cursor);
      return place >= 0 && place < (acknowledged.get(unsid) ?? -1);
    },
  };
}

/** An acknowledgement of an earlier cursor takes effect at the next connection. */
export function backing(): Hooks {
  const history = createDelivered();
  const back = new Map<string, string>();
  return {
    serverMessage: history.note,
    clientMessage: ({ json }, connection) => {
      const verdict = history.acknowledge(json, connection);
      if (verdict === 'back') back.set(connection.unsid, textAt(json, 'cursor'));
      else if (verdict === 'forward') back.delete(connection.unsid);
      return undefined;
    },
    handshake: (request) => {
      const { unsid, cursor } = named(request);
      const older = back.get(unsid);
      return cursor === undefined && older !== undefined ? withCursor(request, older) : undefined;
    },
  };
}

/** Delivers again every change whose own cursor was not acknowledged. */
export function ackingSingly(): Hooks {
  const base = new Map<string, string>();
  const exact = new Set<string>();
  return {
    serverMessage: (message, { unsid, cursor: from }) => {
      if (message['type'] === 'connected' && from === undefined && !base.has(unsid)) base.set(unsid, textAt(message, 'cursor'));
      return message['type'] === 'notification' && exact.has(`${unsid} ${textAt(message, 'cursor')}`) ? [] : undefined;
    },
    clientMessage: ({ json }, { unsid }) => {
      if (json?.['type'] === 'ack') exact.add(`${unsid} ${textAt(json, 'cursor')}`);
      return undefined;
    },
    handshake: (request) => {
      const { unsid, cursor } = named(request);
      const start = base.get(unsid);
      return cursor === undefined && start !== undefined ? withCursor(request, start) : undefined;
    },
  };
}

/** A device that named a cursor and reconnects without one resumes from its last acknowledgement by message. */
export function namingWithoutAck(): Hooks {
  const base = new Map<string, string>();
  const hasNamed = new Set<string>();
  return {
    answer: async (answer, request, wire) => {
      const unsid = operationOf(request) === 'createSubscription' ? textAt(jsonOf(answer), 'userNotificationSubscriptionId') : '';
      const device = wire.ledger.subscriptions.get(unsid);
      if (device && answer.status === 201) base.set(unsid, await headOf(device, wire));
      return undefined;
    },
    clientMessage: ({ json }, { unsid }) => {
      if (json?.['type'] !== 'ack') return undefined;
      base.set(unsid, textAt(json, 'cursor'));
      hasNamed.delete(unsid);
      return undefined;
    },
    handshake: (request, wire) => {
      const { unsid, cursor } = named(request);
      if (cursor !== undefined) {
        if (wire.ledger.cursors.has(cursor)) hasNamed.add(unsid);
        return undefined;
      }
      const start = base.get(unsid);
      return hasNamed.has(unsid) && start !== undefined ? withCursor(request, start) : undefined;
    },
  };
}

/** The first connection without a cursor starts at the position that `from` returns. */
export function startingAt(from: (unsid: string, wire: Wire) => Promise<string | undefined>): Hooks {
  const met = new Set<string>();
  return {
    handshake: async (request, wire) => {
      const { unsid, cursor } = named(request);
      if (met.has(unsid) || !wire.ledger.subscriptions.has(unsid)) return undefined;
      met.add(unsid);
      const start = cursor === undefined ? await from(unsid, wire) : undefined;
      return start === undefined ? undefined : withCursor(request, start);
    },
  };
}

export const startingAtConnection = (): Hooks =>
  startingAt(async (unsid, wire) => {
    const device = wire.ledger.subscriptions.get(unsid);
    return device && headOf(device, wire);
  });

/** Sends notifications from before the subscription to a new subscription. */
export function startingAtBeginning(): Hooks {
  const older = new Map<string, readonly JsonObject[]>();
  return {
    answer: async (answer, request, wire) => {
      const unsid = operationOf(request) === 'createSubscription' ? textAt(jsonOf(answer), 'userNotificationSubscriptionId') : '';
      const device = wire.ledger.subscriptions.get(unsid);
      if (!device || answer.status !== 201) return undefined;
      const headers = { Authorization: device.authorization, 'X-UNS-ID': unsid };
      const page = listAt(jsonOf(await wire.upstream({ path: '/client/v1/notifications', headers })), 'value');
      const isMeant = (one: JsonObject) =>
        targetsOf(wire.ledger.notifications.get(textAt(one, 'id'))?.request ?? {}).includes(device.platform);
      older.set(unsid, device.platform === 'WebPush' ? [] : page.filter(isMeant));
      return undefined;
    },
    serverMessage: (message, { unsid, number }) => {
      if (message['type'] !== 'connected' || number > 1) return undefined;
      const sent = (older.get(unsid) ?? []).map((notification) => {
        return { type: 'notification', change: 'created', cursor: message['cursor'], notification };
      });
      return [message, ...sent];
    },
  };
}

/** Sends a device that reconnects the deletion of a notification that was created and deleted meanwhile. */
export function sendingMissedDeletions(): Hooks {
  const away = new Map<string, Set<string>>();
  const seen = new Set<string>();
  return {
    ...delivering((_message, notification, { unsid }) => {
      seen.add(`${unsid} ${textAt(notification, 'id')}`);
      return undefined;
    }),
    answer: (answer, request, wire) => {
      const id = operationOf(request) === 'postNotification' && answer.status === 201 ? textAt(jsonOf(answer), 'id') : '';
      const known = wire.ledger.notifications.get(id);
      const own = known && wire.ledger.subscriptions.get(known.unsid);
      if (!known || !own) return undefined;
      for (const device of wire.ledger.subscriptions.values()) {
        const isMeant = isSameFeed(device, own) && targetsOf(known.request).includes(device.platform) && device.platform !== 'WebPush';
        const isOnline = [...wire.connections].some(({ unsid }) => unsid === device.unsid);
        if (isMeant && !isOnline) away.set(device.unsid, (away.get(device.unsid) ?? new Set()).add(id));
      }
      return undefined;
    },
    opened: (connection, wire) => {
      const missed = [...(away.get(connection.unsid) ?? [])].filter((id) => wire.ledger.notifications.get(id)?.isDeleted);
      away.delete(connection.unsid);
      if (missed.length > 0) sendTombstones(missed, connection, wire).catch(() => undefined);
    },
  };
}

async function sendTombstones(ids: readonly string[], connection: Connection, wire: Wire): Promise<void> {
  const headers = { Authorization: connection.authorization, 'X-UNS-ID': connection.unsid };
  const page = jsonOf(await wire.upstream({ path: '/client/v1/notifications?status=Deleted&$top=1000', headers }));
  for (const notification of listAt(page, 'value').filter((one) => ids.includes(textAt(one, 'id')))) {
    connection.send({ type: 'notification', change: 'deleted', cursor: textAt(page, 'syncCursor'), notification });
  }
}

/** Swaps changes in quick succession. */
export function swapping(): Hooks {
  const held = new Map<Connection, JsonObject>();
  return {
    serverMessage: (message, connection, wire) => {
      if (!isObject(message['notification'])) return undefined;
      const before = held.get(connection);
      held.delete(connection);
      if (before) return [message, before];
      held.set(connection, message);
      wire.later(30, () => {
        if (held.get(connection) !== message) return;
        held.delete(connection);
        connection.send(message);
      });
      return [];
    },
  };
}
