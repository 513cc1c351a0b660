// The activity surface's subscriptions: what the client SDK sends, which application it is about, and what is refused.
import { describe, expect, it } from 'vitest';
import { createActivityClient } from '../activity-client/client.ts';
import { application, type SubscriptionBody, tokenOf, useEmulators } from '../support/emulator.ts';
import { startInstant } from '../support/time.ts';

const start = useEmulators();
const path = '/V1/feeds/me/subscriptions';
const deviceId = 'dds:5f2b8c1e-6f0e-4b51-9a3c-2d8a7c0e4b11';
const channel = { platformType: 'gcm', appPackageName: application, pushToken: 'fcm:token' };
const monthMs = 30 * 86_400_000;

interface ListBody {
  readonly __metadata: { readonly totalCount: number };
  readonly subscriptions: readonly { readonly userNotificationSubscriptionId: string }[];
}

async function startWith(...options: Parameters<typeof start>) {
  const emulator = await start(...options);
  const client = (alias: string, appPackageName: string = application, platformType = 'gcm') =>
    createActivityClient({ root: emulator.url, token: tokenOf(alias), appPackageName, platformType });
  const subscribe = (json: object = {}, token = tokenOf('adele')) =>
    emulator.send<Record<string, unknown>>({ path, token, json: { crossPlatformChannelData: channel, deviceId, ...json } });
  return { emulator, client, subscribe };
}

describe('subscribing as the client SDK does', () => {
  it('[F55][F56] gives a UNSID without an equals sign, and a GET has the same subscription', async () => {
    const { emulator, client } = await startWith();
    const adele = client('adele');
    expect(await adele.subscribe('Contoso')).toBe('SUCCEEDED');
    const known = JSON.parse(adele.lastAnswer().text);
    expect(known).toEqual({
      userNotificationSubscriptionId: adele.unsid(),
      deviceId: adele.stored.read('DEVICEID'),
      applicationId: application,
      applicationIdFromTicket: application,
      channelUrlExpiry: new Date(startInstant + monthMs).toISOString(),
      crossPlatformChannelData: { platformType: 'gcm', appDisplayName: 'Contoso' },
    });
    const list = { __metadata: { totalCount: 1 }, subscriptions: [known] };
    const token = tokenOf('adele');
    for (const one of [path, `${path}/${adele.unsid()}`]) {
      const answer = await emulator.send({ path: one, token });
      expect([answer.status, answer.body]).toEqual([200, list]);
    }
  });

  it('[F55] makes one of the subscriptions of the user, on whichever surface it is read', async () => {
    const { emulator, client } = await startWith();
    const adele = client('adele');
    await adele.subscribe();
    const read = await emulator.send<SubscriptionBody>({ path: `/client/v1/subscriptions/${adele.unsid()}`, token: tokenOf('adele') });
    expect(read.body).toMatchObject({ application, platform: 'Android', deviceId: adele.stored.read('DEVICEID'), displayName: null });
    const other = await emulator.subscribe('adele', { platform: 'iOS' });
    const list = await emulator.send<ListBody>({ path, token: tokenOf('adele') });
    expect(list.body.subscriptions.map((one) => one.userNotificationSubscriptionId)).toEqual([adele.unsid(), other.unsid]);
  });

  it('[F55][D37] again renews: the UNSID stays, and the status is 200 as before', async () => {
    const { emulator, client } = await startWith();
    const adele = client('adele');
    await adele.subscribe('Contoso');
    const unsid = adele.unsid();
    await emulator.emulator.advance(3600);
    expect([await adele.subscribe(), adele.lastAnswer().status, adele.unsid()]).toEqual(['SUCCEEDED', 200, unsid]);
    expect(JSON.parse(adele.lastAnswer().text)).toMatchObject({
      channelUrlExpiry: new Date(startInstant + 3_600_000 + monthMs).toISOString(),
      crossPlatformChannelData: { appDisplayName: 'Contoso' },
    });
  });

  it('[F55] ends with a DELETE of the UNSID', async () => {
    const { emulator, client } = await startWith();
    const adele = client('adele');
    await adele.subscribe();
    expect([await adele.unsubscribe(), adele.lastAnswer()]).toEqual(['SUCCEEDED', { status: 204, text: '' }]);
    expect((await emulator.send<ListBody>({ path, token: tokenOf('adele') })).body.subscriptions).toEqual([]);
  });

  it.each(['/v1/feeds/me/subscriptions', '/V1/Feeds/Me/SUBSCRIPTIONS'])('[F56] is taken at %s too', async (spelled) => {
    const { emulator } = await startWith();
    const json = { crossPlatformChannelData: channel, deviceId };
    const answer = await emulator.send({ path: `${spelled}?unknown=1`, headers: { Authorization: 'bEARER dev.user.adele' }, json });
    expect(answer.status).toBe(200);
  });

  it('[F49][F50][F56] is read whatever the letter case of its names, and a null is a member that was not sent', async () => {
    const { subscribe, emulator } = await startWith();
    await subscribe({ crossPlatformChannelData: { ...channel, appDisplayName: 'Contoso' } });
    const json = {
      CrossPlatformChannelData: { PLATFORMTYPE: 'Gcm', appPackagename: application, pushToken: null, AppDisplayName: null },
      DeviceID: deviceId,
      channelurl: null,
      publisherFilters: null,
    };
    const answer = await emulator.send<Record<string, unknown>>({ path, token: tokenOf('adele'), json });
    expect([answer.status, answer.body]).toEqual([
      200,
      expect.objectContaining({ deviceId, crossPlatformChannelData: { platformType: 'gcm', appDisplayName: 'Contoso' } }),
    ]);
  });

  it.each([
    ['a null of what is required', { deviceId: null }, '/deviceId: is required'],
    ['a null of what is required in an object', { crossPlatformChannelData: { platformType: null } }, /platformType: is required$/],
    ['two spellings of one member', { DeviceId: 'dds:other' }, /send one of DeviceId and deviceId$/],
  ])('[F49][D30] is 400 for %s', async (_, change, says) => {
    const { subscribe } = await startWith();
    const answer = await subscribe(change);
    expect([answer.status, answer.body['errorMessage']]).toEqual([400, typeof says === 'string' ? says : expect.stringMatching(says)]);
  });

  it('[F56] does not change the case of what is an id', async () => {
    const { emulator, client } = await startWith();
    const adele = client('adele');
    await adele.subscribe();
    const answer = await emulator.send({ path: `${path}/${adele.unsid().toUpperCase()}x`, token: tokenOf('adele') });
    expect(answer.status).toBe(404);
  });

  it('[F49][F56] takes names in any case, and a null as not sent', async () => {
    const { subscribe } = await startWith();
    const CrossPlatformChannelData = { platformtype: 'GCM', AppPackageName: application, pushToken: null, appDisplayName: null };
    const answer = await subscribe({
      DeviceID: 'dds:1',
      deviceId: undefined,
      crossPlatformChannelData: undefined,
      CrossPlatformChannelData,
      publisherFilters: null,
      channelUrl: null,
    });
    expect([answer.status, answer.body['deviceId'], answer.body['applicationId']]).toEqual([200, 'dds:1', application]);
  });

  it.each([
    ['gcm', 'Android', 'gcm'],
    ['FCM', 'Android', 'gcm'],
    ['android', 'Android', 'gcm'],
    ['apns', 'iOS', 'apns'],
    ['iOS', 'iOS', 'apns'],
    ['WNS', 'Windows', 'wns'],
    ['Windows', 'Windows', 'wns'],
    ['WebPush', 'WebPush', 'webpush'],
  ])('[D36] takes the platform type %s for %s', async (platformType, platform, answered) => {
    const { emulator, subscribe } = await startWith();
    const answer = await subscribe({ crossPlatformChannelData: { ...channel, platformType } });
    expect(answer.body['crossPlatformChannelData']).toEqual({ platformType: answered, appDisplayName: null });
    const { value } = (await emulator.send<{ value: SubscriptionBody[] }>({ path: '/client/v1/subscriptions', token: tokenOf('adele') }))
      .body;
    expect(value.map((one) => one.platform)).toEqual([platform]);
  });
});

const contoso = 'contoso-android';
const seed = {
  applications: [
    { hostName: application, clientIds: { Android: [contoso], WebPush: ['shared'], server: ['contoso-server'] } },
    { hostName: 'fabrikam.example', clientIds: ['shared'] },
    { hostName: 'intranet', clientIds: ['other'] },
  ],
};

describe('the application of a subscription', () => {
  it.each([
    ['the one that the client is registered for, whatever appPackageName says', contoso, '123456789012', application],
    ['the one that the client is registered for, also where another host is named', contoso, 'fabrikam.example', application],
    ['the named one of several that the client is registered for', 'shared', 'Fabrikam.Example', 'fabrikam.example'],
    ['the named host where the client is registered for none', undefined, 'Contoso.Example', application],
    ['a registered name without a dot', undefined, 'intranet', 'intranet'],
  ])('[D35] is %s', async (_, clientId, appPackageName, expected) => {
    const { subscribe } = await startWith({ seed });
    const platformType = clientId === 'shared' ? 'webpush' : 'gcm';
    const token = clientId === undefined ? tokenOf('adele') : `dev.user.adele~${clientId}`;
    const answer = await subscribe({ crossPlatformChannelData: { ...channel, platformType, appPackageName } }, token);
    expect([answer.status, answer.body['applicationId']]).toEqual([200, expected]);
  });

  it.each([
    [
      'a sender ID, by a client that is registered for nothing',
      'dev.user.adele~unknown',
      '123456789012',
      /unknown is registered for no application/,
    ],
    ['nothing, by a token without a client', 'dev.user.adele', undefined, /names no client/],
    ['no one of several', 'dev.user.adele~shared', 'tailspin.example', /contoso\.example and fabrikam\.example/],
    ['a host that the client is not registered for', 'dev.user.adele~other-client', application, /not registered for/],
  ])('[D35][F57] is 403 for %s', async (_, token, appPackageName, says) => {
    const { subscribe } = await startWith({ seed });
    const platformType = token.endsWith('shared') ? 'webpush' : 'gcm';
    const answer = await subscribe({ crossPlatformChannelData: { ...channel, platformType, appPackageName } }, token);
    expect(answer.status).toBe(403);
    expect(answer.body).toEqual({ errorCode: 403, errorMessage: expect.stringMatching(says) });
  });
});

describe('a call that is refused', () => {
  it.each([
    ['without a token', 401, {}, undefined],
    ['with an app-only token', 403, {}, 'dev.app.contoso-server'],
    ['without deviceId', 400, { deviceId: undefined }, tokenOf('adele')],
    ['with an unknown platform type', 400, { crossPlatformChannelData: { platformType: 'pigeon' } }, tokenOf('adele')],
  ])('[F57][D37] %s has the status and body of the activity service', async (_, status, change, token) => {
    const { emulator } = await startWith();
    const json = { crossPlatformChannelData: channel, deviceId, ...change };
    const answer = await emulator.send({ path, token, json });
    expect([answer.status, answer.body]).toEqual([status, { errorCode: status, errorMessage: expect.stringMatching(/.{10}/) }]);
    expect(answer.headers['content-type']).toBe('application/json;charset=utf-8');
    if (status === 401) expect(answer.headers['www-authenticate']).toMatch(/^Bearer /);
  });

  it('[F57][D37] is 404 where the subscription is not the caller’s, and 405 where the method is not known', async () => {
    const { emulator, client } = await startWith();
    const adele = client('adele');
    await adele.subscribe();
    const one = `${path}/${adele.unsid()}`;
    const megans = await emulator.send({ path: one, token: tokenOf('megan') });
    expect([megans.status, megans.body]).toEqual([404, { errorCode: 404, errorMessage: 'There is no such subscription.' }]);
    const put = await emulator.send({ method: 'PUT', path: one, token: tokenOf('adele') });
    expect([put.status, put.headers['allow'], put.body]).toEqual([
      405,
      'GET, DELETE',
      { errorCode: 405, errorMessage: expect.any(String) },
    ]);
  });

  it('[F57][D37] is 409 where the device has subscribed as one of another platform', async () => {
    const { subscribe } = await startWith();
    await subscribe();
    const answer = await subscribe({ crossPlatformChannelData: { ...channel, platformType: 'apns' } });
    expect([answer.status, answer.body]).toEqual([409, { errorCode: 409, errorMessage: expect.stringContaining('Android') }]);
  });
});
