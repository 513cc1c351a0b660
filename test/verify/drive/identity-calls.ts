// Calls of the identity surface: forms, a good call of each operation, and the few steps that many probes begin with.
import { textIn } from './probe.ts';
import { places, secret } from './registered.ts';
import type { Call, Rig } from './rig.ts';

export type Fields = Readonly<Record<string, string>>;
export type Version = 'v2.0' | 'v1';

export const versions: readonly Version[] = ['v2.0', 'v1'];
export const tenant = 'contoso.example';
export const graph = 'https://graph.microsoft.com';
/** Of the single-page app. */
export const pageOrigin = { Origin: 'https://localhost:5173' };
export const graphDefault = 'https://graph.microsoft.com/.default';
export const graphScope = 'https://graph.microsoft.com/Notifications.ReadWrite.CreatedByApp';
export const isForm = { 'Content-Type': 'application/x-www-form-urlencoded' };

/** Only what is given: a field is taken away by naming it undefined. */
const written = (fields: Some) => {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) form.set(name, value);
  return form.toString();
};

export type Some = Readonly<Record<string, string | undefined>>;

export const posted = (of: string, path: string, fields: Some, more: Partial<Call> = {}): Call => ({
  of: [of],
  method: 'POST',
  path,
  body: written(fields),
  ...more,
  headers: { ...isForm, ...more.headers },
});

export const got = (of: string, path: string, fields: Some = {}, more: Partial<Call> = {}): Call => {
  const query = written(fields);
  return { of: [of], method: 'GET', path: query === '' ? path : `${path}?${query}`, ...more };
};

const endpoint = (version: Version, name: string, at: string) => `/${at}/oauth2${version === 'v1' ? '' : '/v2.0'}/${name}`;

export interface Place {
  readonly version?: Version;
  readonly at?: string;
}

/** A token request. */
export const token = (fields: Some, more: Partial<Call> & Place = {}): Call => {
  const { version = 'v2.0', at = tenant, ...call } = more;
  return posted(version === 'v1' ? 'issueTokenV1' : 'issueToken', endpoint(version, 'token', at), fields, call);
};

/** What the app server sends to get a token for itself. */
export const ownToken = (version: Version = 'v2.0'): Fields => ({
  grant_type: 'client_credentials',
  client_id: 'server',
  client_secret: secret,
  ...(version === 'v1' ? { resource: 'https://graph.microsoft.com' } : { scope: graphDefault }),
});

export const passwordToken: Fields = {
  grant_type: 'password',
  client_id: 'phone',
  username: 'adele',
  password: 'adele-password',
  scope: `openid offline_access ${graphScope}`,
};

/** Verifier and S256 challenge of RFC 7636, appendix B. */
export const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
export const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

/** v1 names a resource where v2.0 names scopes. */
export const inWayOf = (version: Version, { scope, ...fields }: Some): Some =>
  version === 'v1' ? { ...fields, ...(scope === undefined ? {} : { resource: graph }) } : { ...fields, scope };

/** The parameters of a sign-in to a client, in full. */
export const signIn = (client: string, more: Some = {}): Some => ({
  client_id: client,
  response_type: 'code',
  redirect_uri: places[client],
  scope: `openid profile offline_access ${graphScope}`,
  state: '42',
  nonce: 'a-nonce',
  code_challenge: challenge,
  code_challenge_method: 'S256',
  ...more,
});

export const authorize = (fields: Some, { version = 'v2.0', at = tenant, ...more }: Partial<Call> & Place = {}): Call =>
  got(version === 'v1' ? 'authorizeV1' : 'authorize', endpoint(version, 'authorize', at), fields, more);

export const submit = (fields: Some, { version = 'v2.0', at = tenant, ...more }: Partial<Call> & Place = {}): Call =>
  posted(version === 'v1' ? 'submitSignInV1' : 'submitSignIn', endpoint(version, 'authorize', at), fields, more);

export const startDevice = (fields: Some = {}, more: Partial<Call> = {}): Call =>
  posted('startDeviceSignIn', `/${tenant}/oauth2/v2.0/devicecode`, { client_id: 'phone', scope: `openid ${graphScope}`, ...fields }, more);

export const startDeviceV1 = (fields: Some = {}, more: Partial<Call> = {}): Call =>
  posted('startDeviceSignInV1', `/${tenant}/oauth2/devicecode`, { client_id: 'phone', resource: graph, ...fields }, more);

export const showDevice = (fields: Some = {}, more: Partial<Call> = {}): Call =>
  got('showDevicePage', `/${tenant}/oauth2/deviceauth`, fields, more);

export const submitDevice = (fields: Some, more: Partial<Call> = {}): Call =>
  posted('submitDevicePage', `/${tenant}/oauth2/deviceauth`, fields, more);

export const signOut = (fields: Some = {}, { version = 'v2.0', ...more }: Partial<Call> & Place = {}): Call =>
  got(version === 'v1' ? 'signOutV1' : 'signOut', endpoint(version, 'logout', tenant), fields, more);

/** The value of a header, whatever an altered emulator calls it; `none` where there is none. */
const headerOf = (headers: readonly (readonly [string, string])[], start: string) =>
  headers.find(([name]) => name.toLowerCase().startsWith(start))?.[1] ?? 'none';

/** Signs in by a button; the code that the browser goes back with, and the cookie it has got. */
export async function signedIn(rig: Rig, fields: Some, more: Partial<Call> & Place = {}): Promise<{ code: string; cookie: string }> {
  const { headers } = await rig.call(submit({ sign_in: 'adele', ...fields }, more));
  const code = /[?#&]code=([^&#]+)/.exec(headerOf(headers, 'location'))?.[1] ?? 'none';
  return { code: decodeURIComponent(code), cookie: headerOf(headers, 'set-cookie').split(';')[0] ?? '' };
}

/** A member of the answer to a token request. */
export async function gotten(rig: Rig, call: Call, member: string): Promise<string> {
  const { json } = await rig.call(call);
  return textIn(json, member);
}

const metadata = (of: string, path: string, fields: Fields = {}) => got(of, path, fields);

/** A good call of each operation that needs nothing before it. */
export const identityCalls: Readonly<Record<string, Call>> = {
  getOpenIdConfiguration: metadata('getOpenIdConfiguration', `/${tenant}/v2.0/.well-known/openid-configuration`),
  getOpenIdConfigurationV1: metadata('getOpenIdConfigurationV1', `/${tenant}/.well-known/openid-configuration`),
  getSigningKeys: metadata('getSigningKeys', `/${tenant}/discovery/v2.0/keys`),
  getSigningKeysV1: metadata('getSigningKeysV1', `/${tenant}/discovery/keys`),
  discoverInstance: metadata('discoverInstance', '/common/discovery/instance', {
    'api-version': '1.1',
    authorization_endpoint: 'https://localhost:4281/common/oauth2/v2.0/authorize',
  }),
  issueToken: token(ownToken()),
  issueTokenV1: token(ownToken('v1'), { version: 'v1' }),
  startDeviceSignIn: startDevice(),
  startDeviceSignInV1: startDeviceV1(),
  getUserRealm: got('getUserRealm', '/common/userrealm/adele@contoso.example', { 'api-version': '1.0' }),
  getUserRealmV1: got('getUserRealmV1', '/common/UserRealm/adele@contoso.example', { 'api-version': '1.0' }),
  showDevicePage: showDevice(),
  submitDevicePage: submitDevice({ user_code: 'HJKM-7Q2W' }),
  authorize: authorize(signIn('server')),
  submitSignIn: submit(signIn('server', { sign_in: 'adele' })),
  authorizeV1: authorize(signIn('server', { scope: undefined, resource: 'https://graph.microsoft.com' }), { version: 'v1' }),
  submitSignInV1: submit(signIn('server', { scope: undefined, resource: 'https://graph.microsoft.com', sign_in: 'adele' }), {
    version: 'v1',
  }),
  signOut: signOut(),
  signOutV1: signOut({}, { version: 'v1' }),
};
