// The answer to a post has none of what was only asked for (F3), whatever else a service may add.
import { isTree } from '../../spec/tree.ts';
import type { Exchange } from '../exchange.ts';
import type { Finding } from '../failure.ts';

const onlyAsked = ['targetHostName', 'appNotificationId', 'targetPolicy', 'fallbackPolicy'];

export function postBodyMembers(exchange: Exchange): readonly Finding[] | undefined {
  const { request, answer } = exchange;
  if (request.operationId !== 'postNotification' || answer.status !== 201 || !isTree(answer.json)) return undefined;
  const { json } = answer;
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
