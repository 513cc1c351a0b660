// Signed tokens over HTTP: which are refused, with which reason, and that the answer repeats nothing of them.
import type { JWTPayload } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { rawBody, type TestEmulator, useEmulators } from '../support/emulator.ts';
import {
  createForeignSigner,
  encryptedFor,
  type ForeignSigner,
  hmacSigned,
  publicPem,
  signingKeysOf,
  unsigned,
} from '../support/forged-tokens.ts';
import { errorOf } from '../support/http-call.ts';
import { refusedHandshake } from '../support/socket-device.ts';
import { startInstant } from '../support/time.ts';
import { contoso, createTestIssuer, fabrikam, phoneClient, type TestIssuer } from '../support/token-issuer.ts';

const start = useEmulators('file');
const kid = 'key-of-this-emulator';
let emulator: TestEmulator;
let issuer: TestIssuer;
let insider: ForeignSigner;
let foreignSigner: ForeignSigner;
beforeAll(async () => {
  [insider, foreignSigner] = [await createForeignSigner(), await createForeignSigner()];
  issuer = await createTestIssuer(signingKeysOf(insider, kid));
  emulator = await start({}, { signingKeys: issuer.signingKeys });
});

const hour = 3_600_000;
const header = { alg: 'RS256', kid, typ: 'JWT' };
const claiming = (claims: JWTPayload) => issuer.userToken('adele', { claims });
const without = (...names: string[]) => issuer.userToken('adele', { claims: Object.fromEntries(names.map((name) => [name, undefined])) });
const claims = () => issuer.userClaims('adele');
const issuerOf = (tenantId: string, path = '') => `http://localhost:4280/${tenantId}/${path}`;
const good = () => issuer.userToken('adele');

const call = (token: string) => emulator.send({ path: '/client/v1/subscriptions', token });

type Forged = readonly [what: string, token: () => string | Promise<string>, reason: RegExp];

const signatures: readonly Forged[] = [
  ['signed by a key that is not known', () => foreignSigner.sign(claims(), { kid: 'another' }), /no key of this emulator/],
  ['signed by another key under the same id', () => foreignSigner.sign(claims(), { kid }), /signature is wrong/],
  ['signed without a key id', () => insider.sign(claims()), /no key of this emulator/],
  ['signed by its own key, under the id of another', () => insider.sign(claims(), { kid: 'another' }), /no key of this emulator/],
  ['that brings its key along (jwk)', () => foreignSigner.sign(claims(), { kid, jwk: foreignSigner.jwk }), /signature is wrong/],
  [
    'that brings its key along and names no other',
    () => foreignSigner.sign(claims(), { jwk: foreignSigner.jwk }),
    /no key of this emulator/,
  ],
  ['that says where its keys are (jku)', () => foreignSigner.sign(claims(), { kid, jku: `${emulator.url}/keys` }), /signature is wrong/],
  [
    'that says where its certificate is (x5u)',
    () => foreignSigner.sign(claims(), { kid, x5u: `${emulator.url}/cert` }),
    /signature is wrong/,
  ],
  ['with alg none', () => unsigned({ ...header, alg: 'none' }, claims()), /has to be signed with RS256/],
  ['with alg NONE', () => unsigned({ ...header, alg: 'NONE' }, claims()), /has to be signed with RS256/],
  ['with alg none and a signature', () => unsigned({ ...header, alg: 'none' }, claims(), 'c2ln'), /has to be signed with RS256/],
  ['with no alg', () => unsigned({ kid, typ: 'JWT' }, claims(), 'c2ln'), /no well-formed JWT/],
  ['with an empty signature', () => unsigned(header, claims()), /signature is wrong/],
  ['HS256 with the public key as PEM', async () => hmac(await publicPem(issuer.signingKeys)), /has to be signed with RS256/],
  ['HS256 with the public key as JWK', () => hmac(JSON.stringify(insider.jwk)), /has to be signed with RS256/],
  ['HS256 with the modulus as bytes', () => hmac(Buffer.from(insider.jwk.n ?? '', 'base64url')), /has to be signed with RS256/],
  ['HS256 with nothing', () => hmac(''), /has to be signed with RS256/],
  ['with a header that has to be understood (crit)', () => insider.signCritical(claims(), { kid }), /crit/],
  ['encrypted (JWE)', () => encryptedFor(issuer.signingKeys, claims()), /encrypted/],
];
const hmac = (secret: string | Buffer) => hmacSigned({ ...header, alg: 'HS256' }, claims(), secret);

const forms: readonly Forged[] = [
  ['whose signature is cut short', async () => (await good()).slice(0, -8), /signature is wrong|no well-formed JWT/],
  ['whose claims are cut short', async () => (await good()).replace(/\.[^.]+\./, (part) => `${part.slice(0, -9)}.`), /signature is wrong/],
  ['without its signature', async () => (await good()).replace(/\.[^.]+$/, ''), /no JWT/],
  ['whose claims were changed', () => changed({ scp: 'Everything' }), /signature is wrong/],
  ['of garbage', () => 'garbage', /no JWT, nor a development token/],
  ['of three pieces of garbage', () => 'one.two.three', /no well-formed JWT/],
  ['of dots', () => '....', /encrypted|well-formed/],
  ['of two dots', () => '..', /no well-formed JWT/],
  ['of 8 KB of junk', () => 'x'.repeat(8192), /no JWT/],
  ['of 8 KB of junk in three pieces', () => ['x', 'y', 'z'].map((letter) => letter.repeat(2730)).join('.'), /no well-formed JWT/],
  ['of deep nesting', () => `${Buffer.from('['.repeat(4000)).toString('base64url')}.e30.e30`, /no well-formed JWT/],
];
async function changed(claim: JWTPayload): Promise<string> {
  const [head, , signature] = (await good()).split('.');
  return [head, Buffer.from(JSON.stringify({ ...claims(), ...claim })).toString('base64url'), signature].join('.');
}

const claimed: readonly Forged[] = [
  ['that has expired', () => issuer.userToken('adele', { issuedAt: startInstant - hour }), /expired by the service clock/],
  ['that is not valid yet', () => issuer.userToken('adele', { issuedAt: startInstant + 2000 }), /not valid yet by the service clock/],
  ['without exp', () => without('exp'), /no claim exp/],
  ['without nbf', () => without('nbf'), /no claim nbf/],
  ['without iss', () => without('iss'), /no claim iss/],
  ['without aud', () => without('aud'), /no claim aud/],
  ['whose exp is text', () => claiming({ exp: '9999999999' } as unknown as JWTPayload), /claim exp is wrong/],
  ['whose exp is no time', () => claiming({ exp: 1e300 }), /exp is no time/],
  ['for another resource', () => issuer.userToken('adele', { resource: phoneClient, version: '1.0' }), /another resource \(aud\).*graph/],
  ['for a resource that sounds like Graph', () => claiming({ aud: 'https://graph.microsoft.com.example' }), /another resource/],
  ['of another issuer', () => claiming({ iss: 'https://login.example/' }), /issuer is not this emulator/],
  [
    'of the platform itself',
    () => claiming({ iss: 'https://sts.windows.net/72f988bf-86f1-41af-91ab-2d7cd011db47/' }),
    /issuer is not this emulator/,
  ],
  [
    'of an unknown tenant',
    () => claiming({ iss: issuerOf('9c0e0000-0000-4000-8000-000000000000'), tid: '9c0e0000-0000-4000-8000-000000000000' }),
    /issuer/,
  ],
  ['of a tenant by its domain', () => claiming({ iss: issuerOf('contoso.example'), tid: 'contoso.example' }), /issuer/],
  ['whose tenant is not that of its issuer', () => claiming({ tid: fabrikam }), /tenant \(tid\)/],
  ['without a tenant', () => without('tid'), /tenant \(tid\)/],
  ['whose version is not that of its issuer', () => claiming({ ver: '2.0' }), /version \(ver\)/],
  ["whose issuer's path is another", () => claiming({ iss: issuerOf(contoso, 'v3.0') }), /issuer/],
  ['that names no client', () => without('appid'), /not an access token/],
  ['that names no user', () => without('oid', 'sub'), /names no user/],
  ['that is an id token', () => issuer.idToken('adele'), /id token/],
  ['that is an id token of v1', () => issuer.idToken('adele', { version: '1.0' }), /id token/],
  ['of a user without scopes', () => without('scp'), /id token/],
];

describe('a signed token is refused', () => {
  it.each([...signatures, ...forms, ...claimed])('[F39][F18] %s', async (what, forged, reason) => {
    const token = await forged();
    const answer = await call(token);
    const { code, message, innerError } = errorOf(answer);
    expect([answer.status, code, innerError.code]).toEqual([
      401,
      'InvalidAuthenticationToken',
      what === 'that has expired' ? 'TokenExpired' : 'TokenInvalid',
    ]);
    expect(message).toMatch(reason);
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer .*error="invalid_token"/);
    for (const piece of token.split('.').filter(({ length }) => length > 8)) {
      expect(answer.text, 'the answer repeats nothing of the token').not.toContain(piece.slice(0, 12));
    }
  });

  it('[F39] by the Graph surface and by the device socket alike', async () => {
    const token = await foreignSigner.sign(claims(), { kid });
    const { unsid } = await emulator.subscribe('adele');
    const published = await emulator.send({ path: '/beta/me/notifications', token, unsid, json: rawBody });
    const handshakes = [
      await refusedHandshake(emulator.url, { token, unsid }),
      await refusedHandshake(emulator.url, { accessToken: token, unsid }),
    ];
    expect([published, ...handshakes].map((answer) => [answer.status, errorOf(answer).innerError.code])).toEqual(
      Array(3).fill([401, 'TokenInvalid']),
    );
  });
});

describe('a signed token is accepted', () => {
  it.each([
    ['of either version', () => claiming({ ver: '2.0', iss: issuerOf(contoso, 'v2.0'), azp: phoneClient, appid: undefined })],
    ['for Graph by its id', () => claiming({ aud: '00000003-0000-0000-c000-000000000000' })],
    ['for Graph with a slash at the end', () => claiming({ aud: 'https://graph.microsoft.com/' })],
    ['whichever origin its client knows the emulator by', () => issuer.userToken('adele', { origin: 'https://notify.local:4281' })],
    ['in its first second', () => issuer.userToken('adele', { issuedAt: startInstant })],
    ['in its last second', () => issuer.userToken('adele', { issuedAt: startInstant - hour + 1000 })],
  ])('[F39] %s', async (_what, token) => {
    expect((await call(await token())).status).toBe(200);
  });
});

describe('with a public origin', () => {
  it('[F39] a token is accepted of that origin only', async () => {
    const behind = await start({ publicOrigin: 'https://notify.example' }, { signingKeys: issuer.signingKeys });
    const subscriptions = async (origin: string) =>
      (await behind.send({ path: '/client/v1/subscriptions', token: await issuer.userToken('adele', { origin }) })).status;
    expect(await subscriptions('https://notify.example')).toBe(200);
    expect(await subscriptions('https://notify.example.test')).toBe(401);
    expect(await subscriptions('http://notify.example')).toBe(401);
    expect(await subscriptions('http://localhost:4280')).toBe(401);
  });
});
