// The Graph surface's times and updates: time to live, expiry, and what a repeated appNotificationId does.
import { describe, expect, it } from 'vitest';
import { application, type NotificationBody, rawBody, serverToken, useEmulators, visualBody } from '../support/emulator.ts';
import { type Call, targetsOf } from '../support/http-call.ts';
import { startInstant } from '../support/time.ts';

const start = useEmulators();
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
