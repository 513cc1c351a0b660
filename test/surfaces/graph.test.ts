// The Graph surface: how a publication is answered, member by member and header by header.
import { describe, expect, it } from 'vitest';
import { describeTable } from '../support/cases.ts';
import { type NotificationBody, rawBody, serverToken, tokenOf, useEmulators } from '../support/emulator.ts';
import { type Call, errorOf, targetsOf } from '../support/http-call.ts';
import { createTestTimer, startInstant } from '../support/time.ts';

const start = useEmulators();
const startForTable = useEmulators('file');
const path = '/beta/me/notifications';
const day = 86_400;
const ahead = (milliseconds: number) => new Date(startInstant + milliseconds).toISOString();

/** Publishes to adele, who has one device. */
async function startWithAdele(...parts: Parameters<typeof start>) {
  const emulator = await start(...parts);
  const adele = await emulator.subscribe('adele');
  const post = (more: object = {}, call: Partial<Call> = {}) =>
    emulator.send<NotificationBody>({ path, token: serverToken, unsid: adele.unsid, json: { ...rawBody, ...more }, ...call });
  return { emulator, adele, post };
}

describeTable('postNotification', startForTable);

describe('an answer to a publication', () => {
  it('[F1][F2][F3][F10][F11] is 201 with exactly the documented members', async () => {
    const { emulator, post } = await startWithAdele();
    const answer = await post({ appNotificationId: 'build-42' });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      '@odata.context': `${emulator.url}/beta/$metadata#users('adele%40contoso.example')/notifications/$entity`,
      displayTimeToLive: null,
      expirationDateTime: ahead(7 * day * 1000),
      groupName: null,
      id: answer.body.id,
      priority: 'None',
      payload: {},
    });
  });

  it('[F2] means that it is stored and fanned out', async () => {
    const { emulator, adele, post } = await startWithAdele();
    const device = await emulator.connect(adele);
    const { body } = await post();
    expect((await emulator.list(adele)).value.map(({ id }) => id)).toEqual([body.id]);
    expect((await device.nextOf('notification')).notification.id).toBe(body.id);
  });

  it('[F5] has a new GUID each time, and its Location under activities', async () => {
    const { emulator, post } = await startWithAdele({}, {});
    const [first, second] = [await post(), await post()];
    expect(first.body.id).toMatch(/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/);
    expect(second.body.id).not.toBe(first.body.id);
    expect(first.headers.location).toBe(`${emulator.url}/beta/me/activities/${first.body.id}`);
  });

  it('[F6][D15] carries every recorded header with its exact value', async () => {
    const { post } = await startWithAdele();
    const { headers } = await post();
    const ownRequestId = headers['request-id'];
    expect(ownRequestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers).toMatchObject({
      'client-request-id': ownRequestId,
      'odata-version': '4.0',
      'content-type': 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8',
      'cache-control': 'private',
      'strict-transport-security': 'max-age=31536000',
      date: 'Fri, 23 Aug 2019 00:25:55 GMT',
      'access-control-allow-origin': '*',
      'access-control-expose-headers':
        'ETag, Location, Preference-Applied, Content-Range, request-id, client-request-id, ReadWriteConsistencyToken, Retry-After, WWW-Authenticate',
    });
    const diagnostic = JSON.parse(String(headers['x-ms-ags-diagnostic'])) as Record<string, Record<string, string>>;
    expect(Object.keys(diagnostic)).toEqual(['ServerInfo']);
    expect(Object.keys(diagnostic['ServerInfo'] ?? {})).toEqual(['DataCenter', 'Slice', 'Ring', 'ScaleUnit', 'RoleInstance', 'ADSiteName']);
  });

  it('[F6] reveals nothing of the software that answers', async () => {
    const { post } = await startWithAdele();
    const { headers } = await post();
    const framing = ['connection', 'keep-alive', 'content-length', 'transfer-encoding'];
    expect(
      Object.keys(headers)
        .filter((name) => !framing.includes(name))
        .sort(),
    ).toEqual([
      'access-control-allow-origin',
      'access-control-expose-headers',
      'cache-control',
      'client-request-id',
      'content-type',
      'date',
      'duration',
      'location',
      'odata-version',
      'request-id',
      'strict-transport-security',
      'x-ms-ags-diagnostic',
    ]);
  });

  it('[D15] reports how long it took in milliseconds', async () => {
    const timer = createTestTimer();
    const { post } = await startWithAdele(
      {},
      {
        timer,
        stores: (stores) => ({
          ...stores,
          notifications: {
            ...stores.notifications,
            write: (...args) => {
              timer.advance(364.0911);
              return stores.notifications.write(...args);
            },
          },
        }),
      },
    );
    expect((await post()).headers['duration']).toBe('364.0911');
  });

  it('[F6] echoes a GUID of the client and makes one instead of anything else', async () => {
    const { post } = await startWithAdele();
    const own = '1F0C2B9E-5c2c-4c7f-9a53-3f6b1f3f0b11';
    const echoed = await post({}, { headers: { 'client-request-id': own } });
    expect(echoed.headers['client-request-id']).toBe(own);
    expect(echoed.headers['request-id']).not.toBe(own);
    const ignored = await post({}, { headers: { 'client-request-id': 'not-a-guid' } });
    expect(ignored.headers['client-request-id']).toBe(ignored.headers['request-id']);
  });

  it.each([
    ["o'brien+test@contoso.com", 'o%27brien%2Btest%40contoso.com'],
    ['jürgen müller@contoso.com', 'j%C3%BCrgen%20m%C3%BCller%40contoso.com'],
    ['a/b#c?d@contoso.com', 'a%2Fb%23c%3Fd%40contoso.com'],
  ])('[F4] names the user %s percent-encoded', async (userPrincipalName, encoded) => {
    const { emulator, post } = await startWithAdele({ seed: { users: [{ alias: 'adele', userPrincipalName }] } });
    expect((await post()).body['@odata.context']).toBe(`${emulator.url}/beta/$metadata#users('${encoded}')/notifications/$entity`);
  });

  it('[F1] answers errors with the same ids and times in body and headers', async () => {
    const { post } = await startWithAdele();
    const answer = await post({ payload: {} });
    expect(errorOf(answer).innerError).toEqual({
      code: 'InvalidBody',
      date: '2019-08-23T00:25:55.329Z',
      'request-id': answer.headers['request-id'],
      'client-request-id': answer.headers['client-request-id'],
    });
  });

  it('[F18][F19] points at every fault at once, and its message names the first', async () => {
    const { post } = await startWithAdele();
    const answer = await post({
      payload: { rawContent: '', visualContent: {} },
      displayTimeToLive: -1,
      targetPolicy: { platformTypes: ['x'] },
    });
    expect(answer.status).toBe(400);
    expect([...targetsOf(answer)].sort()).toEqual([
      '/displayTimeToLive',
      '/payload/rawContent',
      '/payload/visualContent/title',
      '/targetPolicy/platformTypes/0',
    ]);
    expect(errorOf(answer).message).toContain(targetsOf(answer)[0]);
  });
});

describe('the history behind a publication', () => {
  it('[F14][F15] holds what no push may reach, in the application it was sent to, whatever its case', async () => {
    const { emulator, adele, post } = await startWithAdele();
    const { body } = await post({ targetHostName: 'CONTOSO.example', targetPolicy: { platformTypes: ['ios'] } });
    expect((await emulator.list(adele)).value.map(({ id }) => id)).toEqual([body.id]);
  });

  it('[F17] of a delegated call without UNSID is that of its own user', async () => {
    const { emulator, adele } = await startWithAdele();
    const answer = await emulator.send<NotificationBody>({ path, token: tokenOf('adele'), json: rawBody });
    expect(answer.status).toBe(201);
    expect((await emulator.list(adele)).value.map(({ id }) => id)).toEqual([answer.body.id]);
  });
});
