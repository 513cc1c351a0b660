// Probes over HTTP: each operation's good calls, and each way in which a call is refused.
import { deflateSync, gzipSync } from 'node:zlib';
import {
  application,
  appServer,
  listing,
  onNotification,
  type Probe,
  posting,
  publish,
  raw,
  subscribe,
  textIn,
  userToken,
} from './probe.ts';
import type { Call, Rig } from './rig.ts';

const visual = { title: 'Build finished', body: 'main is green' };
const fallback = { endpointFallback: { platformTypes: ['iOS'], fallbackDelayInSeconds: 120, visualContent: visual } };
const ahead = (days: number) => new Date(Date.parse('2019-08-23T00:25:55.329Z') + days * 86_400_000).toISOString();
/** Everything that can be said of a notification. */
const everything = {
  targetHostName: application,
  appNotificationId: 'build-42',
  groupName: 'builds',
  expirationDateTime: ahead(7),
  displayTimeToLive: 60,
  priority: 'High',
  payload: { rawContent: 'Hello', visualContent: visual },
  targetPolicy: { platformTypes: ['Windows', 'iOS', 'Android', 'WebPush'] },
  fallbackPolicy: fallback,
};
const guid = '1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11';

const probe = (name: string, run: Probe['run'], more: Partial<Probe> = {}): Probe => ({ name, run, ...more });
const post = (name: string, body: unknown, more: Partial<Call> = {}) =>
  probe(name, async (rig) => {
    const { unsid } = await subscribe(rig);
    await rig.call({ ...posting(unsid, body), ...more });
  });

const publishing: readonly Probe[] = [
  post('a raw notification', raw),
  post('a notification with everything', everything),
  post('a visual notification with nulls', {
    targetHostName: application,
    appNotificationId: null,
    groupName: null,
    displayTimeToLive: null,
    payload: { visualContent: { title: 'Hi' } },
  }),
  post('a notification in other spellings', {
    ...everything,
    displayTimeToLive: '60',
    targetPolicy: { platformTypes: ['windows', 'ios'] },
    fallbackPolicy: { endpointFallback: { ...fallback.endpointFallback, platformTypes: ['IOS'] } },
  }),
  post('a notification of October 2019', {
    ...everything,
    expirationDateTime: `${ahead(7).slice(0, 16)}Z`,
    targetPolicy: { platformTypes: 'iOS' },
    fallbackPolicy: { endpointFallback: { ...fallback.endpointFallback, platformTypes: 'iOS' } },
  }),
  post('nulls of what need not be sent', { ...raw, priority: null, targetPolicy: null }),
  post('names in another case', { TARGETHOSTNAME: application, Payload: { RawContent: 'Hello' } }),
  post('an id that is empty', { ...raw, appNotificationId: '' }),
  post('a notification of low priority', { ...raw, priority: 'Low' }),
  post('a notification of no priority', { ...raw, priority: 'None' }),
  post('a raw notification to web endpoints', { ...raw, targetPolicy: { platformTypes: ['WebPush'] } }),
  post('an expiration that has passed', { ...raw, expirationDateTime: ahead(-1) }),
  post('an expiration too far ahead', { ...raw, expirationDateTime: ahead(31) }),
  post('a fallback without iOS', { ...raw, targetPolicy: { platformTypes: ['Windows'] }, fallbackPolicy: fallback }),
  post('a body of many faults', { payload: { visualContent: {} }, priority: 'Urgent', displayTimeToLive: -1 }),
  post('a body that is an array', [raw]),
  post('a body that is no JSON', '{', { headers: { 'Content-Type': 'application/json' } }),
  post('no body', undefined, { headers: { 'Content-Type': 'application/json' } }),
  post('a body without media type', JSON.stringify(raw)),
  post('a body over gzip', gzipSync(JSON.stringify(raw)), { headers: { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' } }),
  post('a body over deflate', deflateSync(JSON.stringify(raw)), {
    headers: { 'Content-Type': 'application/json', 'Content-Encoding': 'deflate' },
  }),
  post('a body as it is', raw, { headers: { 'Content-Encoding': 'identity' } }),
  post('a body over GZIP', gzipSync(JSON.stringify(raw)), { headers: { 'Content-Type': 'application/json', 'Content-Encoding': 'GZIP' } }),
  post('a body over brotli', raw, { headers: { 'Content-Encoding': 'br' } }),
  post('a body that is not gzip', Buffer.from('nothing'), { headers: { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' } }),
  post('If-Modified-Since', raw, { headers: { 'If-Modified-Since': 'Fri, 23 Aug 2019 00:25:55 GMT' } }),
  post('If-Range', raw, { headers: { 'If-Range': '"x"' } }),
  post("the client's own request id", raw, { headers: { 'client-request-id': guid } }),
  post('a slash at the end', raw, { path: '/beta/me/notifications/' }),
  post('over TLS', raw, { headers: { 'x-pretend-tls': '1', Connection: 'close' } }),
  post('true where it is no value', { ...raw, appNotificationId: true, groupName: true, displayTimeToLive: true }),
  post('an app server without UNSID', raw, { unsid: undefined }),
  post('an empty UNSID', raw, { unsid: '' }),
  post('an unknown UNSID', raw, { unsid: 'nobody' }),
  post('a client that is not registered', { ...raw, targetHostName: 'closed.example' }),
  post("a user's token", raw, { token: 'notifications.somebody', unsid: undefined }),
  post('a token with another scope', raw, { token: 'activity.somebody', unsid: undefined }),
  post('a token with the scope for publishing alone', raw, { token: 'publishing.somebody', unsid: undefined }),
  post("a user's token for Graph", raw, { token: 'graph.somebody', unsid: undefined }),
  post("a user's token for the activity service", raw, { token: 'service.somebody', unsid: undefined }),
  post("an app's token for Graph", raw, { token: 'graph-app.contoso-server' }),
  post('a token without scope', raw, { token: 'nothing.somebody', unsid: undefined }),
  post('a token that has expired', raw, { token: 'expired.x' }),
  post('a token that is none', raw, { token: 'nonsense' }),
  ...[[], ['nobody'], 'nobody', null, [1]].map((subscriptions) =>
    post(`${JSON.stringify(subscriptions)} as targets`, { ...raw, targetPolicy: { endpoints: { subscriptions } } }),
  ),
  probe('a subscription as target', async (rig) => {
    const { unsid } = await subscribe(rig);
    await rig.call(posting(unsid, { ...raw, targetPolicy: { endpoints: { subscriptions: [unsid] } } }));
  }),
];

const subscribing: readonly Probe[] = [
  ...['Windows', 'iOS', 'Android', 'WebPush'].map((platform) =>
    probe(`a subscription of ${platform}`, async (rig) => void (await subscribe(rig, { platform }))),
  ),
  probe('a subscription whose display name is true', async (rig) => {
    const body = { application, deviceId: 'phone', platform: 'iOS', displayName: true };
    await rig.call({ of: ['createSubscription'], method: 'POST', path: '/client/v1/subscriptions', token: userToken(rig.user()), body });
  }),
  probe('a subscription with everything, and again', async (rig) => {
    const alias = rig.user();
    const body = { application, deviceId: 'phone', platform: 'iOS', displayName: 'Phone' };
    const call: Call = { of: ['createSubscription'], method: 'POST', path: '/client/v1/subscriptions', token: userToken(alias), body };
    await rig.call(call);
    await rig.call(call);
    await rig.call({ ...call, body: { ...body, displayName: null } });
    await rig.call({ ...call, body: { ...body, platform: 'Android' } });
    await rig.call({
      ...call,
      body: gzipSync(JSON.stringify(body)),
      headers: { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' },
    });
    await rig.call({ of: ['listSubscriptions'], method: 'GET', path: '/client/v1/subscriptions', token: userToken(alias) });
  }),
  ...['notifications', 'activity', 'nothing', 'service-notifications', 'service-activity'].map((scope) =>
    probe(`a client surface token of scope ${scope}`, async (rig) => {
      const { alias, unsid } = await subscribe(rig);
      const token = `${scope}.${alias}`;
      await rig.call({ of: ['listSubscriptions'], method: 'GET', path: '/client/v1/subscriptions', token });
      await rig.call({ of: ['getSubscription'], method: 'GET', path: `/client/v1/subscriptions/${unsid}`, token });
    }),
  ),
];

const reading: readonly Probe[] = [
  probe('a history of one', async (rig) => {
    const device = await subscribe(rig);
    const id = await publish(rig, device.unsid, everything);
    await rig.call(listing(device));
    await rig.call(onNotification('getNotification', 'GET', device, id));
  }),
  probe('the pages of a history', async (rig) => {
    const device = await subscribe(rig);
    await publish(rig, device.unsid);
    await publish(rig, device.unsid, { targetHostName: application, payload: { visualContent: { title: 'Hi' } } });
    const id = await publish(rig, device.unsid);
    await rig.call(listing(device));
    const { json } = await rig.call(listing(device, '?$top=1'));
    await rig.call(listing(device, `?since=${textIn(json, 'cursor')}`));
    await rig.call(onNotification('deleteNotification', 'DELETE', device, id));
    for (const status of ['Active', 'Deleted', 'Any']) await rig.call(listing(device, `?status=${status}`));
    await rig.call(onNotification('getNotification', 'GET', device, id));
  }),
  ...['Unread', 'Read'].map((state) =>
    probe(`the history of ${state}`, async (rig) => void (await rig.call(listing(await withOne(rig), `?readState=${state}`)))),
  ),
  ...['NoInteraction', 'Activated', 'Dismissed', 'Snoozed'].map((state) =>
    probe(`the history of ${state}`, async (rig) => void (await rig.call(listing(await withOne(rig), `?userActionState=${state}`)))),
  ),
  ...['?status=Gone', '?readState=Maybe', '?$top=0', '?$top=1001', '?$top=x'].map((query) =>
    probe(`a history with ${query}`, async (rig) => void (await rig.call(listing(await subscribe(rig), query)))),
  ),
  probe('an unknown cursor', async (rig) => void (await rig.call(listing(await subscribe(rig), '?since=c1.nothing.0')))),
];

const changing: readonly Probe[] = [
  ...[
    { readState: 'Read' },
    { userActionState: 'Activated' },
    { userActionState: 'Dismissed' },
    { userActionState: 'Snoozed' },
    {},
    { readState: 'Unread', userActionState: 'NoInteraction' },
  ].map((body) =>
    probe(`a change to ${JSON.stringify(body)}`, async (rig) => {
      const device = await subscribe(rig);
      const id = await publish(rig, device.unsid);
      await rig.call(onNotification('updateNotification', 'PATCH', device, id, body));
    }),
  ),
];

async function withOne(rig: Rig) {
  const device = await subscribe(rig);
  await publish(rig, device.unsid);
  return device;
}

const unmatched: readonly Probe[] = [
  probe('a path that is not there', async (rig) => void (await rig.call({ of: ['unmatched'], method: 'GET', path: '/nowhere' }))),
  probe(
    'an operation without an implementation',
    async (rig) => void (await rig.call({ of: ['unimplemented'], method: 'GET', path: '/unimplemented', token: appServer })),
  ),
  probe(
    'a method that is not for the device socket',
    async (rig) => void (await rig.call({ of: ['unmatched'], method: 'PUT', path: '/client/v1/socket' })),
  ),
];

export const httpProbes: readonly Probe[] = [...publishing, ...subscribing, ...reading, ...changing, ...unmatched];
