// Faults of reading and ending subscriptions, and of their expiry.
import { answering, asError, bearer, errorAnswer, isAppToken, rewritingJson, unsidIn } from '../wire/edits.ts';
import type { Hooks, Wire } from '../wire/hooks.ts';
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
} from '../wire/http-message.ts';
import { idIn, operationOf } from '../wire/operations.ts';
import type { FaultyTarget } from './fault.ts';

/** Unsubscribing leaves a hidden subscription, which receives posts to the old UNSID. */
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

/** Reads another user's resources with that user's token. */
function seeingAll(which: 'getSubscription' | 'deleteSubscription'): Hooks {
  return {
    request: (request, wire) => {
      const known = operationOf(request) === which && !isAppToken(request) ? wire.ledger.subscriptions.get(idIn(request)) : undefined;
      return known && headerOf(request, 'authorization') ? withHeader(request, 'Authorization', known.authorization) : undefined;
    },
  };
}

const listed = (change: (value: readonly JsonObject[], request: WireRequest, wire: Wire) => readonly JsonObject[]): Hooks =>
  rewritingJson('listSubscriptions', (body, request, wire) => ({ ...body, value: change(listAt(body, 'value'), request, wire) }));

export const subscriptions: readonly FaultyTarget[] = [
  {
    id: 'unsubscribed-lives',
    requirement: 'unsubscribed-dead',
    also: ['post-unsid-usable'],
    description: 'accepts posts to an unsubscribed UNSID',
    create: undead,
  },
  {
    id: 'list-leaves-web-out',
    requirement: 'subscription-list',
    description: 'lists no web endpoints',
    create: () => listed((value) => value.filter((one) => one['platform'] !== 'WebPush')),
  },
  {
    id: 'list-of-all-users',
    requirement: 'subscription-list',
    also: ['foreign-hidden'],
    description: "lists another user's subscription as well",
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
    description: 'returns a subscription without displayName',
    create: () => rewritingJson('getSubscription', (body) => put(body, 'displayName', null)),
  },
  {
    id: 'get-404-for-web',
    requirement: 'subscription-get',
    description: 'does not find web endpoints',
    create: () =>
      answering('getSubscription', (answer, request, wire) =>
        jsonOf(answer)?.['platform'] === 'WebPush'
          ? errorAnswer(request, wire, { status: 404, code: 'NotFound', innerCode: 'UnknownResource' })
          : undefined,
      ),
  },
  {
    id: 'unsubscribe-again-204',
    requirement: 'unsubscribe',
    description: 'answers 204 to a second unsubscribing',
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
    description: 'answers 200 when it has unsubscribed a device',
    create: () =>
      answering('deleteSubscription', (answer) =>
        answer.status === 204 ? { ...withHeader(answer, 'Content-Length', '0'), status: 200 } : undefined,
      ),
  },
  {
    id: 'app-token-sees-nothing',
    requirement: 'user-token-required',
    description: 'returns an empty list of subscriptions to app-only tokens',
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
    description: 'answers app-only tokens on the client surface with 401',
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
    description: "answers 403 for another user's subscription",
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
    id: 'foreign-subscription-sent',
    requirement: 'foreign-hidden',
    description: "returns another user's subscription by its UNSID",
    create: () => seeingAll('getSubscription'),
  },
  {
    id: 'foreign-subscription-ended',
    requirement: 'foreign-hidden',
    description: "allows ending another user's subscription",
    create: () => seeingAll('deleteSubscription'),
  },
  {
    id: 'subscription-immortal',
    requirement: 'subscription-expires',
    description: 'never ends a subscription that is not renewed',
    needs: 'clock',
    create: () => ({
      // Renews all subscriptions in steps that are shorter than their lifetime.
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
    description: 'keeps the socket of an expired subscription open',
    needs: 'clock',
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
