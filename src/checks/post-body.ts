// The answer to a post has none of what was only asked for (F3), whatever else a service may add.
import { isJsonObject, jsonObjectOf } from '../documents/json.ts';
import type { Check } from './check.ts';
import type { Exchange } from './exchange.ts';
import type { Finding } from './failure.ts';

const onlyAsked = ['targetHostName', 'appNotificationId', 'targetPolicy', 'fallbackPolicy'];

export const postBodyMembers: Check = (exchange, { declared: { operation } }) => {
  const { status, json } = exchange.answer;
  return operation?.operationId === 'postNotification' && status === 201 && isJsonObject(json) ? echoedMembers(exchange) : undefined;
};

/** Of an answer to a post: each member that belongs to requests only. */
export function echoedMembers(exchange: Exchange): readonly Finding[] {
  const json = jsonObjectOf(exchange.answer.json);
  return onlyAsked
    .filter((name) => name in json)
    .map((name) => ({
      requirement: 'post-body-members',
      expected: `no ${name} in the answer, which has exactly the documented members`,
      got: `${name}: ${JSON.stringify(json[name])?.slice(0, 100)}`,
      exchange,
      document: 'notifications.yaml#/components/schemas/NotificationResponse',
      mark: `post-body-members ${name}`,
    }));
}
