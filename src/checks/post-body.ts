// Checks that the response to a post has none of the members that only requests have (F3); other additional members are allowed.

import type { Operation } from '../documents/operation.ts';
import { isJsonObject, jsonObjectOf } from '../values/json.ts';
import type { Check } from './check.ts';
import type { Exchange } from './exchange.ts';
import type { Finding } from './failure.ts';

const requestOnlyMembers = ['targetHostName', 'appNotificationId', 'targetPolicy', 'fallbackPolicy'];

export const postBodyMembers: Check = (exchange, { declared: { operation } }) => {
  const { status, json } = exchange.answer;
  return isPublication(operation) && status === 201 && isJsonObject(json) ? echoedMembers(exchange) : undefined;
};

/** To `me`, or to the user in the path. */
export const isPublication = (operation: Operation | undefined): boolean =>
  operation?.operationId === 'postNotification' || operation?.operationId === 'postUserNotification';

/** A finding for each request-only member in the response to a post. */
export function echoedMembers(exchange: Exchange): readonly Finding[] {
  const json = jsonObjectOf(exchange.answer.json);
  return requestOnlyMembers
    .filter((name) => name in json)
    .map(
      (name): Finding => ({
        requirement: 'post-body-members',
        expected: `no ${name} in the response, which has exactly the documented members`,
        got: `${name}: ${JSON.stringify(json[name])?.slice(0, 100)}`,
        exchange,
        document: 'notifications.yaml#/components/schemas/NotificationResponse',
        fingerprint: `post-body-members ${name}`,
      }),
    );
}
