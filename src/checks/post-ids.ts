// Checks that the id of a posted notification is unique in the whole run, deleted notifications included (F5).
import { createHash } from 'node:crypto';
import { jsonIn, jsonObjectOf, textOf } from '../values/json.ts';
import type { Check } from './check.ts';
import type { Exchange } from './exchange.ts';
import { isPublication } from './post-body.ts';

const maxIdCharacters = 200;

export const postIds: Check = (exchange, { declared: { operation }, postedIds }) => {
  const { answer } = exchange;
  const sent = isPublication(operation) && answer.status === 201 ? bodyOf(exchange) : undefined;
  const id = compact(textOf(jsonObjectOf(answer.json)['id'])?.toLowerCase());
  if (sent === undefined || id === undefined) return undefined;
  const own = compact(textOf(sentMember(sent, 'appNotificationId')));
  const isRepeated = postedIds.has(id);
  const before = postedIds.get(id);
  if (!isRepeated) postedIds.set(id, own);
  // Posting the same appNotificationId again updates the same notification (D5).
  if (!isRepeated || (own !== undefined && own === before)) return [];
  const origin = before === undefined ? 'without an appNotificationId' : `with the appNotificationId ${before}`;
  return [
    {
      requirement: 'post-id',
      expected: 'an id that no other notification has or had',
      got: `${id}, the id of a notification that was posted earlier ${origin}`,
      exchange,
      document: 'notifications.yaml#/components/schemas/NotificationResponse/properties/id',
      fingerprint: 'post-id again',
    },
  ];
};

/** Ids are stored for the whole run, so a very long one is replaced by its hash. */
function compact(id: string | undefined): string | undefined {
  if (id === undefined || id.length <= maxIdCharacters) return id;
  return `sha256:${createHash('sha256').update(id).digest('hex')}`;
}

/** The value of a member whose name is compared without case (F50). */
function sentMember(body: unknown, name: string): unknown {
  const sent = jsonObjectOf(body);
  return sent[name] ?? Object.entries(sent).find(([one]) => one.toLowerCase() === name.toLowerCase())?.[1];
}

/** The posted JSON; undefined if it cannot be read, as in a compressed body. */
function bodyOf({ request: { json }, sent: { body } }: Exchange): unknown {
  if (json !== undefined || body === undefined) return json;
  return jsonIn(body);
}
