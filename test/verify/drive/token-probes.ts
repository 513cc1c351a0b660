// Probes of token requests: who asks, for what, and what each grant cannot do without.
import {
  type Fields,
  graph,
  graphDefault,
  inWayOf,
  ownToken,
  type Place,
  pageOrigin,
  passwordToken,
  type Some,
  token,
  versions,
} from './identity-calls.ts';
import { type Probe, probe } from './probe.ts';
import { secret, signedInAt } from './registered.ts';
import type { Call } from './rig.ts';

const basic = (name: string, word: string) => ({ Authorization: `Basic ${Buffer.from(`${name}:${word}`).toString('base64')}` });

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
  ...asking('with a secret from a page', own, { headers: pageOrigin }),
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
    ['device_code', { code: 'x' }],
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

const lifetimes: readonly Probe[] = [
  probe('the life of a token', async (rig) => void (await rig.call(token(ownToken()))), ['lifetime accessToken']),
];

export const tokenProbes: readonly Probe[] = [...clients, ...requests, ...people, ...missing, ...lifetimes];
