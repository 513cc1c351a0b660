// A server asks on behalf of the person who called it (F36).
import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { type JWTPayload, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { useEmulators } from '../support/emulator.ts';
import { startInstant } from '../support/time.ts';
import {
  both,
  claimsOf,
  contoso,
  createdByApp,
  fabrikam,
  graph,
  narrow,
  oidOf,
  pageOrigin,
  phone,
  refusalOf,
  server,
  startTokens,
} from '../support/token-client.ts';

const start = useEmulators('file');
const tokens = await startTokens(start);
const { ask, askV1, send, sign, url } = tokens;
const onBehalfOf = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', requested_token_use: 'on_behalf_of', scope: createdByApp };
const invalid = { status: 400, number: 50013 };
const notInTime = { status: 400, number: 500133 };
const now = Math.floor(startInstant / 1000);

/** The token that a person's app calls the server with. */
async function calledWith(more: object = {}, ofWhom = 'adele', from: Pick<typeof tokens, 'ask'> = tokens): Promise<string> {
  const person = { username: ofWhom, password: `${ofWhom}-password` };
  const form = { grant_type: 'password', ...phone, ...person, scope: `api://${server.client_id}/access_as_user`, ...more };
  const { body } = await from.ask(form, { tenant: 'common' });
  if (!body.access_token) throw new Error(`no token: ${JSON.stringify(body)}`);
  return body.access_token;
}

const claims = (more: JWTPayload = {}): JWTPayload => ({
  aud: server.client_id,
  iss: `${url}/${contoso}/v2.0`,
  tid: contoso,
  oid: oidOf('adele'),
  scp: 'access_as_user',
  iat: now,
  nbf: now,
  exp: now + 3600,
  ...more,
});
const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const ownKey = async () =>
  (await send<{ keys: [{ kid: string; kty: 'RSA'; n: string; e: string }] }>({ path: '/common/discovery/v2.0/keys' })).body.keys[0];
const signed = async (alg: string, key: KeyObject | Uint8Array) =>
  new SignJWT(claims()).setProtectedHeader({ alg, typ: 'JWT', kid: (await ownKey()).kid }).sign(key);

describe('on-behalf-of', () => {
  it('[F36] [F39] gives the person and the scopes that are asked for', async () => {
    const { status, body } = await ask({ ...onBehalfOf, ...server, assertion: await calledWith() });
    expect(status, body.error_description).toBe(200);
    expect(body).toEqual({
      token_type: 'Bearer',
      scope: createdByApp,
      expires_in: 3599,
      ext_expires_in: 3599,
      access_token: expect.any(String),
    });
    expect(claimsOf(body.access_token)).toMatchObject({
      aud: graph,
      appid: server.client_id,
      oid: oidOf('adele'),
      upn: 'adele@contoso.example',
      scp: 'Notifications.ReadWrite.CreatedByApp',
      tid: contoso,
      idtyp: 'user',
    });
  });

  it('[F36] brings along what the client library asks for, and takes the same token again', async () => {
    const form = {
      ...onBehalfOf,
      ...server,
      assertion: await calledWith(),
      scope: `${createdByApp} openid profile offline_access`,
      client_info: '1',
    };
    const { body } = await ask(form);
    expect(claimsOf(body.id_token)).toMatchObject({ aud: server.client_id, oid: oidOf('adele') });
    expect(body.client_info).toBeDefined();
    const next = await ask({ grant_type: 'refresh_token', ...server, refresh_token: body.refresh_token });
    expect(claimsOf(next.body.access_token)['oid']).toBe(oidOf('adele'));
    expect((await ask(form)).status).toBe(200);
  });

  it.each([
    ['by id in v2.0', server, `${server.client_id}/x`, contoso],
    ['by a name of its own', both, `api://${both.client_id}/x`, 'common'],
    ['with all that is consented', server, `api://${server.client_id}/.default`, 'organizations'],
  ])('[F36] takes tokens for the client %s', async (_, client, scope, tenant) => {
    const assertion = await calledWith({ scope });
    expect((await ask({ ...onBehalfOf, ...client, assertion }, { tenant })).status).toBe(200);
  });

  it.each([`api://${server.client_id}`, server.client_id.toUpperCase()])(
    '[F36] [F40] takes tokens of v1 for %s, and gives one',
    async (resource) => {
      const form = { grant_type: 'password', ...phone, username: 'adele', password: 'adele-password', resource };
      const { body } = await askV1(form);
      expect(claimsOf(body.access_token)).toMatchObject({ aud: resource, ver: '1.0', scp: 'user_impersonation' });
      const { scope: _scope, ...v1 } = onBehalfOf;
      const answer = await askV1({ ...v1, ...server, assertion: body.access_token, resource: graph });
      expect(answer.body).toMatchObject({
        resource: graph,
        expires_in: '3599',
        scope: expect.stringContaining('Notifications.ReadWrite.CreatedByApp'),
      });
    },
  );

  it('[F36] keeps a user of another tenant in that tenant', async () => {
    const assertion = await calledWith({}, 'dana');
    const { body } = await ask({ ...onBehalfOf, ...server, assertion }, { tenant: 'common' });
    expect(claimsOf(body.access_token)).toMatchObject({ tid: fabrikam, oid: oidOf('dana') });
    expect(refusalOf(await ask({ ...onBehalfOf, ...server, assertion })).number).toBe(50020);
  });

  it.each<[string, () => string | Promise<string>, object]>([
    ['for Graph', () => calledWith({ scope: createdByApp }), { status: 400, number: 500131 }],
    ['for another client', () => calledWith({ scope: `${both.client_id}/x` }), { status: 400, number: 500131 }],
    ['for nobody', () => sign(claims({ aud: [] })), { status: 400, number: 500131 }],
    ['of a foreign signature', async () => signed('RS256', foreign), invalid],
    [
      'of HS256 with the public key as secret',
      async () =>
        signed(
          'HS256',
          Buffer.from(createPublicKey({ key: await ownKey(), format: 'jwk' }).export({ type: 'spki', format: 'pem' }) as string),
        ),
      invalid,
    ],
    ['of PS256', async () => signed('PS256', foreign), invalid],
    ['of alg none', async () => `${part({ alg: 'none', kid: (await ownKey()).kid })}.${part(claims())}.`, invalid],
    ['of an unknown key', async () => new SignJWT(claims()).setProtectedHeader({ alg: 'RS256', kid: 'x' }).sign(foreign), invalid],
    ['without a key', async () => new SignJWT(claims()).setProtectedHeader({ alg: 'RS256' }).sign(foreign), invalid],
    ['that was changed', async () => (await calledWith()).replace(/\.[^.]+\./, `.${part(claims({ oid: oidOf('bert') }))}.`), invalid],
    ['that is no JWT', () => 'nonsense', invalid],
    ['of another issuer', () => sign(claims({ iss: 'https://elsewhere.example/x/' })), invalid],
    ['of another tenant than its issuer', () => sign(claims({ tid: fabrikam })), invalid],
    ['that has expired', () => sign(claims({ exp: now })), notInTime],
    ['that is not yet valid', () => sign(claims({ nbf: now + 60 })), notInTime],
    ['of a user who is gone', () => sign(claims({ oid: 'nobody' })), { status: 400, number: 50034 }],
    ['of no user', () => sign(claims({ oid: undefined })), invalid],
    ['that is an id token', () => idToken(), invalid],
    ['that a client has for itself', () => appOnly(), invalid],
    ['that is empty', () => '', { status: 400, number: 900144 }],
  ])('[F36] [F42] refuses a token %s', async (_, assertion, refusal) => {
    expect(refusalOf(await ask({ ...onBehalfOf, ...server, assertion: await assertion() }))).toEqual(refusal);
  });

  async function idToken(): Promise<string> {
    const { body } = await ask({ grant_type: 'password', ...server, username: 'adele', password: 'adele-password', scope: 'openid' });
    return body.id_token ?? '';
  }

  async function appOnly(): Promise<string> {
    const { body } = await ask({ grant_type: 'client_credentials', ...server, scope: `api://${server.client_id}/.default` });
    return body.access_token;
  }

  it.each([
    ['a wrong secret', { ...server, client_secret: 'x' }, {}, 401, 7000215],
    ['no secret', { client_id: server.client_id }, {}, 401, 7000218],
    ['a public client', phone, {}, 401, 7000218],
    ['a scope without consent', both, { scope: 'UserActivity.ReadWrite.CreatedByApp' }, 400, 65001],
    ['a client without consent', narrow, {}, 400, 65001],
    ['no scope', server, { scope: undefined }, 400, 900144],
    ['another use', server, { requested_token_use: 'other' }, 400, 9002313],
    ['no use', server, { requested_token_use: undefined }, 400, 900144],
  ])('[F36] [F42] refuses %s', async (_, client, more, status, number) => {
    const assertion = await calledWith({ scope: `api://${client.client_id}/x` });
    expect(refusalOf(await ask({ ...onBehalfOf, ...client, ...more, assertion }))).toEqual({ status, number });
  });

  it('[F41] refuses a page', async () => {
    const answer = await ask({ ...onBehalfOf, ...server, assertion: await calledWith() }, { headers: { Origin: pageOrigin } });
    expect(refusalOf(answer).number).toBe(9002326);
  });

  it('[F36] judges times by the service clock', async () => {
    const moved = await startTokens(start);
    const assertion = await calledWith({}, 'adele', moved);
    moved.pass(3599);
    expect((await moved.ask({ ...onBehalfOf, ...server, assertion })).status).toBe(200);
    moved.pass(1);
    expect(refusalOf(await moved.ask({ ...onBehalfOf, ...server, assertion }))).toEqual(notInTime);
  });
});

function part(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
