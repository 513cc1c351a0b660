// Faults of notifications that were sent but not acknowledged, or acknowledged at the last moment (R2, R9).
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

/** The messages that each device was sent, and its acknowledged position. */
function createSent(): {
  readonly note: (message: JsonObject, connection: Connection) => void;
  readonly acknowledge: Required<Hooks>['clientMessage'];
  /** Sent on an earlier connection, and not acknowledged. */
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

/** Does not redeliver unacknowledged notifications whose last change is not sent to this device. */
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

/** Does not send the deletion of a notification that was sent before and not acknowledged. */
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

/** An acknowledgement counts only if the connection is still open a moment later. */
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
    description: 'loses unacknowledged notifications of web endpoints when another device changes them',
    create: () => losingMoved((by, { unsid }) => by === unsid),
  },
  {
    id: 'moved-by-itself-lost',
    requirement: 'redelivery-moved',
    rule: 'R2',
    description: 'loses unacknowledged notifications when the device itself changes them',
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
    description: 'drops an acknowledgement whose connection ends immediately',
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
