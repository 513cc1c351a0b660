// A client shows its certificate by signing an assertion (F33).
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { useEmulators } from '../support/emulator.ts';
import { startInstant } from '../support/time.ts';
import {
  claimsOf,
  contoso,
  daemon,
  fabrikam,
  graph,
  narrow,
  pageOrigin,
  phone,
  plusAndSlash,
  refusalOf,
  server,
  startTokens,
} from '../support/token-client.ts';

const start = useEmulators('file');
const { ask, askV1, url } = await startTokens(start);
const certificateIn = (pem: string) =>
  new X509Certificate(/-----BEGIN CERTIFICATE-----[\s\S]*-----END CERTIFICATE-----/.exec(pem)?.[0] ?? '');
const pem = readFileSync(new URL('../../fixtures/seeds/default-daemon.pem', import.meta.url), 'utf8');
const own = createPrivateKey(pem);
const certificate = certificateIn(pem);
const thumbprint = (algorithm: string) => createHash(algorithm).update(certificate.raw).digest('base64url');
const sha256 = { alg: 'PS256', 'x5t#S256': thumbprint('sha256') };
const sha1 = { alg: 'RS256', x5t: thumbprint('sha1') };
const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const publicPem = createPublicKey(own).export({ type: 'spki', format: 'pem' }) as string;
const now = Math.floor(startInstant / 1000);
const inGraph = { grant_type: 'client_credentials', scope: `${graph}/.default` };

interface Header {
  readonly alg: string;
  readonly [name: string]: unknown;
}
let assertions = 0;

function claims(more: object = {}): Record<string, unknown> {
  assertions += 1;
  return {
    aud: `${url}/${contoso}/oauth2/v2.0/token`,
    iss: daemon.client_id,
    sub: daemon.client_id,
    nbf: now,
    exp: now + 600,
    jti: `assertion-${assertions}`,
    ...more,
  };
}

const sign = (more: object = {}, header: Header = sha256, key: KeyObject | Uint8Array = own) =>
  new SignJWT(claims(more)).setProtectedHeader(header).sign(key);
const shown = (assertion: string) => ({
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  client_assertion: assertion,
});
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a certificate assertion', () => {
  it.each([
    ['PS256 with x5t#S256', sha256],
    ['RS256 with x5t', sha1],
    ['RS256 with x5t#S256', { ...sha256, alg: 'RS256' }],
    ['PS256 with the chain beside it', { ...sha256, x5c: [certificate.raw.toString('base64')] }],
  ])('[F33] signed with %s is taken', async (_, header) => {
    const { status, body } = await ask({ ...inGraph, ...daemon, ...shown(await sign({}, header)) });
    expect(status, body.error_description).toBe(200);
    expect(claimsOf(body.access_token)).toMatchObject({ appid: daemon.client_id, aud: graph, tid: contoso });
  });

  it.each([
    ['the endpoint of v2.0', `/${contoso}/oauth2/v2.0/token`, contoso],
    ['the endpoint of v1', `/${contoso}/oauth2/token`, contoso],
    ['the endpoint by domain', '/contoso.example/oauth2/v2.0/token', contoso],
    ['the issuer', `/${contoso}/v2.0`, contoso],
    ["v1's issuer", `/${contoso}/`, contoso],
    ['the endpoint of common', '/common/oauth2/v2.0/token', 'common'],
    ["the client's tenant, asked at common", `/${contoso}/oauth2/v2.0/token`, 'common'],
    ['the tenant that is asked', `/${fabrikam}/oauth2/v2.0/token`, 'fabrikam.example'],
    ["the endpoint of v1 with its version, as from Azure's ADAL for Go", `/${contoso}/oauth2/token?api-version=1.0`, contoso],
    ['the endpoint with a slash at its end', `/${contoso}/oauth2/v2.0/token/`, contoso],
    ["v1's issuer without its slash", `/${contoso}`, contoso],
  ])('[F33] for %s is taken', async (_, path, tenant) => {
    const { status } = await ask({ ...inGraph, ...daemon, ...shown(await sign({ aud: `${url}${path}` })) }, { tenant });
    expect(status).toBe(200);
  });

  it.each([
    ['without client_id, which it names', {}, {}],
    ['with the client id in capitals', { client_id: daemon.client_id.toUpperCase() }, {}],
    ['without nbf', daemon, { nbf: undefined }],
    ['by a clock that is a little ahead', daemon, { nbf: now + 120 }],
    ['for several audiences', daemon, { aud: ['https://elsewhere.example', `${url}/${contoso}/v2.0`] }],
    ['that lives long', daemon, { exp: 1e12 }],
  ])('[F33] %s is taken', async (_, client, more) => {
    const { status, body } = await ask({ ...inGraph, ...client, ...shown(await sign(more)) });
    expect(status, body.error_description).toBe(200);
  });

  it.each([
    ['no typ, as from MSAL4J', {}],
    ['typ JWT', { typ: 'JWT' }],
    ['typ in small letters', { typ: 'jwt' }],
    ['the typ of RFC 7523bis', { typ: 'client-authentication+jwt' }],
    ['a key id beside the thumbprint', { kid: 'another key' }],
    ['the chain of another certificate beside it', { x5c: [certificateIn(plusAndSlash).raw.toString('base64')] }],
  ])('[F33] with %s is taken', async (_, more) => {
    const { status, body } = await ask({ ...inGraph, ...daemon, ...shown(await sign({}, { ...sha256, ...more })) });
    expect(status, body.error_description).toBe(200);
  });

  it('[F33] [F40] is taken by v1', async () => {
    const { status, body } = await askV1({ grant_type: 'client_credentials', resource: graph, ...daemon, ...shown(await sign({}, sha1)) });
    expect(status).toBe(200);
    expect(claimsOf(body.access_token)['appid']).toBe(daemon.client_id);
  });

  it('[F33] is taken of a client that has secrets too', async () => {
    const form = { ...inGraph, client_id: narrow.client_id, ...shown(await sign({ iss: narrow.client_id, sub: narrow.client_id })) };
    expect((await ask(form)).status).toBe(200);
  });

  it('[F33] is good once', async () => {
    const once = shown(await sign());
    expect((await ask({ ...inGraph, ...daemon, ...once })).status).toBe(200);
    expect(refusalOf(await ask({ ...inGraph, ...daemon, ...once }))).toEqual({ status: 401, number: 700027 });
    const again = await ask({ ...inGraph, ...daemon, ...shown(await sign({ jti: claimsOf(once.client_assertion).jti })) });
    expect(refusalOf(again), 'the same id in another assertion').toEqual({ status: 401, number: 700027 });
  });

  it("[D24] may come again with another client-request-id, as the makers' library sends it, and not with the same", async () => {
    const once = shown(await sign());
    const withId = async (id: string) => (await ask({ ...inGraph, ...daemon, ...once, 'client-request-id': id })).status;
    expect([await withId('first'), await withId('second'), await withId('first')]).toEqual([200, 200, 401]);
  });

  it('[F33] is good once for one of two requests at a time', async () => {
    const once = shown(await sign());
    const answers = await Promise.all([1, 2, 3].map(() => ask({ ...inGraph, ...daemon, ...once })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
  });

  it.each<[string, () => string | Promise<string>, number]>([
    ['with a wrong audience', () => sign({ aud: 'https://login.elsewhere.example/token' }), 700023],
    ['for another address at the endpoint', () => sign({ aud: `${url}/${contoso}/oauth2/v2.0/token/other` }), 700023],
    ['for the endpoint with a fragment', () => sign({ aud: `${url}/${contoso}/oauth2/v2.0/token#other` }), 700023],
    ['for the endpoint named in a query', () => sign({ aud: `https://elsewhere.example/?${url}/${contoso}/oauth2/v2.0/token` }), 700023],
    ['for the endpoint of another tenant', () => sign({ aud: `${url}/${fabrikam}/oauth2/v2.0/token` }), 700023],
    ['without audience', () => sign({ aud: undefined }), 700023],
    ['with an audience that is no text', () => sign({ aud: [7, null] }), 700023],
    ['that has expired', () => sign({ nbf: now - 700, exp: now - 1 }), 700024],
    ['that expires this second', () => sign({ exp: now }), 700024],
    ['that expired long ago', () => sign({ exp: now - 7200 }), 700024],
    ['that is not yet valid', () => sign({ nbf: now + 3600, exp: now + 4200 }), 700024],
    ['without exp', () => sign({ exp: undefined }), 700027],
    ['with an exp that is no number', () => sign({ exp: 'tomorrow' }), 700027],
    ['without jti', () => sign({ jti: undefined }), 700027],
    ['with a jti that is no text', () => sign({ jti: 7 }), 700027],
    ['with another issuer', () => sign({ iss: server.client_id }), 700027],
    ['with another subject', () => sign({ sub: server.client_id }), 700027],
    ['with an issuer that is no text', () => sign({ iss: 7 }), 700027],
    ['signed by another key', () => sign({}, sha256, foreign), 700027],
    [
      'signed by another key that it brings along',
      () => sign({}, { ...sha256, jwk: createPublicKey(foreign).export({ format: 'jwk' }) }, foreign),
      700027,
    ],
    ['with an unknown thumbprint', () => sign({}, { ...sha256, 'x5t#S256': 'AAAA' }), 700027],
    ['with an unknown SHA-1 thumbprint', () => sign({}, { ...sha1, x5t: 'AAAA' }), 700027],
    ['with a thumbprint that is no text', () => sign({}, { alg: 'PS256', 'x5t#S256': [sha256['x5t#S256']] }), 700027],
    ['without thumbprint', () => sign({}, { alg: 'PS256' }), 700027],
    ['with PS256 and the SHA-1 thumbprint only', () => sign({}, { alg: 'PS256', x5t: sha1.x5t }), 700027],
    ['with another algorithm', () => sign({}, { ...sha256, alg: 'RS512' }), 700027],
    ['with HS256 and the public key as secret', () => sign({}, { ...sha256, alg: 'HS256' }, Buffer.from(publicPem)), 700027],
    ['with HS256 and the certificate as secret', () => sign({}, { ...sha256, alg: 'HS256' }, certificate.raw), 700027],
    ['with alg none', () => `${part({ ...sha256, alg: 'none' })}.${part(claims())}.`, 700027],
    ['that says PS256 and is not signed', () => `${part(sha256)}.${part(claims())}.`, 700027],
    ['that was changed', async () => (await sign()).replace(/\.[^.]+\./, `.${part(claims())}.`), 700027],
    ['that is no JWT', () => 'nonsense', 700027],
    ['whose claims are no object', () => `${part(sha256)}.${part('x')}.AAAA`, 700027],
  ])('[F33] [F42] %s is refused', async (_, assertion, number) => {
    const answer = await ask({ ...inGraph, ...daemon, ...shown(await assertion()) });
    expect(refusalOf(answer)).toEqual({ status: 401, number });
  });

  it.each([
    ['of a client without certificates', { client_id: server.client_id }, {}, {}, { status: 401, number: 700027 }],
    ['of a public client', phone, {}, {}, { status: 401, number: 700025 }],
    ['of another client than it names', { client_id: narrow.client_id }, {}, {}, { status: 401, number: 700027 }],
    ['that names no user', {}, { sub: undefined }, {}, { status: 401, number: 700027 }],
    ['from a page', daemon, {}, { Origin: pageOrigin }, { status: 400, number: 9002326 }],
  ])('[F33] [F41] %s is refused', async (_, client, more, headers, refusal) => {
    expect(refusalOf(await ask({ ...inGraph, ...client, ...shown(await sign(more)) }, { headers }))).toEqual(refusal);
  });

  it.each([
    ['without its type', { client_assertion: 'x' }, 900144],
    ['of another type', { client_assertion: 'x', client_assertion_type: 'saml' }, 9002313],
  ])('[F33] [F42] %s is refused', async (_, form, number) => {
    expect(refusalOf(await ask({ ...inGraph, ...daemon, ...form }))).toEqual({ status: 400, number });
  });

  it('[F33] is judged by the service clock', async () => {
    const moved = await startTokens(start);
    const assertion = await sign({ aud: `${moved.url}/${contoso}/v2.0`, nbf: now + 3600, exp: now + 4200 });
    expect(refusalOf(await moved.ask({ ...inGraph, ...daemon, ...shown(assertion) })).number).toBe(700024);
    moved.pass(3700);
    expect((await moved.ask({ ...inGraph, ...daemon, ...shown(assertion) })).status).toBe(200);
  });
});
