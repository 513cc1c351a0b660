// Subscribing and unsubscribing, done wrong.
import { bearer, unsidIn } from '../edits.ts';
import type { Hooks } from '../hooks.ts';
import { jsonOf, listAt, textAt, withHeader, withJson } from '../http-message.ts';
import type { Mutant } from '../mutant.ts';
import { idIn, operationOf } from '../operations.ts';

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
];
