// Probes of token requests: each grant as it should be, and each way in which one is refused.
import { createHash, randomUUID, X509Certificate } from 'node:crypto';
import { importPKCS8, SignJWT } from 'jose';
import {
  type Fields,
  gotten,
  graphDefault,
  ownToken,
  type Place,
  passwordToken,
  type Some,
  signedIn,
  signIn,
  tenant,
  token,
  type Version,
  verifier,
} from './identity-calls.ts';
import type { Probe } from './probe.ts';
import { daemonPem, pageAt, places, secret, signedInAt } from './registered.ts';
import type { Call, Rig } from './rig.ts';

const versions: readonly Version[] = ['v2.0', 'v1'];
const graph = 'https://graph.microsoft.com';
const origin = { Origin: 'https://localhost:5173' };
const basic = (name: string, word: string) => ({ Authorization: `Basic ${Buffer.from(`${name}:${word}`).toString('base64')}` });

/** v1 names a resource where v2.0 names scopes. */
const inWayOf = (version: Version, { scope, ...fields }: Some): Some =>
  version === 'v1' ? { ...fields, ...(scope === undefined ? {} : { resource: graph }) } : { ...fields, scope };

const probe = (name: string, run: Probe['run'], sites: readonly string[] = []): Probe => ({ name, run, sites });
/** The same request to both endpoints. */
const asking = (name: string, fields: Some, more: Partial<Call> & Place = {}): readonly Probe[] =>
  versions.map((version) =>
    probe(`a ${version} token ${name}`, async (rig) => void (await rig.call(token(inWayOf(version, fields), { version, ...more })))),
  );

const own: Some = ownToken();
const stranger = 'stranger';

const clients: readonly Probe[] = [
  ...asking('by Basic', { ...own, client_id: undefined, client_secret: undefined }, { headers: basic('server', secret) }),
  ...asking('by a wrong Basic', { ...own, client_id: undefined, client_secret: undefined }, { headers: basic('server', 'other') }),
  ...asking('by nobody', { ...own, client_id: undefined, client_secret: undefined }),
  ...asking('by an unknown client', { ...own, client_id: 'nobody' }),
  ...asking('with a wrong secret', { ...own, client_secret: 'other' }),
  ...asking('with no secret', { ...own, client_secret: undefined }),
  ...asking('with the secret of a public client', { ...passwordToken, client_secret: secret }),
  ...asking('with a secret from a page', own, { headers: origin }),
  ...asking('by a throttled client', { ...own, client_id: 'throttled' }),
  ...asking('by a client in bad times', { ...own, client_id: 'unavailable' }),
];

const requests: readonly Probe[] = [
  ...asking('for nothing', { ...own, scope: undefined }),
  ...asking('for an unknown grant', { ...own, grant_type: 'goodwill' }),
  ...asking('for no grant', { ...own, grant_type: undefined }),
  ...asking('at any tenant', own, { at: 'common' }),
  ...asking('for client_info', { ...passwordToken, client_info: '1' }),
  ...[`${graph}/.default ${graph}/Other`, 'openid https://a/b https://c/d', `${graph}/a b`, 'https://nobody.example/.default'].map(
    (scope, index) => probe(`a token for scope ${index}`, async (rig) => void (await rig.call(token({ ...passwordToken, scope })))),
  ),
  probe('a token for itself and a scope', async (rig) => void (await rig.call(token({ ...own, scope: `${graph}/Some` })))),
  probe('a v1 token for an unknown resource', async (rig) => {
    await rig.call(token({ ...ownToken('v1'), resource: 'https://nobody.example' }, { version: 'v1' }));
  }),
  probe('a v1 token for a resource and a scope', async (rig) => {
    await rig.call(token({ ...passwordToken, resource: graph, scope: 'openid profile' }, { version: 'v1' }));
  }),
];

const people: readonly Probe[] = [
  ...asking('for a password', passwordToken),
  ...asking('for a wrong password', { ...passwordToken, password: 'other' }),
  ...asking('for an unknown user', { ...passwordToken, username: 'nobody' }),
  ...asking('for a user of another tenant', { ...passwordToken, username: 'dana', password: 'dana-password' }),
  ...asking(
    'for a user whom the client does not know',
    { ...passwordToken, client_id: 'own', username: 'dana', password: 'dana-password' },
    { at: 'organizations' },
  ),
  ...asking('for a user who has consented to nothing', { ...passwordToken, client_id: stranger, client_secret: secret }),
];

/** Whatever a grant needs is missed before anybody asks who the client is. */
const missing: readonly Probe[] = (
  [
    ['client_credentials', {}],
    ['authorization_code', { code: 'x' }],
    ['authorization_code', { redirect_uri: signedInAt }],
    ['refresh_token', {}],
    ['urn:ietf:params:oauth:grant-type:jwt-bearer', { assertion: 'x' }],
    ['urn:ietf:params:oauth:grant-type:jwt-bearer', { requested_token_use: 'on_behalf_of' }],
    ['device_code', {}],
    ['urn:ietf:params:oauth:grant-type:device_code', {}],
    ['password', { username: 'adele' }],
    ['password', { password: 'adele-password' }],
  ] satisfies readonly (readonly [string, Fields])[]
).flatMap(([grant, fields]) =>
  asking(`for ${grant} with no more than ${Object.keys(fields)}`, {
    grant_type: grant,
    client_id: 'nobody',
    scope: graphDefault,
    ...fields,
  }),
);

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const key = /-----BEGIN PRIVATE KEY-----[\s\S]*?-----END PRIVATE KEY-----/.exec(daemonPem)?.[0] ?? '';
const certificate = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/.exec(daemonPem)?.[0] ?? '';
const thumbprint = createHash('sha256').update(new X509Certificate(certificate).raw).digest('base64url');

/** Signed by the daemon's certificate, at the rig's time. */
async function assertion(rig: Rig, { aud = `${rig.url}/${tenant}/oauth2/v2.0/token`, at = 0 } = {}): Promise<string> {
  const now = Math.floor(rig.now() / 1000) + at;
  const claims = { iss: 'daemon', sub: 'daemon', aud, iat: now, nbf: now, exp: now + 600, jti: randomUUID() };
  const header = { alg: 'PS256', typ: 'JWT', 'x5t#S256': thumbprint };
  return new SignJWT(claims).setProtectedHeader(header).sign(await importPKCS8(key, 'PS256'));
}

const asserted: Some = { ...own, client_id: 'daemon', client_secret: undefined, client_assertion_type: assertionType };
const asserting = (name: string, alter: (rig: Rig) => Promise<Some>): readonly Probe[] =>
  versions.map((version) =>
    probe(`a ${version} token for ${name}`, async (rig) => {
      await rig.call(token(inWayOf(version, { ...asserted, ...(await alter(rig)) }), { version }));
    }),
  );

const assertions: readonly Probe[] = [
  ...asserting('an assertion', async (rig) => ({ client_assertion: await assertion(rig) })),
  ...asserting('an assertion that names its client', async (rig) => ({ client_id: undefined, client_assertion: await assertion(rig) })),
  ...asserting('an assertion that is none', async () => ({ client_assertion: 'nonsense' })),
  ...asserting('an assertion of yesterday', async (rig) => ({ client_assertion: await assertion(rig, { at: -86_400 }) })),
  ...asserting('an assertion for somebody else', async (rig) => ({
    client_assertion: await assertion(rig, { aud: 'https://nobody.example' }),
  })),
  ...asserting('an assertion of no type', async (rig) => ({ client_assertion_type: undefined, client_assertion: await assertion(rig) })),
  ...asserting('an assertion of another type', async (rig) => ({ client_assertion_type: 'other', client_assertion: await assertion(rig) })),
  ...asserting('a type of no assertion', async () => ({ client_secret: secret, client_id: 'server' })),
];

/** An assertion again, by the same request and by another (D24). */
const repeated: readonly Probe[] = versions.map((version) =>
  probe(`${version} tokens for one assertion`, async (rig) => {
    const fields = { ...asserted, client_assertion: await assertion(rig) };
    for (const id of ['first', 'first', 'second'])
      await rig.call(token(inWayOf(version, { ...fields, 'client-request-id': id }), { version }));
  }),
);

/** Redeems a code at the endpoint that gave it. */
const redeem = (code: string, client: string, more: Some = {}): Some => ({
  grant_type: 'authorization_code',
  client_id: client,
  ...(client === 'server' ? { client_secret: secret } : {}),
  code,
  redirect_uri: places[client],
  code_verifier: verifier,
  ...more,
});

const codes: readonly Probe[] = versions.flatMap((version) => {
  const parameters = (client: string, more: Some = {}) => inWayOf(version, signIn(client, more));
  const coded = (
    name: string,
    client: string,
    act: (rig: Rig, code: string) => Promise<void>,
    more: Some = {},
    sites: readonly string[] = [],
  ) =>
    probe(`a ${version} code ${name}`, async (rig) => act(rig, (await signedIn(rig, parameters(client, more), { version })).code), sites);
  const ask = (rig: Rig, fields: Some, more: Partial<Call> = {}) => rig.call(token(fields, { version, ...more }));
  return [
    coded('of a server', 'server', async (rig, code) => {
      await ask(rig, redeem(code, 'server', { client_info: '1' }));
      await ask(rig, redeem(code, 'server'));
    }),
    coded('of a phone', 'phone', async (rig, code) => void (await ask(rig, redeem(code, 'phone')))),
    coded('of a page', 'page', async (rig, code) => {
      await ask(rig, redeem(code, 'page'));
      await ask(rig, redeem(code, 'page'), { headers: origin });
    }),
    coded(
      'with a wrong verifier',
      'server',
      async (rig, code) => void (await ask(rig, redeem(code, 'server', { code_verifier: 'x'.repeat(43) }))),
    ),
    coded('with no verifier', 'server', async (rig, code) => void (await ask(rig, redeem(code, 'server', { code_verifier: undefined })))),
    coded('with a short verifier', 'server', async (rig, code) => void (await ask(rig, redeem(code, 'server', { code_verifier: 'x' })))),
    coded('with a verifier of other letters', 'server', async (rig, code) => {
      await ask(rig, redeem(code, 'server', { code_verifier: '!'.repeat(43) }));
    }),
    coded('for another place', 'server', async (rig, code) => void (await ask(rig, redeem(code, 'server', { redirect_uri: pageAt })))),
    coded('of no challenge', 'phone', async (rig, code) => void (await ask(rig, redeem(code, 'phone', { code_verifier: undefined }))), {
      code_challenge: undefined,
      code_challenge_method: undefined,
    }),
    coded(
      'after a while',
      'server',
      async (rig, code) => {
        await rig.advance(10);
        await ask(rig, redeem(code, 'server'));
        await rig.reset();
      },
      {},
      ['lifetime authorizationCode'],
    ),
    coded('after too long', 'server', async (rig, code) => {
      await rig.advance(601);
      await ask(rig, redeem(code, 'server'));
      await rig.reset();
    }),
    probe(`a ${version} code that is none`, async (rig) => void (await ask(rig, redeem('nonsense', 'server')))),
  ];
});

const refreshing = (refreshToken: string): Some => ({
  grant_type: 'refresh_token',
  client_id: 'phone',
  refresh_token: refreshToken,
});

const refreshes: readonly Probe[] = versions.flatMap((version) => {
  const first = (rig: Rig) => gotten(rig, token(inWayOf(version, passwordToken), { version }), 'refresh_token');
  const ask = (rig: Rig, refreshToken: string) => rig.call(token(refreshing(refreshToken), { version }));
  return [
    probe(`a ${version} refresh token, used twice`, async (rig) => {
      const refreshToken = await first(rig);
      await ask(rig, refreshToken);
      await ask(rig, refreshToken);
    }),
    probe(`a ${version} refresh token that is none`, async (rig) => void (await ask(rig, 'nonsense'))),
    probe(
      `a ${version} refresh token after a while`,
      async (rig) => {
        const refreshToken = await first(rig);
        await rig.advance(10);
        await ask(rig, refreshToken);
        await rig.reset();
      },
      ['lifetime refreshToken'],
    ),
    probe(`a ${version} refresh token after too long`, async (rig) => {
      const refreshToken = await first(rig);
      await rig.advance(90 * 86_400 + 1);
      await ask(rig, refreshToken);
      await rig.reset();
    }),
  ];
});

/** On behalf of a person whose token was made for the server, or for another. */
const behalf = (assertionOf: string, more: Some = {}): Some => ({
  ...own,
  grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
  requested_token_use: 'on_behalf_of',
  assertion: assertionOf,
  ...more,
});

const behalves: readonly Probe[] = versions.flatMap((version) => {
  const tokenFor = (rig: Rig, name: string) =>
    gotten(
      rig,
      token({ ...passwordToken, ...(version === 'v1' ? { resource: name } : { scope: `${name}/.default` }) }, { version }),
      'access_token',
    );
  const ask = (rig: Rig, fields: Some) => rig.call(token(inWayOf(version, fields), { version }));
  return [
    probe(`a ${version} token on behalf of a user`, async (rig) => void (await ask(rig, behalf(await tokenFor(rig, 'api://server'))))),
    probe(`a ${version} token on behalf of a user of Graph`, async (rig) => void (await ask(rig, behalf(await tokenFor(rig, graph))))),
    probe(`a ${version} token on behalf of nobody`, async (rig) => void (await ask(rig, behalf('nonsense')))),
    probe(`a ${version} token on behalf, used in another way`, async (rig) => {
      await ask(rig, behalf('nonsense', { requested_token_use: 'other' }));
    }),
    probe(`a ${version} token on behalf of a user of long ago`, async (rig) => {
      const old = await tokenFor(rig, 'api://server');
      await rig.advance(3601);
      await ask(rig, behalf(old));
      await rig.reset();
    }),
  ];
});

const lifetimes: readonly Probe[] = [
  probe('the life of a token', async (rig) => void (await rig.call(token(ownToken()))), ['lifetime accessToken']),
];

export const tokenProbes: readonly Probe[] = [
  ...clients,
  ...requests,
  ...people,
  ...missing,
  ...assertions,
  ...repeated,
  ...codes,
  ...refreshes,
  ...behalves,
  ...lifetimes,
];
