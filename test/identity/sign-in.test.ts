// Signing in on pages: from a client's request to a code in every response mode, and what the code is bound to.
import { describe, expect, it } from 'vitest';
import { atClient, onPage } from '../support/person.ts';
import { authorizePath, challenge, contoso, graphScope, pkce, postPath, signInFields, usePeople } from '../support/sign-in.ts';

const start = usePeople();
const page = { client_id: 'page', redirect_uri: 'http://localhost:5173/', ...pkce };
const phone = { client_id: 'phone', redirect_uri: 'http://localhost:54321', ...pkce };

describe('a sign-in', () => {
  it.each([
    ['query', 'https://localhost:3000/signed-in', 'GET', 'query'],
    ['fragment', 'https://localhost:3000/signed-in', 'GET', 'fragment'],
    ['form_post', 'https://localhost:3000/signed-in', 'POST', 'body'],
    [undefined, 'https://localhost:3000/signed-in', 'GET', 'query'],
  ])('[F34] [F38] with one click brings the code back by %s, with the state', async (response_mode, address, method, part) => {
    const emulator = await start();
    const asked = onPage(await emulator.person().open(authorizePath({ response_mode, state: 'a b&c=d+é"<' })));
    expect(asked).toMatchObject({ status: 200, title: 'Sign in' });
    const pressed = await asked.press('AV Adele Vance');
    const landed = atClient(pressed.kind === 'page' ? await pressed.press('Continue') : pressed);
    expect(landed).toMatchObject({ address, method, part });
    expect(Object.keys(landed.parameters).sort()).toEqual(['code', 'state']);
    expect(landed.parameters['state']).toBe('a b&c=d+é"<');
    expect(await emulator.code(landed.parameters['code'])).toMatchObject({ clientId: 'server', isUsed: false });
  });

  it.each([
    ['v2.0, user name', '2.0', 'ADELE@contoso.example', 'adele-password', 'adele'],
    ['v2.0, alias', '2.0', 'bert', 'bert-password', 'bert'],
    ['v1', '1.0', 'adele', 'adele-password', 'adele'],
  ] as const)('[F38] with a password (%s) makes the code of that user', async (_, version, username, password, alias) => {
    const emulator = await start();
    const asked = onPage(await emulator.person().open(authorizePath({}, { version })));
    const { parameters } = atClient(await asked.press('Sign in', { username, password }));
    const again = await emulator.code(parameters['code']);
    expect(again?.oid).toMatch(/^[0-9a-f-]{36}$/);
    const button = onPage(await emulator.person().open(authorizePath({}, { version })));
    const other = atClient(await button.press(alias === 'adele' ? 'AV' : 'BD'));
    expect((await emulator.code(other.parameters['code']))?.oid).toBe(again?.oid);
  });

  it('[F34] makes a code that is bound to client, redirect URI, challenge, nonce and scope, as they were spelled', async () => {
    const emulator = await start();
    const scope = `openid  offline_access ${graphScope}`;
    const asked = onPage(await emulator.person().open(authorizePath({ ...phone, scope, nonce: 'n-1' })));
    const { parameters } = atClient(await asked.press('BD'));
    expect(await emulator.code(parameters['code'])).toEqual({
      clientId: 'phone',
      oid: expect.any(String),
      scope: `openid offline_access ${graphScope}`,
      nonce: 'n-1',
      redirectUri: 'http://localhost:54321',
      challenge,
      isUsed: false,
      expiresAt: emulator.clock.now() + 600_000,
    });
  });

  it.each([
    [{ resource: 'https://graph.microsoft.com/' }, { resource: 'https://graph.microsoft.com/', scope: 'openid' }],
    [
      { resource: 'api://notes', scope: 'openid email' },
      { resource: 'api://notes', scope: 'openid email' },
    ],
    [{}, { resource: 'https://graph.microsoft.com', scope: 'openid' }],
  ])('[F34] [F40] of v1 asks for a resource in place of scopes: %j', async (more, expected) => {
    const emulator = await start();
    const asked = onPage(await emulator.person().open(authorizePath({ scope: undefined, ...more }, { version: '1.0' })));
    const { parameters } = atClient(await asked.press('AV'));
    expect(await emulator.code(parameters['code'])).toMatchObject(expected);
  });

  it('[F34] makes another code each time, which lives for ten minutes', async () => {
    const emulator = await start();
    const person = emulator.person();
    const first = atClient(await onPage(await person.open(authorizePath())).press('AV')).parameters['code'];
    const second = atClient(await person.open(authorizePath())).parameters['code'];
    expect(second).not.toBe(first);
    await emulator.emulator.advance(599);
    expect(await emulator.code(first)).toBeDefined();
    await emulator.emulator.advance(1);
    expect(await emulator.code(first)).toBeUndefined();
  });

  it('[F34] can be begun by a form as well', async () => {
    const emulator = await start();
    const asked = onPage(await emulator.person().submit(postPath(), signInFields({ state: '7' }), { 'Sec-Fetch-Site': 'cross-site' }));
    expect(atClient(await asked.press('AV')).parameters).toMatchObject({ state: '7' });
  });

  it.each([
    ['a registered query', { redirect_uri: 'https://app.example/cb?from=unsid' }, /^https:\/\/app\.example\/cb\?from=unsid&code=[^&]+$/],
    ['a loopback port', phone, /^http:\/\/localhost:54321\/\?code=[^&]+$/],
    ['a scheme of the app', { ...phone, redirect_uri: 'phone-app://auth' }, /^phone-app:\/\/auth\?code=[^&]+$/],
    ['a page, by fragment', { ...page, response_mode: 'fragment' }, /^http:\/\/localhost:5173\/#code=[^&]+$/],
  ])('[F34] goes back to %s', async (_, fields, location) => {
    const emulator = await start();
    const asked = onPage(await emulator.person().open(authorizePath(fields)));
    expect(atClient(await asked.press('AV')).location).toMatch(location);
  });

  it('[F38] carries no state when the client sent none, and ignores parameters that it does not know', async () => {
    const emulator = await start();
    const asked = onPage(await emulator.person().open(`${authorizePath({ state: '' })}&claims=x&x-client-SKU=msal`));
    expect(Object.keys(atClient(await asked.press('AV')).parameters)).toEqual(['code']);
  });
});

describe('the page of a sign-in', () => {
  const buttons = async (fields = {}, place = {}) => {
    const emulator = await start();
    return onPage(await emulator.person().open(authorizePath(fields, place))).buttons.filter((label) => label.includes('@'));
  };
  const adele = 'AV Adele Vance adele@contoso.example';
  const bert = 'BD Bert Diaz bert@contoso.example';
  const noel = 'NS Noel Silva noel@contoso.example';
  const dana = 'DI Dana Ito dana@fabrikam.example';

  it.each([
    ['everybody for a client of all organisations', {}, 'common', [adele, bert, noel, dana]],
    ['users of the tenant in the address', {}, 'fabrikam.example', [dana]],
    ['users of the tenant by its id', {}, contoso, [adele, bert, noel]],
    [
      "users of the client's tenant",
      { client_id: 'single', redirect_uri: 'https://single.example/cb' },
      'organizations',
      [adele, bert, noel],
    ],
    ['the person who is expected, first', { login_hint: 'DANA@fabrikam.example' }, 'common', [dana, adele, bert, noel]],
    ['the person who is expected, first, by alias', { login_hint: 'bert' }, 'common', [bert, adele, noel, dana]],
    ['everybody when an unknown person is expected', { login_hint: 'zoe@contoso.example' }, 'common', [adele, bert, noel, dana]],
  ])('[F38] shows %s', async (_, fields, tenant, expected) => {
    expect(await buttons(fields, { tenant })).toEqual(expected);
  });

  it.each([
    ['AADSTS50034', { username: 'zoe', password: 'x' }],
    ['AADSTS50126', { username: 'adele', password: 'bert-password' }],
    ['AADSTS50126', { username: 'adele', password: '' }],
    ['AADSTS50126', { username: 'noel', password: 'x' }],
    ['AADSTS50126', { username: 'noel', password: '' }],
    ['AADSTS50020', { username: 'dana', password: 'dana-password' }],
  ])('[F38] [F42] reports %s on the page for %j, keeps the name, and lets no one in', async (message, filledIn) => {
    const emulator = await start();
    const person = emulator.person();
    const asked = onPage(await person.open(authorizePath({ state: '9' }, { tenant: contoso })));
    const again = onPage(await asked.press('Sign in', filledIn));
    expect(again.status).toBe(200);
    expect(again.text).toContain(`${message}: `);
    expect(again.forms.at(-1)?.fields.get('username')).toBe(filledIn.username);
    expect(again.forms.at(-1)?.fields.get('password')).toBe('');
    expect(person.cookies.size).toBe(0);
    const { parameters } = atClient(await again.press('Sign in', { username: 'bert', password: 'bert-password' }));
    expect(parameters).toMatchObject({ state: '9', code: expect.any(String) });
  });

  it.each([
    ['AADSTS50034', 'zoe', 'common', 'server'],
    ['AADSTS50020', 'dana', contoso, 'server'],
    ['AADSTS50194', 'dana', 'common', 'single'],
  ])('[F38] [F42] reports %s for a button that it did not have: %s', async (message, sign_in, tenant, client_id) => {
    const emulator = await start();
    const redirect_uri = client_id === 'single' ? 'https://single.example/cb' : undefined;
    const fields = signInFields({ client_id, ...(redirect_uri ? { redirect_uri } : {}) });
    const again = onPage(await emulator.person().submit(postPath({ tenant }), { ...fields, sign_in }));
    expect(again.text).toContain(`${message}: `);
  });
});
