// The client surface's notifications: history, sync, states, deletion, and whose they are.
import { describe, expect, it } from 'vitest';
import { describeTable } from '../support/cases.ts';
import {
  application,
  type NotificationBody,
  type PageBody,
  type Subscribed,
  serverToken,
  type TestEmulator,
  tokenOf,
  useEmulators,
  visualBody,
} from '../support/emulator.ts';
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

async function publishMany(emulator: TestEmulator, to: Subscribed, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let number = 0; number < count; number += 1) ids.push((await emulator.publish(to, { payload: { rawContent: `${number}` } })).id);
  return ids;
}

/** Follows `cursor` while there is more. */
async function readAll(emulator: TestEmulator, device: Subscribed, since: string | undefined, filters: string): Promise<string[]> {
  const ids: string[] = [];
  let page = await emulator.list(device, since === undefined ? `?${filters}` : `?since=${since}&${filters}`);
  ids.push(...idsOf(page));
  while (page.more) {
    page = await emulator.list(device, `?since=${page.cursor}&${filters}`);
    ids.push(...idsOf(page));
  }
  return ids;
}

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

describe('the history', () => {
  it('[F28] is filtered by status, read state and action state together', async () => {
    const emulator = await start();
    const adele = await emulator.subscribe('adele');
    const [unread = '', read = '', dismissed = '', deleted = ''] = await publishMany(emulator, adele, 4);
    await emulator.patch(adele, read, { readState: 'Read' });
    await emulator.patch(adele, dismissed, { readState: 'Read', userActionState: 'Dismissed' });
    await emulator.remove(adele, deleted);
    const list = async (query: string) => idsOf(await emulator.list(adele, query));
    expect(await list('')).toEqual([unread, read, dismissed]);
    expect(await list('?readState=Unread')).toEqual([unread]);
    expect(await list('?readState=Read')).toEqual([read, dismissed]);
    expect(await list('?readState=Read&userActionState=NoInteraction')).toEqual([read]);
    expect(await list('?userActionState=Dismissed&status=Any')).toEqual([dismissed]);
    expect(await list('?status=Deleted')).toEqual([deleted]);
    expect(await list('?status=Any')).toEqual([unread, read, dismissed, deleted]);
  });

  it('[F28][D14] is in feed order: what changed last comes last', async () => {
    const emulator = await start();
    const adele = await emulator.subscribe('adele');
    const [first = '', second = '', third = ''] = await publishMany(emulator, adele, 3);
    await emulator.patch(adele, first, { readState: 'Read' });
    expect(idsOf(await emulator.list(adele))).toEqual([second, third, first]);
  });

  it('[F26][D14] comes in pages of $top, 100 by default, each once', async () => {
    const emulator = await start();
    const adele = await emulator.subscribe('adele');
    const ids = await publishMany(emulator, adele, 103);
    const first = await emulator.list(adele);
    expect([first.value.length, first.more]).toEqual([100, true]);
    expect(await readAll(emulator, adele, undefined, 'status=Active')).toEqual(ids);
    expect(await readAll(emulator, adele, undefined, 'status=Active&$top=7')).toEqual(ids);
    const exact = await emulator.list(adele, '?$top=103');
    expect([exact.value.length, exact.more]).toEqual([103, false]);
  });

  it('[F28] finds behind its filter what a page of others hides', async () => {
    const emulator = await start();
    const adele = await emulator.subscribe('adele');
    const ids = await publishMany(emulator, adele, 12);
    for (const id of ids.slice(0, 10)) await emulator.remove(adele, id);
    await emulator.publish(adele);
    expect(await readAll(emulator, adele, undefined, 'status=Deleted&$top=3')).toEqual(ids.slice(0, 10));
    expect((await readAll(emulator, adele, undefined, 'status=Active&$top=1')).length).toBe(3);
  });
});

describe('sync', () => {
  it('[F24] tells every change after a cursor, each notification once in its latest state, tombstones included', async () => {
    const emulator = await start();
    const adele = await emulator.subscribe('adele');
    const [changed = '', deleted = '', untouched = ''] = await publishMany(emulator, adele, 3);
    const { syncCursor } = await emulator.list(adele);
    await emulator.patch(adele, changed, { readState: 'Read' });
    await emulator.remove(adele, deleted);
    await emulator.patch(adele, changed, { userActionState: 'Activated' });
    const page = await emulator.list(adele, `?since=${syncCursor}`);
    expect(page.value.map(({ id, status }) => [id, status])).toEqual([
      [deleted, 'Deleted'],
      [changed, 'Active'],
    ]);
    expect(page.value[1]).toMatchObject({ readState: 'Read', userActionState: 'Activated' });
    expect(page).not.toHaveProperty('syncCursor');
    expect(idsOf(page)).not.toContain(untouched);
    expect((await emulator.list(adele, `?since=${page.cursor}`)).value).toEqual([]);
  });

  it('[F24][D14] goes on from syncCursor, whatever a filter showed and however far its pages went', async () => {
    const emulator = await start();
    const adele = await emulator.subscribe('adele');
    await publishMany(emulator, adele, 5);
    const page = await emulator.list(adele, '?$top=2&readState=Unread');
    expect(page.more).toBe(true);
    const { id } = await emulator.publish(adele);
    expect(idsOf(await emulator.list(adele, `?since=${page.syncCursor}`))).toEqual([id]);
  });

  it('[F24][D14] of an empty feed has a cursor to go on from', async () => {
    const emulator = await start();
    const adele = await emulator.subscribe('adele');
    const { value, cursor, more, syncCursor } = await emulator.list(adele);
    expect([value, more, syncCursor]).toEqual([[], false, cursor]);
    const { id } = await emulator.publish(adele);
    expect(idsOf(await emulator.list(adele, `?since=${cursor}`))).toEqual([id]);
  });

  it('[F24][D10] keeps a cursor valid whose notification has expired', async () => {
    const emulator = await start();
    const adele = await emulator.subscribe('adele');
    await emulator.publish(adele);
    const { cursor } = await emulator.list(adele);
    await emulator.emulator.advance(8 * 86_400);
    const { id } = await emulator.publish(adele);
    expect(idsOf(await emulator.list(adele, `?since=${cursor}`))).toEqual([id]);
  });

  it('[F24][D14] is 410 with a cursor of another feed or from before a reset', async () => {
    const emulator = await start();
    const [adele, bert] = [await emulator.subscribe('adele'), await emulator.subscribe('bert')];
    await emulator.publish(bert);
    const foreign = (await emulator.list(bert)).cursor;
    const own = (await emulator.list(adele)).cursor;
    const gone = async (device: Subscribed, cursor: string) => {
      const answer = await emulator.send({
        path: `/client/v1/notifications?since=${cursor}`,
        token: tokenOf(device.alias),
        unsid: device.unsid,
      });
      return [answer.status, errorOf(answer).innerError.code];
    };
    expect(await gone(adele, foreign)).toEqual([410, 'CursorUnknown']);
    await emulator.emulator.reset();
    expect(await gone(await emulator.subscribe('adele'), own)).toEqual([410, 'CursorUnknown']);
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
