// Tokens of a trusted issuer: its keys over loopback and from a file, what is never accepted, rotation, failure, real time.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JWK, JWTPayload } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readKeySet } from '../../src/identity/tokens/key-set-source.ts';
import { publicKeysIn } from '../../src/identity/tokens/public-keys.ts';
import { application, type SubscriptionBody, useEmulators } from '../support/emulator.ts';
import { createForeignSigner, type ForeignSigner, hmacSigned, unsigned } from '../support/forged-tokens.ts';
import { type Answer, errorOf } from '../support/http-call.ts';
import { foreignClaims, foreignIssuer, useKeyServers } from '../support/key-server.ts';
import { connectSocket } from '../support/socket-device.ts';
import { startInstant } from '../support/time.ts';
import { createTestIssuer } from '../support/token-issuer.ts';

const start = useEmulators();
const serveKeys = useKeyServers();
/** Far from the service clock of the tests. */
const realInstant = startInstant + 40 * 86_400_000;
const path = '/client/v1/subscriptions';
const setOf = (...keys: object[]) => JSON.stringify({ keys });
const publicJwk = ({ jwk }: ForeignSigner, kid: string): JWK => ({ ...jwk, kid, use: 'sig' });
const codeOf = (answer: Answer) => (answer.status < 400 ? answer.status : [answer.status, errorOf(answer).innerError.code]);

let owner: ForeignSigner;
let folder = '';
beforeAll(async () => {
  owner = await createForeignSigner();
  folder = await mkdtemp(join(tmpdir(), 'unsid-jwks-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** An emulator that trusts the issuer, and real time as a test wants it. */
async function startTrusting(jwks: string, more: { audiences?: readonly string[]; auth?: 'strict' } = {}) {
  const real = { now: realInstant };
  const { audiences, auth = 'relaxed' } = more;
  const trustedIssuer = { issuer: foreignIssuer, jwks, ...(audiences ? { audiences } : {}) };
  const emulator = await start({ trustedIssuer, auth }, { realNow: () => real.now });
  const call = async (token: string) => codeOf(await emulator.send({ path, token }));
  return { emulator, real, call };
}

const signed = (claims: JWTPayload = {}, kid = 'one', by = owner) => by.sign(foreignClaims(realInstant, claims), { kid });

describe('a trusted issuer', () => {
  it.each(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'])(
    '[F39] may sign with %s',
    async (algorithm) => {
      const signer = await createForeignSigner(algorithm);
      const server = await serveKeys(setOf(publicJwk(signer, 'one')));
      const { call } = await startTrusting(server.url, { auth: 'strict' });
      expect(await call(await signed({}, 'one', signer))).toBe(200);
    },
  );

  it('[F39] has its keys in a file as well', async () => {
    const file = join(folder, 'keys.json');
    await writeFile(file, setOf(publicJwk(owner, 'one')));
    const { call } = await startTrusting(file);
    expect(await call(await signed())).toBe(200);
    expect(await call(await signed({ iss: 'https://other.example/' }))).toEqual([401, 'TokenInvalid']);
  });

  it("[F39] does not take the emulator's own tokens away", async () => {
    const server = await serveKeys(setOf(publicJwk(owner, 'one')));
    const issuer = await createTestIssuer();
    const trustedIssuer = { issuer: foreignIssuer, jwks: server.url };
    const emulator = await start({ trustedIssuer }, { realNow: () => realInstant, signingKeys: issuer.signingKeys });
    for (const token of [await issuer.userToken('adele'), await signed(), 'dev.user.adele']) {
      expect((await emulator.send({ path, token })).status).toBe(200);
    }
    expect(server.requests()).toBe(1);
  });

  it.each<readonly [string, () => string | Promise<string>]>([
    ['of another issuer', () => signed({ iss: `${foreignIssuer}v2.0` })],
    ['of its issuer in other letters', () => signed({ iss: foreignIssuer.toUpperCase() })],
    ['for another resource', () => signed({ aud: 'api://other' })],
    ['that has expired', () => signed({ exp: realInstant / 1000 - 1 })],
    ['that is not valid yet', () => signed({ nbf: realInstant / 1000 + 60 })],
    [
      'that never expires',
      async () => owner.sign(JSON.parse(JSON.stringify(foreignClaims(realInstant, { exp: undefined as never }))), { kid: 'one' }),
    ],
    ['of another key', async () => signed({}, 'one', await createForeignSigner())],
    ['of an unknown key', () => signed({}, 'two')],
    ['with alg none', () => unsigned({ alg: 'none', kid: 'one' }, foreignClaims(realInstant))],
    [
      'HS256 with the public key',
      () => hmacSigned({ alg: 'HS256', kid: 'one' }, foreignClaims(realInstant), JSON.stringify(publicJwk(owner, 'one'))),
    ],
    [
      'HS256 with a secret of the key set',
      () => hmacSigned({ alg: 'HS256', kid: 'shared' }, foreignClaims(realInstant), 'a secret that is served to everybody'),
    ],
    ['with a private key of the key set', async () => signed({}, 'leaked', leaked)],
    ['with a key of 1024 bits', async () => signed({}, 'weak')],
  ])('[F39][D18] is not believed a token %s', async (_what, token) => {
    const shared = {
      kty: 'oct',
      kid: 'shared',
      alg: 'HS256',
      k: Buffer.from('a secret that is served to everybody').toString('base64url'),
    };
    const weak = { ...publicJwk(owner, 'weak'), n: 'x'.repeat(171) };
    const server = await serveKeys(
      setOf(publicJwk(owner, 'one'), shared, { ...leaked.privateJwk, kid: 'leaked' }, weak, null as never, {}),
    );
    const { call } = await startTrusting(server.url);
    expect(await call(await signed())).toBe(200);
    expect(await call(await token())).toEqual([401, _what === 'that has expired' ? 'TokenExpired' : 'TokenInvalid']);
  });

  it('[F39] may be trusted for other audiences', async () => {
    const server = await serveKeys(setOf(publicJwk(owner, 'one')));
    const { call } = await startTrusting(server.url, { audiences: ['api://mine', 'mine'] });
    expect(await call(await signed({ aud: 'api://mine' }))).toBe(200);
    expect(await call(await signed({ aud: ['other', 'mine'] }))).toBe(200);
    expect(await call(await signed())).toEqual([401, 'TokenInvalid']);
  });

  it('[F39] need not say which key it is when only one fits', async () => {
    const server = await serveKeys(setOf(publicJwk(owner, 'one')));
    const { call, real } = await startTrusting(server.url);
    const token = await owner.sign(foreignClaims(realInstant));
    expect(await call(token)).toBe(200);
    server.answer = setOf(publicJwk(owner, 'one'), publicJwk(await createForeignSigner(), 'two'));
    real.now += 300_000;
    expect(await call(token)).toEqual([401, 'TokenInvalid']);
  });
});

let leaked: ForeignSigner;
beforeAll(async () => {
  leaked = await createForeignSigner();
});

describe("a trusted issuer's keys", () => {
  it('are read at the first token, and then kept', async () => {
    const server = await serveKeys(setOf(publicJwk(owner, 'one')));
    const { call, real } = await startTrusting(server.url);
    expect(server.requests()).toBe(0);
    expect(
      await Promise.all([signed(), signed({ oid: 'another' }), signed({ oid: 'third' })].map(async (token) => call(await token))),
    ).toEqual([200, 200, 200]);
    real.now += 299_999;
    expect(await call(await signed())).toBe(200);
    expect(server.requests()).toBe(1);
  });

  it('are read again after five minutes; what was signed with a key that is gone is forgotten', async () => {
    const server = await serveKeys(setOf(publicJwk(owner, 'one')));
    const { call, real } = await startTrusting(server.url);
    const token = await signed();
    expect(await call(token)).toBe(200);
    const young = await createForeignSigner();
    server.answer = setOf(publicJwk(young, 'two'));
    expect(await call(token)).toBe(200);
    real.now += 300_000;
    expect(await call(token)).toEqual([401, 'TokenInvalid']);
    expect(await call(await signed({}, 'two', young))).toBe(200);
    expect(server.requests()).toBe(2);
  });

  it('are read again for a key that is not known, at most every thirty seconds', async () => {
    const server = await serveKeys(setOf(publicJwk(owner, 'one')));
    const { call, real } = await startTrusting(server.url);
    expect(await call(await signed())).toBe(200);
    const young = await createForeignSigner();
    server.answer = setOf(publicJwk(owner, 'one'), publicJwk(young, 'two'));
    expect(await call(await signed({}, 'two', young))).toEqual([401, 'TokenInvalid']);
    expect(server.requests()).toBe(1);
    real.now += 30_000;
    expect(await call(await signed({}, 'two', young))).toBe(200);
    expect(await call(await signed())).toBe(200);
    for (const kid of ['three', 'four', 'five']) expect(await call(await signed({}, kid))).toEqual([401, 'TokenInvalid']);
    expect(server.requests()).toBe(2);
  });

  it.each<readonly [string, string | number]>([
    ['missing', 404],
    ['failing', 503],
    ['elsewhere', 302],
    ['no JSON', '<html>'],
    ['no key set', '{"keys":{}}'],
    ['null', 'null'],
    ['too large', `{"keys":[],"padding":"${'x'.repeat(300_000)}"}`],
  ])('that are %s are 503, not the fault of the client, until they can be read', async (_what, answer) => {
    const server = await serveKeys(answer);
    const { call, real, emulator } = await startTrusting(server.url);
    const refused = await emulator.send({ path, token: await signed() });
    expect([refused.status, errorOf(refused).code, refused.headers['retry-after']]).toEqual([503, 'ServiceUnavailable', '1']);
    expect(refused.text).not.toContain(server.url);
    server.answer = setOf(publicJwk(owner, 'one'));
    expect((await emulator.send({ path, token: await signed() })).status).toBe(503);
    expect(server.requests()).toBe(1);
    real.now += 1000;
    expect(await call(await signed())).toBe(200);
  });

  it('that cannot be reached any more are not trusted for longer than five minutes', async () => {
    const server = await serveKeys(setOf(publicJwk(owner, 'one')));
    const { call, real } = await startTrusting(server.url);
    const token = await signed();
    expect(await call(token)).toBe(200);
    await server.stop();
    real.now += 60_000;
    expect(await call(await signed({}, 'two'))).toEqual([503, undefined]);
    expect(await call(token)).toBe(200);
    real.now += 240_000;
    expect(await call(token)).toEqual([503, undefined]);
    expect(await call(await signed({ oid: 'another' }))).toEqual([503, undefined]);
  });

  it('come with a warning in the log when they cannot be read', async () => {
    const server = await serveKeys(404);
    const warnings: string[] = [];
    const quiet = () => undefined;
    const log = { error: quiet, info: quiet, debug: quiet, warn: (message: string) => void warnings.push(message) };
    const emulator = await start({ trustedIssuer: { issuer: foreignIssuer, jwks: server.url } }, { log, realNow: () => realInstant });
    await emulator.send({ path, token: await signed() });
    expect(warnings).toEqual([`jwks ${server.url}: cannot be read (status 404)`]);
  });

  it.each([
    ['is missing', 'nowhere.json', undefined, /^jwks .*nowhere\.json: cannot be read \(ENOENT\)$/],
    ['is no JSON', 'text.json', 'keys', /^jwks .*text\.json: is no JSON$/],
    ['is no key set', 'list.json', '[]', /^jwks .*list\.json: is no key set/],
    ['is too large', 'large.json', 'x'.repeat(262_145), /^jwks .*large\.json: cannot be read \(over 262144 bytes\)$/],
  ])('in a file that %s stop the start with one clear line', async (_what, name, text, message) => {
    const file = join(folder, name);
    if (text !== undefined) await writeFile(file, text);
    await expect(start({ trustedIssuer: { issuer: foreignIssuer, jwks: file } })).rejects.toThrow(message);
  });

  it('that never come are given up', async () => {
    const server = await serveKeys(() => undefined);
    await expect(readKeySet(server.url, { timeoutMs: 20 })).rejects.toThrow(/cannot be read \(.*timeout/);
  });

  it('that never end are given up', async () => {
    const server = await serveKeys((response) => response.writeHead(200).write('{"keys":['));
    await expect(readKeySet(server.url, { timeoutMs: 50 })).rejects.toThrow(/cannot be read \(.*timeout/);
  });

  it('are taken from a key set only when they are public and can verify', () => {
    const good = [publicJwk(owner, 'one'), { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' }, { kty: 'OKP', crv: 'Ed25519', x: 'x' }];
    const bad = [
      { kty: 'oct', k: 'c2VjcmV0' },
      { ...publicJwk(owner, 'two'), d: 'private' },
      { kty: 'EC', crv: 'secp256k1' },
      { kty: 'constructor', crv: 'name' },
      7,
      'key',
    ];
    expect(publicKeysIn(JSON.stringify({ keys: [...good, ...bad] }), 'here')).toEqual({ keys: good, ignored: bad.length });
  });
});

describe("a trusted issuer's time", () => {
  it('[D18] is real time, wherever the service clock is', async () => {
    const server = await serveKeys(setOf(publicJwk(owner, 'one')));
    const { call, emulator, real } = await startTrusting(server.url);
    const token = await signed();
    await emulator.emulator.advance(365 * 86_400);
    expect(await call(token)).toBe(200);
    real.now += 3_599_000;
    expect(await call(token)).toBe(200);
    real.now += 1_000;
    expect(await call(token)).toEqual([401, 'TokenExpired']);
  });

  it('[D18][R8] ends a socket after as long by the service clock as the token lives by real time', async () => {
    const server = await serveKeys(setOf(publicJwk(owner, 'one')));
    const { emulator, real } = await startTrusting(server.url);
    real.now += 600_000;
    const token = await signed();
    const json = { application, deviceId: 'phone', platform: 'iOS' };
    const { body } = await emulator.send<SubscriptionBody>({ path, token, json });
    const device = await connectSocket(emulator.url, { token, unsid: body.userNotificationSubscriptionId });
    await device.nextOf('connected');
    await emulator.emulator.advance(2999);
    expect(await device.rest()).toEqual([]);
    await emulator.emulator.advance(1);
    expect((await device.closed).code).toBe(4401);
    const again = await connectSocket(emulator.url, { token, unsid: body.userNotificationSubscriptionId });
    await again.nextOf('connected');
    await again.close();
  });
});
