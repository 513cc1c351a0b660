// Faults of the fan-out of changes, deletions and content.
import { addresseeOf, afterPost, createChangers, feedLines, headOf, onlineOf, readAs, subscriptionOf } from '../wire/devices.ts';
import { delivering, platformOf, pushing, unsidIn } from '../wire/edits.ts';
import type { Connection, Hooks, Wire } from '../wire/hooks.ts';
import { at, drop, type JsonObject, jsonOf, put, textAt, type WireRequest } from '../wire/http-message.ts';
import { isSameFeed, targetsOf } from '../wire/ledger.ts';
import { idIn, operationOf } from '../wire/operations.ts';
import type { FaultyTarget } from './fault.ts';

/** Sends a change of state to devices that must not receive it. */
function sendingChangesTo(to: (request: WireRequest, wire: Wire, notification: JsonObject) => readonly Connection[]): Hooks {
  const modified = new Map<string, string>();
  return {
    answer: async (answer, request, wire) => {
      const body = operationOf(request) === 'updateNotification' && answer.status === 200 ? jsonOf(answer) : undefined;
      const own = wire.ledger.subscriptions.get(unsidIn(request));
      const when = textAt(body, 'lastModifiedDateTime');
      if (!body || !own || when === '' || modified.get(idIn(request)) === when) return undefined;
      modified.set(idIn(request), when);
      const cursor = await headOf(own, wire);
      for (const one of to(request, wire, body)) one.send({ type: 'notification', change: 'updated', cursor, notification: body });
      return undefined;
    },
  };
}

function webSiblings(request: WireRequest, wire: Wire, notification: JsonObject): readonly Connection[] {
  const isMeant = targetsOf(wire.ledger.notifications.get(textAt(notification, 'id'))?.request ?? {}).includes('WebPush');
  const own = wire.ledger.subscriptions.get(unsidIn(request));
  if (!own || !isMeant || at(notification, 'payload/rawContent') === undefined) return [];
  return onlineOf(wire, (one) => one.platform === 'WebPush' && one.unsid !== own.unsid && isSameFeed(one, own));
}

export const fanOutChanges: readonly FaultyTarget[] = [
  {
    id: 'change-echoed',
    requirement: 'change-not-to-origin',
    rule: 'R4',
    description: 'sends a change of state also to the device that made it',
    create: () => sendingChangesTo((request, wire) => onlineOf(wire, ({ unsid }) => unsid === unsidIn(request))),
  },
  {
    id: 'change-to-web',
    requirement: 'change-not-to-web',
    rule: 'R4',
    description: 'sends changes of state to web endpoints',
    create: () => sendingChangesTo(webSiblings),
  },
  {
    id: 'deletion-untold',
    requirement: 'deletion-to-others',
    description: 'sends a deletion to no device',
    create: () => delivering((message) => (message['change'] === 'deleted' ? [] : undefined)),
  },
  {
    id: 'deletion-as-update',
    requirement: 'deletion-to-others',
    description: 'sends a deletion as an update',
    create: () => delivering((message) => (message['change'] === 'deleted' ? [{ ...message, change: 'updated' }] : undefined)),
  },
  {
    id: 'push-body-lost',
    requirement: 'fan-out-content',
    description: 'pushes visualContent without its body',
    create: () => pushing((one) => drop(one, 'payload/visualContent/body')),
  },
  {
    id: 'push-raw-lost',
    requirement: 'fan-out-content',
    description: 'pushes only the visualContent of both contents, except to web endpoints',
    create: () => pushing((one) => (at(one, 'payload/visualContent') !== undefined ? drop(one, 'payload/rawContent') : one)),
  },
  {
    id: 'push-ascii',
    requirement: 'fan-out-content',
    description: 'pushes characters beyond the basic plane as question marks',
    create: () => pushing((one) => Object.assign({}, JSON.parse(JSON.stringify(one).replace(/[\u{10000}-\u{10ffff}]/gu, '?')))),
  },
  {
    id: 'push-group-lost',
    requirement: 'fan-out-content',
    description: 'pushes no groupName',
    create: () => pushing((one) => (typeof one['groupName'] === 'string' ? put(one, 'groupName', null) : one)),
  },
  {
    id: 'push-states-stale',
    requirement: 'change-to-others',
    description: 'pushes changes of state without the new state',
    create: () => pushing((one) => (one['status'] === 'Active' ? { ...one, readState: 'Unread', userActionState: 'NoInteraction' } : one)),
  },
  {
    id: 'dismissal-untold',
    requirement: 'change-to-others',
    description: 'sends all actions except dismissals to other devices',
    create: () =>
      delivering((message, notification) =>
        message['change'] === 'updated' && notification['userActionState'] === 'Dismissed' ? [] : undefined,
      ),
  },
  {
    id: 'change-to-same-platform',
    requirement: 'change-to-others',
    description: 'sends a change only to devices of the same platform as the one that made it',
    create: () => {
      const changers = createChangers();
      return {
        ...changers.hooks,
        ...delivering((message, notification, connection, wire) => {
          const by = changers.of(textAt(notification, 'id'));
          if (message['change'] !== 'updated' || by === undefined) return undefined;
          return platformOf(by, wire) === platformOf(connection.unsid, wire) ? undefined : [];
        }),
      };
    },
  },
  {
    id: 'idle-update-pushed',
    requirement: 'no-change-no-push',
    description: 'pushes an update without effect',
    create: () => {
      const idle = new WeakSet<WireRequest>();
      return {
        request: async (request, wire) => {
          const body = operationOf(request) === 'updateNotification' ? jsonOf(request) : undefined;
          const own = wire.ledger.subscriptions.get(unsidIn(request));
          const present = body && own && (await readAs(own, idIn(request), wire));
          const states = ['readState', 'userActionState'].filter((name) => body?.[name] !== undefined);
          if (present && states.length > 0 && states.every((name) => body[name] === present[name])) idle.add(request);
          return undefined;
        },
        answer: async (answer, request, wire) => {
          const own = wire.ledger.subscriptions.get(unsidIn(request));
          const body = idle.has(request) && answer.status === 200 ? jsonOf(answer) : undefined;
          if (!body || !own) return undefined;
          const cursor = await headOf(own, wire);
          for (const one of onlineOf(wire, (each) => each.unsid !== own.unsid && isSameFeed(each, own) && each.platform !== 'WebPush')) {
            one.send({ type: 'notification', change: 'updated', cursor, notification: body });
          }
          return undefined;
        },
      };
    },
  },
  {
    id: 'web-gets-visual-only',
    requirement: 'web-raw-only',
    rule: 'R4',
    description: 'pushes visual-only notifications to web endpoints',
    create: () =>
      afterPost(async (known, wire) => {
        const own = addresseeOf(known, wire);
        const isMeant = targetsOf(known.request).includes('WebPush') && at(known.request, 'payload/rawContent') === undefined;
        const notification = own && isMeant ? await readAs(own, known.id, wire) : undefined;
        if (!own || !notification) return;
        const cursor = await headOf(own, wire);
        for (const one of feedLines(known, wire)) {
          if (subscriptionOf(one, wire)?.platform === 'WebPush')
            one.send({ type: 'notification', change: 'created', cursor, notification });
        }
      }),
  },
  {
    id: 'web-gets-no-raw',
    requirement: 'web-raw-only',
    rule: 'R4',
    description: 'sends nothing to web endpoints for notifications with both contents',
    create: () =>
      delivering((_message, notification, connection, wire) => {
        const sent = wire.ledger.notifications.get(textAt(notification, 'id'))?.request;
        return platformOf(connection.unsid, wire) === 'WebPush' && at(sent, 'payload/visualContent') !== undefined ? [] : undefined;
      }),
  },
  {
    id: 'web-gets-both',
    requirement: 'web-raw-only',
    rule: 'R4',
    description: 'sends the visualContent too to web endpoints for notifications with both contents',
    create: () =>
      pushing((one, { unsid }, wire) => {
        const visual = at(wire.ledger.notifications.get(textAt(one, 'id'))?.request, 'payload/visualContent');
        return platformOf(unsid, wire) === 'WebPush' && visual !== undefined ? put(one, 'payload/visualContent', visual) : one;
      }),
  },
];
