// Faults of the fan-out: it reaches the wrong devices, or not all.
import { addresseeOf, afterPost, createLastCursors, onlineOf, readAs, subscriptionOf } from '../wire/devices.ts';
import { delivering, platformOf, reading, taking, unsidIn } from '../wire/edits.ts';
import type { Hooks } from '../wire/hooks.ts';
import { at, type JsonObject, jsonOf, put, textAt } from '../wire/http-message.ts';
import { isSameFeed, type KnownSubscription } from '../wire/ledger.ts';
import type { FaultyTarget } from './fault.ts';

const platforms = ['windows', 'ios', 'android', 'webpush'];

const markOf = (notification: JsonObject): string => JSON.stringify(notification['payload'] ?? null);

/** Sends posted notifications to devices of other feeds too. */
function leaking(isOther: (one: KnownSubscription, own: KnownSubscription) => boolean): Hooks {
  const cursors = createLastCursors();
  return {
    ...afterPost(async (known, wire) => {
      const own = addresseeOf(known, wire);
      const notification = own && (await readAs(own, known.id, wire));
      if (!own || !notification) return;
      for (const one of onlineOf(wire, (each) => isOther(each, own))) {
        const application = subscriptionOf(one, wire)?.application;
        one.send({ type: 'notification', change: 'created', cursor: cursors.of(one), notification: { ...notification, application } });
      }
    }),
    serverMessage: (message, connection) => {
      cursors.note(message, connection);
      return undefined;
    },
  };
}

export const fanOut: readonly FaultyTarget[] = [
  {
    id: 'first-device-only',
    requirement: 'fan-out',
    description: 'sends a notification only to the first device that receives it',
    create: () => {
      const taken = new Map<string, string>();
      return delivering((message, notification, { unsid }) => {
        const id = textAt(notification, 'id');
        if (message['change'] !== 'created') return undefined;
        if (!taken.has(id)) taken.set(id, unsid);
        return taken.get(id) === unsid ? undefined : [];
      });
    },
  },
  {
    id: 'named-device-only',
    requirement: 'fan-out',
    description: 'sends a notification only to the device whose UNSID was named',
    create: () =>
      delivering((message, notification, { unsid }, wire) => {
        const named = wire.ledger.notifications.get(textAt(notification, 'id'))?.unsid;
        return message['change'] === 'created' && named !== undefined && named !== '' && named !== unsid ? [] : undefined;
      }),
  },
  {
    id: 'named-device-left-out',
    requirement: 'fan-out',
    description: 'sends a notification to all devices but the one whose UNSID was named',
    create: () => {
      const named = new Map<string, string>();
      return {
        ...delivering((message, notification, { unsid }) =>
          message['change'] === 'created' && named.get(markOf(notification)) === unsid ? [] : undefined,
        ),
        ...taking('postNotification', (request) => {
          named.set(JSON.stringify(jsonOf(request)?.['payload'] ?? null), unsidIn(request));
          return undefined;
        }),
      };
    },
  },
  {
    id: 'third-device-left-out',
    requirement: 'fan-out',
    description: 'sends a notification to two devices of a user at most',
    create: () =>
      delivering((_message, _notification, connection, wire) => {
        const own = subscriptionOf(connection, wire);
        const feed = [...wire.ledger.subscriptions.values()].filter((one) => own && !one.isEnded && isSameFeed(one, own));
        return feed.findIndex((one) => one.unsid === connection.unsid) >= 2 ? [] : undefined;
      }),
  },
  {
    id: 'leaks-to-other-user',
    requirement: 'fan-out-isolated',
    description: "sends a notification also to another user's device of the application",
    create: () =>
      leaking((one, own) => one.authorization !== own.authorization && one.application.toLowerCase() === own.application.toLowerCase()),
  },
  {
    id: 'leaks-to-other-application',
    requirement: 'fan-out-isolated',
    description: "sends a notification also to the user's device of another application",
    create: () =>
      leaking((one, own) => one.authorization === own.authorization && one.application.toLowerCase() !== own.application.toLowerCase()),
  },
  {
    id: 'windows-always',
    requirement: 'targeting',
    rule: 'R4',
    description: 'sends to Windows regardless of targetPolicy',
    create: () =>
      reading('postNotification', (body) => {
        const list = at(body, 'targetPolicy/platformTypes');
        return Array.isArray(list) &&
          list.length > 0 &&
          !list.some((one) => String(one).toLowerCase() === 'windows') &&
          !('fallbackPolicy' in body)
          ? put(body, 'targetPolicy/platformTypes', [...list, 'Windows'])
          : undefined;
      }),
  },
  {
    id: 'lower-case-target-missed',
    requirement: 'targeting',
    rule: 'R4',
    description: 'accepts platforms in lower case but sends nothing to them',
    create: () =>
      delivering((_message, notification, { unsid }, wire) => {
        const list = at(wire.ledger.notifications.get(textAt(notification, 'id'))?.request, 'targetPolicy/platformTypes');
        return Array.isArray(list) && !list.includes(platformOf(unsid, wire)) ? [] : undefined;
      }),
  },
  {
    id: 'two-platforms-first-only',
    requirement: 'targeting',
    rule: 'R4',
    description: 'sends only to the first of the named platforms',
    create: () =>
      reading('postNotification', (body) => {
        const list = at(body, 'targetPolicy/platformTypes');
        return Array.isArray(list) &&
          list.length > 1 &&
          !('fallbackPolicy' in body) &&
          list.every((one) => platforms.includes(String(one).toLowerCase()))
          ? put(body, 'targetPolicy/platformTypes', list.slice(0, 1))
          : undefined;
      }),
  },
];
