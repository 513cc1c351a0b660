// Held-out faults of the fan-out: which devices receive a change, and how often.
import { addresseeOf, feedLines, headOf, onlineOf, readAs, subscriptionOf } from '../wire/devices.ts';
import { bearer, delivering, platformOf, unsidIn } from '../wire/edits.ts';
import type { Hooks, Wire } from '../wire/hooks.ts';
import { at, isObject, type JsonObject, jsonOf, listAt, put, textAt, type WireRequest, withJson } from '../wire/http-message.ts';
import { isSameFeed, type KnownSubscription, targetsOf } from '../wire/ledger.ts';
import { idIn, operationOf } from '../wire/operations.ts';
import type { FaultyTarget } from './fault.ts';

const posted = (id: string, wire: Wire): JsonObject => wire.ledger.notifications.get(id)?.request ?? {};
const platforms = ['Windows', 'iOS', 'Android', 'WebPush'];

/** A post without targetPolicy gets that of the application's previous post. */
function rememberingTargets(): Hooks {
  const last = new Map<string, unknown>();
  const hostOf = (body: JsonObject) => textAt(body, 'targetHostName').toLowerCase();
  return {
    request: (request) => {
      const body = operationOf(request) === 'postNotification' ? jsonOf(request) : undefined;
      const policy = body && last.get(hostOf(body));
      if (!body || !policy || body['targetPolicy'] !== undefined || body['fallbackPolicy'] !== undefined) return undefined;
      return withJson(request, put(body, 'targetPolicy', policy));
    },
    answer: (answer, request) => {
      const body = operationOf(request) === 'postNotification' && answer.status === 201 ? jsonOf(request) : undefined;
      if (body && isObject(body['targetPolicy'])) last.set(hostOf(body), body['targetPolicy']);
      return undefined;
    },
  };
}

interface Device {
  readonly first: unknown;
  readonly shown: unknown;
  readonly unsid: string;
}

/** Serves a device by the platform of its first subscription, but returns that of its last. */
function keepingPlatforms(): Hooks {
  const devices = new Map<string, Device>();
  const shown = new Map<string, unknown>();
  const keyOf = (request: WireRequest, body: JsonObject) =>
    JSON.stringify([bearer(request), textAt(body, 'application').toLowerCase(), body['deviceId']]);
  const show = (one: JsonObject) => {
    const platform = shown.get(textAt(one, 'userNotificationSubscriptionId'));
    return platform === undefined ? one : put(one, 'platform', platform);
  };
  return {
    request: (request, wire) => {
      const body = operationOf(request) === 'createSubscription' ? jsonOf(request) : undefined;
      const before = body && devices.get(keyOf(request, body));
      if (!body || !before || !platforms.includes(textAt(body, 'platform'))) return undefined;
      const isTaken = wire.ledger.subscriptions.get(before.unsid)?.isEnded || body['platform'] === before.shown;
      return withJson(request, put(body, 'platform', isTaken ? before.first : platforms.find((one) => one !== before.first)));
    },
    answer: (answer, request) => {
      const operation = operationOf(request);
      const body = answer.status < 300 ? jsonOf(answer) : undefined;
      const asked = operation === 'createSubscription' ? jsonOf(request) : undefined;
      if (body && asked) {
        const unsid = textAt(body, 'userNotificationSubscriptionId');
        const first = devices.get(keyOf(request, asked))?.first ?? asked['platform'];
        devices.set(keyOf(request, asked), { first, shown: asked['platform'], unsid });
        shown.set(unsid, asked['platform']);
      }
      if (operation === 'createSubscription' || operation === 'getSubscription') return body && withJson(answer, show(body));
      if (operation !== 'listSubscriptions') return undefined;
      return body && withJson(answer, put(body, 'value', listAt(body, 'value').map(show)));
    },
  };
}

/** Sends changes to devices that must not receive them. */
function sendingToExcluded(
  done: 'updateNotification' | 'deleteNotification',
  isMeant: (one: KnownSubscription, targets: readonly string[]) => boolean,
) {
  const sent = new Set<string>();
  const stateOf = async (own: KnownSubscription, id: string, wire: Wire) => {
    if (done === 'updateNotification') return readAs(own, id, wire);
    const headers = { Authorization: own.authorization, 'X-UNS-ID': own.unsid };
    const page = jsonOf(await wire.upstream({ path: '/client/v1/notifications?status=Deleted&$top=1000', headers }));
    return listAt(page, 'value').find((one) => one['id'] === id);
  };
  const hooks: Hooks = {
    answer: async (answer, request, wire) => {
      const own = operationOf(request) === done && answer.status < 300 ? wire.ledger.subscriptions.get(unsidIn(request)) : undefined;
      const notification = own && (await stateOf(own, idIn(request), wire));
      if (!own || !notification) return undefined;
      const key = `${notification['id']} ${notification['lastModifiedDateTime']} ${notification['readState']} ${notification['userActionState']}`;
      if (notification['lastModifiedDateTime'] === null || sent.has(key)) return undefined;
      sent.add(key);
      const cursor = await headOf(own, wire);
      const targets = targetsOf(posted(idIn(request), wire));
      const change = done === 'updateNotification' ? 'updated' : 'deleted';
      for (const one of onlineOf(wire, (each) => each.unsid !== own.unsid && isSameFeed(each, own) && isMeant(each, targets)))
        one.send({ type: 'notification', change, cursor, notification });
      return undefined;
    },
  };
  return hooks;
}

export const holdoutDevices: readonly FaultyTarget[] = [
  {
    id: 'targets-remembered',
    requirement: 'targeting',
    rule: 'R4',
    description: 'sends a notification without a targetPolicy to the platforms of the previous one',
    create: () => rememberingTargets(),
  },
  {
    id: 'platform-of-first-subscription',
    requirement: 'targeting',
    rule: 'R4',
    description: 'serves a device that has subscribed again with another platform by its first platform',
    create: () => keepingPlatforms(),
  },
  {
    id: 'change-ignores-target',
    requirement: 'targeting',
    rule: 'R4',
    description: 'sends changes of state also to platforms that targetPolicy leaves out',
    create: () => sendingToExcluded('updateNotification', ({ platform }, targets) => platform !== 'WebPush' && !targets.includes(platform)),
  },
  {
    id: 'deletion-to-web',
    requirement: 'change-not-to-web',
    rule: 'R4',
    description: 'sends deletions to web endpoints',
    create: () => sendingToExcluded('deleteNotification', ({ platform }, targets) => platform === 'WebPush' && targets.includes(platform)),
  },
  {
    id: 'platform-named-twice',
    requirement: 'once',
    rule: 'R1',
    description: 'delivers twice to a platform that targetPolicy names twice',
    create: () =>
      delivering((message, notification, { unsid }, wire) => {
        const named = at(posted(textAt(notification, 'id'), wire), 'targetPolicy/platformTypes');
        const own = platformOf(unsid, wire)?.toLowerCase();
        const times = Array.isArray(named) ? named.filter((one) => String(one).toLowerCase() === own).length : 1;
        return message['change'] === 'created' && times > 1 ? [message, message] : undefined;
      }),
  },
  {
    id: 'spelled-applications-apart',
    requirement: 'fan-out',
    also: ['post-host-case'],
    description: 'sends a notification only to devices that spelled the application as the addressed one did',
    create: () =>
      delivering((_message, notification, connection, wire) => {
        const known = wire.ledger.notifications.get(textAt(notification, 'id'));
        const own = known && addresseeOf(known, wire);
        const isOther =
          own && feedLines(known, wire).includes(connection) && subscriptionOf(connection, wire)?.application !== own.application;
        return isOther ? [] : undefined;
      }),
  },
];
