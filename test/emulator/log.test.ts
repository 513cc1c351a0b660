// What the log of an emulator says: requests with who and what they are about, sockets, one entry for each delivery, toasts and expiries.
import { describe, expect, it } from 'vitest';
import type { Stores } from '../../src/domain/ports.ts';
import { application, rawBody, serverToken, type TestEmulator, tokenOf, useEmulators } from '../support/emulator.ts';
import { createEventList } from '../support/event-list.ts';
import { refusedHandshake } from '../support/socket-device.ts';

const start = useEmulators();
const adele = { user: 'adele', application };
const phone = { ...adele, platform: 'iOS', device: 'phone' };

/** An emulator with its log, and Adele's phone, subscribed. */
async function startLogged(isDetailed = false, ...[options, parts]: Parameters<typeof start>) {
  const list = createEventList(isDetailed);
  const emulator = await start(options, { ...parts, log: list.log });
  const subscribed = await emulator.subscribe('adele', { platform: 'iOS', deviceId: 'phone' });
  await list.next('request');
  return { emulator, list, subscribed };
}

const fallback = {
  priority: 'High',
  fallbackPolicy: { endpointFallback: { platformTypes: ['iOS'], fallbackDelayInSeconds: 60, visualContent: { title: 'Build finished' } } },
};

describe('a request in the log', () => {
  const subscriptions = '/client/v1/subscriptions';
  const json = { application, deviceId: 'phone', platform: 'iOS' };

  it.each<[string, (emulator: TestEmulator, unsid: string) => Promise<unknown>, object]>([
    [
      'subscribes',
      ({ send }) => send({ path: subscriptions, token: tokenOf('adele'), json }),
      { method: 'POST', path: subscriptions, status: 200, ...phone },
    ],
    [
      'has an invalid body, which names the application and no known platform',
      ({ send }) => send({ path: subscriptions, token: tokenOf('adele'), json: { ...json, platform: 'iPhone' } }),
      { status: 400, code: 'InvalidBody', reason: expect.stringContaining('/platform'), ...adele, device: 'phone', platform: undefined },
    ],
    [
      'has a body that is not JSON, which is not quoted',
      ({ send }) =>
        send({ path: subscriptions, token: tokenOf('adele'), bytes: '{"a": hidden', headers: { 'Content-Type': 'application/json' } }),
      { status: 400, code: 'InvalidJson', reason: 'The body is not valid JSON', user: 'adele', application: undefined },
    ],
    [
      'has no token, so that nothing is known of it',
      ({ send }) => send({ path: subscriptions, json }),
      { status: 401, code: 'TokenMissing', user: undefined, client: undefined, application: undefined, platform: undefined },
    ],
    [
      'comes from an app that may not call',
      ({ send }) => send({ path: subscriptions, token: serverToken, json }),
      { status: 403, code: 'UserTokenRequired', client: 'contoso-server', user: undefined },
    ],
    [
      'comes from a user of a client',
      ({ send }) => send({ path: subscriptions, token: 'dev.user.adele~phone-app' }),
      { status: 200, user: 'adele', client: 'phone-app' },
    ],
    [
      'publishes',
      ({ send }, unsid) => send({ path: '/beta/me/notifications', token: serverToken, unsid, json: rawBody }),
      { status: 201, client: 'contoso-server', application, user: undefined, platform: undefined },
    ],
    [
      'names a UNSID that cannot be used',
      ({ send }) => send({ path: '/beta/me/notifications', token: serverToken, unsid: 'other', json: rawBody }),
      { status: 403, code: 'UnsidNotUsable', client: 'contoso-server', application },
    ],
    [
      'asks for an unknown notification of a known device',
      ({ send }, unsid) => send({ path: '/client/v1/notifications/none', token: tokenOf('adele'), unsid }),
      { status: 404, code: 'UnknownResource', ...phone },
    ],
    [
      'unsubscribes',
      ({ send }, unsid) => send({ method: 'DELETE', path: `${subscriptions}/${unsid}`, token: tokenOf('adele') }),
      { method: 'DELETE', status: 204, ...phone },
    ],
    [
      'has a path that is not known',
      ({ send }) => send({ path: '/nowhere?access_token=secret' }),
      { path: '/nowhere', status: 404, code: 'UnknownRoute', reason: 'There is no operation at this path.' },
    ],
    [
      'asks for a token with a wrong secret',
      ({ send }) =>
        send({
          path: '/contoso.example/oauth2/v2.0/token',
          bytes: 'grant_type=client_credentials&client_id=5f1c7b1e-0c9e-4c57-9d0a-6a1f3f2b7c11&client_secret=wrong&scope=x%2F.default',
          headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        }),
      { status: 401, code: 'AADSTS7000215', client: '5f1c7b1e-0c9e-4c57-9d0a-6a1f3f2b7c11' },
    ],
  ])('that %s', async (_what, call, expected) => {
    const { emulator, list, subscribed } = await startLogged();
    await call(emulator, subscribed.unsid);
    const event = await list.next('request');
    for (const [name, value] of Object.entries(expected)) expect([name, event[name as keyof typeof event]]).toEqual([name, value]);
    expect(event.durationMs).toBeGreaterThanOrEqual(0);
    expect(event).not.toHaveProperty('requestId');
    expect(JSON.stringify(event)).not.toContain('secret=');
  });

  it('that is a refused handshake names its user, and no query', async () => {
    const { emulator, list, subscribed } = await startLogged();
    await refusedHandshake(emulator.url, { unsid: subscribed.unsid, accessToken: tokenOf('adele'), protocols: ['other'] });
    expect(await list.next('request')).toEqual({
      event: 'request',
      method: 'GET',
      path: '/client/v1/socket',
      status: 400,
      code: 'InvalidParameter',
      reason: 'Sec-WebSocket-Protocol: must offer notifications.v1.json',
      user: 'adele',
      client: undefined,
      application: undefined,
      platform: undefined,
      device: undefined,
    });
  });

  it('has ids, headers and bodies without secrets where details are wanted', async () => {
    const { emulator, list, subscribed } = await startLogged(true);
    const { id } = await emulator.publish(subscribed);
    const event = await list.next('request');
    expect(event).toMatchObject({
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      notificationId: id,
      request: { headers: { authorization: 'Bearer <removed>', 'x-uns-id': subscribed.unsid }, body: JSON.stringify(rawBody) },
      answer: { headers: { location: expect.stringContaining(id) }, body: expect.stringContaining(id) },
    });
    await refusedHandshake(emulator.url, { unsid: 'u', accessToken: tokenOf('adele') });
    expect((await list.next('request')).query).toBe('unsid=u&access_token=<removed>');
  });

  it('never shows the secrets of sign-in, whatever is wanted', async () => {
    const { emulator, list } = await startLogged(true);
    const client = 'client_id=5f1c7b1e-0c9e-4c57-9d0a-6a1f3f2b7c11&client_secret=contoso-server-secret';
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const path = '/contoso.example/oauth2/v2.0/token';
    const scope = 'scope=https%3A%2F%2Fgraph.microsoft.com%2F.default%20offline_access';
    const answer = await emulator.send<{ access_token: string; refresh_token: string }>({
      path,
      bytes: `grant_type=password&username=adele&password=adele-password&${client}&${scope}`,
      headers,
    });
    expect(answer.status).toBe(200);
    const { access_token: accessToken, refresh_token: refreshToken } = answer.body;
    await emulator.send({ path, bytes: `grant_type=refresh_token&refresh_token=${refreshToken}&${client}&${scope}`, headers });
    await emulator.send({ path: '/client/v1/subscriptions', token: accessToken });
    for (let count = 0; count < 3; count += 1) await list.next('request');
    const text = JSON.stringify(list.events);
    for (const secret of ['contoso-server-secret', 'adele-password', accessToken, refreshToken]) expect(text).not.toContain(secret);
    expect(text).toContain('grant_type');
  });
});

describe('a socket in the log', () => {
  it('opens and is closed by its device, with its code and reason', async () => {
    const { emulator, list, subscribed } = await startLogged();
    const device = await emulator.connect(subscribed);
    expect(await list.next('socket-opened')).toEqual({ event: 'socket-opened', ...phone, unsid: undefined, resumed: true });
    await device.close();
    expect(await list.next('socket-closed')).toMatchObject({ ...phone, code: 1005, reason: undefined, by: 'device' });
  });

  it('is closed by the emulator, with the code and reason of the document', async () => {
    const { emulator, list, subscribed } = await startLogged();
    const device = await emulator.connect(subscribed);
    await emulator.connect(subscribed);
    expect((await device.closed).code).toBe(4409);
    expect(await list.next('socket-closed')).toMatchObject({
      ...phone,
      code: 4409,
      reason: expect.stringContaining('newer'),
      by: 'emulator',
    });
  });

  it('is closed for a message that is too long, with the document’s code', async () => {
    const { emulator, list, subscribed } = await startLogged();
    const device = await emulator.connect(subscribed);
    device.send('x'.repeat(70_000));
    const { code } = await device.closed;
    expect(await list.next('socket-closed')).toMatchObject({ code, by: 'emulator' });
  });

  it('breaks without a close frame', async () => {
    const { emulator, list, subscribed } = await startLogged();
    (await emulator.connect(subscribed)).terminate();
    expect(await list.next('socket-closed')).toMatchObject({ code: 1006, reason: 'no close frame came', by: 'network' });
  });

  it('that has an unknown cursor is not resumed', async () => {
    const { emulator, list, subscribed } = await startLogged();
    await emulator.connect(subscribed, { cursor: 'unknown' });
    expect(await list.next('socket-opened')).toMatchObject({ resumed: false });
  });

  it('is counted when the emulator stops, which is the last entry', async () => {
    const { emulator, list, subscribed } = await startLogged();
    await emulator.connect(subscribed);
    await emulator.emulator.stop();
    expect(list.events.slice(-2)).toMatchObject([
      { event: 'socket-closed', code: 1001, by: 'emulator' },
      { event: 'stopped', sockets: 1 },
    ]);
  });
});

describe('a delivery in the log', () => {
  it('is one entry, however many devices get it, with those that are offline, after its request', async () => {
    const { emulator, list, subscribed } = await startLogged();
    for (const deviceId of ['a', 'b', 'c']) await emulator.connect(await emulator.subscribe('adele', { deviceId }));
    await emulator.subscribe('adele', { platform: 'WebPush' });
    await emulator.publish(subscribed);
    expect(await list.next('delivery')).toEqual({
      event: 'delivery',
      change: 'published',
      ...adele,
      sent: 3,
      offline: 2,
      waiting: 0,
      notificationId: undefined,
      readState: undefined,
      userActionState: undefined,
    });
    expect(list.events.slice(-2).map(({ event }) => event)).toEqual(['request', 'delivery']);
  });

  it('is logged where no device is connected', async () => {
    const { emulator, list, subscribed } = await startLogged();
    await emulator.publish(subscribed);
    expect(await list.next('delivery')).toMatchObject({ sent: 0, offline: 1, waiting: 0 });
  });

  it('leaves out devices that it is not meant for: other platforms, and the one that made the change', async () => {
    const { emulator, list, subscribed } = await startLogged();
    const other = await emulator.subscribe('adele', { platform: 'Windows' });
    const { id } = await emulator.publish(subscribed, { targetPolicy: { platformTypes: ['iOS'] } });
    expect(await list.next('delivery')).toMatchObject({ sent: 0, offline: 1 });
    const second = await emulator.publish(subscribed);
    expect(await list.next('delivery')).toMatchObject({ sent: 0, offline: 2 });
    await emulator.connect(other);
    await emulator.patch(subscribed, second.id, { readState: 'Read' });
    expect(await list.next('delivery')).toMatchObject({ change: 'changed', readState: 'Read', sent: 1, offline: 0 });
    await emulator.remove(subscribed, id);
    expect(await list.next('delivery')).toMatchObject({ change: 'deleted', sent: 0, offline: 0 });
  });

  it('says that content was replaced', async () => {
    const { emulator, list, subscribed } = await startLogged();
    for (let count = 0; count < 2; count += 1) await emulator.publish(subscribed, { appNotificationId: 'build' });
    expect([(await list.next('delivery')).change, (await list.next('delivery')).change]).toEqual(['published', 'replaced']);
  });

  it('of what a device had missed is one entry of that device', async () => {
    const { emulator, list, subscribed } = await startLogged();
    for (let count = 0; count < 3; count += 1) await emulator.publish(subscribed);
    const device = await emulator.connect(subscribed);
    for (let count = 0; count < 3; count += 1) await device.nextOf('notification');
    expect(await list.next('caught-up')).toMatchObject({ ...phone, notifications: 3 });
    expect(list.events.filter(({ event }) => event === 'delivery')).toHaveLength(3);
  });

  it.each(['embed', 'signal'] as const)('counts devices the same with --push %s', async (push) => {
    const { emulator, list, subscribed } = await startLogged(false, { push });
    await emulator.connect(subscribed);
    await emulator.publish(subscribed);
    expect(await list.next('delivery')).toMatchObject({ sent: 1, offline: 0 });
  });

  it('asks for subscriptions once, and not at all without a log', async () => {
    let asked = 0;
    const stores = (all: Stores): Stores => ({
      ...all,
      subscriptions: {
        ...all.subscriptions,
        ofFeed: (...args) => {
          asked += 1;
          return all.subscriptions.ofFeed(...args);
        },
      },
    });
    const { emulator, list, subscribed } = await startLogged(false, {}, { stores });
    for (const deviceId of ['a', 'b', 'c']) await emulator.connect(await emulator.subscribe('adele', { deviceId }));
    await emulator.publish(subscribed);
    await list.next('delivery');
    expect(asked).toBe(1);
    const silent = await start({}, { stores });
    await silent.publish(await silent.subscribe('adele'));
    expect(asked).toBe(1);
  });
});

describe('what falls due is in the log', () => {
  it('a fallback, its toast, the expiry of notifications and of a subscription with its socket', async () => {
    const { emulator, list, subscribed } = await startLogged();
    const device = await emulator.connect(subscribed);
    await emulator.publish(subscribed, fallback);
    await emulator.publish(subscribed);
    await emulator.remove(subscribed, (await emulator.publish(subscribed)).id);
    await emulator.emulator.advance(60);
    expect(await list.next('fallback-due')).toMatchObject({ ...adele, devices: 1 });
    await device.rest();
    expect(await list.next('toast')).toMatchObject(phone);
    await emulator.emulator.advance(7 * 86_400);
    expect(await list.next('notifications-expired')).toMatchObject({ ...adele, count: 2 });
    await emulator.emulator.advance(30 * 86_400);
    const expiredAt = '2019-09-22T00:25:55.329Z';
    expect(await list.next('subscription-expired')).toMatchObject({ ...phone, expiredAt });
    expect(await list.next('socket-closed')).toMatchObject({ ...phone, code: 4410, by: 'emulator' });
    expect(list.events.filter(({ event }) => event === 'notifications-expired')).toHaveLength(1);
  });
});
