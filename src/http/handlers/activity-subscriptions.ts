// The activity surface's subscriptions, as the client SDK made them: subscribe, list, read, unsubscribe (F55, D35, D36).
import type { components } from '../../documents/activity.gen.ts';
import type { PlatformType, Subscription } from '../../domain/model.ts';
import { instantText } from '../../domain/wire.ts';
import { type Handlers, userOf } from '../handler.ts';
import type { HandlerParts } from './parts.ts';

type Schemas = components['schemas'];
type ChannelData = NonNullable<Schemas['SubscriptionRequest']['crossPlatformChannelData']>;

/** D36: `gcm` alone is known. */
const platforms = {
  gcm: 'Android',
  fcm: 'Android',
  android: 'Android',
  apns: 'iOS',
  ios: 'iOS',
  wns: 'Windows',
  windows: 'Windows',
  webpush: 'WebPush',
} as const satisfies Record<ChannelData['platformType'], PlatformType>;

const platformTypes = { Android: 'gcm', iOS: 'apns', Windows: 'wns', WebPush: 'webpush' } as const satisfies Record<PlatformType, string>;

export function createActivitySubscriptionHandlers({ service }: HandlerParts) {
  const { subscriptions } = service;
  return {
    createActivitySubscription: async (call) => {
      const { deviceId, crossPlatformChannelData: channel } = call.body;
      const { subscription } = await subscriptions.subscribeChoosing(userOf(call), {
        deviceId,
        platform: channel ? platforms[channel.platformType] : 'Windows',
        named: channel?.appPackageName,
        ...(channel?.appDisplayName === undefined ? {} : { displayName: channel.appDisplayName }),
      });
      call.concerns?.({ subscription });
      return { status: 200, body: item(subscription) };
    },
    listActivitySubscriptions: async (call) => ({ status: 200, body: listOf(await subscriptions.list(userOf(call))) }),
    getActivitySubscription: async (call) => {
      const subscription = await subscriptions.own(userOf(call), call.parameters.path.unsid);
      call.concerns?.({ subscription });
      return { status: 200, body: listOf([subscription]) };
    },
    deleteActivitySubscription: async (call) => {
      const subscription = await subscriptions.unsubscribe(userOf(call), call.parameters.path.unsid);
      call.concerns?.({ subscription });
      return { status: 204 };
    },
  } satisfies Partial<Handlers>;
}

function item({ unsid, deviceId, feed, expiresAt, platform, displayName }: Subscription): Schemas['Subscription'] {
  return {
    userNotificationSubscriptionId: unsid,
    deviceId,
    applicationId: feed.application,
    applicationIdFromTicket: feed.application,
    channelUrlExpiry: instantText(expiresAt),
    crossPlatformChannelData: { platformType: platformTypes[platform], appDisplayName: displayName },
  };
}

function listOf(subscriptions: readonly Subscription[]): Schemas['SubscriptionList'] {
  return { __metadata: { totalCount: subscriptions.length }, subscriptions: subscriptions.map(item) };
}
