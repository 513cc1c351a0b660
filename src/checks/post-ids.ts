// An id that a post was answered with is no other notification's, in the whole run: those that are deleted keep theirs (F5).
import { createHash } from 'node:crypto';
import { jsonObjectOf, textOf } from '../documents/json.ts';
import type { Check } from './check.ts';
import type { Exchange } from './exchange.ts';

const maxIdCharacters = 200;

export const postIds: Check = (exchange, { declared: { operation }, postedIds }) => {
  const { answer } = exchange;
  const sent = operation?.operationId === 'postNotification' && answer.status === 201 ? bodyOf(exchange) : undefined;
  const id = compact(textOf(jsonObjectOf(answer.json)['id'])?.toLowerCase());
  if (sent === undefined || id === undefined) return undefined;
  const own = compact(textOf(jsonObjectOf(sent)['appNotificationId']));
  const isAgain = postedIds.has(id);
  const before = postedIds.get(id);
  if (!isAgain) postedIds.set(id, own);
  // The same appNotificationId again is the same notification (D5).
  if (!isAgain || (own !== undefined && own === before)) return [];
  const said = before === undefined ? 'without an appNotificationId' : `with the appNotificationId ${before}`;
  return [
    {
      requirement: 'post-id',
      expected: 'an id that no other notification has or had',
      got: `${id}, which a notification that was posted ${said} got before`,
      exchange,
      document: 'notifications.yaml#/components/schemas/NotificationResponse/properties/id',
      fingerprint: 'post-id again',
    },
  ];
};

/** They are kept as long as the run lasts: of one that is very long, its hash. */
function compact(id: string | undefined): string | undefined {
  if (id === undefined || id.length <= maxIdCharacters) return id;
  return `sha256:${createHash('sha256').update(id).digest('hex')}`;
}

/** What was posted, where it can be read; compressed bodies are not. */
function bodyOf({ request: { json }, sent: { body } }: Exchange): unknown {
  if (json !== undefined || body === undefined) return json;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
