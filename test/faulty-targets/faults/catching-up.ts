// Faults of what a device receives when it connects first, or reconnects (R2).
import { createChangers } from '../wire/devices.ts';
import { delivering } from '../wire/edits.ts';
import type { Connection } from '../wire/hooks.ts';
import { textAt } from '../wire/http-message.ts';
import { sendingMissedDeletions, startingAtBeginning, startingAtConnection } from '../wire/positions.ts';
import type { FaultyTarget } from './fault.ts';

export const catchingUp: readonly FaultyTarget[] = [
  {
    id: 'start-at-connection',
    requirement: 'start-at-head',
    rule: 'R2',
    description: 'starts a new subscription at its first connection, not when it subscribes',
    create: () => startingAtConnection(),
  },
  {
    id: 'start-at-beginning',
    requirement: 'start-at-head',
    rule: 'R2',
    description: 'starts a new subscription at the beginning of the feed',
    create: () => startingAtBeginning(),
  },
  {
    id: 'missed-as-updated',
    requirement: 'missed-latest',
    rule: 'R2',
    description: 'sends a missed notification that was created and changed as updated',
    create: () =>
      delivering((message, notification) =>
        message['change'] === 'created' && notification['lastModifiedDateTime'] !== null ? [{ ...message, change: 'updated' }] : undefined,
      ),
  },
  {
    id: 'missed-first-state',
    requirement: 'missed-latest',
    rule: 'R2',
    description: 'sends missed notifications in their first state',
    create: () =>
      delivering((message, notification) =>
        message['change'] === 'created' && notification['lastModifiedDateTime'] !== null
          ? [
              {
                ...message,
                notification: { ...notification, readState: 'Unread', userActionState: 'NoInteraction', lastModifiedDateTime: null },
              },
            ]
          : undefined,
      ),
  },
  {
    id: 'missed-changes-lost',
    requirement: 'missed-latest',
    also: ['redelivery'],
    rule: 'R2',
    description: 'delivers missed creations only',
    create: () => {
      const opened = new WeakMap<Connection, number>();
      return {
        opened: (connection, wire) => void opened.set(connection, wire.now()),
        ...delivering((message, notification, connection) => {
          const isMissed = Date.parse(textAt(notification, 'lastModifiedDateTime')) <= (opened.get(connection) ?? 0);
          return message['change'] !== 'created' && isMissed ? [] : undefined;
        }),
      };
    },
  },
  {
    id: 'missed-gone-sent',
    requirement: 'missed-latest',
    rule: 'R2',
    description: 'sends the deletion of a notification that the device never received',
    create: () => sendingMissedDeletions(),
  },
  {
    id: 'missed-own-hides',
    requirement: 'missed-foreign',
    rule: 'R2',
    description: 'does not deliver a missed change if the device itself made a later change of the same notification',
    create: () => {
      const changers = createChangers();
      return {
        ...changers.hooks,
        ...delivering((_message, notification, { unsid }) => (changers.of(textAt(notification, 'id')) === unsid ? [] : undefined)),
      };
    },
  },
];
