// Sign-ins that are answered with tokens instead of a code (F45): what comes in the fragment, silent renewal, what is refused.
import { createHash } from 'node:crypto';
import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { type AtClient, atClient, onPage } from '../support/person.ts';
import { authorizePath, contoso, type Fields, graphScope, postPath, signInFields, usePeople } from '../support/sign-in.ts';

const start = usePeople();
const both = {
  client_id: 'browser',
  redirect_uri: 'http://localhost:5173/',
  response_type: 'id_token token',
  scope: `openid profile ${graphScope}`,
  nonce: 'n-1',
  state: '42',
};

/** Adele signs in on the page. */
async function signedIn(fields: Fields = {}, place = {}) {
  const emulator = await start();
  const person = emulator.person();
  const landed = atClient(await onPage(await person.open(authorizePath({ ...both, ...fields }, place))).press('AV'));
  return { emulator, person, landed };
}

const claimsOf = ({ parameters }: AtClient, name: string) => decodeJwt(parameters[name] ?? '');

describe('the implicit flow', () => {
  it('[F45] gives an access token and an id token in the fragment, and nothing to renew them with', async () => {
    const { landed } = await signedIn();
    expect(landed).toMatchObject({ part: 'fragment', address: 'http://localhost:5173/' });
    expect(landed.parameters).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: '3599',
      scope: both.scope,
      id_token: expect.any(String),
      state: '42',
    });
    expect(claimsOf(landed, 'access_token')).toMatchObject({
      aud: 'https://graph.microsoft.com',
      appid: 'browser',
      upn: 'adele@contoso.example',
    });
    const atHash = createHash('sha256')
      .update(landed.parameters['access_token'] ?? '')
      .digest()
      .subarray(0, 16)
      .toString('base64url');
    expect(claimsOf(landed, 'id_token')).toMatchObject({ aud: 'browser', nonce: 'n-1', name: 'Adele Vance', at_hash: atHash });
  });

  it('[F45] gives tokens that the published keys verify and the surfaces accept', async () => {
    const { emulator, landed } = await signedIn();
    const { body } = await emulator.send<JSONWebKeySet>({ path: `/${contoso}/discovery/v2.0/keys` });
    const issuer = `${emulator.url}/${contoso}/v2.0`;
    const { payload } = await jwtVerify(landed.parameters['id_token'] ?? '', createLocalJWKSet(body), {
      issuer,
      audience: 'browser',
      currentDate: new Date(emulator.clock.now()),
    });
    expect(payload['preferred_username']).toBe('adele@contoso.example');
    const token = landed.parameters['access_token'] ?? '';
    expect((await emulator.send({ path: '/client/v1/subscriptions', token })).status).toBe(200);
  });

  it.each([
    ['token', ['access_token', 'expires_in', 'scope', 'state', 'token_type']],
    ['id_token', ['id_token', 'state']],
    ['token id_token', ['access_token', 'expires_in', 'id_token', 'scope', 'state', 'token_type']],
  ])('[F45] gives what response_type=%s asks for', async (response_type, names) => {
    const { landed } = await signedIn({ response_type });
    expect(Object.keys(landed.parameters).sort()).toEqual(names);
    if (response_type === 'id_token') expect(claimsOf(landed, 'id_token')).not.toHaveProperty('at_hash');
  });

  it('[F45] [F40] asks for a resource in v1', async () => {
    const { landed } = await signedIn({ scope: undefined, resource: 'https://activity.microsoft.com' }, { version: '1.0' });
    expect(landed.parameters).not.toHaveProperty('scope');
    expect(claimsOf(landed, 'access_token')).toMatchObject({ aud: 'https://activity.microsoft.com', ver: '1.0' });
    expect(claimsOf(landed, 'id_token')).toMatchObject({ ver: '1.0', upn: 'adele@contoso.example' });
  });

  it('[F45] [F39] adds client_info where it is asked for', async () => {
    const { landed } = await signedIn({ client_info: '1' });
    expect(JSON.parse(Buffer.from(landed.parameters['client_info'] ?? '', 'base64url').toString())).toMatchObject({ utid: contoso });
  });

  it('[F45] posts an id token where a form is asked for', async () => {
    const emulator = await start();
    const asked = onPage(await emulator.person().open(authorizePath({ ...both, response_type: 'id_token', response_mode: 'form_post' })));
    const landed = atClient(await onPage(await asked.press('AV')).press('Continue'));
    expect(landed).toMatchObject({ method: 'POST', part: 'body', parameters: { id_token: expect.any(String), state: '42' } });
  });
});

describe('silent renewal in a hidden frame', () => {
  const silent = { ...both, prompt: 'none', login_hint: 'adele@contoso.example' };

  it('[F45] [F38] gives new tokens to the user who is signed in, by an answer that a frame may follow', async () => {
    const { emulator, person } = await signedIn();
    const renewed = atClient(await person.open(authorizePath({ ...silent, nonce: 'n-2', state: '43' })));
    expect(renewed.parameters).toMatchObject({ state: '43', access_token: expect.any(String) });
    expect(claimsOf(renewed, 'id_token')).toMatchObject({ nonce: 'n-2' });
    const Cookie = [...person.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const { status, headers } = await emulator.send({ path: authorizePath(silent), headers: { Cookie } });
    expect(status).toBe(302);
    for (const name of ['x-frame-options', 'content-security-policy']) expect(headers).not.toHaveProperty(name);
  });

  it('[F45] [F38] answers in the fragment that no user is signed in', async () => {
    const emulator = await start();
    const landed = atClient(await emulator.person().open(authorizePath(silent)));
    expect(landed).toMatchObject({ part: 'fragment', parameters: { error: 'login_required', state: '42' } });
  });
});

describe('tokens at once are refused', () => {
  it.each([
    ['to a client that does not allow them', 'unsupported_response_type', 700051, { client_id: 'page' }],
    [
      'to a client that does not allow them: an id token',
      'unsupported_response_type',
      700054,
      { client_id: 'page', response_type: 'id_token' },
    ],
    ['in a query', 'invalid_request', 70007, { response_mode: 'query' }],
    ['without a nonce', 'invalid_request', 900144, { nonce: undefined }],
    ['with an empty nonce', 'invalid_request', 900144, { nonce: '' }],
    ['without openid', 'invalid_scope', 70011, { scope: graphScope }],
  ])('[F45] [F42] %s (%s, %i), and the fragment says so', async (_, error, number, fields) => {
    const emulator = await start();
    const opened = await emulator.person().open(authorizePath({ ...both, ...fields }));
    const posted = await emulator.person().submit(postPath(), { ...signInFields({ ...both, ...fields }), sign_in: 'adele' });
    for (const seen of [opened, posted]) {
      const landed = atClient(seen);
      expect(landed).toMatchObject({ part: 'fragment', parameters: { error, state: '42' } });
      expect(landed.parameters['error_description']).toContain(`AADSTS${number}: `);
    }
  });

  it('[F45] needs no nonce for an access token alone', async () => {
    const { landed } = await signedIn({ response_type: 'token', nonce: undefined, scope: graphScope });
    expect(landed.parameters).toHaveProperty('access_token');
  });

  it('[F45] [F34] leaves codes as they are for a client that allows both', async () => {
    const emulator = await start();
    const landed = atClient(await emulator.person().open(authorizePath({ ...both, response_type: 'code' })));
    expect(landed).toMatchObject({ part: 'query', parameters: { error: 'invalid_request' } });
    expect(landed.parameters['error_description']).toContain('AADSTS9002325: ');
  });
});
