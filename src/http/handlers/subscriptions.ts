// The client surface's subscriptions: subscribe, list, read, unsubscribe (F21, F22, F26).
import type { Subscription } from '../../domain/model.ts';
import { instantText } from '../../domain/wire.ts';
import { type Handlers, userOf } from '../handler.ts';
import type { HandlerParts } from './parts.ts';

export function createSubscriptionHandlers({ service, socketPath }: HandlerParts) {
  const { subscriptions } = service;
  const wire = (origin: string) => {
    const socketUrl = `${origin.replace(/^http/, 'ws')}${socketPath}`;
    return ({ unsid, feed, deviceId, platform, displayName, expiresAt }: Subscription) => ({
      userNotificationSubscriptionId: unsid,
      application: feed.application,
      deviceId,
      platform,
      displayName,
      expirationDateTime: instantText(expiresAt),
      socketUrl,
    });
  };
  return {
    createSubscription: async (call) => {
      const { subscription, isNew } = await subscriptions.subscribe(userOf(call), call.body);
      call.concerns?.({ subscription });
      return { status: isNew ? 201 : 200, body: wire(call.origin())(subscription) };
    },
    listSubscriptions: async (call) => ({
      status: 200,
      body: { value: (await subscriptions.list(userOf(call))).map(wire(call.origin())) },
    }),
    getSubscription: async (call) => {
      const subscription = await subscriptions.own(userOf(call), call.parameters.path.unsid);
      call.concerns?.({ subscription });
      return { status: 200, body: wire(call.origin())(subscription) };
    },
    deleteSubscription: async (call) => {
      const subscription = await subscriptions.unsubscribe(userOf(call), call.parameters.path.unsid);
      call.concerns?.({ subscription });
      return { status: 204 };
    },
  } satisfies Partial<Handlers>;
}
