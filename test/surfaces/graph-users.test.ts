// Publishing to a user who is named in the path.
import { describe, expect, it } from 'vitest';
import { describeTable } from '../support/cases.ts';
import { type NotificationBody, rawBody, serverToken, tokenOf, useEmulators } from '../support/emulator.ts';
import { errorOf } from '../support/http-call.ts';

const start = useEmulators();
const seed = { users: [{ alias: 'adele', userPrincipalName: "o'adele@contoso.example", id: '1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11' }] };

describeTable('postUserNotification', useEmulators('file'));

async function startWithAdele() {
  const emulator = await start({ seed });
  const adele = await emulator.subscribe('adele');
  const post = (path: string, call: { token?: string; unsid?: string } = { token: serverToken, unsid: adele.unsid }) =>
    emulator.send<NotificationBody>({ path, json: rawBody, ...call });
  return { emulator, adele, post };
}

describe('a user in the path', () => {
  it('[F53] is named by id or user principal name, as a segment or in parentheses, without case', async () => {
    const { emulator, adele, post } = await startWithAdele();
    const names = ['1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11', '1F0C2B9E-5C2C-4C7F-9A53-3F6B1F3F0B11', "O'Adele@contoso.example", 'adele'];
    for (const name of names) {
      const answer = await post(`/beta/users/${encodeURIComponent(name)}/notifications`);
      expect([name, answer.status]).toEqual([name, 201]);
      expect(answer.body['@odata.context']).toContain("users('o%27adele%40contoso.example')");
      expect((await post(`/beta/Users('${encodeURIComponent(name.replaceAll("'", "''"))}')/notifications/`)).status).toBe(201);
    }
    expect((await post('/beta/users/adele/notifications', { token: tokenOf('adele') })).status).toBe(201);
    expect((await emulator.list(adele)).value).toHaveLength(9);
  });

  it('[D33] who is neither the user of the token nor of the UNSID is 403', async () => {
    const { emulator, adele, post } = await startWithAdele();
    const bert = await emulator.subscribe('bert');
    for (const call of [
      { token: serverToken, unsid: adele.unsid },
      { token: tokenOf('adele') },
      { token: tokenOf('adele'), unsid: adele.unsid },
    ]) {
      const answer = await post('/beta/users/bert/notifications', call);
      expect([answer.status, errorOf(answer).innerError.code]).toEqual([403, 'OtherUser']);
    }
    const withoutUnsid = await post('/beta/users/adele/notifications', { token: serverToken });
    expect([withoutUnsid.status, errorOf(withoutUnsid).innerError.code]).toEqual([400, 'MissingUnsid']);
    const theirs = await post('/beta/users/adele/notifications', { token: tokenOf('adele'), unsid: bert.unsid });
    expect([theirs.status, errorOf(theirs).innerError.code]).toEqual([403, 'UnsidNotUsable']);
    expect((await emulator.list(bert)).value).toEqual([]);
  });
});
