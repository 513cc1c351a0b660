// The device socket, wrong in what a device gets that comes first, or comes back (R2).
import { createChangers } from '../wire/devices.ts';
import { delivering } from '../wire/edits.ts';
import type { Connection } from '../wire/hooks.ts';
import { textAt } from '../wire/http-message.ts';
import { startingAtBeginning, startingAtConnection, tellingGone } from '../wire/positions.ts';
import type { Mutant } from './fault.ts';

export const catchingUp: readonly Mutant[] = [
  {
    id: 'start-at-connection',
    requirement: 'start-at-head',
    rule: 'R2',
    says: 'starts a new subscription when it connects first, not when it subscribes',
    kind: 'socket',
    steps: 'several',
    create: () => startingAtConnection(),
  },
  {
    id: 'start-at-beginning',
    requirement: 'start-at-head',
    rule: 'R2',
    says: 'starts a new subscription at the beginning of the feed',
    kind: 'socket',
    steps: 'several',
    create: () => startingAtBeginning(),
  },
  {
    id: 'missed-as-updated',
    requirement: 'missed-latest',
    rule: 'R2',
    says: 'tells what was created and changed while a device was away as updated',
    kind: 'socket',
    steps: 'several',
    create: () =>
      delivering((message, notification) =>
        message['change'] === 'created' && notification['lastModifiedDateTime'] !== null ? [{ ...message, change: 'updated' }] : undefined,
      ),
  },
  {
    id: 'missed-first-state',
    requirement: 'missed-latest',
    rule: 'R2',
    says: 'tells what was missed in its first state',
    kind: 'socket',
    steps: 'several',
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
    says: 'delivers of what was missed only what was created',
    kind: 'socket',
    steps: 'several',
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
    says: 'tells the deletion of what a device that was away never saw',
    kind: 'socket',
    steps: 'several',
    create: () => tellingGone(),
  },
  {
    id: 'missed-own-hides',
    requirement: 'missed-foreign',
    rule: 'R2',
    says: 'does not deliver a missed change when a later one of the same notification came from the device itself',
    kind: 'socket',
    steps: 'several',
    create: () => {
      const changers = createChangers();
      return {
        ...changers.hooks,
        ...delivering((_message, notification, { unsid }) => (changers.of(textAt(notification, 'id')) === unsid ? [] : undefined)),
      };
    },
  },
];
