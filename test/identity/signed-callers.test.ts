// Callers with signed tokens over every surface: scopes, block list, registered clients, one user whatever the token.
import { describe, expect, it } from 'vitest';
import { createRegistrations } from '../../src/identity/registry/registrations.ts';
import { callerFrom } from '../../src/identity/tokens/caller-from-token.ts';
import { application, type PageBody, rawBody, type SubscriptionBody, useEmulators } from '../support/emulator.ts';
import { type Answer, errorOf } from '../support/http-call.ts';
import { refusedHandshake } from '../support/socket-device.ts';
import { createTestIssuer, phoneClient, serverClient } from '../support/token-issuer.ts';

const start = useEmulators();
const issuer = await createTestIssuer();
const parts = { signingKeys: issuer.signingKeys };
const post = '/beta/me/notifications';
const subscriptions = '/client/v1/subscriptions';
const subscription = { application, deviceId: 'phone', platform: 'iOS' };
const refusalOf = (answer: Answer) => [answer.status, errorOf(answer).innerError.code];

describe('scopes of a signed token', () => {
  it.each([
    [['Notifications.ReadWrite.CreatedByApp'], 201, 201],
    [['UserActivity.ReadWrite.CreatedByApp'], 403, 201],
    [['UserActivity.ReadWrite.CreatedByApp', 'Notifications.ReadWrite.CreatedByApp'], 201, 201],
    [['User.Read', 'openid'], 403, 403],
    [['notifications.readwrite.createdbyapp'], 403, 403],
    [[], 403, 403],
  ])('[F17][F23][D4] %j: publishing is %i, subscribing is %i', async (scopes, publishing, subscribing) => {
    const emulator = await start({}, parts);
    const token = await issuer.userToken('adele', { scopes });
    const published = await emulator.send({ path: post, token, json: rawBody });
    const subscribed = await emulator.send({ path: subscriptions, token, json: subscription });
    expect([published.status, subscribed.status]).toEqual([publishing, subscribing]);
    for (const answer of [published, subscribed]) if (answer.status === 403) expect(refusalOf(answer)).toEqual([403, 'MissingScope']);
  });

  it('[F17] are not asked of an app-only token, which targets a user by UNSID', async () => {
    const emulator = await start({}, parts);
    const { unsid } = await emulator.subscribe('adele');
    const token = await issuer.appToken();
    expect((await emulator.send({ path: post, token, unsid, json: rawBody })).status).toBe(201);
    expect(refusalOf(await emulator.send({ path: post, token, json: rawBody }))).toEqual([400, 'MissingUnsid']);
  });

  it('[F23] an app-only token does not open the client surface, nor the device socket', async () => {
    const emulator = await start({}, parts);
    const token = await issuer.appToken();
    const { unsid } = await emulator.subscribe('adele');
    expect(refusalOf(await emulator.send({ path: subscriptions, token }))).toEqual([403, 'UserTokenRequired']);
    expect(refusalOf(await refusedHandshake(emulator.url, { token, unsid }))).toEqual([403, 'UserTokenRequired']);
  });

  it("[D4] a user's token does not reach another user", async () => {
    const emulator = await start({}, parts);
    const { unsid } = await emulator.subscribe('bert');
    const token = await issuer.userToken('adele');
    expect(refusalOf(await emulator.send({ path: post, token, unsid, json: rawBody }))).toEqual([403, 'UnsidNotUsable']);
  });
});

describe('a signed token', () => {
  it('[F18] of a client on the block list is refused on every surface, however the list spells it', async () => {
    const seed = { clients: [{ clientId: serverClient }, { clientId: phoneClient }], blockList: [serverClient.toUpperCase(), phoneClient] };
    const blocked = await createTestIssuer(undefined, seed);
    const emulator = await start({ seed }, { signingKeys: blocked.signingKeys });
    const { unsid } = await emulator.subscribe('adele');
    const [app, user] = [await blocked.appToken(), await blocked.userToken('adele')];
    for (const token of [app, user]) {
      expect(refusalOf(await emulator.send({ path: post, token, unsid, json: rawBody }))).toEqual([403, 'CallerBlocked']);
    }
    expect(refusalOf(await emulator.send({ path: subscriptions, token: user }))).toEqual([403, 'CallerBlocked']);
    expect(refusalOf(await refusedHandshake(emulator.url, { token: user, unsid }))).toEqual([403, 'CallerBlocked']);
  });

  it('[F30] acts for a registered application only by a registered client', async () => {
    const emulator = await start({}, parts);
    const registered = { ...subscription, application: 'notes.contoso.example' };
    const subscribe = async (clientId: string) =>
      emulator.send({ path: subscriptions, token: await issuer.userToken('adele', { clientId }), json: registered });
    expect(refusalOf(await subscribe(serverClient))).toEqual([403, 'ClientNotRegistered']);
    expect((await subscribe(phoneClient)).status).toBe(201);
  });

  it('[F20][F39] names the same user as a development token of the same person', async () => {
    const emulator = await start({}, parts);
    const token = await issuer.userToken('adele');
    const byDevelopment = await emulator.subscribe('adele', { deviceId: 'pc' });
    const phone = await emulator.send<SubscriptionBody>({ path: subscriptions, token, json: subscription });
    const unsid = phone.body.userNotificationSubscriptionId;
    const device = await emulator.connect({ alias: 'adele', unsid }, { token });
    const { id } = await emulator.publish(byDevelopment);
    expect((await device.nextOf('notification')).notification.id).toBe(id);
    const list = await emulator.send<PageBody>({ path: '/client/v1/notifications', token, unsid: byDevelopment.unsid });
    expect(list.body.value.map((one) => one.id)).toEqual([id]);
    expect((await emulator.send<{ value: unknown[] }>({ path: subscriptions, token })).body.value).toHaveLength(2);
  });

  it('[F4] publishes under the name of its user', async () => {
    const emulator = await start({}, parts);
    const { body } = await emulator.send<Record<string, string>>({ path: post, token: await issuer.userToken('adele'), json: rawBody });
    expect(body['@odata.context']).toMatch(/\$metadata#users\('adele%40contoso\.example'\)/);
  });
});

describe('--auth', () => {
  it('strict accepts signed tokens only, and says how to get one', async () => {
    const emulator = await start({ auth: 'strict' }, parts);
    for (const token of ['dev.user.adele', 'dev.app.server', 'dev.user.adele~phone']) {
      const answer = await emulator.send({ path: subscriptions, token });
      expect(refusalOf(answer)).toEqual([401, 'TokenInvalid']);
      expect(errorOf(answer).message).toMatch(/turned off \(--auth strict\).*oauth2\/v2\.0\/token.*unsid token/);
    }
    expect(errorOf(await emulator.send({ path: subscriptions, token: 'garbage' })).message).not.toMatch(/development/);
    const token = await issuer.userToken('adele');
    const { status, body } = await emulator.send<SubscriptionBody>({ path: subscriptions, token, json: subscription });
    expect(status).toBe(201);
    const unsid = body.userNotificationSubscriptionId;
    expect(refusalOf(await refusedHandshake(emulator.url, { token: 'dev.user.adele', unsid }))).toEqual([401, 'TokenInvalid']);
    await emulator.connect({ alias: 'adele', unsid }, { token });
    expect(refusalOf(await emulator.send({ path: subscriptions }))).toEqual([401, 'TokenMissing']);
  });

  it.each([{}, { auth: 'relaxed' as const }])('relaxed, the default, accepts both: %j', async (options) => {
    const emulator = await start(options, parts);
    for (const token of ['dev.user.adele', await issuer.userToken('adele')]) {
      expect((await emulator.send({ path: subscriptions, token })).status).toBe(200);
    }
  });
});

describe('the caller that claims name', () => {
  const seed = { users: [{ alias: 'Adele', id: 'AD000000-0000-4000-8000-000000000001', userPrincipalName: 'adele@contoso.com' }] };
  const registrations = createRegistrations(seed);
  const graph = { aud: 'https://graph.microsoft.com' };
  const user = { ...graph, azp: 'phone', scp: 'One Two', oid: 'ad000000-0000-4000-8000-000000000001', preferred_username: 'a@b.example' };
  const scopes = new Set(['One', 'Two']);

  it.each([
    ['an app by appid', { ...graph, appid: 'server' }, { kind: 'app', clientId: 'server' }],
    ['an app by azp', { ...graph, azp: 'server', idtyp: 'app', oid: 'o', sub: 'o' }, { kind: 'app', clientId: 'server' }],
    ['a registered user by its alias', user, { kind: 'user', userId: 'adele', upn: 'a@b.example', clientId: 'phone', scopes }],
    ['a registered user without a name by the registered one', { ...user, preferred_username: undefined }, { upn: 'adele@contoso.com' }],
    ['another user by object id', { ...user, oid: 'someone' }, { userId: 'someone', upn: 'a@b.example' }],
    ['another user by subject', { ...user, oid: undefined, sub: 'someone' }, { userId: 'someone' }],
    ['upn before preferred_username', { ...user, upn: 'u@b.example' }, { upn: 'u@b.example' }],
    ['scopes in a list', { ...user, scp: ['One', 'Two', 3] }, { scopes }],
    ['no scopes', { ...user, scp: '' }, { kind: 'user', scopes: new Set() }],
    ['one of several audiences', { ...user, aud: ['x', 'https://graph.microsoft.com'] }, { userId: 'adele' }],
  ])('[F39] is %s', (_what, claims, caller) => {
    expect(callerFrom(claims, registrations)).toMatchObject(caller);
  });

  it.each([
    ['a person without scopes', { ...user, scp: undefined }],
    ['a nonce, as id tokens have', { ...graph, azp: 'phone', nonce: 'n' }],
    ['idtyp user and no scopes', { ...graph, azp: 'phone', idtyp: 'user' }],
    ['a client that is no text', { ...user, azp: { id: 'phone' } }],
    ['an empty client', { ...user, azp: '' }],
    ['a user that cannot be written', { ...user, oid: '\ud800' }],
    ['no audience', { ...user, aud: [] }],
    ['an audience that is no text', { ...user, aud: [7] as unknown as string[] }],
  ])('[F39] is no caller with %s', (_what, claims) => {
    expect(callerFrom(claims, registrations)).toMatchObject({ name: 'Refusal', kind: 'TokenInvalid' });
  });

  it('[F39] is judged by other audiences when they are given', () => {
    expect(callerFrom({ ...user, aud: 'api://mine' }, registrations, ['api://mine'])).toMatchObject({ userId: 'adele' });
    expect(callerFrom(user, registrations, ['api://mine'])).toMatchObject({
      kind: 'TokenInvalid',
      message: expect.stringContaining('api://mine'),
    });
  });
});
