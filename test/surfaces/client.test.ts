// The client surface's notifications: their members and states, deletion, and whose they are.
import { describe, expect, it } from 'vitest';
import { describeTable } from '../support/cases.ts';
import { application, type NotificationBody, type PageBody, serverToken, tokenOf, useEmulators, visualBody } from '../support/emulator.ts';
import { errorOf } from '../support/http-call.ts';
import { startInstant } from '../support/time.ts';

const start = useEmulators();
const startForTable = useEmulators('file');
const ahead = (milliseconds: number) => new Date(startInstant + milliseconds).toISOString();
const idsOf = ({ value }: PageBody) => value.map(({ id }) => id);

describeTable('listNotifications', startForTable);
describeTable('getNotification', startForTable);
describeTable('updateNotification', startForTable);
describeTable('deleteNotification', startForTable);

describe('a notification on the client', () => {
  it('[F25] has every member, and lastModifiedDateTime only once it was modified', async () => {
    const emulator = await start();
    const adele = await emulator.subscribe('adele');
    const { id } = await emulator.publish(adele, {
      ...visualBody,
      appNotificationId: 'build-42',
      groupName: 'builds',
      displayTimeToLive: 60,
    });
    const fresh = {
      id,
      application,
      appNotificationId: 'build-42',
      groupName: 'builds',
      priority: 'High',
      payload: visualBody.payload,
      displayTimeToLive: 60,
      creationDateTime: ahead(0),
      lastModifiedDateTime: null,
      expirationDateTime: ahead(7 * 86_400_000),
      status: 'Active',
      readState: 'Unread',
      userActionState: 'NoInteraction',
    };
    expect((await emulator.get(adele, id)).body).toEqual(fresh);
    await emulator.emulator.advance(5);
    const read = { ...fresh, readState: 'Read', displayTimeToLive: 55, lastModifiedDateTime: ahead(5000) };
    expect((await emulator.patch(adele, id, { readState: 'Read' })).body).toEqual(read);
    expect((await emulator.get(adele, id)).body).toEqual(read);
  });

  it('[F26][F25] takes every read state and action state, one without touching the other', async () => {
    const emulator = await start();
    const adele = await emulator.subscribe('adele');
    const { id } = await emulator.publish(adele);
    await emulator.patch(adele, id, { readState: 'Read' });
    for (const userActionState of ['Activated', 'Dismissed', 'Snoozed', 'NoInteraction']) {
      expect((await emulator.patch(adele, id, { userActionState })).body).toMatchObject({ readState: 'Read', userActionState });
    }
    expect((await emulator.patch(adele, id, { readState: 'Unread', userActionState: 'Snoozed' })).body).toMatchObject({
      readState: 'Unread',
      userActionState: 'Snoozed',
    });
  });

  it('[F26] keeps its place and its time when what is set was set already', async () => {
    const emulator = await start();
    const adele = await emulator.subscribe('adele');
    const { id } = await emulator.publish(adele);
    await emulator.patch(adele, id, { readState: 'Read' });
    const { cursor } = await emulator.list(adele);
    await emulator.emulator.advance(5);
    const again = await emulator.patch(adele, id, { readState: 'Read', userActionState: 'NoInteraction' });
    expect(again.body.lastModifiedDateTime).toBe(ahead(0));
    expect((await emulator.list(adele, `?since=${cursor}`)).value).toEqual([]);
  });

  it('[F28] stays in the history read and dismissed, until it expires', async () => {
    const emulator = await start();
    const adele = await emulator.subscribe('adele');
    const { id } = await emulator.publish(adele);
    await emulator.patch(adele, id, { readState: 'Read', userActionState: 'Dismissed' });
    await emulator.emulator.advance(7 * 86_400 - 0.001);
    expect(idsOf(await emulator.list(adele))).toEqual([id]);
    await emulator.emulator.advance(0.001);
    expect(idsOf(await emulator.list(adele, '?status=Any'))).toEqual([]);
  });

  it('[F29][D11] that is visual only is in the history of a web device too', async () => {
    const emulator = await start();
    const web = await emulator.subscribe('adele', { platform: 'WebPush' });
    const { id } = await emulator.publish(web, visualBody);
    expect((await emulator.get(web, id)).body.payload).toEqual(visualBody.payload);
  });
});

describe('a deleted notification', () => {
  it('[F28] is a tombstone with nothing of its content, until it would have expired', async () => {
    const emulator = await start();
    const adele = await emulator.subscribe('adele');
    const { id } = await emulator.publish(adele, { ...visualBody, groupName: 'builds', appNotificationId: 'build-42' });
    await emulator.emulator.advance(5);
    expect((await emulator.remove(adele, id)).status).toBe(204);
    const tombstone = {
      id,
      application,
      status: 'Deleted',
      creationDateTime: ahead(0),
      lastModifiedDateTime: ahead(5000),
      expirationDateTime: ahead(7 * 86_400_000),
    };
    expect((await emulator.list(adele, '?status=Deleted')).value).toEqual([tombstone]);
    expect(idsOf(await emulator.list(adele))).toEqual([]);
    await emulator.emulator.advance(7 * 86_400);
    expect((await emulator.list(adele, '?status=Any')).value).toEqual([]);
  });

  it('[F28][F26] is not found, changed or deleted again', async () => {
    const emulator = await start();
    const adele = await emulator.subscribe('adele');
    const { id } = await emulator.publish(adele);
    await emulator.remove(adele, id);
    const answers = [
      await emulator.get(adele, id),
      await emulator.patch(adele, id, { readState: 'Read' }),
      await emulator.remove(adele, id),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
  });
});

describe('changes on one device', () => {
  it('[F27] are seen by the others, and not when nothing changed', async () => {
    const emulator = await start();
    const [pc, phone] = [await emulator.subscribe('adele'), await emulator.subscribe('adele', { platform: 'iOS' })];
    const { id } = await emulator.publish(pc);
    const device = await emulator.connect(phone);
    await device.nextOf('notification');
    await emulator.patch(pc, id, { userActionState: 'Dismissed' });
    expect(await device.nextOf('notification')).toMatchObject({ change: 'updated', notification: { id, userActionState: 'Dismissed' } });
    await emulator.patch(pc, id, { userActionState: 'Dismissed' });
    expect(await device.rest()).toEqual([]);
    await emulator.remove(pc, id);
    expect(await device.nextOf('notification')).toMatchObject({ change: 'deleted', notification: { id, status: 'Deleted' } });
  });

  it("[F20][D14] never show another user's or another application's notifications", async () => {
    const emulator = await start();
    const [adele, bert] = [await emulator.subscribe('adele'), await emulator.subscribe('bert')];
    const elsewhere = await emulator.subscribe('adele', { application: 'fabrikam.example' });
    const { id } = await emulator.publish(adele);
    for (const device of [bert, elsewhere]) {
      expect((await emulator.list(device, '?status=Any')).value).toEqual([]);
      const answers = [
        await emulator.get(device, id),
        await emulator.patch(device, id, { readState: 'Read' }),
        await emulator.remove(device, id),
      ];
      expect(answers.map((answer) => [answer.status, errorOf(answer).innerError.code])).toEqual(Array(3).fill([404, 'UnknownResource']));
    }
    const borrowed = await emulator.send({ path: `/client/v1/notifications/${id}`, token: tokenOf('bert'), unsid: adele.unsid });
    expect(borrowed.status).toBe(404);
    expect((await emulator.get(adele, id)).body.readState).toBe('Unread');
  });

  it('[F26] survive an app server that publishes at the same time', async () => {
    const emulator = await start();
    const adele = await emulator.subscribe('adele');
    const { id } = await emulator.publish(adele);
    const publish = () =>
      emulator.send<NotificationBody>({ path: '/beta/me/notifications', token: serverToken, unsid: adele.unsid, json: visualBody });
    const [patched, ...published] = await Promise.all([emulator.patch(adele, id, { readState: 'Read' }), publish(), publish(), publish()]);
    expect([patched.status, ...published.map(({ status }) => status)]).toEqual([200, 201, 201, 201]);
    expect((await emulator.list(adele)).value.length).toBe(4);
  });
});
