// Finds the operation of the document for a request.
import type { WireRequest } from './http-message.ts';

export type Operation =
  | 'postNotification'
  | 'postUserNotification'
  | 'postBatch'
  | 'createSubscription'
  | 'listSubscriptions'
  | 'getSubscription'
  | 'deleteSubscription'
  | 'listNotifications'
  | 'getNotification'
  | 'updateNotification'
  | 'deleteNotification';

export const graphPath = '/beta/me/notifications';

const table: readonly (readonly [Operation, string, RegExp])[] = [
  ['postNotification', 'POST', /^\/beta\/me\/notifications\/?$/i],
  ['postBatch', 'POST', /^\/beta\/\$batch$/i],
  ['postUserNotification', 'POST', /^\/beta\/users(\/[^/]+|\('[^/]+'\))\/notifications\/?$/i],
  ['createSubscription', 'POST', /^\/client\/v1\/subscriptions$/i],
  ['listSubscriptions', 'GET', /^\/client\/v1\/subscriptions$/i],
  ['getSubscription', 'GET', /^\/client\/v1\/subscriptions\/[^/]+$/i],
  ['deleteSubscription', 'DELETE', /^\/client\/v1\/subscriptions\/[^/]+$/i],
  ['listNotifications', 'GET', /^\/client\/v1\/notifications$/i],
  ['getNotification', 'GET', /^\/client\/v1\/notifications\/[^/]+$/i],
  ['updateNotification', 'PATCH', /^\/client\/v1\/notifications\/[^/]+$/i],
  ['deleteNotification', 'DELETE', /^\/client\/v1\/notifications\/[^/]+$/i],
];

export function operationOf({ method, path }: Pick<WireRequest, 'method' | 'path'>): Operation | undefined {
  return table.find(([, verb, pattern]) => verb === method && pattern.test(path))?.[0];
}

/** The last segment of the path: a UNSID or the id of a notification. */
export const idIn = ({ path }: Pick<WireRequest, 'path'>): string => decoded(path.split('/').at(-1) ?? '');

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export const isControl = ({ path }: Pick<WireRequest, 'path'>): boolean => path.startsWith('/_emulator/');
