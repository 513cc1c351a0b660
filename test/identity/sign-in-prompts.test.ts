// Sessions, prompts and hints, consent, and signing out.
import { describe, expect, it } from 'vitest';
import { atClient, onPage, type Person, type SeenPage } from '../support/person.ts';
import { authorizePath, contoso, fabrikam, graphScope, pkce, postPath, signInFields, usePeople } from '../support/sign-in.ts';

const start = usePeople();
const cookie = 'unsid-session';
const asker = { client_id: 'asker', redirect_uri: 'https://asker.example/cb' };

/** Signed in as this user to the app server. */
async function signedIn(label = 'AV') {
  const emulator = await start();
  const person = emulator.person();
  atClient(await onPage(await person.open(authorizePath())).press(label));
  return { emulator, person };
}

const whose = (page: SeenPage) => page.text.includes('Permissions requested') && /of Contoso would like to:/.test(page.text);

describe('a session', () => {
  it('[F38] signs the same browser in without a page, and no other browser', async () => {
    const { emulator, person } = await signedIn();
    expect(atClient(await person.open(authorizePath({}, { version: '1.0' }))).parameters).toHaveProperty('code');
    onPage(await emulator.person().open(authorizePath()));
  });

  it('[F38] ends after a day, and when the emulator is reset', async () => {
    const { emulator, person } = await signedIn();
    await emulator.emulator.advance(86_399);
    atClient(await person.open(authorizePath()));
    await emulator.emulator.advance(1);
    onPage(await person.open(authorizePath()));
    const other = await signedIn();
    await other.emulator.emulator.reset();
    onPage(await other.person.open(authorizePath()));
  });

  it('[F38] has a new name with each sign-in, and the old one is worth nothing', async () => {
    const { emulator, person } = await signedIn();
    const first = person.cookies.get(cookie) ?? '';
    atClient(await onPage(await person.open(authorizePath({ prompt: 'login' }))).press('BD'));
    expect(person.cookies.get(cookie)).not.toBe(first);
    const thief = emulator.person();
    thief.cookies.set(cookie, first);
    onPage(await thief.open(authorizePath()));
  });

  it('[F38] never gets the name that the browser came with', async () => {
    const emulator = await start();
    const person = emulator.person();
    person.cookies.set(cookie, 'chosen-by-somebody-else');
    atClient(await onPage(await person.open(authorizePath())).press('AV'));
    expect(person.cookies.get(cookie)).not.toBe('chosen-by-somebody-else');
  });

  it('[F38] has a cookie that scripts cannot read; over https it also comes with pages of other sites', async () => {
    const { person } = await signedIn();
    expect(person.setCookies.at(-1)).toMatch(/^unsid-session=[\w-]+; Path=\/; HttpOnly; SameSite=Lax$/);
    const emulator = await start({ publicOrigin: 'https://login.example' });
    const other = emulator.person();
    await onPage(await other.open(authorizePath())).press('AV');
    expect(other.setCookies.at(-1)).toMatch(/^unsid-session=[\w-]+; Path=\/; HttpOnly; SameSite=None; Secure$/);
  });

  it('[F38] of a user who may not use the client shows the page', async () => {
    const { person } = await signedIn('DI');
    const seen = onPage(await person.open(authorizePath({ client_id: 'single', redirect_uri: 'https://single.example/cb' })));
    expect(seen.title).toBe('Sign in');
    onPage(await person.open(authorizePath({}, { tenant: contoso })));
    atClient(await person.open(authorizePath({}, { tenant: fabrikam })));
  });
});

describe('prompt and login_hint', () => {
  it.each(['login', 'select_account', 'create'])('[F38] prompt=%s asks a person who is signed in already', async (prompt) => {
    const { emulator, person } = await signedIn();
    const before = await emulator.code(atClient(await person.open(authorizePath())).parameters['code']);
    const seen = onPage(await person.open(authorizePath({ prompt })));
    const after = await emulator.code(atClient(await seen.press('BD')).parameters['code']);
    expect(after?.oid).not.toBe(before?.oid);
  });

  it.each(['login', 'select_account', 'create'])('[F38] prompt=%s asks once, not again after consent', async (prompt) => {
    const emulator = await start();
    const seen = onPage(await emulator.person().open(authorizePath({ ...asker, prompt })));
    const consent = onPage(await seen.press('AV'));
    expect(whose(consent)).toBe(true);
    expect(atClient(await consent.press('Accept')).parameters).toHaveProperty('code');
  });

  it.each(['adele', 'ADELE@contoso.example', 'Adele'])('[F38] a hint of who is signed in (%s) shows no page', async (login_hint) => {
    const { person } = await signedIn();
    atClient(await person.open(authorizePath({ login_hint })));
    atClient(await person.open(authorizePath({ login_hint, prompt: 'none' })));
  });

  it.each(['bert', 'bert@contoso.example', 'zoe@contoso.example'])(
    '[F38] a hint of somebody else (%s) shows the page',
    async (login_hint) => {
      const { person } = await signedIn();
      const seen = onPage(await person.open(authorizePath({ login_hint })));
      expect(seen.forms.at(-1)?.fields.get('username')).toBe(login_hint);
      expect(atClient(await seen.press('BD')).parameters).toHaveProperty('code');
    },
  );

  it.each([
    ['nobody is signed in', undefined, {}, 'login_required', 50058],
    ['somebody else is', 'AV', { login_hint: 'bert' }, 'interaction_required', 16000],
    [
      'who is signed in may not use the client',
      'DI',
      { client_id: 'single', redirect_uri: 'https://single.example/cb' },
      'interaction_required',
      16000,
    ],
    ['consent is missing', 'AV', asker, 'consent_required', 65001],
  ])('[F38] [F42] prompt=none never shows a page: %s', async (_, label, fields, error, number) => {
    const emulator = await start();
    const person = emulator.person();
    if (label !== undefined) atClient(await onPage(await person.open(authorizePath())).press(label));
    for (const version of ['1.0', '2.0'] as const) {
      const { parameters } = atClient(await person.open(authorizePath({ ...fields, prompt: 'none', state: 'q' }, { version })));
      expect(parameters).toEqual({ error, error_description: expect.stringMatching(`^AADSTS${number}: `), state: 'q' });
    }
  });

  it('[F38] prompt=none accepts no actions, since no page was shown', async () => {
    const emulator = await start();
    const seen = await emulator.person().submit(postPath(), { ...signInFields({ prompt: 'none' }), sign_in: 'adele' });
    expect(atClient(seen).parameters).toMatchObject({ error: 'login_required' });
    const { person } = await signedIn();
    const consent = await person.submit(postPath(), {
      ...signInFields({ ...asker, prompt: 'none', login_hint: 'adele' }),
      consent: 'accept',
    });
    expect(atClient(consent).parameters).toMatchObject({ error: 'consent_required' });
  });

  it('[F38] prompt=none gives a code to who is signed in', async () => {
    const { person } = await signedIn();
    const { parameters, part } = atClient(await person.open(authorizePath({ prompt: 'none', response_mode: 'fragment' })));
    expect([part, Object.keys(parameters)]).toEqual(['fragment', ['code']]);
  });
});

describe('consent', () => {
  const askedOf = async (person: Person, fields = {}) => onPage(await person.open(authorizePath({ ...asker, state: 'c', ...fields })));

  it('[F38] is asked for once, and says who asks whom for what', async () => {
    const { person } = await signedIn();
    const seen = await askedOf(person, { scope: `openid profile offline_access ${graphScope} Mail.Read` });
    expect(seen.title).toBe('Permissions requested');
    for (const words of [
      'Asking app',
      'Adele Vance',
      'Sign you in',
      'Send you notifications',
      'Mail.Read',
      'Keep what you give it access to',
    ]) {
      expect(seen.text).toContain(words);
    }
    expect(seen.buttons).toEqual(['Accept', 'Cancel', 'Use another account']);
    expect(atClient(await seen.press('Accept')).parameters).toEqual({ code: expect.any(String), state: 'c' });
    atClient(await person.open(authorizePath(asker)));
    await askedOf(person, { scope: 'UserActivity.ReadWrite.CreatedByApp' });
  });

  it.each([
    ['of a client as a resource', { scope: 'api://notes/Notes.Read' }, 'Use Notes service in your name'],
    ['of .default', { scope: 'https://graph.microsoft.com/.default' }, 'Do in your name all that Microsoft Graph offers it'],
    ['of an email address', { scope: `email ${graphScope}` }, 'Read your email address'],
  ])('[F38] has words for permissions %s', async (_, fields, words) => {
    const { person } = await signedIn();
    expect((await askedOf(person, fields)).text).toContain(words);
  });

  it('[F38] of v1 is asked for too', async () => {
    const { person } = await signedIn();
    const seen = onPage(await person.open(authorizePath({ ...asker, scope: undefined }, { version: '1.0' })));
    expect(atClient(await seen.press('Accept')).parameters).toHaveProperty('code');
  });

  it('[F38] that is declined goes back to the client as access_denied, and is not given', async () => {
    const { person } = await signedIn();
    const { parameters } = atClient(await (await askedOf(person)).press('Cancel'));
    expect(parameters).toEqual({ error: 'access_denied', error_description: expect.stringMatching('^AADSTS65004: '), state: 'c' });
    await askedOf(person);
  });

  it('[F38] is asked for again with prompt=consent', async () => {
    const { person } = await signedIn();
    const seen = onPage(await person.open(authorizePath({ prompt: 'consent' })));
    expect(whose(seen)).toBe(true);
    expect(atClient(await seen.press('Accept')).parameters).toHaveProperty('code');
    const emulator = await start();
    const first = onPage(await emulator.person().open(authorizePath({ prompt: 'consent' })));
    const then = onPage(await first.press('AV'));
    expect(atClient(await then.press('Accept')).parameters).toHaveProperty('code');
  });

  it('[F38] can be given by another account', async () => {
    const { emulator, person } = await signedIn();
    const pick = onPage(await (await askedOf(person)).press('Use another account'));
    expect(pick.title).toBe('Sign in');
    expect(pick.forms.at(-1)?.fields.get('username')).toBe('');
    const seen = onPage(await pick.press('BD'));
    expect(seen.text).toContain('Bert Diaz');
    const landed = atClient(await seen.press('Accept'));
    expect(landed.parameters).toMatchObject({ state: 'c' });
    const own = atClient(await person.open(authorizePath({ login_hint: 'bert' })));
    expect((await emulator.code(landed.parameters['code']))?.oid).toBe((await emulator.code(own.parameters['code']))?.oid);
  });

  it('[F38] counts only for the user whom the page was shown to', async () => {
    const { person } = await signedIn();
    const seen = await askedOf(person);
    atClient(await onPage(await person.open(authorizePath({ prompt: 'login' }))).press('BD'));
    expect(onPage(await seen.press('Accept')).title).toBe('Sign in');
  });

  it('[F38] cannot be sent along with the sign-in, nor without having seen the page', async () => {
    const emulator = await start();
    const person = emulator.person();
    const fields = signInFields(asker);
    expect(whose(onPage(await person.submit(postPath(), { ...fields, sign_in: 'adele', consent: 'accept', login_hint: 'adele' })))).toBe(
      true,
    );
    expect(whose(onPage(await person.submit(postPath(), { ...fields, consent: 'accept' })))).toBe(true);
  });

  it.each(['cross-site', 'same-site'])('[F38] that a page of another place sends (%s) is no action of the person', async (site) => {
    const { person } = await signedIn();
    const from = { 'Sec-Fetch-Site': site };
    const fields = signInFields({ ...asker, login_hint: 'adele' });
    expect(whose(onPage(await person.submit(postPath(), { ...fields, consent: 'accept' }, from)))).toBe(true);
    const visitor = (await start()).person();
    expect(onPage(await visitor.submit(postPath(), { ...signInFields(), sign_in: 'adele' }, from)).title).toBe('Sign in');
    expect(visitor.cookies.size).toBe(0);
  });

  it('[F38] is not asked for where only a name is wanted', async () => {
    const { person } = await signedIn();
    atClient(await person.open(authorizePath({ ...asker, scope: 'openid profile' })));
  });
});

describe('signing out', () => {
  const logout = (query = '') => `/common/oauth2/v2.0/logout${query}`;
  const to = (uri: string, state?: string) =>
    logout(`?${new URLSearchParams({ post_logout_redirect_uri: uri, ...(state ? { state } : {}) })}`);

  it('[F38] ends the session, record and cookie, and says so', async () => {
    const { emulator, person } = await signedIn();
    const token = person.cookies.get(cookie) ?? '';
    expect(onPage(await person.open(logout()))).toMatchObject({ status: 200, title: 'You are signed out' });
    expect(person.cookies.size).toBe(0);
    person.cookies.set(cookie, token);
    onPage(await person.open(authorizePath()));
    expect(await emulator.grants.get('session', token, emulator.clock.now())).toBeUndefined();
  });

  it.each([
    ['https://localhost:3000/signed-in', undefined, 'https://localhost:3000/signed-in'],
    ['https://localhost:3000/signed-in', 'a b', 'https://localhost:3000/signed-in?state=a%20b'],
    ['https://app.example/cb?from=unsid', '1', 'https://app.example/cb?from=unsid&state=1'],
    ['http://localhost:8081/', undefined, 'http://localhost:8081/'],
  ])('[F38] goes on to %s, which a client has registered', async (uri, state, location) => {
    const { person } = await signedIn();
    expect(atClient(await person.open(to(uri, state))).location).toBe(location);
    expect(person.cookies.size).toBe(0);
  });

  it.each([
    'https://evil.example/',
    'https://localhost:3000/other',
    'https://localhost:3000@evil.example/signed-in',
    'javascript:alert(1)',
  ])('[F38] goes nowhere else: %s', async (uri) => {
    const { person } = await signedIn();
    expect(onPage(await person.open(to(uri)))).toMatchObject({ status: 200, title: 'You are signed out' });
    expect(person.cookies.size).toBe(0);
  });

  it('[F38] [F42] needs a tenant that exists', async () => {
    const { person } = await signedIn();
    expect(onPage(await person.open('/nowhere.example/oauth2/v2.0/logout')).text).toContain('AADSTS90002: ');
  });

  it('[F38] leaves no session to prompt=none', async () => {
    const { person } = await signedIn();
    await person.open(logout());
    const seen = await person.open(authorizePath({ client_id: 'page', redirect_uri: 'http://localhost:5173/', ...pkce, prompt: 'none' }));
    expect(atClient(seen).parameters).toMatchObject({ error: 'login_required' });
  });
});
