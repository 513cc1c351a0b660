// A client redeems the code of a sign-in (F34); the sign-in itself is another file's.
import { describe, expect, it } from 'vitest';
import { useEmulators } from '../support/emulator.ts';
import { startInstant } from '../support/time.ts';
import {
  both,
  challenge,
  claimsOf,
  contoso,
  createdByApp,
  fabrikam,
  graph,
  narrow,
  oidOf,
  page,
  pageOrigin,
  pageRedirect,
  phone,
  phoneRedirect,
  refusalOf,
  server,
  serverRedirect,
  startTokens,
  verifier,
} from '../support/token-client.ts';

const start = useEmulators('file');
const { ask, askV1, signIn, url } = await startTokens(start);
const redeem = { grant_type: 'authorization_code', redirect_uri: serverRedirect, code_verifier: verifier };
const ofPhone = { clientId: phone.client_id, redirectUri: phoneRedirect };
const ofPage = { clientId: page.client_id, redirectUri: pageRedirect };
const redeemOnPage = { ...redeem, ...page, redirect_uri: pageRedirect };
const invalid = 70000;

describe('an authorization code', () => {
  it('[F34] [F39] gives tokens for the person who signed in', async () => {
    const code = await signIn({ nonce: 'n-1' });
    const { status, body } = await ask({ ...redeem, ...server, code, client_info: '1' });
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        token_type: 'Bearer',
        scope: `openid profile offline_access ${createdByApp}`,
        expires_in: 3599,
        ext_expires_in: 3599,
        access_token: expect.any(String),
        refresh_token: expect.any(String),
        id_token: expect.any(String),
        client_info: expect.any(String),
      },
    });
    const iat = Math.floor(startInstant / 1000);
    const ofAdele = { oid: oidOf('adele'), tid: contoso, name: 'Adele Vance', iat, nbf: iat, exp: iat + 3600 };
    expect(claimsOf(body.access_token)).toMatchObject({
      ...ofAdele,
      aud: graph,
      iss: `${url}/${contoso}/`,
      appid: server.client_id,
      appidacr: '1',
      idtyp: 'user',
      scp: 'Notifications.ReadWrite.CreatedByApp',
      upn: 'adele@contoso.example',
      ver: '1.0',
    });
    expect(claimsOf(body.id_token)).toMatchObject({
      ...ofAdele,
      aud: server.client_id,
      iss: `${url}/${contoso}/v2.0`,
      nonce: 'n-1',
      preferred_username: 'adele@contoso.example',
      ver: '2.0',
    });
    expect(claimsOf(body.id_token)).not.toHaveProperty('scp');
    const info = JSON.parse(Buffer.from(body.client_info ?? '', 'base64url').toString('utf8'));
    expect(info).toEqual({ uid: oidOf('adele'), utid: contoso });
  });

  it.each([
    ['a public client', phone, ofPhone, { redirect_uri: phoneRedirect }],
    ['a confidential client without a challenge', server, { challenge: undefined }, { code_verifier: undefined }],
    ['a client that spells its id in capitals', { ...server, client_id: server.client_id.toUpperCase() }, {}, {}],
  ])('[F34] is redeemed by %s', async (_, client, record, more) => {
    const { status } = await ask({ ...redeem, ...client, ...more, code: await signIn(record) });
    expect(status).toBe(200);
  });

  it.each(['common', 'organizations', 'contoso.example'])('[F34] is redeemed at %s', async (tenant) => {
    expect((await ask({ ...redeem, ...server, code: await signIn() }, { tenant })).status).toBe(200);
  });

  it('[F34] is good once, and refused as such when it is replayed', async () => {
    const form = { ...redeem, ...server, code: await signIn() };
    expect((await ask(form)).status).toBe(200);
    expect(refusalOf(await ask(form))).toEqual({ status: 400, number: 54005 });
  });

  it('[F34] is good for one of several requests at a time', async () => {
    const form = { ...redeem, ...server, code: await signIn() };
    const answers = await Promise.all([1, 2, 3].map(() => ask(form)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
  });

  it.each([
    ['with a wrong verifier', {}, { code_verifier: `${verifier.slice(0, -1)}l` }, 501481],
    ['with the challenge as verifier', {}, { code_verifier: challenge }, 501481],
    ['without the verifier', {}, { code_verifier: undefined }, 501481],
    ['with a verifier and no challenge', { challenge: undefined }, {}, 501481],
    ['with a verifier that is too short', {}, { code_verifier: 'short' }, 9002313],
    ['at another redirect URI', {}, { redirect_uri: 'http://localhost:3000/signed-in' }, 500112],
    ['without redirect URI', {}, { redirect_uri: undefined }, 900144],
    ["that is another client's", { clientId: phone.client_id }, {}, invalid],
    ['that was never issued', {}, { code: 'made-up' }, invalid],
    ['called __proto__', {}, { code: '__proto__' }, invalid],
    ['that is empty', {}, { code: '' }, 900144],
    ['for an unknown resource', {}, { scope: 'https://nowhere.example/x' }, 500011],
  ])('[F34] [F42] %s is refused', async (_, record, more, number) => {
    const code = await signIn(record);
    expect(refusalOf(await ask({ ...redeem, ...server, code, ...more }))).toEqual({ status: 400, number });
  });

  it('[F34] stays good when a request for it was refused', async () => {
    const code = await signIn();
    await ask({ ...redeem, ...server, code, code_verifier: challenge });
    await ask({ ...redeem, ...phone, code });
    expect((await ask({ ...redeem, ...server, code })).status).toBe(200);
  });

  it.each([
    ['a public client', ofPhone, { ...phone, redirect_uri: phoneRedirect }, {}],
    ['a page', ofPage, { ...page, redirect_uri: pageRedirect }, { Origin: pageOrigin }],
    [
      'a page of a client with a server',
      { clientId: both.client_id, redirectUri: 'https://both.example/' },
      { client_id: both.client_id, redirect_uri: 'https://both.example/' },
      { Origin: 'https://both.example' },
    ],
  ])('[F34] without a challenge is refused to %s', async (_, record, form, headers) => {
    const code = await signIn({ ...record, challenge: undefined });
    const answer = await ask({ ...redeem, code_verifier: undefined, ...form, code }, { headers });
    expect(refusalOf(answer)).toEqual({ status: 400, number: 9002325 });
  });

  it.each([
    ['without its secret', { client_id: server.client_id }, {}, 401, 7000218],
    ['with a wrong secret', { ...server, client_secret: 'x' }, {}, 401, 7000215],
    ['by a public client that shows a secret', { ...phone, client_secret: 'x', redirect_uri: phoneRedirect }, ofPhone, 401, 700025],
  ])('[F34] %s is refused', async (_, client, record, status, number) => {
    expect(refusalOf(await ask({ ...redeem, ...client, code: await signIn(record) }))).toEqual({ status, number });
  });

  it.each([
    ['a user of another tenant', server, { oid: oidOf('dana') }, contoso, 50020],
    ['another tenant than the user is of', server, {}, fabrikam, 50020],
    ['a client of another tenant only', narrow, { clientId: narrow.client_id, oid: oidOf('dana') }, 'common', 50194],
    ['a user who is gone', server, { oid: 'nobody' }, contoso, 50034],
  ])('[F34] [F42] refuses %s', async (_, client, record, tenant, number) => {
    expect(refusalOf(await ask({ ...redeem, ...client, code: await signIn(record) }, { tenant }))).toEqual({ status: 400, number });
  });

  it('[F34] of a user of another tenant is redeemed at common', async () => {
    const { body } = await ask({ ...redeem, ...server, code: await signIn({ oid: oidOf('dana') }) }, { tenant: 'common' });
    expect(claimsOf(body.access_token)).toMatchObject({ tid: fabrikam, iss: `${url}/${fabrikam}/` });
  });

  it('[F34] expires, by the service clock, and is refused as expired', async () => {
    const moved = await startTokens(start);
    const codes = [await moved.signIn(), await moved.signIn()];
    moved.pass(599);
    expect((await moved.ask({ ...redeem, ...server, code: codes[0] })).status).toBe(200);
    moved.pass(1);
    expect(refusalOf(await moved.ask({ ...redeem, ...server, code: codes[1] }))).toEqual({ status: 400, number: 70008 });
  });
});

describe('the scopes of a code', () => {
  it.each([
    [undefined, `openid ${createdByApp}`],
    [`${createdByApp}  openid`, `${createdByApp} openid`],
    ['notifications.readwrite.createdbyapp', 'notifications.readwrite.createdbyapp'],
    [`${graph}/.default offline_access`, `${graph}/.default offline_access`],
    [`api://${both.client_id}/access`, `api://${both.client_id}/access`],
  ])('[F39] asked for as %s come back as they were spelled', async (scope, spelled) => {
    const code = await signIn({ scope: `openid ${createdByApp}` });
    const { body } = await ask({ ...redeem, ...server, code, scope });
    expect(body.scope).toBe(spelled);
  });

  it.each([
    ['openid profile', 'openid profile', graph],
    ['.default', 'Notifications.ReadWrite.CreatedByApp UserActivity.ReadWrite.CreatedByApp', graph],
    [`api://${both.client_id}/.default`, 'user_impersonation', both.client_id],
    [`${both.client_id}/read ${both.client_id}/write`, 'read write', both.client_id],
  ])('[F39] asked for as %s are %s in the token', async (scope, scp, aud) => {
    const { body } = await ask({ ...redeem, ...server, code: await signIn({ scope }) });
    expect(claimsOf(body.access_token)).toMatchObject({ scp, aud });
  });

  it.each([
    ['openid', 'openid', true, false],
    ['offline_access', `offline_access ${createdByApp}`, false, true],
    ['neither', createdByApp, false, false],
  ])('[F34] [F39] decide what comes along: %s', async (_, scope, hasIdToken, hasRefreshToken) => {
    const { body } = await ask({ ...redeem, ...server, code: await signIn({ scope }), scope: createdByApp });
    expect([body.id_token !== undefined, body.refresh_token !== undefined]).toEqual([hasIdToken, hasRefreshToken]);
    expect(body.client_info, 'it was not asked for').toBeUndefined();
  });

  it.each([
    ['nobody consented', narrow, { clientId: narrow.client_id }],
    ['the person consented to another one', both, { clientId: both.client_id, scope: 'UserActivity.ReadWrite.CreatedByApp' }],
    ['another person consented', both, { clientId: both.client_id, oid: oidOf('bert') }],
  ])('[F34] [F42] are refused when %s, and the code stays good', async (_, client, record) => {
    const form = {
      ...redeem,
      ...client,
      redirect_uri: 'https://both.example/in',
      code: await signIn({ ...record, redirectUri: 'https://both.example/in' }),
    };
    const answer = await ask(form);
    expect(refusalOf(answer)).toEqual({ status: 400, number: 65001 });
    expect(answer.body).toMatchObject({ error: 'invalid_grant', suberror: 'consent_required' });
    expect(refusalOf(await ask(form)).number).toBe(65001);
  });
});

describe('a code of v1', () => {
  it.each([
    ['named at the sign-in', { scope: 'openid', resource: graph }, {}],
    ['named when it is redeemed', { scope: '' }, { resource: graph }],
  ])('[F40] gives a token for the resource %s', async (_, record, more) => {
    const { status, body } = await askV1({ ...redeem, ...server, code: await signIn(record), client_info: '1', ...more });
    expect(status, body.error_description).toBe(200);
    expect(body).toMatchObject({
      scope: 'Notifications.ReadWrite.CreatedByApp UserActivity.ReadWrite.CreatedByApp',
      resource: graph,
      expires_in: '3599',
      refresh_token: expect.any(String),
    });
    expect(claimsOf(body.id_token)).toMatchObject({
      ver: '1.0',
      iss: `${url}/${contoso}/`,
      upn: 'adele@contoso.example',
      name: 'Adele Vance',
    });
  });

  it('[F40] for no resource is refused', async () => {
    const answer = await askV1({ ...redeem, ...server, code: await signIn({ scope: 'openid' }) });
    expect(refusalOf(answer)).toEqual({ status: 400, number: 900144 });
  });
});

describe("a page's code", () => {
  const ofBoth = { clientId: both.client_id, redirectUri: 'https://both.example/' };

  it.each([
    ['a page', ofPage, redeemOnPage, pageOrigin],
    [
      'a page of a client with a server',
      ofBoth,
      { ...redeem, client_id: both.client_id, redirect_uri: ofBoth.redirectUri },
      'https://both.example',
    ],
  ])('[F41] is redeemed by %s, which shows no secret, and the answer is for scripts', async (_, record, form, origin) => {
    const { status, body, headers } = await ask({ ...form, code: await signIn(record) }, { headers: { Origin: origin } });
    expect(status, body.error_description).toBe(200);
    expect(headers['access-control-allow-origin']).toBe('*');
  });

  it.each([
    ["a page's code without an Origin", ofPage, redeemOnPage, undefined, 400, 9002327],
    ["a server's code with one", {}, { ...redeem, client_id: server.client_id }, pageOrigin, 400, 9002326],
    ["a server's code and its secret with one", {}, { ...redeem, ...server }, pageOrigin, 400, 9002326],
    ["a phone's code with one", ofPhone, { ...redeem, ...phone, redirect_uri: phoneRedirect }, pageOrigin, 400, 9002326],
    [
      "the server's code of a client that has pages with one",
      { ...ofBoth, redirectUri: 'https://both.example/in' },
      { ...redeem, client_id: both.client_id, redirect_uri: 'https://both.example/in' },
      pageOrigin,
      400,
      9002326,
    ],
    [
      'the secret of a client that has pages with one',
      ofBoth,
      { ...redeem, ...both, redirect_uri: ofBoth.redirectUri },
      pageOrigin,
      400,
      9002326,
    ],
    ["a page's code with its server's secret", ofBoth, { ...redeem, ...both, redirect_uri: ofBoth.redirectUri }, undefined, 400, 9002327],
    [
      "a page's code with no credential and no Origin",
      ofBoth,
      { ...redeem, client_id: both.client_id, redirect_uri: ofBoth.redirectUri },
      undefined,
      401,
      7000218,
    ],
  ])('[F41] [F42] refuses %s', async (_, record, form, origin, status, number) => {
    const headers = origin === undefined ? {} : { Origin: origin };
    const answer = await ask({ ...form, code: await signIn(record) }, { headers });
    expect(refusalOf(answer)).toEqual({ status, number });
    expect(answer.headers['access-control-allow-origin'], 'scripts can read errors too').toBe('*');
  });
});
