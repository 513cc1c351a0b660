// Probes of what people have given a client: codes, refresh tokens, and tokens that a service was called with.
import {
  gotten,
  graph,
  inWayOf,
  ownToken,
  pageOrigin,
  passwordToken,
  type Some,
  signedIn,
  signIn,
  token,
  verifier,
  versions,
} from './identity-calls.ts';
import { type Probe, probe } from './probe.ts';
import { pageAt, places, secret } from './registered.ts';
import type { Call, Rig } from './rig.ts';

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
      await ask(rig, redeem(code, 'page'), { headers: pageOrigin });
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
  ...ownToken(),
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
    probe(`a ${version} token on behalf of no one`, async (rig) => void (await ask(rig, behalf('nonsense')))),
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

export const grantProbes: readonly Probe[] = [...codes, ...refreshes, ...behalves];
