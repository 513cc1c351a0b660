// Subscribing and unsubscribing, done wrong.
import { answering, asError, bearer, errorAnswer, isAppToken, reading, refusing, telling, unsidIn } from '../edits.ts';
import type { Hooks, Wire } from '../hooks.ts';
import {
  headerOf,
  type JsonObject,
  jsonOf,
  listAt,
  put,
  textAt,
  type WireRequest,
  withHeader,
  withJson,
  withoutHeader,
} from '../http-message.ts';
import type { KnownSubscription } from '../ledger.ts';
import type { Mutant } from '../mutant.ts';
import { idIn, operationOf } from '../operations.ts';
import { createNames, type Names, renaming } from '../renaming.ts';

/** Unsubscribing leaves a subscription behind that nobody sees: what is posted to the old UNSID goes there. */
function undead(): Hooks {
  const heirs = new Map<string, string>();
  return {
    request: async (request, wire) => {
      if (operationOf(request) === 'postNotification') {
        const heir = heirs.get(unsidIn(request));
        return heir === undefined ? undefined : withHeader(request, 'X-UNS-ID', heir);
      }
      const known = operationOf(request) === 'deleteSubscription' ? wire.ledger.subscriptions.get(idIn(request)) : undefined;
      if (!known || known.isEnded || known.authorization !== bearer(request)) return undefined;
      const { application, platform, authorization } = known;
      const json = { application, platform, deviceId: `undead-${known.unsid}` };
      const answer = await wire.upstream({ path: '/client/v1/subscriptions', headers: { Authorization: authorization }, json });
      heirs.set(known.unsid, textAt(jsonOf(answer), 'userNotificationSubscriptionId'));
      return undefined;
    },
    answer: (answer, request) => {
      if (operationOf(request) !== 'listSubscriptions') return undefined;
      const visible = listAt(jsonOf(answer), 'value').filter((one) => !textAt(one, 'deviceId').startsWith('undead-'));
      return withJson(answer, { value: visible });
    },
  };
}

/** The caller's live subscription that this request renews. */
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

/** Every subscription of this request's caller that the change names is shown with another UNSID. */
const suffixed = (suffix: string): Names => ({
  show: (real) => `${real}${suffix}`,
  hide: (shown) => (shown.endsWith(suffix) ? shown.slice(0, -suffix.length) : shown),
});

/** Renewing begins anew: the old subscription ends, and nobody is told. */
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

/** A device that subscribes again after unsubscribing gets the UNSID that it had. */
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

/** What belongs to another user is found with that user's own token. */
function seeingAll(which: 'getSubscription' | 'deleteSubscription'): Hooks {
  return {
    request: (request, wire) => {
      const known = operationOf(request) === which && !isAppToken(request) ? wire.ledger.subscriptions.get(idIn(request)) : undefined;
      return known && headerOf(request, 'authorization') ? withHeader(request, 'Authorization', known.authorization) : undefined;
    },
  };
}

const listed = (change: (value: readonly JsonObject[], request: WireRequest, wire: Wire) => readonly JsonObject[]): Hooks =>
  telling('listSubscriptions', (body, request, wire) => ({ ...body, value: change(listAt(body, 'value'), request, wire) }));

export const subscriptions: readonly Mutant[] = [
  {
    id: 'unsubscribed-lives',
    requirement: 'unsubscribed-dead',
    also: ['post-unsid-usable'],
    says: 'goes on accepting posts to a UNSID that was unsubscribed',
    kind: 'accepts',
    steps: 'several',
    create: undead,
  },
  {
    id: 'subscribe-200',
    requirement: 'subscribe-created',
    says: 'answers a new subscription with 200',
    kind: 'answer',
    steps: 'one',
    create: () => answering('createSubscription', (answer) => (answer.status === 201 ? { ...answer, status: 200 } : undefined)),
  },
  {
    id: 'subscribe-name-null-refused',
    requirement: 'subscribe-request',
    says: 'refuses a displayName of null',
    kind: 'refuses',
    steps: 'one',
    create: () => refusing('createSubscription', 400, (_request, body) => body['displayName'] === null),
  },
  {
    id: 'subscribe-unicode-refused',
    requirement: 'subscribe-request',
    says: 'refuses a deviceId that is not ASCII',
    kind: 'refuses',
    steps: 'one',
    create: () => refusing('createSubscription', 400, (_request, body) => /[\u0080-\uffff]/.test(textAt(body, 'deviceId'))),
  },
  {
    id: 'subscribe-longest-refused',
    requirement: 'subscribe-request',
    says: 'refuses a deviceId of 1024 characters',
    kind: 'refuses',
    steps: 'one',
    create: () => refusing('createSubscription', 400, (_request, body) => textAt(body, 'deviceId').length === 1024),
  },
  {
    id: 'subscribe-android-refused',
    requirement: 'subscribe-request',
    says: 'knows no Android',
    kind: 'refuses',
    steps: 'one',
    create: () => refusing('createSubscription', 400, (_request, body) => body['platform'] === 'Android'),
  },
  {
    id: 'subscribe-windows-by-default',
    requirement: 'subscribe-request',
    says: 'takes Windows when no platform is given',
    kind: 'accepts',
    steps: 'one',
    create: () => reading('createSubscription', (body) => (body['platform'] === undefined ? put(body, 'platform', 'Windows') : undefined)),
  },
  {
    id: 'subscribe-platform-any-case',
    requirement: 'subscribe-request',
    says: 'accepts ios in lower case',
    kind: 'accepts',
    steps: 'one',
    create: () => reading('createSubscription', (body) => (body['platform'] === 'ios' ? put(body, 'platform', 'iOS') : undefined)),
  },
  {
    id: 'subscribe-too-long-cut',
    requirement: 'subscribe-request',
    says: 'cuts a deviceId of more than 1024 characters',
    kind: 'accepts',
    steps: 'one',
    create: () =>
      reading('createSubscription', (body) =>
        textAt(body, 'deviceId').length > 1024 ? put(body, 'deviceId', textAt(body, 'deviceId').slice(0, 1024)) : undefined,
      ),
  },
  {
    id: 'unsid-not-url-safe',
    requirement: 'subscribe-unsid',
    also: ['answer-schema'],
    says: 'gives UNSIDs that have to be encoded in URLs',
    kind: 'answer',
    steps: 'one',
    create: () => renaming({ unsid: suffixed('+/==') }),
  },
  {
    id: 'unsid-too-long',
    requirement: 'subscribe-unsid',
    also: ['answer-schema'],
    says: 'gives UNSIDs of more than 128 characters',
    kind: 'answer',
    steps: 'one',
    create: () => renaming({ unsid: suffixed('x'.repeat(129)) }),
  },
  {
    id: 'renewed-201',
    requirement: 'subscribe-renewed',
    says: 'answers a renewal with 201',
    kind: 'answer',
    steps: 'several',
    create: () => answering('createSubscription', (answer) => (answer.status === 200 ? { ...answer, status: 201 } : undefined)),
  },
  {
    id: 'renewed-new-unsid',
    requirement: 'subscribe-renewed',
    says: 'gives a new UNSID at every renewal',
    kind: 'accepts',
    steps: 'several',
    create: () => renewingWithNewUnsid(),
  },
  {
    id: 'renewed-at-head',
    requirement: 'subscribe-renewed',
    also: ['redelivery'],
    says: 'forgets at a renewal what was not delivered yet',
    kind: 'accepts',
    steps: 'several',
    create: () => renewingAtHead(),
  },
  {
    id: 'renewed-not-longer',
    requirement: 'subscribe-renewed',
    also: ['subscription-expires'],
    says: 'answers at a renewal the expiration that the subscription had before',
    kind: 'answer',
    needs: 'clock',
    steps: 'several',
    create: () => {
      const first = new Map<string, unknown>();
      return telling(['createSubscription', 'getSubscription', 'listSubscriptions'], (body) => {
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
    says: 'renews a device that names another platform than before',
    kind: 'accepts',
    steps: 'several',
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
    says: 'answers 400 when a device names another platform than before',
    kind: 'answer',
    steps: 'several',
    create: () =>
      answering('createSubscription', (answer) =>
        answer.status === 409 ? asError(answer, { status: 400, code: 'BadRequest', innerCode: 'InvalidBody' }) : undefined,
      ),
  },
  {
    id: 'unsid-for-ever',
    requirement: 'subscribe-again',
    says: 'gives a device that subscribes again after unsubscribing the UNSID that it had',
    kind: 'answer',
    steps: 'several',
    create: () => sameUnsidForEver(),
  },
  {
    id: 'list-leaves-web-out',
    requirement: 'subscription-list',
    says: 'lists no web endpoints',
    kind: 'answer',
    steps: 'several',
    create: () => listed((value) => value.filter((one) => one['platform'] !== 'WebPush')),
  },
  {
    id: 'list-of-all-users',
    requirement: 'subscription-list',
    also: ['foreign-hidden'],
    says: "lists another user's subscription as well",
    kind: 'answer',
    steps: 'several',
    create: () => {
      const seen = new Map<string, JsonObject>();
      return {
        answer: (answer, request) => {
          const body = answer.status < 300 ? jsonOf(answer) : undefined;
          if (body && operationOf(request) === 'createSubscription') seen.set(bearer(request), body);
          if (body && operationOf(request) === 'listSubscriptions') {
            const others = [...seen].filter(([token]) => token !== bearer(request)).map(([, one]) => one);
            return withJson(answer, { ...body, value: [...listAt(body, 'value'), ...others.slice(0, 1)] });
          }
          return undefined;
        },
      };
    },
  },
  {
    id: 'get-loses-name',
    requirement: 'subscription-get',
    says: 'tells no displayName of one subscription',
    kind: 'answer',
    steps: 'one',
    create: () => telling('getSubscription', (body) => put(body, 'displayName', null)),
  },
  {
    id: 'get-404-for-web',
    requirement: 'subscription-get',
    says: 'does not find web endpoints',
    kind: 'refuses',
    steps: 'one',
    create: () =>
      answering('getSubscription', (answer, request, wire) =>
        jsonOf(answer)?.['platform'] === 'WebPush'
          ? errorAnswer(request, wire, { status: 404, code: 'NotFound', innerCode: 'UnknownResource' })
          : undefined,
      ),
  },
  {
    id: 'socket-url-http',
    requirement: 'answer-schema',
    says: 'tells a socketUrl that begins with http',
    kind: 'answer',
    steps: 'one',
    create: () =>
      telling(['createSubscription', 'getSubscription'], (body) =>
        put(body, 'socketUrl', textAt(body, 'socketUrl').replace(/^ws/, 'http')),
      ),
  },
  {
    id: 'unsubscribe-again-204',
    requirement: 'unsubscribe',
    says: 'answers 204 when it is asked to unsubscribe again',
    kind: 'accepts',
    steps: 'several',
    create: () => ({
      answer: async (answer, request, wire) => {
        if (operationOf(request) !== 'deleteSubscription' || answer.status !== 404) return undefined;
        const known = wire.ledger.subscriptions.get(idIn(request));
        return known?.isEnded && known.authorization === bearer(request)
          ? { ...withoutHeader(withoutHeader(answer, 'content-type'), 'content-length'), status: 204, body: Buffer.alloc(0) }
          : undefined;
      },
    }),
  },
  {
    id: 'unsubscribe-200',
    requirement: 'unsubscribe',
    also: ['answer-status'],
    says: 'answers 200 when it has unsubscribed a device',
    kind: 'answer',
    steps: 'one',
    create: () =>
      answering('deleteSubscription', (answer) =>
        answer.status === 204 ? { ...withHeader(answer, 'Content-Length', '0'), status: 200 } : undefined,
      ),
  },
  {
    id: 'app-token-sees-nothing',
    requirement: 'user-token-required',
    says: 'answers an empty list of subscriptions to app-only tokens',
    kind: 'accepts',
    steps: 'one',
    create: () => ({
      answer: (answer, request) =>
        operationOf(request) === 'listSubscriptions' && answer.status === 403
          ? { ...withHeader(withJson(answer, { value: [] }), 'Content-Type', 'application/json;charset=utf-8'), status: 200 }
          : undefined,
    }),
  },
  {
    id: 'app-token-401',
    requirement: 'user-token-required',
    says: 'answers app-only tokens on the client surface with 401',
    kind: 'answer',
    steps: 'one',
    create: () => ({
      answer: (answer, request) =>
        answer.status === 403 && request.path.startsWith('/client') && isAppToken(request)
          ? withHeader(
              asError(answer, { status: 401, code: 'InvalidAuthenticationToken', innerCode: 'TokenInvalid' }),
              'WWW-Authenticate',
              'Bearer realm=""',
            )
          : undefined,
    }),
  },
  {
    id: 'foreign-subscription-403',
    requirement: 'foreign-hidden',
    says: "answers 403 for another user's subscription",
    kind: 'answer',
    steps: 'several',
    create: () => ({
      answer: (answer, request, wire) => {
        const known = wire.ledger.subscriptions.get(idIn(request));
        return answer.status === 404 &&
          request.path.startsWith('/client/v1/subscriptions/') &&
          known &&
          known.authorization !== bearer(request)
          ? asError(answer, { status: 403, code: 'Forbidden' })
          : undefined;
      },
    }),
  },
  {
    id: 'foreign-subscription-told',
    requirement: 'foreign-hidden',
    says: "tells another user's subscription to whoever knows its UNSID",
    kind: 'accepts',
    steps: 'several',
    create: () => seeingAll('getSubscription'),
  },
  {
    id: 'foreign-subscription-ended',
    requirement: 'foreign-hidden',
    says: "lets anybody end another user's subscription",
    kind: 'accepts',
    steps: 'several',
    create: () => seeingAll('deleteSubscription'),
  },
  {
    id: 'subscription-immortal',
    requirement: 'subscription-expires',
    says: 'never ends a subscription that is not renewed',
    kind: 'accepts',
    needs: 'clock',
    steps: 'several',
    create: () => ({
      // Renews all behind the scenes, in steps shorter than a subscription lives.
      advancing: async (seconds, wire) => {
        let left = seconds;
        for (; left > 10 * 86_400; left -= 10 * 86_400) {
          await wire.advance(10 * 86_400);
          for (const { application, deviceId, platform, authorization, isEnded } of wire.ledger.subscriptions.values()) {
            if (isEnded) continue;
            const json = { application, deviceId, platform };
            await wire.upstream({ path: '/client/v1/subscriptions', headers: { Authorization: authorization }, json });
          }
        }
        return left;
      },
    }),
  },
  {
    id: 'expired-line-stays',
    requirement: 'subscription-expires',
    also: ['subscription-ended'],
    rule: 'R8',
    says: 'keeps the line of a subscription that has expired open',
    kind: 'socket',
    needs: 'clock',
    steps: 'several',
    create: () => {
      const ended = new Set<string>();
      return {
        request: (request) => {
          if (operationOf(request) === 'deleteSubscription') ended.add(idIn(request));
          return undefined;
        },
        closing: (code, { unsid }) => (code === 4410 && !ended.has(unsid) ? 'keep' : undefined),
      };
    },
  },
];
