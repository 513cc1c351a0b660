// What every answer of the token endpoint has in common: form, headers, signature, errors, throttling (F39, F42, D19).
import fc from 'fast-check';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { useEmulators } from '../support/emulator.ts';
import { startInstant } from '../support/time.ts';
import {
  claimsOf,
  contoso,
  daemon,
  graph,
  pageOrigin,
  phone,
  refusalOf,
  server,
  startTokens,
  type TokenBody,
} from '../support/token-client.ts';

const start = useEmulators('file');
const { ask, askV1, send, startDevice, url } = await startTokens(start);
const credentials = { grant_type: 'client_credentials', ...server, scope: `${graph}/.default` };
const person = { grant_type: 'password', ...phone, username: 'adele', password: 'adele-password' };
const path = `/${contoso}/oauth2/v2.0/token`;
const form = { 'Content-Type': 'application/x-www-form-urlencoded' };

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const grantTypes = [
  'client_credentials',
  'authorization_code',
  'refresh_token',
  'urn:ietf:params:oauth:grant-type:jwt-bearer',
  'device_code',
  'password',
];

describe('a token', () => {
  it('[D22] is of no use to an emulator that was started anew', async () => {
    const { body } = await ask({ ...person, scope: `${graph}/Notifications.ReadWrite.CreatedByApp` });
    const list = { path: '/client/v1/subscriptions', token: body.access_token };
    expect((await send(list)).status).toBe(200);
    const anew = await start();
    expect((await anew.send(list)).status).toBe(401);
  });

  it('[D23] carries scopes of Graph that mean nothing here', async () => {
    const { body } = await ask({ ...person, scope: `${graph}/Mail.Read ${graph}/Notifications.ReadWrite.CreatedByApp` });
    expect(claimsOf(body.access_token)['scp']).toBe('Mail.Read Notifications.ReadWrite.CreatedByApp');
  });

  it.each(['discovery/v2.0/keys', 'discovery/keys'])('[F39] is signed by a key of %s', async (place) => {
    const keys = (await send<JSONWebKeySet>({ path: `/${contoso}/${place}` })).body;
    const { body } = await ask({ ...person, scope: 'openid profile email' });
    for (const [token, issuer] of [
      [body.access_token, `${url}/${contoso}/`],
      [body.id_token ?? '', `${url}/${contoso}/v2.0`],
    ] as const) {
      const verified = await jwtVerify(token, createLocalJWKSet(keys), { issuer, currentDate: new Date(startInstant) });
      expect(verified.protectedHeader).toMatchObject({ typ: 'JWT', alg: 'RS256', kid: keys.keys[0]?.kid });
    }
  });

  it.each([
    ['email', 'openid email', { email: 'adele@contoso.example' }, 'name'],
    ['profile', 'openid profile', { name: 'Adele Vance' }, 'email'],
  ])('[F39] reports of the person what %s asks for', async (_, scope, present, untold) => {
    const claims = claimsOf((await ask({ ...person, scope })).body.id_token);
    expect(claims).toMatchObject(present);
    expect(claims).not.toHaveProperty(untold);
  });

  it('[F39] names one person differently to each audience, and each is new', async () => {
    const bodies = [await ask({ ...person, scope: 'openid' }), await ask({ ...person, scope: 'openid' })].map(({ body }) => body);
    const [first, second] = bodies.map((body) => [claimsOf(body.access_token), claimsOf(body.id_token)]);
    expect(first?.map(({ sub }) => sub)).toEqual(second?.map(({ sub }) => sub));
    expect(new Set(first?.map(({ sub }) => sub)).size).toBe(2);
    expect(new Set([...(first ?? []), ...(second ?? [])].map((claims) => claims['uti'])).size).toBe(4);
  });

  it.each([
    ['client_info of 1', '1', true],
    ['another one', '0', false],
    ['none', undefined, false],
  ])('[F39] comes with client_info for %s', async (_, clientInfo, isThere) => {
    const { body } = await ask({ ...person, scope: 'openid', client_info: clientInfo });
    expect(body.client_info !== undefined).toBe(isThere);
  });
});

describe('an answer', () => {
  it.each([
    ['tokens', () => ask(credentials), 200],
    ["v1's tokens", () => askV1({ ...credentials, resource: graph }), 200],
    ['a device code', () => startDevice({ ...phone, scope: 'openid' }), 200],
    ['an error', () => ask({ ...credentials, client_secret: 'x' }), 401],
  ])('[F39] with %s is JSON that must not be cached', async (_, answer, expected) => {
    const { status, headers } = await answer();
    expect(status).toBe(expected);
    expect(headers).toMatchObject({
      'content-type': expect.stringMatching(/^application\/json/),
      'cache-control': 'no-store',
      pragma: 'no-cache',
      'access-control-allow-origin': '*',
    });
  });
});

describe('an error', () => {
  it('[F42] has the shape of the platform', async () => {
    const id = '943d2ce0-e3a9-4d1d-8b75-dbe0d1432d18';
    const { status, headers, body } = await ask({ ...credentials, client_secret: 'x' }, { headers: { 'client-request-id': id } });
    expect(status).toBe(401);
    expect(body).toEqual({
      error: 'invalid_client',
      error_description: expect.stringMatching(/^AADSTS7000215: Invalid client secret provided/),
      error_codes: [7000215],
      timestamp: '2019-08-23 00:25:55Z',
      trace_id: headers['x-ms-request-id'],
      correlation_id: id,
      error_uri: `${url}/error?code=7000215`,
    });
    expect(headers['client-request-id']).toBe(id);
    expect(JSON.stringify(body), 'secrets are not repeated').not.toContain('contoso-server-secret');
  });

  it.each<[string, Buffer | string, Record<string, string>, number, number]>([
    ['a JSON body', JSON.stringify(credentials), { 'Content-Type': 'application/json' }, 415, 9002313],
    ['a body of no type', new URLSearchParams(credentials).toString(), {}, 415, 9002313],
    ['a parameter given twice', `${new URLSearchParams(credentials)}&scope=x`, form, 400, 9002313],
    ['bytes that are no UTF-8', Buffer.from([0x67, 0xff, 0xfe]), form, 400, 9002313],
    ['escaped bytes that are no UTF-8', 'grant_type=%ff%fe', form, 400, 70003],
    ['nothing at all', '', form, 400, 900144],
    ['an empty grant type', 'grant_type=&client_id=x', form, 400, 900144],
    ['an unknown grant type', 'grant_type=implicit&client_id=x', form, 400, 70003],
    ['__proto__ as grant type', 'grant_type=__proto__', form, 400, 70003],
    ['constructor as grant type', 'grant_type=constructor', form, 400, 70003],
    ['__proto__ as parameter', '__proto__=client_credentials', form, 400, 900144],
    ['a client id that is too long', `grant_type=client_credentials&client_id=${'x'.repeat(2000)}`, form, 400, 9002313],
    ['a body that is too large', `grant_type=client_credentials&x=${'x'.repeat(262_144)}`, form, 413, 9002313],
    ['a body that is not what its encoding says', 'grant_type=x', { ...form, 'Content-Encoding': 'gzip' }, 400, 9002313],
  ])('[F42] is the answer to %s', async (_, bytes, headers, status, number) => {
    const answer = await send<TokenBody>({ method: 'POST', path, headers, bytes });
    expect(refusalOf(answer)).toEqual({ status, number });
  });

  it('[F42] takes no parameter from its unknown neighbours', async () => {
    const { status } = await ask({ ...credentials, ['__proto__']: 'x', 'x-client-SKU': 'msal.js.node', claims: '{}' });
    expect(status).toBe(200);
  });

  it('[F42] is clear whatever is sent', async () => {
    const jwtOf = (...parts: readonly string[]) => parts.map((text) => Buffer.from(text).toString('base64url')).join('.');
    const header = JSON.stringify({ alg: 'PS256', 'x5t#S256': 'x', kid: 'x' });
    const odd = [
      undefined,
      '',
      ' ',
      'x',
      '__proto__',
      'constructor',
      '\u0000',
      '\ud800',
      '/',
      '//.default',
      'a/b c/d',
      '{}',
      '..',
      jwtOf('{}', '{}', ''),
      jwtOf('null', 'null', 'x'),
      jwtOf(header, '[]', 'x'),
      jwtOf(header, '{"sub":7}', 'x'),
    ];
    const known = [
      ...Object.values(server),
      phone.client_id,
      daemon.client_id,
      graph,
      'openid',
      'on_behalf_of',
      assertionType,
      'Basic eDp5',
    ];
    const value = fc.option(fc.constantFrom(...odd, ...known), { nil: undefined, freq: 1 });
    const names = [
      'client_id',
      'client_secret',
      'client_assertion',
      'client_assertion_type',
      'scope',
      'resource',
      'code',
      'redirect_uri',
      'code_verifier',
    ];
    const more = ['refresh_token', 'assertion', 'requested_token_use', 'device_code', 'username', 'password', 'client_info'];
    const request = fc.record(Object.fromEntries([...names, ...more].map((name) => [name, value])));
    const headers = fc.constantFrom<Record<string, string>>(
      {},
      {},
      { Origin: 'null' },
      { Authorization: 'Basic ' },
      { Authorization: 'Basic eDp5' },
    );
    const client = fc.constantFrom(server, phone, daemon, {});
    const check = async (grantType: string, fields: object, sent: Record<string, string>, isV1: boolean) => {
      const answer = await (isV1 ? askV1 : ask)({ ...fields, grant_type: grantType }, { headers: sent });
      if (answer.status !== 200) expect(refusalOf(answer).status).toBeLessThan(500);
    };
    const asked = fc.asyncProperty(
      fc.constantFrom(...grantTypes),
      request,
      client,
      headers,
      fc.boolean(),
      (grantType, fields, who, sent, isV1) => check(grantType, { ...fields, ...who }, sent, isV1),
    );
    await fc.assert(asked, { seed: 42, numRuns: 400 });
  });

  it('[F41] can be read by scripts, whose preflight is answered', async () => {
    const headers = { Origin: pageOrigin, 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'x-client-sku' };
    const preflight = await send({ method: 'OPTIONS', path, headers });
    expect(preflight.status).toBe(204);
    expect(preflight.headers['access-control-allow-headers']).toBe('x-client-sku');
    const refused = await ask(credentials, { headers: { Origin: pageOrigin } });
    expect(refusalOf(refused)).toEqual({ status: 400, number: 9002326 });
    expect(refused.headers['access-control-allow-origin']).toBe('*');
  });
});

describe('a client that asks too often', () => {
  it('[D19] is sent when to come back, and no other is kept waiting', async () => {
    const throttled = await startTokens(start, { throttling: { tokenRequestsPerMinute: 2 } });
    const ofServer = () => throttled.ask(credentials);
    expect([(await ofServer()).status, (await throttled.ask({ ...credentials, client_secret: 'x' })).status]).toEqual([200, 401]);
    throttled.pass(20);
    const answer = await ofServer();
    expect(refusalOf(answer)).toEqual({ status: 429, number: 90055 });
    expect(answer.body.error).toBe('temporarily_unavailable');
    expect(answer.headers['retry-after']).toBe('40');
    expect(refusalOf(await throttled.startDevice({ ...server, scope: 'openid' })).status, 'for device codes too').toBe(429);
    expect(refusalOf(await throttled.ask({ ...credentials, ...daemon })).status, 'another client').toBe(401);
    throttled.pass(40);
    expect((await ofServer()).status).toBe(200);
  });

  it('[D19] counts only clients that are known', async () => {
    const { ask: askOften } = await startTokens(start, { throttling: { tokenRequestsPerMinute: 1 } });
    const nobody = { ...credentials, client_id: 'nobody' };
    expect(refusalOf(await askOften(nobody)).number).toBe(700016);
    expect(refusalOf(await askOften(nobody)).number).toBe(700016);
  });
});
