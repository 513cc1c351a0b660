// Method and path of each operation of the Graph and client surfaces, by its operationId.
import type { OperationId } from './wire.ts';

export interface MethodAndPath {
  readonly method: string;
  readonly path: string;
}

const publishing = '/beta/me/notifications';
const subscriptions = '/client/v1/subscriptions';
const notifications = '/client/v1/notifications';
const below = (path: string, id: string): string => `${path}/${encodeURIComponent(id)}`;

export const calls = {
  postNotification: () => ({ method: 'POST', path: publishing }),
  postUserNotification: (user: string) => ({ method: 'POST', path: `${below('/beta/users', user)}/notifications` }),
  postBatch: () => ({ method: 'POST', path: '/beta/$batch' }),
  createSubscription: () => ({ method: 'POST', path: subscriptions }),
  listSubscriptions: () => ({ method: 'GET', path: subscriptions }),
  getSubscription: (unsid: string) => ({ method: 'GET', path: below(subscriptions, unsid) }),
  deleteSubscription: (unsid: string) => ({ method: 'DELETE', path: below(subscriptions, unsid) }),
  listNotifications: () => ({ method: 'GET', path: notifications }),
  getNotification: (id: string) => ({ method: 'GET', path: below(notifications, id) }),
  updateNotification: (id: string) => ({ method: 'PATCH', path: below(notifications, id) }),
  deleteNotification: (id: string) => ({ method: 'DELETE', path: below(notifications, id) }),
} satisfies Readonly<Record<OperationId, (id: string) => MethodAndPath>>;
