// The device socket, wrong in what was sent and not acknowledged, or acknowledged at the last moment (R2, R9).
import { createChangers } from '../wire/devices.ts';
import { delivering } from '../wire/edits.ts';
import type { Connection, Hooks } from '../wire/hooks.ts';
import { type JsonObject, textAt } from '../wire/http-message.ts';
import type { FaultyTarget } from './fault.ts';

interface Sent {
  readonly number: number;
  readonly change: string;
  readonly id: string;
  readonly cursor: string;
}

/** What each device was sent on its connections, and how far it has acknowledged that. */
function createSent(): {
  readonly note: (message: JsonObject, connection: Connection) => void;
  readonly acknowledge: Required<Hooks>['clientMessage'];
  /** On an earlier connection, and not acknowledged. */
  readonly isOpen: (connection: Connection, id: string, change: string) => boolean;
} {
  const sent = new Map<string, Sent[]>();
  return {
    note: (message, { unsid, number }) => {
      const one = { number, change: textAt(message, 'change'), id: textAt(message, 'notification/id'), cursor: textAt(message, 'cursor') };
      if (one.id !== '') sent.set(unsid, [...(sent.get(unsid) ?? []), one]);
    },
    acknowledge: ({ json }, { unsid }) => {
      const list = sent.get(unsid) ?? [];
      const last = json?.['type'] === 'ack' ? list.findLastIndex(({ cursor }) => cursor === json['cursor']) : -1;
      sent.set(unsid, list.slice(last + 1));
      return undefined;
    },
    isOpen: ({ unsid, number }, id, change) =>
      (sent.get(unsid) ?? []).some((one) => one.id === id && one.change === change && one.number < number),
  };
}

/** What was sent before and not acknowledged is not sent again when this device is not meant by the last change. */
function losingMoved(isMeant: (changedBy: string | undefined, connection: Connection) => boolean): Hooks {
  const changers = createChangers();
  const sent = createSent();
  return {
    ...changers.hooks,
    clientMessage: sent.acknowledge,
    ...delivering((message, notification, connection) => {
      const id = textAt(notification, 'id');
      const by = changers.of(id);
      const isLost = by !== undefined && !isMeant(by, connection) && sent.isOpen(connection, id, 'created');
      if (!isLost) sent.note(message, connection);
      return isLost ? [] : undefined;
    }),
  };
}

/** A deletion is not sent where this was sent before and not acknowledged. */
function losingDeletionAfter(change: 'created' | 'deleted'): Hooks {
  const sent = createSent();
  return {
    clientMessage: sent.acknowledge,
    ...delivering((message, notification, connection) => {
      const isLost = message['change'] === 'deleted' && sent.isOpen(connection, textAt(notification, 'id'), change);
      sent.note(message, connection);
      return isLost ? [] : undefined;
    }),
  };
}

/** An acknowledgement counts only when the connection is still there a moment later. */
const acknowledgingLate = (): Hooks => ({
  clientMessage: ({ json }, connection, wire) => {
    if (json?.['type'] !== 'ack') return undefined;
    wire.later(15, () => wire.connections.has(connection) && connection.toServer(json));
    return [];
  },
});

/** Sends every toast again at the next connection, acknowledged or not. */
function repeatingToasts(): Hooks {
  const toasts = new Map<string, JsonObject[]>();
  return {
    serverMessage: (message, { unsid }) => {
      const known = toasts.get(unsid) ?? [];
      if (message['type'] === 'connected') return [message, ...known];
      if (message['type'] === 'toast') toasts.set(unsid, [message]);
      return undefined;
    },
  };
}

/** The cursor of a toast acknowledges nothing. */
function ignoringToastCursors(): Hooks {
  const cursors = new Set<string>();
  return {
    serverMessage: (message) => {
      if (message['type'] === 'toast') cursors.add(textAt(message, 'cursor'));
      return undefined;
    },
    clientMessage: ({ json }) => (json?.['type'] === 'ack' && cursors.has(textAt(json, 'cursor')) ? [] : undefined),
  };
}

export const unacknowledged: readonly FaultyTarget[] = [
  {
    id: 'moved-by-other-lost',
    requirement: 'redelivery-moved',
    rule: 'R2',
    description: 'loses for web endpoints what was sent and not acknowledged when another device has changed it',
    create: () => losingMoved((by, { unsid }) => by === unsid),
  },
  {
    id: 'moved-by-itself-lost',
    requirement: 'redelivery-moved',
    rule: 'R2',
    description: 'loses what was sent and not acknowledged when the device itself has changed it',
    create: () => losingMoved((by, { unsid }) => by !== unsid),
  },
  {
    id: 'deletion-after-lost-ack-lost',
    requirement: 'deletion-unacknowledged',
    rule: 'R2',
    description: 'sends no deletion to a device that was sent the creation on an earlier connection and has not acknowledged it',
    create: () => losingDeletionAfter('created'),
  },
  {
    id: 'deletion-sent-once',
    requirement: 'deletion-unacknowledged',
    rule: 'R2',
    description: 'sends a deletion once, acknowledged or not',
    create: () => losingDeletionAfter('deleted'),
  },
  {
    id: 'ack-before-end-lost',
    requirement: 'acknowledged-at-close',
    rule: 'R2',
    description: 'drops an acknowledgement whose connection ends at once',
    create: () => acknowledgingLate(),
  },
  {
    id: 'toast-again-acknowledged',
    requirement: 'fallback-acknowledged',
    rule: 'R9',
    description: 'sends the toast again on every connection, acknowledged or not',
    needs: 'clock',
    create: () => repeatingToasts(),
  },
  {
    id: 'toast-cursor-ignored',
    requirement: 'fallback-acknowledged',
    rule: 'R9',
    description: 'ignores the acknowledgement of a toast by its own cursor',
    needs: 'clock',
    create: () => ignoringToastCursors(),
  },
];
