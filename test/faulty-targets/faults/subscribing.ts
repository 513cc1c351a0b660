// Faults of subscribing and renewing.
import { answering, asError, bearer, reading, refusing, rewritingJson } from '../wire/edits.ts';
import type { Hooks, Wire } from '../wire/hooks.ts';
import { type JsonObject, jsonOf, listAt, put, textAt, type WireRequest } from '../wire/http-message.ts';
import type { KnownSubscription } from '../wire/ledger.ts';
import { operationOf } from '../wire/operations.ts';
import { createNames, type Names, renaming } from '../wire/renaming.ts';
import type { FaultyTarget } from './fault.ts';

/** The caller's active subscription that this request renews. */
function renewedBy(request: WireRequest, wire: Wire): KnownSubscription | undefined {
  const body = jsonOf(request);
  if (operationOf(request) !== 'createSubscription' || !body) return undefined;
  return [...wire.ledger.subscriptions.values()].find(
    (one) =>
      !one.isEnded &&
      one.authorization === bearer(request) &&
      one.deviceId === body['deviceId'] &&
      one.application.toLowerCase() === textAt(body, 'application').toLowerCase(),
  );
}

/** Shows the caller's subscriptions with another UNSID. */
const suffixed = (suffix: string): Names => ({
  show: (real) => `${real}${suffix}`,
  hide: (shown) => (shown.endsWith(suffix) ? shown.slice(0, -suffix.length) : shown),
});

/** A renewal replaces the subscription without notice. */
function renewingWithNewUnsid(): Hooks {
  const renewals = new WeakSet<WireRequest>();
  return {
    request: async (request, wire) => {
      const old = renewedBy(request, wire);
      if (!old || old.platform !== jsonOf(request)?.['platform']) return undefined;
      renewals.add(request);
      await wire.upstream({ method: 'DELETE', path: `/client/v1/subscriptions/${old.unsid}`, headers: { Authorization: bearer(request) } });
      return undefined;
    },
    answer: (answer, request) => (renewals.has(request) && answer.status === 201 ? { ...answer, status: 200 } : undefined),
  };
}

/** A device that subscribes again after unsubscribing gets its old UNSID. */
function sameUnsidForEver(): Hooks {
  const names = createNames();
  const first = new Map<string, string>();
  const hooks = renaming({ unsid: names });
  return {
    ...hooks,
    answer: (answer, request, wire) => {
      const body = operationOf(request) === 'createSubscription' && answer.status === 201 ? jsonOf(answer) : undefined;
      if (body) {
        const key = JSON.stringify([bearer(request), textAt(body, 'application').toLowerCase(), body['deviceId']]);
        const unsid = textAt(body, 'userNotificationSubscriptionId');
        const old = first.get(key);
        if (old === undefined) first.set(key, unsid);
        else names.rename(unsid, old);
      }
      return hooks.answer?.(answer, request, wire);
    },
  };
}

/** A renewal acknowledges all that was posted up to then. */
function renewingAtHead(): Hooks {
  return {
    request: async (request, wire) => {
      const old = renewedBy(request, wire);
      if (!old || [...wire.connections].some(({ unsid }) => unsid === old.unsid)) return undefined;
      const headers = { Authorization: old.authorization, 'X-UNS-ID': old.unsid };
      const head = textAt(jsonOf(await wire.upstream({ path: '/client/v1/notifications?$top=1', headers })), 'syncCursor');
      if (head !== '') await wire.acknowledge(old, head);
      return undefined;
    },
  };
}

export const subscribing: readonly FaultyTarget[] = [
  {
    id: 'subscribe-200',
    requirement: 'subscribe-created',
    description: 'answers a new subscription with 200',
    create: () => answering('createSubscription', (answer) => (answer.status === 201 ? { ...answer, status: 200 } : undefined)),
  },
  {
    id: 'subscribe-name-null-refused',
    requirement: 'subscribe-request',
    description: 'refuses a displayName of null',
    create: () => refusing('createSubscription', 400, (_request, body) => body['displayName'] === null),
  },
  {
    id: 'subscribe-unicode-refused',
    requirement: 'subscribe-request',
    description: 'refuses a deviceId that is not ASCII',
    create: () => refusing('createSubscription', 400, (_request, body) => /[\u0080-\uffff]/.test(textAt(body, 'deviceId'))),
  },
  {
    id: 'subscribe-longest-refused',
    requirement: 'subscribe-request',
    description: 'refuses a deviceId of 1024 characters',
    create: () => refusing('createSubscription', 400, (_request, body) => textAt(body, 'deviceId').length === 1024),
  },
  {
    id: 'subscribe-android-refused',
    requirement: 'subscribe-request',
    description: 'refuses Android',
    create: () => refusing('createSubscription', 400, (_request, body) => body['platform'] === 'Android'),
  },
  {
    id: 'subscribe-windows-by-default',
    requirement: 'subscribe-request',
    description: 'uses Windows if no platform is given',
    create: () => reading('createSubscription', (body) => (body['platform'] === undefined ? put(body, 'platform', 'Windows') : undefined)),
  },
  {
    id: 'subscribe-platform-case-refused',
    requirement: 'subscribe-request',
    description: 'refuses ios in lower case',
    create: () => refusing('createSubscription', 400, (_request, body) => body['platform'] === 'ios'),
  },
  {
    id: 'subscribe-too-long-cut',
    requirement: 'subscribe-request',
    description: 'cuts a deviceId of more than 1024 characters',
    create: () =>
      reading('createSubscription', (body) =>
        textAt(body, 'deviceId').length > 1024 ? put(body, 'deviceId', textAt(body, 'deviceId').slice(0, 1024)) : undefined,
      ),
  },
  {
    id: 'unsid-not-url-safe',
    requirement: 'subscribe-unsid',
    also: ['answer-schema'],
    description: 'gives UNSIDs that must be encoded in URLs',
    create: () => renaming({ unsid: suffixed('+/==') }),
  },
  {
    id: 'unsid-too-long',
    requirement: 'subscribe-unsid',
    also: ['answer-schema'],
    description: 'gives UNSIDs of more than 128 characters',
    create: () => renaming({ unsid: suffixed('x'.repeat(129)) }),
  },
  {
    id: 'renewed-201',
    requirement: 'subscribe-renewed',
    description: 'answers a renewal with 201',
    create: () => answering('createSubscription', (answer) => (answer.status === 200 ? { ...answer, status: 201 } : undefined)),
  },
  {
    id: 'renewed-new-unsid',
    requirement: 'subscribe-renewed',
    description: 'gives a new UNSID at every renewal',
    create: () => renewingWithNewUnsid(),
  },
  {
    id: 'renewed-at-head',
    requirement: 'subscribe-renewed',
    also: ['redelivery'],
    description: 'loses pending notifications at a renewal',
    create: () => renewingAtHead(),
  },
  {
    id: 'renewed-not-longer',
    requirement: 'subscribe-renewed',
    also: ['subscription-expires'],
    description: 'returns the old expiration at a renewal',
    needs: 'clock',
    create: () => {
      const first = new Map<string, unknown>();
      return rewritingJson(['createSubscription', 'getSubscription', 'listSubscriptions'], (body) => {
        const kept = (one: JsonObject) => {
          const unsid = textAt(one, 'userNotificationSubscriptionId');
          if (!first.has(unsid)) first.set(unsid, one['expirationDateTime']);
          return put(one, 'expirationDateTime', first.get(unsid));
        };
        return 'value' in body ? { ...body, value: listAt(body, 'value').map(kept) } : kept(body);
      });
    },
  },
  {
    id: 'platform-change-taken',
    requirement: 'subscribe-platform-changed',
    description: 'renews a device that names another platform than before',
    create: () =>
      reading('createSubscription', (body, request, wire) => {
        const old = renewedBy(request, wire);
        return old && ['Windows', 'iOS', 'Android', 'WebPush'].includes(textAt(body, 'platform'))
          ? put(body, 'platform', old.platform)
          : undefined;
      }),
  },
  {
    id: 'platform-change-400',
    requirement: 'subscribe-platform-changed',
    description: 'answers 400 when a device names another platform than before',
    create: () =>
      answering('createSubscription', (answer) =>
        answer.status === 409 ? asError(answer, { status: 400, code: 'BadRequest', innerCode: 'InvalidBody' }) : undefined,
      ),
  },
  {
    id: 'unsid-for-ever',
    requirement: 'subscribe-again',
    description: 'gives a device that subscribes again after unsubscribing its old UNSID',
    create: () => sameUnsidForEver(),
  },
  {
    id: 'socket-url-http',
    requirement: 'answer-schema',
    description: 'returns a socketUrl that starts with http',
    create: () =>
      rewritingJson(['createSubscription', 'getSubscription'], (body) =>
        put(body, 'socketUrl', textAt(body, 'socketUrl').replace(/^ws/, 'http')),
      ),
  },
];
