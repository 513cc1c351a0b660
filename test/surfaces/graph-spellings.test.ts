// What real clients send beside the documented spelling: nulls, other letter case, older spellings; and what a refusal says of a near miss.
import { describe, expect, it } from 'vitest';
import { application, type NotificationBody, rawBody, serverToken, tokenOf, useEmulators } from '../support/emulator.ts';
import { errorOf } from '../support/http-call.ts';

const start = useEmulators();
const path = '/beta/me/notifications';

async function startWithAdele() {
  const emulator = await start();
  const adele = await emulator.subscribe('adele', { platform: 'iOS' });
  const post = (json: unknown, at = path) =>
    emulator.send<NotificationBody>({ path: at, token: serverToken, unsid: adele.unsid, json: json as object });
  return { emulator, adele, post };
}

const detailsOf = (answer: Parameters<typeof errorOf>[0]) =>
  errorOf(answer).details?.map(({ target, message }) => `${target} ${message}`) ?? [];
const visualContent = { title: 'Build finished' };

describe('nulls', () => {
  it('[F49] of optional members are members that were not sent', async () => {
    const { emulator, adele, post } = await startWithAdele();
    const nulls = { expirationDateTime: null, displayTimeToLive: null, priority: null, groupName: null, targetPolicy: null };
    const payload = { rawContent: null, visualContent: { title: 'Hello', body: null } };
    const more = { appNotificationId: null, fallbackPolicy: null };
    const answer = await post({ targetHostName: application, ...nulls, ...more, payload });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      displayTimeToLive: null,
      groupName: null,
      priority: 'High',
      payload: { visualContent: { title: 'Hello' } },
    });
    expect(answer.body.expirationDateTime).toBe('2019-08-30T00:25:55.329Z');
    const read = await emulator.get(adele, answer.body.id);
    expect(read.body.payload).toEqual({ visualContent: { title: 'Hello' } });
    expect((await post({ ...rawBody, targetPolicy: { platformTypes: null } })).status).toBe(201);
  });

  it('[F49] where something is required are a violation', async () => {
    const { post } = await startWithAdele();
    for (const [body, expected] of [
      [{ ...rawBody, targetHostName: null }, '/targetHostName is required'],
      [{ ...rawBody, payload: null }, '/payload is required'],
      [{ ...rawBody, payload: { rawContent: null, visualContent: null } }, '/payload needs at least one of rawContent, visualContent'],
      [{ ...rawBody, payload: { visualContent: { title: null } } }, '/payload/visualContent/title is required'],
    ] as const) {
      const answer = await post(body);
      expect([answer.status, detailsOf(answer)], expected).toEqual([400, [expected]]);
    }
  });

  it('[F49] count as not sent on the client surface too', async () => {
    const { emulator, adele } = await startWithAdele();
    const { id } = await emulator.publish(adele);
    expect((await emulator.patch(adele, id, { readState: 'Read', userActionState: null })).body.readState).toBe('Read');
    expect((await emulator.patch(adele, id, { readState: null, userActionState: null })).status).toBe(400);
    const json = { application, deviceId: 'other', platform: 'iOS', displayName: null };
    expect((await emulator.send({ path: '/client/v1/subscriptions', token: tokenOf('adele'), json })).status).toBe(201);
  });
});

describe('letter case', () => {
  it('[F50] of member names and enum values does not matter, and answers have the documented spelling', async () => {
    const { emulator, adele, post } = await startWithAdele();
    const answer = await post({
      TargetHostName: application,
      AppNotificationId: 'Build-42',
      GROUPNAME: 'Builds',
      displaytimetolive: '60',
      Priority: 'high',
      Payload: { RawContent: 'Hello World!', VisualContent: { Title: 'Title', BODY: 'Body' } },
      TargetPolicy: { PlatformTypes: ['ios', 'ANDROID'] },
    });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ groupName: 'Builds', displayTimeToLive: 60, priority: 'High' });
    expect(answer.body.payload).toEqual({ visualContent: { title: 'Title', body: 'Body' } });
    const read = await emulator.get(adele, answer.body.id);
    expect(read.body).toMatchObject({ appNotificationId: 'Build-42', payload: { rawContent: 'Hello World!' } });
  });

  it('[F50] of the values that apps assign is kept and distinguishes them', async () => {
    const { post } = await startWithAdele();
    const one = await post({ ...rawBody, appNotificationId: 'build' });
    const other = await post({ ...rawBody, appNotificationId: 'Build' });
    expect(other.body.id).not.toBe(one.body.id);
  });

  it('[F50] of paths and query names does not matter', async () => {
    const { emulator, adele, post } = await startWithAdele();
    expect((await post(rawBody, '/BETA/Me/Notifications')).status).toBe(201);
    expect((await post(rawBody, '/beta/me/NOTIFICATIONS/')).status).toBe(201);
    const list = (query: string) =>
      emulator.send<{ value: { id: string }[] }>({ path: `/Client/V1/notifications${query}`, token: tokenOf('adele'), unsid: adele.unsid });
    expect((await list('')).body.value).toHaveLength(2);
    expect((await list('?$TOP=1')).body.value).toHaveLength(1);
    expect((await list('?STATUS=deleted')).body.value).toHaveLength(0);
    const [first] = (await list('')).body.value;
    const found = await emulator.send({ path: `/client/V1/Notifications/${first?.id}`, token: tokenOf('adele'), unsid: adele.unsid });
    expect(found.status).toBe(200);
    const method = await emulator.send({ method: 'PUT', path: '/BETA/ME/notifications', token: serverToken, unsid: adele.unsid });
    expect([method.status, method.headers['allow']]).toEqual([405, 'POST']);
  });

  it('[D30] two spellings of one member are a violation that names both', async () => {
    const { emulator, adele, post } = await startWithAdele();
    const answer = await post({ ...rawBody, priority: 'High', PRIORITY: 'Low' });
    expect(answer.status).toBe(400);
    expect(errorOf(answer).details).toEqual([
      {
        code: 'repeated',
        target: '/PRIORITY',
        message: 'is the same member as priority, since names are compared without case: send one of PRIORITY and priority',
      },
    ]);
    const inside = await post({ ...rawBody, Payload: undefined, payload: { RawContent: 'a', RAWCONTENT: 'b' } });
    expect(detailsOf(inside)).toEqual([
      '/payload/RAWCONTENT is the same member as RawContent, since names are compared without case: send one of RAWCONTENT and RawContent',
    ]);
    const twice = await emulator.send({
      path: '/client/v1/notifications?status=Any&STATUS=Any',
      token: tokenOf('adele'),
      unsid: adele.unsid,
    });
    expect([twice.status, detailsOf(twice)]).toEqual([400, ['status must be given only once']]);
    const unknown = await post({ ...rawBody, colour: 'red', COLOUR: 'blue' });
    expect(unknown.status).toBe(201);
  });
});

describe('older spellings', () => {
  it('[F51] of October 2019 are read: the fallback with capitals, platform types as plain text', async () => {
    const { emulator, adele, post } = await startWithAdele();
    const EndpointFallback = { platformTypes: 'iOS', fallbackDelayInSeconds: 60, visualContent };
    const device = await emulator.connect(adele);
    const answer = await post({
      ...rawBody,
      priority: 'High',
      targetPolicy: { platformTypes: 'ios' },
      FallbackPolicy: { EndpointFallback },
    });
    expect(answer.status).toBe(201);
    await device.nextOf('notification');
    await emulator.send({ path: '/_emulator/v1/clock/advance', json: { seconds: 61 } });
    expect((await device.nextOf('toast')).visualContent).toEqual(visualContent);
  });

  it('[F51] of instants may leave the seconds out', async () => {
    const { post } = await startWithAdele();
    expect((await post({ ...rawBody, expirationDateTime: '2019-08-25T10:20Z' })).body.expirationDateTime).toBe('2019-08-25T10:20:00.000Z');
    expect((await post({ ...rawBody, expirationDateTime: '2019-08-25T10:20+02:00' })).body.expirationDateTime).toBe(
      '2019-08-25T08:20:00.000Z',
    );
    expect((await post({ ...rawBody, expirationDateTime: '2019-08-25T10Z' })).status).toBe(400);
  });

  it('[D29] of an id that is empty are refused', async () => {
    const { post } = await startWithAdele();
    const answer = await post({ ...rawBody, appNotificationId: '' });
    expect([answer.status, detailsOf(answer)]).toEqual([400, ['/appNotificationId must not be empty']]);
  });
});

describe('a near miss', () => {
  it.each([
    [
      { targetHost: application, payload: { rawContent: 'x' } },
      '/targetHostName is required; targetHost was sent: did you mean targetHostName?',
    ],
    [
      { 'target-host-name': application, payload: { rawContent: 'x' } },
      '/targetHostName is required; target-host-name was sent: did you mean targetHostName?',
    ],
    [
      { ...rawBody, payload: { rawContents: 'x' } },
      '/payload needs at least one of rawContent, visualContent; rawContents was sent: did you mean rawContent?',
    ],
    [
      { ...rawBody, payload: { visualContent: { titel: 'x' } } },
      '/payload/visualContent/title is required; titel was sent: did you mean title?',
    ],
    [{ ...rawBody, priority: 'Hihg' }, '/priority must be one of None, High, Low; did you mean High?'],
    [
      { ...rawBody, targetPolicy: { platformTypes: ['Window'] } },
      '/targetPolicy/platformTypes/0 must be one of Windows, iOS, Android, WebPush; did you mean Windows?',
    ],
    [{ ...rawBody, priority: 'Urgent' }, '/priority must be one of None, High, Low'],
    [{ payload: { rawContent: 'x' }, colour: 'red' }, '/targetHostName is required'],
  ])('[D31] is named by the refusal of %j', async (body, expected) => {
    const { post } = await startWithAdele();
    const answer = await post(body);
    expect([answer.status, detailsOf(answer)]).toEqual([400, [expected]]);
  });

  it('[D31] of a body inside another object names the wrapper', async () => {
    const { post } = await startWithAdele();
    const answer = await post({ notification: rawBody });
    const hint = 'is required; it was sent inside notification: send what is in notification as the body itself';
    expect([answer.status, detailsOf(answer)]).toEqual([400, [`/targetHostName ${hint}`, `/payload ${hint}`]]);
    expect(errorOf(answer).message).toBe(`/targetHostName: ${hint}`);
  });

  it('[D31] of a path or a header is named too', async () => {
    const { emulator } = await startWithAdele();
    const messageAt = async (path: string) => errorOf(await emulator.send({ path, token: serverToken, json: rawBody })).message;
    expect(await messageAt('/beta/me/notification')).toBe(
      'There is no operation at /beta/me/notification; did you mean /beta/me/notifications?',
    );
    expect(await messageAt('/v1.0/me/notifications')).toBe(
      'There is no operation at /v1.0/me/notifications; did you mean /beta/me/notifications?',
    );
    expect(await messageAt('/me/notifications')).toBe('There is no operation at /me/notifications; did you mean /beta/me/notifications?');
    expect(await messageAt('/V2/feeds/me/subscriptions')).toMatch(/; did you mean \/v1\/feeds\/me\/subscriptions\?$/);
    expect(await messageAt('/beta/beta/me/notifications')).toMatch(/; did you mean \/beta\/me\/notifications\?$/);
    expect(await messageAt('/nowhere')).toBe('There is no operation at /nowhere.');
    const headers = { 'X-UNSID': 'x' };
    const answer = await emulator.send({ path: '/client/v1/notifications', token: tokenOf('adele'), headers });
    expect(detailsOf(answer)).toEqual(['X-UNS-ID is required; x-unsid was sent: did you mean X-UNS-ID?']);
  });
});
