// The client surface's subscriptions: new, renewed, expired, ended, and whose they are.
import { describe, expect, it } from 'vitest';
import { describeTable } from '../support/cases.ts';
import { application, rawBody, type SubscriptionBody, serverToken, tokenOf, useEmulators } from '../support/emulator.ts';
import { errorOf } from '../support/http-call.ts';
import { startInstant } from '../support/time.ts';

const start = useEmulators();
const startForTable = useEmulators('file');
const path = '/client/v1/subscriptions';
const monthSeconds = 30 * 86_400;
const ahead = (seconds: number) => new Date(startInstant + seconds * 1000).toISOString();

describeTable('createSubscription', startForTable);
describeTable('listSubscriptions', startForTable);
describeTable('getSubscription', startForTable);
describeTable('deleteSubscription', startForTable);

async function startWith(...options: Parameters<typeof start>) {
  const emulator = await start(...options);
  const subscribe = (json: object = {}, token = tokenOf('adele')) =>
    emulator.send<SubscriptionBody>({ path, token, json: { application, deviceId: 'phone', platform: 'iOS', ...json } });
  const read = (unsid: string, alias = 'adele') => emulator.send<SubscriptionBody>({ path: `${path}/${unsid}`, token: tokenOf(alias) });
  return { emulator, subscribe, read };
}

describe('subscribing', () => {
  it('[F20][F21][F22][D12] gives a UNSID, an expiry 30 days ahead, and where the socket is', async () => {
    const { emulator, subscribe } = await startWith();
    const answer = await subscribe({ displayName: "Adele's phone" });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      userNotificationSubscriptionId: answer.body.userNotificationSubscriptionId,
      application,
      deviceId: 'phone',
      platform: 'iOS',
      displayName: "Adele's phone",
      expirationDateTime: ahead(monthSeconds),
      socketUrl: `${emulator.url.replace('http', 'ws')}/client/v1/socket`,
    });
  });

  it('[F21][D12] again renews: same UNSID, new expiry, same place in the feed', async () => {
    const { emulator, subscribe } = await startWith();
    const { userNotificationSubscriptionId: unsid } = (await subscribe()).body;
    const { id } = await emulator.publish({ alias: 'adele', unsid });
    await emulator.emulator.advance(3600);
    const renewed = await subscribe();
    expect([renewed.status, renewed.body.userNotificationSubscriptionId, renewed.body.expirationDateTime]).toEqual([
      200,
      unsid,
      ahead(3600 + monthSeconds),
    ]);
    const device = await emulator.connect({ alias: 'adele', unsid });
    expect((await device.nextOf('notification')).notification.id).toBe(id);
  });

  it('[F21][F22][F49] again keeps the display name or changes it; a null is none that was sent', async () => {
    const { subscribe } = await startWith();
    await subscribe({ displayName: 'phone' });
    expect((await subscribe()).body.displayName).toBe('phone');
    expect((await subscribe({ displayName: 'new phone' })).body.displayName).toBe('new phone');
    expect((await subscribe({ displayName: null })).body.displayName).toBe('new phone');
  });

  it('[F21] from another device, for another application or by another user is another subscription', async () => {
    const { subscribe } = await startWith();
    const answers = [
      await subscribe(),
      await subscribe({ deviceId: 'tablet' }),
      await subscribe({ application: 'fabrikam.example' }),
      await subscribe({}, tokenOf('bert')),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(new Set(answers.map(({ body }) => body.userNotificationSubscriptionId)).size).toBe(4);
  });

  it('[F21] with another platform is 409 and changes nothing', async () => {
    const { subscribe, read } = await startWith();
    const { userNotificationSubscriptionId: unsid } = (await subscribe()).body;
    const answer = await subscribe({ platform: 'Android', displayName: 'other' });
    expect([answer.status, errorOf(answer).innerError.code]).toEqual([409, 'PlatformChanged']);
    expect((await read(unsid)).body).toMatchObject({ platform: 'iOS', displayName: null });
  });

  it('[F30] is for registered clients where the application is registered', async () => {
    const { subscribe } = await startWith({ seed: { applications: [{ hostName: application, clientIds: ['contoso-app'] }] } });
    expect((await subscribe({}, 'dev.user.adele~contoso-app')).status).toBe(201);
    const answer = await subscribe({}, 'dev.user.adele~stranger');
    expect([answer.status, errorOf(answer).innerError.code]).toEqual([403, 'ClientNotRegistered']);
  });

  it('[F20] gives UNSIDs of at least 128 random bits that fit a URL', async () => {
    const { createRandomIds } = await import('../../src/runtime/ids.ts');
    const { subscribe } = await startWith({}, { ids: createRandomIds() });
    const unsids = await Promise.all(
      Array.from({ length: 50 }, async (_, number) => (await subscribe({ deviceId: `${number}` })).body.userNotificationSubscriptionId),
    );
    expect(new Set(unsids).size).toBe(50);
    for (const unsid of unsids) expect(unsid).toMatch(/^[A-Za-z0-9_-]{22,128}$/);
  });
});

describe('a subscription', () => {
  it('[D12] expires after 30 days unless it is renewed', async () => {
    const { emulator, subscribe, read } = await startWith();
    const [kept, left] = [(await subscribe()).body, (await subscribe({ deviceId: 'old' })).body];
    await emulator.emulator.advance(monthSeconds - 1);
    await subscribe();
    await emulator.emulator.advance(1);
    expect((await read(kept.userNotificationSubscriptionId)).status).toBe(200);
    expect((await read(left.userNotificationSubscriptionId)).status).toBe(404);
    const { value } = (await emulator.send<{ value: SubscriptionBody[] }>({ path, token: tokenOf('adele') })).body;
    expect(value.map(({ deviceId }) => deviceId)).toEqual(['phone']);
  });

  it('[D12][F21] after it expired or was deleted has a new UNSID, and may be of another platform', async () => {
    const { emulator, subscribe } = await startWith();
    const first = (await subscribe()).body.userNotificationSubscriptionId;
    await emulator.emulator.advance(monthSeconds);
    const second = await subscribe({ platform: 'Android' });
    expect(second.status).toBe(201);
    expect(second.body.userNotificationSubscriptionId).not.toBe(first);
    await emulator.send({ method: 'DELETE', path: `${path}/${second.body.userNotificationSubscriptionId}`, token: tokenOf('adele') });
    const third = await subscribe();
    expect(third.status).toBe(201);
    expect(third.body.userNotificationSubscriptionId).not.toBe(second.body.userNotificationSubscriptionId);
  });

  it('[F26][D3] that was deleted is dead on every surface', async () => {
    const { emulator, subscribe, read } = await startWith();
    const { userNotificationSubscriptionId: unsid } = (await subscribe()).body;
    const remove = () => emulator.send({ method: 'DELETE', path: `${path}/${unsid}`, token: tokenOf('adele') });
    const removed = await remove();
    expect([removed.status, removed.text]).toEqual([204, '']);
    expect((await remove()).status).toBe(404);
    expect((await read(unsid)).status).toBe(404);
    expect((await emulator.send({ path: '/beta/me/notifications', token: serverToken, unsid, json: rawBody })).status).toBe(403);
    expect((await emulator.send({ path: '/client/v1/notifications', token: tokenOf('adele'), unsid })).status).toBe(404);
  });

  it("[D14] is no one else's to read, list or end", async () => {
    const { emulator, subscribe, read } = await startWith();
    const { userNotificationSubscriptionId: unsid } = (await subscribe()).body;
    expect((await read(unsid, 'bert')).status).toBe(404);
    expect((await emulator.send<{ value: unknown[] }>({ path, token: tokenOf('bert') })).body.value).toEqual([]);
    expect((await emulator.send({ method: 'DELETE', path: `${path}/${unsid}`, token: tokenOf('bert') })).status).toBe(404);
    expect((await read(unsid)).status).toBe(200);
  });

  it('[R2][R4] is served only what was posted since it began', async () => {
    const { emulator } = await startWith();
    const pc = await emulator.subscribe('adele');
    await emulator.publish(pc);
    const late = await emulator.subscribe('adele', { platform: 'Android' });
    const { id } = await emulator.publish(pc);
    const device = await emulator.connect(late);
    expect((await device.nextOf('notification')).notification.id).toBe(id);
    expect(await device.rest()).toEqual([]);
    expect((await emulator.list(late)).value.length).toBe(2);
  });
});
