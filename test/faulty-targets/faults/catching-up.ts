// The device socket, wrong in what a device gets that comes first, or comes back (R2).
import { createChangers } from '../wire/devices.ts';
import { delivering } from '../wire/edits.ts';
import type { Connection } from '../wire/hooks.ts';
import { textAt } from '../wire/http-message.ts';
import { startingAtBeginning, startingAtConnection, tellingGone } from '../wire/positions.ts';
import type { FaultyTarget } from './fault.ts';

export const catchingUp: readonly FaultyTarget[] = [
  {
    id: 'start-at-connection',
    requirement: 'start-at-head',
    rule: 'R2',
    description: 'starts a new subscription when it connects first, not when it subscribes',
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
    description: 'tells what was created and changed while a device was away as updated',
    create: () =>
      delivering((message, notification) =>
        message['change'] === 'created' && notification['lastModifiedDateTime'] !== null ? [{ ...message, change: 'updated' }] : undefined,
      ),
  },
  {
    id: 'missed-first-state',
    requirement: 'missed-latest',
    rule: 'R2',
    description: 'tells what was missed in its first state',
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
    description: 'delivers of what was missed only what was created',
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
    id: 'missed-gone-told',
    requirement: 'missed-latest',
    rule: 'R2',
    description: 'tells the deletion of what a device that was away never saw',
    create: () => tellingGone(),
  },
  {
    id: 'missed-own-hides',
    requirement: 'missed-foreign',
    rule: 'R2',
    description: 'does not deliver a missed change when a later one of the same notification came from the device itself',
    create: () => {
      const changers = createChangers();
      return {
        ...changers.hooks,
        ...delivering((_message, notification, { unsid }) => (changers.of(textAt(notification, 'id')) === unsid ? [] : undefined)),
      };
    },
  },
];
