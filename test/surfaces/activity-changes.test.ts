// Changes of the activity surface: states and deletion, by the client SDK's calls, and which devices are sent them.
import { describe, expect, it } from 'vitest';
import { createActivityClient } from '../activity-client/client.ts';
import { application, tokenOf, useEmulators } from '../support/emulator.ts';

const start = useEmulators();
const path = (id: string) => `/V2/feeds/me/activities/${encodeURIComponent(id)}`;

async function startWith(...options: Parameters<typeof start>) {
  const emulator = await start(...options);
  const adele = createActivityClient({ root: emulator.url, token: tokenOf('adele'), appPackageName: application });
  await adele.subscribe();
  const phone = { alias: 'adele', unsid: adele.unsid() };
  const statesOf = async (id: string) => {
    const { body } = await emulator.get(phone, id);
    return [body.readState, body.userActionState];
  };
  const patch = (id: string, json: object, alias = 'adele') =>
    emulator.send({ method: 'PATCH', path: path(id), token: tokenOf(alias), json });
  const publish = (more: object = {}) => emulator.publish(phone, more);
  return { emulator, adele, phone, statesOf, patch, publish };
}

describe('a PATCH', () => {
  it('[F61] sets the read state', async () => {
    const { adele, publish, statesOf } = await startWith();
    const { id } = await publish();
    expect([await adele.setReadState(id, true), adele.lastAnswer()]).toEqual(['SUCCEEDED', { status: 204, text: '' }]);
    expect(await statesOf(id)).toEqual(['Read', 'NoInteraction']);
    expect(await adele.setReadState(id, false)).toBe('SUCCEEDED');
    expect(await statesOf(id)).toEqual(['Unread', 'NoInteraction']);
  });

  it.each([
    [0, 'NoInteraction'],
    [1, 'Activated'],
    [2, 'Dismissed'],
    [3, 'Snoozed'],
  ])('[F61] sets the user action state %i, which is %s', async (number, name) => {
    const { adele, publish, statesOf, emulator, phone } = await startWith();
    const { id } = await publish();
    await emulator.patch(phone, id, { userActionState: number === 1 ? 'Snoozed' : 'Activated' });
    expect(await adele.setUserActionState(id, number)).toBe('SUCCEEDED');
    expect(await statesOf(id)).toEqual(['Unread', name]);
  });

  it('[F61] takes both, and ignores what it does not know', async () => {
    const { publish, patch, statesOf } = await startWith();
    const { id } = await publish();
    expect((await patch(id, { read: true, userActionState: 2, displayTtl: 5 })).status).toBe(204);
    expect(await statesOf(id)).toEqual(['Read', 'Dismissed']);
  });

  it('[F49][F56] takes names in any case, and a null as not sent', async () => {
    const { publish, patch, statesOf } = await startWith();
    const { id } = await publish();
    expect((await patch(id, { READ: true, UserActionState: 2 })).status).toBe(204);
    expect(await statesOf(id)).toEqual(['Read', 'Dismissed']);
    expect((await patch(id, { read: null, userActionState: 3 })).status).toBe(204);
    expect(await statesOf(id)).toEqual(['Read', 'Snoozed']);
    for (const refused of [{ read: null }, { read: true, Read: false }]) expect((await patch(id, refused)).status).toBe(400);
  });

  it('[F56] takes an empty Content-Encoding as not sent', async () => {
    const { emulator, publish, statesOf } = await startWith();
    const { id } = await publish();
    const headers = { 'Content-Encoding': '', 'X-Device-Ticket': '' };
    const answer = await emulator.send({ method: 'PATCH', path: path(id), token: tokenOf('adele'), json: { read: true }, headers });
    expect(answer.status).toBe(204);
    expect(await statesOf(id)).toEqual(['Read', 'NoInteraction']);
  });

  it('[D31] with a name that is nearly right is 400, and says so', async () => {
    const { publish, patch } = await startWith();
    const answer = await patch((await publish()).id, { userActionStat: 1 });
    expect(answer.body).toEqual({
      errorCode: 400,
      errorMessage: 'The body needs at least one of read, userActionState; userActionStat was sent: did you mean userActionState?',
    });
  });

  it.each([{}, { read: 'yes' }, { userActionState: 4 }, { userActionState: 'Snoozed' }])('[F57][F61] of %j is 400', async (change) => {
    const { publish, patch } = await startWith();
    const answer = await patch((await publish()).id, change);
    expect([answer.status, answer.body]).toEqual([400, { errorCode: 400, errorMessage: expect.any(String) }]);
  });

  it('[F27][D40] is sent to all devices of the user but web endpoints, by whatever surface they have subscribed', async () => {
    const { emulator, adele, phone, publish } = await startWith();
    const desktop = await emulator.connect(await emulator.subscribe('adele', { platform: 'Windows' }));
    const web = await emulator.connect(await emulator.subscribe('adele', { platform: 'WebPush' }));
    const own = await emulator.connect(phone);
    const { id } = await publish();
    for (const device of [desktop, web, own]) await device.nextOf('notification');
    await adele.setReadState(id, true);
    for (const device of [desktop, own]) {
      expect(await device.nextOf('notification')).toMatchObject({ change: 'updated', notification: { id, readState: 'Read' } });
    }
    expect(await web.rest()).toEqual([]);
  });
});

describe('a DELETE', () => {
  it('[F61][F60] deletes, for all devices, and the item stays with status 2', async () => {
    const { emulator, adele, publish } = await startWith();
    const desktop = await emulator.connect(await emulator.subscribe('adele', { platform: 'Windows' }));
    const { id } = await publish();
    await desktop.nextOf('notification');
    expect([await adele.remove(id), adele.lastAnswer()]).toEqual(['SUCCEEDED', { status: 204, text: '' }]);
    expect(await desktop.nextOf('notification')).toMatchObject({ change: 'deleted', notification: { id } });
    expect((await adele.getAll()).notifications).toMatchObject([{ id, status: 'DELETED' }]);
  });
});

describe('the item of a change', () => {
  it('[D40] is found by its appNotificationId where there is no such id', async () => {
    const { emulator, patch, publish, statesOf, phone } = await startWith();
    const { id } = await publish({ appNotificationId: 'build 42/é' });
    expect((await patch('build 42/é', { read: true })).status).toBe(204);
    expect(await statesOf(id)).toEqual(['Read', 'NoInteraction']);
    const removed = await emulator.send({ method: 'DELETE', path: path('build 42/é'), token: tokenOf('adele') });
    expect(removed.status).toBe(204);
    expect((await emulator.get(phone, id)).status).toBe(404);
  });

  it('[D40] is found by its id first, though another has that for its appNotificationId', async () => {
    const { patch, publish, statesOf } = await startWith();
    const { id } = await publish();
    const other = await publish({ appNotificationId: id });
    await patch(id, { read: true });
    expect([await statesOf(id), await statesOf(other.id)]).toEqual([
      ['Read', 'NoInteraction'],
      ['Unread', 'NoInteraction'],
    ]);
  });

  it('[D40] is found in each application that the caller has subscribed for', async () => {
    const { emulator, patch } = await startWith();
    const other = await emulator.subscribe('adele', { application: 'fabrikam.example' });
    const { id } = await emulator.publish(other, { targetHostName: 'fabrikam.example' });
    expect((await patch(id, { read: true })).status).toBe(204);
    expect((await emulator.get(other, id)).body.readState).toBe('Read');
  });

  it('[F57][D40] is 404 when it is another user’s, deleted, or unknown', async () => {
    const { emulator, adele, patch, publish } = await startWith();
    await emulator.subscribe('megan');
    const { id } = await publish();
    const gone = await publish();
    await adele.remove(gone.id);
    for (const [name, alias] of [
      [id, 'megan'],
      [gone.id, 'adele'],
      ['unknown', 'adele'],
    ] as const) {
      const answer = await patch(name, { read: true }, alias);
      expect([answer.status, answer.body]).toEqual([404, { errorCode: 404, errorMessage: 'There is no such activity.' }]);
    }
    const answer = await emulator.send({ method: 'DELETE', path: path(id), token: tokenOf('megan') });
    expect(answer.status).toBe(404);
  });

  it('[F56] is changed at a path in any case', async () => {
    const { emulator, publish } = await startWith();
    const { id } = await publish();
    const answer = await emulator.send({ method: 'DELETE', path: `/v2/Feeds/ME/Activities/${id}`, token: tokenOf('adele') });
    expect(answer.status).toBe(204);
  });
});
