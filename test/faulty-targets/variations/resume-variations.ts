// Legal variations of what a device receives when it reconnects, where the requirement is a SHOULD.
import { delivering } from '../wire/edits.ts';
import type { Hooks } from '../wire/hooks.ts';
import { jsonOf, textAt } from '../wire/http-message.ts';
import { targetsOf } from '../wire/ledger.ts';
import { operationOf } from '../wire/operations.ts';
import type { Variation } from './variation.ts';

/** Replaced content is an update for every device, even if its platform was not targeted before. */
function updatingFirstMeant(): Hooks {
  /** The platforms of each notification when it was posted first. */
  const first = new Map<string, readonly string[]>();
  return {
    answer: (answer, request) => {
      const id = operationOf(request) === 'postNotification' && answer.status === 201 ? textAt(jsonOf(answer), 'id') : '';
      if (id !== '' && !first.has(id)) first.set(id, targetsOf(jsonOf(request) ?? {}));
      return undefined;
    },
    ...delivering((message, notification, { unsid }, wire) => {
      const platforms = first.get(textAt(notification, 'id'));
      const platform = wire.ledger.subscriptions.get(unsid)?.platform;
      const isFirstMeant = platform !== undefined && platforms !== undefined && !platforms.includes(platform);
      return isFirstMeant && message['change'] === 'created' ? [{ ...message, change: 'updated' }] : undefined;
    }),
  };
}

/** A toast is sent on one connection only, even if it is not received. */
function toastingOnce(): Hooks {
  const sent = new Set<string>();
  return {
    serverMessage: (message, { unsid }) => {
      if (message['type'] !== 'toast') return undefined;
      const key = `${unsid} ${textAt(message, 'notificationId')}`;
      const isAgain = sent.has(key);
      sent.add(key);
      return isAgain ? [] : undefined;
    },
  };
}

export const resumeVariations: readonly Variation[] = [
  {
    id: 'first-meant-updated',
    description: 'sends replaced content as updated to devices whose platform was not targeted before',
    allowedBy: 'requirements.yaml: first-meant-created is a SHOULD; D5 is not required of others',
    departs: ['first-meant-created'],
    create: updatingFirstMeant,
  },
  {
    id: 'toast-at-most-once',
    description: 'sends a toast once, also when the connection breaks before it was acknowledged',
    allowedBy: 'requirements.yaml: fallback-toast-again is a SHOULD; the notification itself is delivered until it is acknowledged (R2)',
    departs: ['fallback-toast-again'],
    create: toastingOnce,
  },
];
