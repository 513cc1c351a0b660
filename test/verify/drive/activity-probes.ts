// Probes of the activity surface: good calls of each operation, and what its schemas refuse.
import { deflateSync, gzipSync } from 'node:zlib';
import { application, type Probe, probe, publish, textIn, userToken } from './probe.ts';
import type { Call, Rig } from './rig.ts';

const deviceId = 'dds:5f2b8c1e-6f0e-4b51-9a3c-2d8a7c0e4b11';
const channel = { platformType: 'gcm', appPackageName: application, pushToken: 'fcm:token', appDisplayName: 'Contoso' };
const body = { crossPlatformChannelData: channel, deviceId, publisherFilters: [{ application: '*', activityTypes: [13] }] };
const headers = { 'X-AFS-ClientInfo': 'os=android', 'X-AFS-CV': 'cv', 'X-Device-Ticket': '' };
const visual = {
  targetHostName: application,
  groupName: 'builds',
  displayTimeToLive: 60,
  payload: { visualContent: { title: 'T', body: 'B' } },
};

interface Device {
  readonly token: string;
  readonly unsid: string;
}

const subscribing = (token: string, json: unknown = body): Call => ({
  of: ['createActivitySubscription'],
  method: 'POST',
  path: '/V1/feeds/me/subscriptions',
  token,
  body: json,
  headers: { ...headers, 'If-Match': '' },
});

async function subscribe(rig: Rig): Promise<Device> {
  const token = userToken(rig.user());
  const { json } = await rig.call(subscribing(token));
  return { token, unsid: textIn(json, 'userNotificationSubscriptionId') };
}

const listing = ({ token }: Device): Call => ({
  of: ['listActivitySubscriptions'],
  method: 'GET',
  path: '/V1/feeds/me/subscriptions',
  token,
  headers,
});

const onSubscription = (of: string, method: string, { token, unsid }: Device): Call => ({
  of: [of],
  method,
  path: `/V1/feeds/me/subscriptions/${unsid}`,
  token,
  headers,
});

const viewing = ({ token, unsid }: Device, query = ''): Call => ({
  of: ['listViewActivities'],
  method: 'GET',
  path: `/V2/feeds/me/views/${unsid}/activities${query}`,
  token,
  headers: { ...headers, 'If-None-Match': '' },
});

const updating = ({ token }: Device, id: string, change: unknown): Call => ({
  of: ['updateActivity'],
  method: 'PATCH',
  path: `/V2/feeds/me/activities/${id}`,
  token,
  headers,
  body: change,
});

const deleting = ({ token }: Device, id: string): Call => ({
  of: ['deleteActivity'],
  method: 'DELETE',
  path: `/v2/feeds/me/activities/${id}`,
  token,
  headers: { ...headers, 'If-None-Match': '' },
});

/** A good call of each operation. */
export const activityCalls: Readonly<Record<string, (rig: Rig) => Promise<Call>>> = {
  createActivitySubscription: async (rig) => subscribing(userToken(rig.user())),
  listActivitySubscriptions: async (rig) => listing(await subscribe(rig)),
  getActivitySubscription: async (rig) => onSubscription('getActivitySubscription', 'GET', await subscribe(rig)),
  deleteActivitySubscription: async (rig) => onSubscription('deleteActivitySubscription', 'DELETE', await subscribe(rig)),
  listViewActivities: async (rig) => viewing(await subscribe(rig)),
  updateActivity: async (rig) => {
    const device = await subscribe(rig);
    return updating(device, await publish(rig, device.unsid), { read: true });
  },
  deleteActivity: async (rig) => {
    const device = await subscribe(rig);
    return deleting(device, await publish(rig, device.unsid));
  },
};

const subscriptionProbe = (name: string, change: object, more: object = {}): Probe =>
  probe(`an activity subscription ${name}`, async (rig) => {
    const json = { ...body, crossPlatformChannelData: { ...channel, ...change }, ...more };
    await rig.call(subscribing(userToken(rig.user()), json));
  });

const encoded = (name: string, bytes: Buffer, coding: string): Probe =>
  probe(`an activity body over ${name}`, async (rig) => {
    const call = subscribing(userToken(rig.user()), bytes);
    await rig.call({ ...call, headers: { ...call.headers, 'Content-Type': 'application/json', 'Content-Encoding': coding } });
    const device = await subscribe(rig);
    await rig.call({ ...updating(device, await publish(rig, device.unsid), { read: true }), headers: { 'Content-Encoding': coding } });
  });

const subscriptionProbes: readonly Probe[] = [
  ...['gcm', 'FCM', 'fcm', 'android', 'apns', 'ios', 'wns', 'windows', 'webpush'].map((platformType) =>
    subscriptionProbe(`of ${platformType}`, { platformType }),
  ),
  subscriptionProbe('with nulls', { pushToken: null, appDisplayName: null }, { channelUrl: null, publisherFilters: null }),
  subscriptionProbe('without a host name', { appPackageName: null }),
  subscriptionProbe('with names in another case', { PlatformType: 'apns' }, { deviceId: undefined, DeviceId: deviceId }),
  subscriptionProbe('of an unknown platform', { platformType: 'pigeon' }),
  subscriptionProbe('without a platform', { platformType: undefined }),
  subscriptionProbe('without a device', {}, { deviceId: undefined }),
  subscriptionProbe('of an empty device', {}, { deviceId: '' }),
  subscriptionProbe('with a channel URL', {}, { channelUrl: 'https://db5.notify.windows.com/?token=A' }),
  subscriptionProbe('without a channel', {}, { crossPlatformChannelData: null }),
  subscriptionProbe(
    'with names that are too long',
    { appPackageName: 'x'.repeat(1025), appDisplayName: 'x'.repeat(1025) },
    { deviceId: 'x'.repeat(1025) },
  ),
  probe('an activity subscription as another platform', async (rig) => {
    const { token } = await subscribe(rig);
    await rig.call(subscribing(token, { ...body, crossPlatformChannelData: { ...channel, platformType: 'apns' } }));
  }),
  probe('an activity subscription without a display name, and in a list', async (rig) => {
    const token = userToken(rig.user());
    const { json } = await rig.call(subscribing(token, { deviceId, crossPlatformChannelData: { ...channel, appDisplayName: undefined } }));
    const device = { token, unsid: textIn(json, 'userNotificationSubscriptionId') };
    await rig.call(listing(device));
    await rig.call(onSubscription('getActivitySubscription', 'GET', device));
  }),
  encoded('gzip', gzipSync(JSON.stringify(body)), 'gzip'),
  encoded('GZIP', gzipSync(JSON.stringify(body)), 'GZIP'),
  encoded('deflate', deflateSync(JSON.stringify(body)), 'deflate'),
  encoded('nothing', Buffer.from(JSON.stringify(body)), 'identity'),
  encoded('an empty header', Buffer.from(JSON.stringify(body)), ''),
  ...['notifications', 'activity', 'nothing'].map((scope) =>
    probe(`an activity token of scope ${scope}`, async (rig) => {
      const { unsid } = await subscribe(rig);
      const token = `${scope}.${rig.user()}`;
      await rig.call(subscribing(token));
      await rig.call(listing({ token, unsid }));
    }),
  ),
];

const itemProbes: readonly Probe[] = [
  probe('a view of everything', async (rig) => {
    const device = await subscribe(rig);
    const first = await publish(rig, device.unsid, { ...visual, appNotificationId: 'first', priority: 'High' });
    await publish(rig, device.unsid, { ...visual, priority: 'Low' });
    const last = await publish(rig, device.unsid);
    await rig.call(viewing(device));
    for (const userActionState of [1, 2, 3, 0]) {
      await rig.call(updating(device, first, { userActionState }));
      await rig.call(viewing(device));
    }
    await rig.call(deleting(device, last));
    await rig.call(viewing(device, '?pageSize=10&lastmodifiedafter=2019-08-23T00:00:00Z&lastmodifiedbefore=2019-08-24T00:00:00Z'));
    const { json } = await rig.call(viewing(device, '?lastmodifiedafter=2019-08-24T00:00:00Z'));
    await rig.call(viewing(device, '?lastmodifiedbefore=2019-08-22T00:00:00Z'));
    await rig.call(viewing(device, '?lastmodifiedafter=&lastmodifiedafter='));
    await rig.call({ ...viewing(device), headers: { 'If-None-Match': textIn(json, '__metadata', 'initialETag') } });
  }),
  probe('the scopes of the activity items', async (rig) => {
    const device = await subscribe(rig);
    const id = await publish(rig, device.unsid);
    for (const scope of ['notifications', 'activity', 'nothing']) {
      const token = `${scope}.${rig.user()}`;
      await rig.call(viewing({ ...device, token }));
      await rig.call(updating({ ...device, token }, id, { read: true }));
    }
  }),
  ...[{}, { read: 1 }, { userActionState: 4 }, { userActionState: '1' }, { read: false, userActionState: 3 }, { READ: true }].map(
    (change) =>
      probe(`an activity change ${JSON.stringify(change)}`, async (rig) => {
        const device = await subscribe(rig);
        await rig.call(updating(device, await publish(rig, device.unsid), change));
      }),
  ),
];

export const activityProbes: readonly Probe[] = [...subscriptionProbes, ...itemProbes];
