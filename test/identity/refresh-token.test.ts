// A client stays signed in with refresh tokens (F35): each is good once (D17).
import { describe, expect, it } from 'vitest';
import { useEmulators } from '../support/emulator.ts';
import {
  both,
  claimsOf,
  contoso,
  createdByApp,
  type Form,
  fabrikam,
  graph,
  oidOf,
  page,
  pageOrigin,
  pageRedirect,
  phone,
  refusalOf,
  type SignedIn,
  server,
  serverRedirect,
  startTokens,
  type TokenClient,
  verifier,
} from '../support/token-client.ts';

const start = useEmulators('file');
const shared = await startTokens(start);
const { ask, askV1, signIn } = shared;
const refresh = { grant_type: 'refresh_token' };
const invalid = { status: 400, number: 70000 };
const uac = 'UserActivity.ReadWrite.CreatedByApp';

/** The refresh token that a sign-in brings. */
async function obtained({ tokens = shared, client = server, record = {}, headers = {} }: Obtaining = {}): Promise<string> {
  const { redirectUri = serverRedirect, ...more } = record;
  const code = await tokens.signIn({ redirectUri, clientId: client['client_id'] ?? '', ...more });
  const form = { grant_type: 'authorization_code', ...client, code, redirect_uri: redirectUri, code_verifier: verifier };
  const { body } = await tokens.ask(form, { headers, tenant: 'common' });
  if (body.refresh_token === undefined) throw new Error(`no refresh token: ${JSON.stringify(body)}`);
  return body.refresh_token;
}

interface Obtaining {
  readonly tokens?: TokenClient;
  readonly client?: Form;
  readonly record?: SignedIn;
  readonly headers?: Readonly<Record<string, string>>;
}

const ofPage = { client: page, record: { redirectUri: pageRedirect }, headers: { Origin: pageOrigin } };
const ofPhone = { client: phone, record: { redirectUri: 'http://localhost' } };

describe('a refresh token', () => {
  it('[F35] [D17] gives new tokens and the next refresh token', async () => {
    const token = await obtained({ record: { nonce: 'n-1' } });
    const { status, body } = await ask({ ...refresh, ...server, refresh_token: token, client_info: '1' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      scope: `openid profile offline_access ${createdByApp}`,
      expires_in: 3599,
      client_info: expect.any(String),
    });
    expect(body.refresh_token).not.toBe(token);
    expect(claimsOf(body.access_token)).toMatchObject({ aud: graph, oid: oidOf('adele'), scp: 'Notifications.ReadWrite.CreatedByApp' });
    expect(claimsOf(body.id_token)).toMatchObject({ aud: server.client_id, oid: oidOf('adele') });
    expect(claimsOf(body.id_token), 'the nonce is that of one sign-in').not.toHaveProperty('nonce');
    const next = await ask({ ...refresh, ...server, refresh_token: body.refresh_token });
    expect(next.status).toBe(200);
  });

  it('[D17] is refused when it is used again, and the next one is still good', async () => {
    const form = { ...refresh, ...server, refresh_token: await obtained() };
    const { body } = await ask(form);
    expect(refusalOf(await ask(form))).toEqual(invalid);
    expect((await ask({ ...form, refresh_token: body.refresh_token })).status).toBe(200);
  });

  it('[D17] is good for one of several requests at a time', async () => {
    const form = { ...refresh, ...server, refresh_token: await obtained() };
    const answers = await Promise.all([1, 2, 3].map(() => ask(form)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
  });

  it.each([
    ["that is another client's", server, ofPhone, {}, invalid],
    ['that was never issued', server, {}, { refresh_token: 'made-up' }, invalid],
    ['called __proto__', server, {}, { refresh_token: '__proto__' }, invalid],
    ['that is empty', server, {}, { refresh_token: '' }, { status: 400, number: 900144 }],
    ['without the secret', { client_id: server.client_id }, {}, {}, { status: 401, number: 7000218 }],
    ['with a wrong secret', { ...server, client_secret: 'x' }, {}, {}, { status: 401, number: 7000215 }],
    ["with a public client's secret", { ...phone, client_secret: 'x' }, ofPhone, {}, { status: 401, number: 700025 }],
    ['for an unknown resource', server, {}, { scope: 'https://nowhere.example/x' }, { status: 400, number: 500011 }],
    ['for two resources', server, {}, { scope: `${createdByApp} ${both.client_id}/x` }, { status: 400, number: 70011 }],
  ])('[F35] [F42] %s is refused', async (_, client, obtaining, more, refusal) => {
    const token = await obtained(obtaining);
    expect(refusalOf(await ask({ ...refresh, ...client, refresh_token: token, ...more }))).toEqual(refusal);
  });

  it('[F35] is refused in a tenant that its user is not of', async () => {
    const token = await obtained();
    expect(refusalOf(await ask({ ...refresh, ...server, refresh_token: token }, { tenant: fabrikam })).number).toBe(50020);
    expect((await ask({ ...refresh, ...server, refresh_token: token }, { tenant: 'organizations' })).status).toBe(200);
  });

  it('[F35] lives ninety days by the service clock, and each next one as long again', async () => {
    const moved = await startTokens(start);
    const [first, second] = [await obtained({ tokens: moved }), await obtained({ tokens: moved })];
    moved.pass(90 * 86_400 - 1);
    const { body } = await moved.ask({ ...refresh, ...server, refresh_token: first });
    expect(body.refresh_token).toBeDefined();
    moved.pass(1);
    expect(refusalOf(await moved.ask({ ...refresh, ...server, refresh_token: second }))).toEqual({ status: 400, number: 700082 });
    moved.pass(80 * 86_400);
    expect((await moved.ask({ ...refresh, ...server, refresh_token: body.refresh_token })).status).toBe(200);
  });
});

describe('the scopes of a refresh', () => {
  it.each([
    ['as many as before', undefined, `openid offline_access ${uac} ${createdByApp}`, `${uac} Notifications.ReadWrite.CreatedByApp`, graph],
    ['fewer', uac, uac, uac, graph],
    ['others of the resource', `${graph}/Mail.Read`, `${graph}/Mail.Read`, 'Mail.Read', graph],
    ['those of another resource', `api://${both.client_id}/x`, `api://${both.client_id}/x`, 'x', both.client_id],
  ])('[F35] [F39] may be %s, and come back as they were spelled', async (_, scope, spelled, scp, aud) => {
    const token = await obtained({ record: { scope: `openid offline_access ${uac} ${createdByApp}` } });
    const { body } = await ask({ ...refresh, ...server, refresh_token: token, scope });
    expect(body.scope).toBe(spelled);
    expect(claimsOf(body.access_token)).toMatchObject({ scp, aud });
    expect(body.id_token, 'who signed in with OpenID stays so').toBeDefined();
    const again = await ask({ ...refresh, ...server, refresh_token: body.refresh_token });
    expect(again.body.scope, 'the sign-in is what is remembered').toBe(`openid offline_access ${uac} ${createdByApp}`);
  });

  it('[F35] [F42] need consent, and the token stays good where it is missing', async () => {
    const client = { ...both };
    const token = await obtained({ client, record: { redirectUri: 'https://both.example/in' } });
    const answer = await ask({ ...refresh, ...client, refresh_token: token, scope: uac });
    expect(refusalOf(answer)).toEqual({ status: 400, number: 65001 });
    expect(answer.body).toMatchObject({ suberror: 'consent_required' });
    expect((await ask({ ...refresh, ...client, refresh_token: token })).status).toBe(200);
  });

  it.each([
    ['the same resource', undefined, graph],
    ['another one', `api://${both.client_id}`, `api://${both.client_id}`],
  ])('[F40] stand for %s in v1', async (_, resource, named) => {
    const code = await signIn({ scope: 'openid', resource: graph });
    const first = await askV1({ grant_type: 'authorization_code', ...server, code, redirect_uri: serverRedirect, code_verifier: verifier });
    const { status, body } = await askV1({ ...refresh, ...server, refresh_token: first.body.refresh_token, resource });
    expect(status, body.error_description).toBe(200);
    expect(body).toMatchObject({ resource: named, expires_in: '3599', refresh_token: expect.any(String), id_token: expect.any(String) });
  });

  it.each([
    ['v2.0', ask, { scope: 'openid', resource: graph }, 'openid', {}],
    ['v1', askV1, {}, undefined, { resource: graph }],
  ])('[F35] [F40] are understood by %s after a sign-in of the other', async (_, askOther, record, scope, more) => {
    const code = await signIn(record);
    const redeem = { grant_type: 'authorization_code', ...server, code, redirect_uri: serverRedirect, code_verifier: verifier };
    const first = scope === undefined ? await ask(redeem) : await askV1(redeem);
    const { status, body } = await askOther({ ...refresh, ...server, refresh_token: first.body.refresh_token, ...more });
    expect(status, body.error_description).toBe(200);
    expect(claimsOf(body.access_token).aud).toBe(graph);
  });
});

describe("a page's refresh token", () => {
  it('[F41] is used across origins, as its successors are', async () => {
    const first = await ask({ ...refresh, ...page, refresh_token: await obtained(ofPage) }, { headers: { Origin: pageOrigin } });
    expect(first.status).toBe(200);
    const form = { ...refresh, ...page, refresh_token: first.body.refresh_token };
    expect(refusalOf(await ask(form))).toEqual({ status: 400, number: 9002327 });
    expect((await ask(form, { headers: { Origin: pageOrigin } })).status).toBe(200);
  });

  it.each([
    ["a phone's", phone, ofPhone],
    ["a server's", { client_id: server.client_id }, {}],
    ["a server's with its secret", server, {}],
    [
      'one that the server of a client with pages got',
      { client_id: both.client_id },
      { client: both, record: { redirectUri: 'https://both.example/in' } },
    ],
  ])('[F41] [F42] is what %s is not', async (_, client, obtaining) => {
    const form = { ...refresh, ...client, refresh_token: await obtained(obtaining) };
    expect(refusalOf(await ask(form, { headers: { Origin: pageOrigin } }))).toEqual({ status: 400, number: 9002326 });
  });
});

describe('a user name and password', () => {
  const signInWith = { grant_type: 'password', username: 'adele@contoso.example', password: 'adele-password' };
  const scope = `openid offline_access ${createdByApp}`;

  it.each([
    ['a public client', phone, 'adele@contoso.example', 'organizations'],
    ['a confidential client', server, 'ADELE@contoso.example', contoso],
    ['the alias', phone, 'adele', 'common'],
  ])('[F35] [F39] sign in: %s', async (_, client, username, tenant) => {
    const { status, body } = await ask({ ...signInWith, ...client, username, scope, client_info: '1' }, { tenant });
    expect(status, body.error_description).toBe(200);
    expect(body).toMatchObject({ scope, refresh_token: expect.any(String), client_info: expect.any(String) });
    expect(claimsOf(body.access_token)).toMatchObject({ oid: oidOf('adele'), appidacr: client === server ? '1' : '0' });
    expect(claimsOf(body.id_token)).toMatchObject({ preferred_username: 'adele@contoso.example' });
  });

  it('[F40] sign in for a resource in v1', async () => {
    const { status, body } = await askV1({ ...signInWith, ...phone, resource: graph });
    expect(status).toBe(200);
    expect(body).toMatchObject({ resource: graph, refresh_token: expect.any(String), id_token: expect.any(String) });
  });

  it.each([
    ['a wrong password', phone, { password: 'adele-passworD' }, 400, 50126],
    ["another's password", phone, { password: 'bert-password' }, 400, 50126],
    ['an unknown user', phone, { username: 'eve@contoso.example' }, 400, 50034],
    ['__proto__', phone, { username: '__proto__' }, 400, 50034],
    ['a user of another tenant', phone, { username: 'dana@fabrikam.example', password: 'dana-password' }, 400, 50020],
    ['no password', phone, { password: undefined }, 400, 900144],
    ['an empty name', phone, { username: '' }, 400, 900144],
    ['no scope', phone, { scope: undefined }, 400, 900144],
    ['a confidential client without its secret', { client_id: server.client_id }, {}, 401, 7000218],
    ['a public client with a secret', { ...phone, client_secret: 'x' }, {}, 401, 700025],
    ['a scope without consent', both, { scope: uac }, 400, 65001],
    ['.default without any consent', both, { username: 'bert', password: 'bert-password', scope: '.default' }, 400, 65001],
  ])('[F35] [F42] are refused for %s', async (_, client, more, status, number) => {
    expect(refusalOf(await ask({ ...signInWith, scope, ...client, ...more }))).toEqual({ status, number });
  });

  it('[F35] do not sign in a user who has no password', async () => {
    const { ask: askOther } = await startTokens(start, { users: [{ alias: 'adele' }], consents: [] });
    expect(refusalOf(await askOther({ ...signInWith, ...phone, scope })).number).toBe(50126);
  });

  it('[F41] come from no page but that of a single-page client', async () => {
    const headers = { Origin: pageOrigin };
    expect(refusalOf(await ask({ ...signInWith, ...phone, scope }, { headers })).number).toBe(9002326);
    const { body } = await ask({ ...signInWith, ...page, scope }, { headers });
    expect(refusalOf(await ask({ ...refresh, ...page, refresh_token: body.refresh_token })).number).toBe(9002327);
  });
});
