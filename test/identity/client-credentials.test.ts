// A client asks for a token of its own, with a secret (F32).
import { describe, expect, it } from 'vitest';
import { useEmulators } from '../support/emulator.ts';
import { startInstant } from '../support/time.ts';
import {
  both,
  claimsOf,
  contoso,
  createdByApp,
  daemon,
  fabrikam,
  graph,
  narrow,
  page,
  pageOrigin,
  phone,
  refusalOf,
  server,
  startTokens,
} from '../support/token-client.ts';

const start = useEmulators('file');
const { ask, askV1, url } = await startTokens(start);
const credentials = { grant_type: 'client_credentials', scope: `${graph}/.default` };
const basic = (id: string, secret: string) => ({
  Authorization: `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`,
});

describe('client credentials', () => {
  it('[F32] [F39] give an app-only token for Graph', async () => {
    const { status, body } = await ask({ ...credentials, ...server, client_info: '1' });
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        token_type: 'Bearer',
        scope: `${graph}/.default`,
        expires_in: 3599,
        ext_expires_in: 3599,
        access_token: expect.any(String),
      },
    });
    const iat = Math.floor(startInstant / 1000);
    const claims = claimsOf(body.access_token);
    expect(claims).toMatchObject({
      aud: graph,
      iss: `${url}/${contoso}/`,
      iat,
      nbf: iat,
      exp: iat + 3600,
      appid: server.client_id,
      appidacr: '1',
      idtyp: 'app',
      tid: contoso,
      ver: '1.0',
    });
    expect(claims['oid']).toBe(claims.sub);
    for (const personal of ['scp', 'upn', 'name']) expect(claims).not.toHaveProperty(personal);
  });

  it.each([
    ['contoso.example', contoso],
    [contoso.toUpperCase(), contoso],
    ['common', contoso],
    ['organizations', contoso],
    ['fabrikam.example', fabrikam],
    [fabrikam, fabrikam],
  ])('[F32] at %s give a token of the tenant %s', async (tenant, tid) => {
    const { body } = await ask({ ...credentials, ...server }, { tenant });
    expect(claimsOf(body.access_token)['tid']).toBe(tid);
  });

  it.each([
    ['in the body', { ...narrow }, {}],
    ['in the header', {}, basic(narrow.client_id, narrow.client_secret)],
    ['in the header, the id in the body too', { client_id: narrow.client_id.toUpperCase() }, basic(narrow.client_id, narrow.client_secret)],
    ['that is the older one', { ...narrow, client_secret: 'an older secret' }, {}],
  ])('[F32] take a secret %s', async (_, form, headers) => {
    expect((await ask({ ...credentials, ...form }, { headers })).status).toBe(200);
  });

  it.each([
    ['a wrong secret', { ...server, client_secret: 'contoso-server-secreT' }, {}, 401, 7000215],
    ["another client's secret", { ...server, client_secret: both.client_secret }, {}, 401, 7000215],
    ['a secret of a client with a certificate only', { ...daemon, client_secret: 'x' }, {}, 401, 7000215],
    ['a wrong secret in the header', {}, basic(server.client_id, 'x'), 401, 7000215],
    ['no credential', { client_id: server.client_id }, {}, 401, 7000218],
    ['an empty credential', { ...server, client_secret: '' }, {}, 401, 7000218],
    ['a public client', { ...phone }, {}, 401, 7000218],
    ['a public client with a secret', { ...phone, client_secret: 'x' }, {}, 401, 700025],
    ['a single-page client', { ...page }, { Origin: pageOrigin }, 401, 7000218],
    ['an unknown client', { ...server, client_id: 'nobody' }, {}, 400, 700016],
    ['__proto__ as client', { ...server, client_id: '__proto__' }, {}, 400, 700016],
    ['no client', { client_secret: 'x' }, {}, 400, 900144],
    ['secrets in header and body', { ...server }, basic(server.client_id, server.client_secret), 400, 9002313],
    ['two clients', { ...phone }, basic(server.client_id, server.client_secret), 400, 9002313],
    ['a header without a secret', {}, { Authorization: `Basic ${Buffer.from('a').toString('base64')}` }, 400, 9002313],
    ['a header that is no form', {}, { Authorization: `Basic ${Buffer.from('a:%zz').toString('base64')}` }, 400, 9002313],
    ['a secret and an assertion', { ...server, client_assertion: 'x', client_assertion_type: assertionType() }, {}, 400, 9002313],
    ['a bearer token in place of a secret', { client_id: server.client_id }, { Authorization: 'Bearer x' }, 401, 7000218],
  ])('[F32] [F42] refuse %s', async (_, form, headers, status, number) => {
    expect(refusalOf(await ask({ ...credentials, ...form }, { headers }))).toEqual({ status, number });
  });

  it.each([
    ['a scope that is not .default', createdByApp, 1002012],
    ["OpenID's scopes only", 'openid profile', 1002012],
    ['scopes of two resources', `${graph}/.default api://${server.client_id}/.default`, 70011],
    ['.default among others', `${graph}/.default ${createdByApp}`, 70011],
    ['an unknown resource', 'https://nowhere.example/.default', 500011],
    ['no scope', undefined, 900144],
    ['a blank scope', ' ', 70011],
  ])('[F32] [F42] refuse %s', async (_, scope, number) => {
    expect(refusalOf(await ask({ ...credentials, ...server, scope }))).toEqual({ status: 400, number });
  });

  it.each([
    ['an unknown tenant', server, 'nowhere.example', 90002],
    ['another tenant, for a client of one', narrow, fabrikam, 700016],
  ])('[F32] [F42] refuse %s', async (_, client, tenant, number) => {
    expect(refusalOf(await ask({ ...credentials, ...client }, { tenant }))).toEqual({ status: 400, number });
  });

  it.each([
    ['in v2.0 with its id', `api://${narrow.client_id}/.default`, narrow.client_id, '2.0'],
    ['in v2.0 by its own name', 'https://narrow.example//.default', narrow.client_id, '2.0'],
  ])('[F39] name a client as audience %s', async (_, scope, aud, ver) => {
    const { body } = await ask({ ...credentials, ...server, scope });
    expect(claimsOf(body.access_token)).toMatchObject({ aud, ver, azp: server.client_id, azpacr: '1' });
    expect(body.scope).toBe(scope);
  });
});

describe('client credentials of v1', () => {
  it.each([
    [graph, 'common'],
    [`${graph}/`, contoso],
    ['00000003-0000-0000-c000-000000000000', contoso],
    [`api://${narrow.client_id}`, contoso],
  ])('[F40] give a token for %s at %s, with numbers as strings', async (resource, tenant) => {
    const { status, body } = await askV1({ grant_type: 'client_credentials', ...server, resource }, { tenant });
    const iat = Math.floor(startInstant / 1000);
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        token_type: 'Bearer',
        expires_in: '3599',
        ext_expires_in: '3599',
        expires_on: String(iat + 3600),
        not_before: String(iat),
        resource,
        access_token: expect.any(String),
      },
    });
    expect(claimsOf(body.access_token)).toMatchObject({
      aud: resource,
      ver: '1.0',
      appid: server.client_id,
      tid: contoso,
      exp: iat + 3600,
    });
  });

  it.each([
    ['no resource', { ...server, scope: `${graph}/.default` }, 400, 900144],
    ['an unknown resource', { ...server, resource: 'https://nowhere.example' }, 400, 500011],
    ['a wrong secret', { ...server, client_secret: 'x', resource: graph }, 401, 7000215],
  ])('[F40] [F42] refuse %s', async (_, form, status, number) => {
    expect(refusalOf(await askV1({ grant_type: 'client_credentials', ...form }))).toEqual({ status, number });
  });
});

function assertionType(): string {
  return 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
}
