// The Graph surface: what an app server publishes, how it is answered, and when it is gone.
import { describe, expect, it } from 'vitest';
import { describeTable } from '../support/cases.ts';
import {
  application,
  type NotificationBody,
  rawBody,
  serverToken,
  type TestEmulator,
  tokenOf,
  useEmulators,
  visualBody,
} from '../support/emulator.ts';
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
      '@odata.context': `${emulator.url}/beta/$metadata#users('adele%40unsid.example')/notifications/$entity`,
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

  it('[F6] tells nothing of the software that answers', async () => {
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

  it('[D15] tells how long it took in milliseconds', async () => {
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

describe('times', () => {
  it('[F7] counts the remaining seconds down, floored, never below 0', async () => {
    const { emulator, adele, post } = await startWithAdele();
    const { body } = await post({ displayTimeToLive: '60' });
    expect(body.displayTimeToLive).toBe(60);
    const remaining = async () => (await emulator.get(adele, body.id)).body.displayTimeToLive;
    emulator.clock.moveTo(startInstant + 1);
    expect(await remaining()).toBe(59);
    await emulator.emulator.advance(58.999);
    expect(await remaining()).toBe(1);
    await emulator.emulator.advance(0.001);
    expect(await remaining()).toBe(0);
    await emulator.emulator.advance(10);
    expect(await remaining()).toBe(0);
  });

  it('[F8] expires seven days after its creation, in UTC, when nothing else is said', async () => {
    const { post } = await startWithAdele();
    expect((await post()).body.expirationDateTime).toBe('2019-08-30T00:25:55.329Z');
  });

  it('[F8] answers an expiration with an offset in UTC', async () => {
    const { post } = await startWithAdele();
    expect((await post({ expirationDateTime: '2019-08-24T02:00:00+02:00' })).body.expirationDateTime).toBe('2019-08-24T00:00:00.000Z');
  });

  it('[F9][D2] takes an expiration exactly 30 days ahead and not a millisecond more', async () => {
    const { post } = await startWithAdele();
    expect((await post({ expirationDateTime: ahead(30 * day * 1000) })).status).toBe(201);
    const tooFar = await post({ expirationDateTime: ahead(30 * day * 1000 + 1) });
    expect([tooFar.status, targetsOf(tooFar)]).toEqual([400, ['/expirationDateTime']]);
  });

  it('[D2] takes an expiration a millisecond ahead, but not now and not in the past', async () => {
    const { post } = await startWithAdele();
    expect((await post({ expirationDateTime: ahead(1) })).status).toBe(201);
    expect((await post({ expirationDateTime: ahead(0) })).status).toBe(400);
    expect((await post({ expirationDateTime: ahead(-1) })).status).toBe(400);
  });

  it('[F9][D10] leaves store, history and sync at expiry, without a push', async () => {
    const { emulator, adele, post } = await startWithAdele();
    const device = await emulator.connect(adele);
    const { cursor } = await emulator.list(adele);
    const { body } = await post({ expirationDateTime: ahead(3_600_000) });
    await device.nextOf('notification');
    await emulator.emulator.advance(3_599.999);
    expect((await emulator.get(adele, body.id)).status).toBe(200);
    await emulator.emulator.advance(0.001);
    expect((await emulator.get(adele, body.id)).status).toBe(404);
    expect((await emulator.list(adele, '?status=Any')).value).toEqual([]);
    expect((await emulator.list(adele, `?since=${cursor}`)).value).toEqual([]);
    expect(await device.rest()).toEqual([]);
  });
});

describe('a repeated appNotificationId', () => {
  const first = { appNotificationId: 'build-42', groupName: 'builds', priority: 'High', displayTimeToLive: 60 };

  it('[D5] updates the notification: same id and Location, new content, states and times anew', async () => {
    const { emulator, adele, post } = await startWithAdele();
    const created = await post(first);
    await emulator.patch(adele, created.body.id, { readState: 'Read', userActionState: 'Activated' });
    await emulator.emulator.advance(30);
    const updated = await post({ ...visualBody, appNotificationId: 'build-42', displayTimeToLive: 90 });
    expect([updated.status, updated.body.id, updated.headers.location]).toEqual([201, created.body.id, created.headers.location]);
    expect((await emulator.list(adele, '?status=Any')).value).toEqual([
      {
        id: created.body.id,
        application,
        appNotificationId: 'build-42',
        groupName: null,
        priority: 'High',
        payload: visualBody.payload,
        displayTimeToLive: 90,
        creationDateTime: ahead(0),
        lastModifiedDateTime: ahead(30_000),
        expirationDateTime: ahead(7 * day * 1000 + 30_000),
        status: 'Active',
        readState: 'Unread',
        userActionState: 'NoInteraction',
      },
    ]);
  });

  it('[D5] is fanned out as updated', async () => {
    const { emulator, adele, post } = await startWithAdele();
    const device = await emulator.connect(adele);
    await post(first);
    await device.nextOf('notification');
    await post({ ...first, payload: { rawContent: 'again' } });
    expect(await device.nextOf('notification')).toMatchObject({ change: 'updated', notification: { payload: { rawContent: 'again' } } });
  });

  it('[D5] makes a new notification after the old one was deleted or has expired', async () => {
    const { emulator, adele, post } = await startWithAdele();
    const created = await post(first);
    await emulator.remove(adele, created.body.id);
    const anew = await post(first);
    expect(anew.body.id).not.toBe(created.body.id);
    await emulator.emulator.advance(8 * day);
    expect((await post(first)).body.id).not.toBe(anew.body.id);
  });

  it('[D5][F15] is another notification for another user and another application', async () => {
    const { emulator, adele, post } = await startWithAdele();
    const created = await post(first);
    const bert = await emulator.subscribe('bert');
    const elsewhere = await emulator.subscribe('adele', { application: 'fabrikam.example' });
    expect((await emulator.publish(bert, first)).id).not.toBe(created.body.id);
    expect((await emulator.publish(elsewhere, { ...first, targetHostName: 'fabrikam.example' })).id).not.toBe(created.body.id);
    expect((await emulator.get(adele, created.body.id)).body.lastModifiedDateTime).toBeNull();
  });

  it('[D5] without one, the same content is always a new notification', async () => {
    const { post } = await startWithAdele();
    const ids = [await post(), await post(), await post({ appNotificationId: null })].map(({ body }) => body.id);
    expect(new Set(ids).size).toBe(3);
  });
});

describe('bodies', () => {
  const sized = (bytes: number) => {
    const frame = JSON.stringify({ ...rawBody, payload: { rawContent: '' } }).length;
    return JSON.stringify({ ...rawBody, payload: { rawContent: 'x'.repeat(bytes - frame) } });
  };
  const json = { 'Content-Type': 'application/json' };
  const postBytes = (emulator: TestEmulator, unsid: string, bytes: string | Buffer, headers = {}) =>
    emulator.send({ method: 'POST', path, token: serverToken, unsid, bytes, headers: { ...json, ...headers } });

  it('[D13] are read up to 4 MiB and refused a byte above', async () => {
    const { emulator, adele } = await startWithAdele();
    const limit = 4 * 1024 * 1024;
    expect((await postBytes(emulator, adele.unsid, sized(limit))).status).toBe(201);
    const tooLarge = await postBytes(emulator, adele.unsid, sized(limit + 1));
    expect([tooLarge.status, errorOf(tooLarge).code]).toEqual([413, 'RequestEntityTooLarge']);
    const chunked = await postBytes(emulator, adele.unsid, sized(limit + 1), { 'Transfer-Encoding': 'chunked' });
    expect(chunked.status).toBe(413);
  });

  it('[D13][F18] are judged by their size after decompression', async () => {
    const { gzipSync, deflateSync } = await import('node:zlib');
    const { emulator, adele } = await startWithAdele();
    const exploding = sized(40 * 1024 * 1024);
    expect((await postBytes(emulator, adele.unsid, gzipSync(exploding), { 'Content-Encoding': 'gzip' })).status).toBe(413);
    expect((await postBytes(emulator, adele.unsid, deflateSync(exploding), { 'Content-Encoding': 'deflate' })).status).toBe(413);
    const cut = gzipSync(sized(1000)).subarray(0, 40);
    const corrupt = await postBytes(emulator, adele.unsid, cut, { 'Content-Encoding': 'gzip' });
    expect([corrupt.status, errorOf(corrupt).innerError.code]).toEqual([400, 'CorruptEncoding']);
  });

  it('[F18] that are not UTF-8 are 400', async () => {
    const { emulator, adele } = await startWithAdele();
    const broken = Buffer.from(JSON.stringify(rawBody).replace('Hello', 'H\u00ffllo'), 'latin1');
    const answer = await postBytes(emulator, adele.unsid, broken);
    expect([answer.status, errorOf(answer).innerError.code]).toEqual([400, 'InvalidJson']);
  });

  it('[F18][D6] nested 10,000 deep are judged like any other', async () => {
    const { emulator, adele } = await startWithAdele();
    const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    expect((await postBytes(emulator, adele.unsid, deep)).status).toBe(400);
    expect((await postBytes(emulator, adele.unsid, JSON.stringify(rawBody).replace('{', `{"extra":${deep},`))).status).toBe(201);
    expect((await postBytes(emulator, adele.unsid, JSON.stringify(rawBody).replace('"Hello"', deep))).status).toBe(400);
    const deepObject = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`;
    expect((await postBytes(emulator, adele.unsid, deepObject)).status).toBe(400);
  });

  it('[F18] may come to an unknown UNSID, whose bytes name nothing', async () => {
    const { emulator } = await startWithAdele();
    for (const unsid of ['\u00e4\u00f6', "' OR 1=1", '__proto__', 'x'.repeat(4000)]) {
      expect((await emulator.send({ path, token: serverToken, unsid, json: rawBody })).status).toBe(403);
    }
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
