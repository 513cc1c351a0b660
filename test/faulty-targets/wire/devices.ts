// Finds devices and notifications for faults of the fan-out.
import type { Connection, Hooks, Wire } from './hooks.ts';
import { type JsonObject, jsonOf, textAt, type WireRequest } from './http-message.ts';
import { isSameFeed, type KnownNotification, type KnownSubscription } from './ledger.ts';
import { operationOf } from './operations.ts';

export const subscriptionOf = (connection: Connection, wire: Wire): KnownSubscription | undefined =>
  wire.ledger.subscriptions.get(connection.unsid);

export const onlineOf = (wire: Wire, isMeant: (one: KnownSubscription) => boolean): readonly Connection[] =>
  [...wire.connections].filter((connection) => {
    const known = subscriptionOf(connection, wire);
    return known !== undefined && isMeant(known);
  });

/** The subscription that a notification was posted to. */
export const addresseeOf = (known: KnownNotification, wire: Wire): KnownSubscription | undefined =>
  wire.ledger.subscriptions.get(known.unsid);

/** Open connections of the feed of a notification. */
export function feedLines(known: KnownNotification, wire: Wire): readonly Connection[] {
  const own = addresseeOf(known, wire);
  return own ? onlineOf(wire, (one) => isSameFeed(one, own)) : [];
}

/** The head of the feed that this device belongs to. */
export async function headOf(device: KnownSubscription, wire: Wire): Promise<string> {
  const headers = { Authorization: device.authorization, 'X-UNS-ID': device.unsid };
  return textAt(jsonOf(await wire.upstream({ path: '/client/v1/notifications?$top=1', headers })), 'syncCursor');
}

/** A notification as its owner reads it. Returns undefined if it does not exist. */
export async function readAs(device: KnownSubscription, id: string, wire: Wire): Promise<JsonObject | undefined> {
  const headers = { Authorization: device.authorization, 'X-UNS-ID': device.unsid };
  const answer = await wire.upstream({ path: `/client/v1/notifications/${id}`, headers });
  return answer.status === 200 ? jsonOf(answer) : undefined;
}

/** Does something when a notification has been posted. */
export function afterPost(run: (known: KnownNotification, wire: Wire) => Promise<void>): Hooks {
  return {
    answer: async (answer, request, wire) => {
      const id = operationOf(request) === 'postNotification' && answer.status === 201 ? textAt(jsonOf(answer), 'id') : '';
      const known = wire.ledger.notifications.get(id);
      if (known) await run(known, wire);
      return undefined;
    },
  };
}

/** Records which device changed which notification last, before the request reaches the emulator. */
export function createChangers(): { readonly hooks: Pick<Hooks, 'request'>; readonly of: (id: string) => string | undefined } {
  const changers = new Map<string, string>();
  return {
    hooks: {
      request: (request: WireRequest) => {
        const operation = operationOf(request);
        if (operation !== 'updateNotification' && operation !== 'deleteNotification') return undefined;
        const at = request.headers.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === 'x-uns-id');
        changers.set(request.path.split('/').at(-1) ?? '', request.headers[at + 1] ?? '');
        return undefined;
      },
    },
    of: (id) => changers.get(id),
  };
}

/** The last cursor of each connection: always a cursor of its feed. */
export function createLastCursors(): {
  readonly note: (message: JsonObject, connection: Connection) => void;
  readonly of: (connection: Connection) => string;
} {
  const last = new WeakMap<Connection, string>();
  return {
    note: (message, connection) => {
      if (typeof message['cursor'] === 'string') last.set(connection, message['cursor']);
    },
    of: (connection) => last.get(connection) ?? '',
  };
}
