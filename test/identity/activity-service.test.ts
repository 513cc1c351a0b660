// Tokens of client apps are for the activity service (F43): how they are asked for, and which surface takes them (D27).
import { describe, expect, it } from 'vitest';
import { rawBody, useEmulators } from '../support/emulator.ts';
import { errorOf } from '../support/http-call.ts';
import { refusedHandshake } from '../support/socket-device.ts';
import { claimsOf, graph, phone, startTokens } from '../support/token-client.ts';
import { createTestIssuer } from '../support/token-issuer.ts';

const start = useEmulators('file');
const { ask, askV1 } = await startTokens(start);
const byPassword = { grant_type: 'password', ...phone, username: 'adele', password: 'adele-password' };
const names = [
  'https://activity.microsoft.com',
  'https://activity.windows.com',
  'https://cdpcs.access.microsoft.com',
  'https://cs.dds.microsoft.com',
  'https://wns.windows.com/',
];

describe('tokens for the activity service', () => {
  it.each(names.slice(0, 2))('[F43] are asked for by the scopes of %s', async (name) => {
    const scope = `openid ${name}/Notifications.ReadWrite.CreatedByApp ${name}/UserActivity.ReadWrite.CreatedByApp`;
    const { status, body } = await ask({ ...byPassword, scope });
    expect({ status, scope: body.scope }).toEqual({ status: 200, scope });
    const scp = 'Notifications.ReadWrite.CreatedByApp UserActivity.ReadWrite.CreatedByApp';
    expect(claimsOf(body.access_token)).toMatchObject({ aud: name, ver: '1.0', scp, appid: phone.client_id });
  });

  it.each(names)('[F43][F40] are asked for by the resource %s in v1', async (resource) => {
    const { body } = await askV1({ ...byPassword, resource });
    expect(body).toMatchObject({ resource });
    expect(claimsOf(body.access_token)).toMatchObject({
      aud: resource,
      scp: expect.stringContaining('UserActivity.ReadWrite.CreatedByApp'),
    });
  });

  it('[F43] may be for one service only, as any token is', async () => {
    const { body } = await ask({ ...byPassword, scope: `${names[0]}/UserActivity.ReadWrite.CreatedByApp ${graph}/User.Read` });
    expect(body.error_codes).toEqual([70011]);
  });

  it('[F43] come by a refresh token of another resource, as older client SDKs get them', async () => {
    const { body } = await askV1({ ...byPassword, resource: names[2] });
    const renewal = { grant_type: 'refresh_token', ...phone, refresh_token: body.refresh_token, resource: names[4] };
    expect(claimsOf((await askV1(renewal)).body.access_token)).toMatchObject({ aud: names[4] });
  });
});

describe('scopes in small letters', () => {
  const scope = 'OpenID Profile https://activity.microsoft.com/useractivity.readwrite.createdbyapp';

  it('[F44] come back as they were asked for', async () => {
    const { body } = await ask({ ...byPassword, scope });
    expect(body).toMatchObject({ scope, id_token: expect.any(String) });
    expect(claimsOf(body.access_token)).toMatchObject({ scp: 'useractivity.readwrite.createdbyapp' });
  });

  it('[F44] are consented to in whatever letters', async () => {
    const both = { grant_type: 'password', client_id: '9a8b7c6d-5e4f-4a3b-8c2d-1e0f9a8b7c66', client_secret: 'both-secret' };
    const person = { username: 'adele', password: 'adele-password' };
    const asked = await ask({ ...both, ...person, scope: `${graph}/NOTIFICATIONS.readwrite.createdbyapp` });
    expect(asked.status).toBe(200);
  });

  it('[F44] name .default too', async () => {
    const { body } = await ask({ ...byPassword, scope: `${graph}/.DEFAULT` });
    expect(claimsOf(body.access_token)['scp']).toContain('Notifications.ReadWrite.CreatedByApp');
  });
});

describe('which surface takes whose tokens', async () => {
  const issuer = await createTestIssuer();
  const parts = { signingKeys: issuer.signingKeys };
  const subscriptions = '/client/v1/subscriptions';
  const feed = '/V1/feeds/me/subscriptions';

  it.each(names)(
    '[F43][D27] a token for %s opens the client surface, the activity surface and the device socket, and is refused on the Graph surface',
    async (resource) => {
      const emulator = await start({}, parts);
      const device = await emulator.subscribe('adele');
      const token = await issuer.userToken('adele', { resource });
      for (const path of [subscriptions, feed]) expect((await emulator.send({ path, token })).status).toBe(200);
      await emulator.connect(device, { token });
      const refused = await emulator.send({ path: '/beta/me/notifications', token, json: rawBody });
      expect([refused.status, errorOf(refused).innerError.code]).toEqual([401, 'TokenInvalid']);
      expect(errorOf(refused).message).toContain('Microsoft Graph');
    },
  );

  it('[D27] a token for Graph opens all of them', async () => {
    const emulator = await start({}, parts);
    const device = await emulator.subscribe('adele');
    const token = await issuer.userToken('adele');
    for (const path of [subscriptions, feed]) expect((await emulator.send({ path, token })).status).toBe(200);
    expect((await emulator.send({ path: '/beta/me/notifications', token, json: rawBody })).status).toBe(201);
    await emulator.connect(device, { token });
  });

  it("[F43][D27] an app's token for the activity service publishes nothing", async () => {
    const emulator = await start({}, parts);
    const { unsid } = await emulator.subscribe('adele');
    const token = await issuer.appToken({ resource: 'https://activity.windows.com' });
    const refused = await emulator.send({ path: '/beta/me/notifications', token, unsid, json: rawBody });
    expect([refused.status, errorOf(refused).innerError.code]).toEqual([401, 'TokenInvalid']);
    const answer = await refusedHandshake(emulator.url, { token, unsid });
    expect([answer.status, errorOf(answer).innerError.code]).toEqual([403, 'UserTokenRequired']);
  });
});
