// Hostile input to the pages of sign-in: nothing of it becomes part of a page, a header or an address of its own.
import { describe, expect, it } from 'vitest';
import { atClient, onPage, type Seen } from '../support/person.ts';
import { authorizePath, postPath, signInFields, signInSeed, usePeople, waitingDevice } from '../support/sign-in.ts';

const start = usePeople();
const script = '"><script>alert(1)</script><img src=x onerror=alert(1)>\'&amp;';
const asker = { client_id: 'asker', redirect_uri: 'https://asker.example/cb' };

const ownTag =
  /<\/?(?:!doctype|html|head|meta|title|style|script|body|main|h1|h2|p|strong|small|form|input|button|span|ul|li|div|label|footer)((?:\s[a-z-]+(?:="[^"]*")?)*)>/g;
const ownAttributes =
  /^(?:html|lang|charset|name|content|method|action|type|value|class|id|for|role|required|maxlength|auto\w+|spellcheck|aria-[a-z]+)$/;

/** A page is made of the pages' own tags and attributes, and of text; its script is the one that it may have. */
function expectTame(seen: Seen): void {
  const { html } = onPage(seen);
  const content = html.replace(/<style>[^<]*<\/style>/, '').replace('<script>document.forms[0].submit()</script>', '');
  expect(content).not.toMatch(/<(?:style|script)/);
  expect(content.replace(ownTag, '')).not.toMatch(/[<>]/);
  const attributes = [...content.matchAll(ownTag)].flatMap(([, all = '']) =>
    [...all.matchAll(/\s([a-z-]+)(?:="[^"]*")?/g)].map(([, name]) => name),
  );
  expect(attributes.filter((name) => !ownAttributes.test(name ?? ''))).toEqual([]);
}

describe('hostile input', () => {
  it.each(['state', 'nonce', 'login_hint', 'scope', 'resource', 'prompt', 'client_id', 'redirect_uri', 'code_challenge', 'response_mode'])(
    '[F38] in %s stays text on every page',
    async (name) => {
      const emulator = await start();
      for (const version of ['1.0', '2.0'] as const) {
        const person = emulator.person();
        const asked = await person.open(authorizePath({ ...asker, [name]: script }, { version }));
        if (asked.kind === 'client') continue;
        expectTame(asked);
        if (asked.status !== 200) continue;
        const wrong = onPage(await asked.press('Sign in', { username: script, password: script }));
        expectTame(wrong);
        expect(wrong.forms.at(-1)?.fields.get('username')).toBe(script);
        expectTame(await wrong.press('AV'));
      }
    },
  );

  it('[F38] in a form_post goes back unchanged', async () => {
    const emulator = await start();
    const asked = onPage(await emulator.person().open(authorizePath({ state: script, response_mode: 'form_post' })));
    const page = onPage(await asked.press('AV'));
    expectTame(page);
    expect(atClient(await page.press('Continue')).parameters['state']).toBe(script);
  });

  it('[F38] in names of the seed stays text', async () => {
    const named = {
      ...signInSeed,
      tenants: [{ domain: 'contoso.example', displayName: script }],
      users: [{ alias: 'adele', displayName: script, userPrincipalName: 'adele"onfocus="alert(1)@contoso.example' }],
      clients: [{ clientId: 'asker', displayName: script, secrets: ['s'], redirectUris: { web: ['https://asker.example/cb'] } }],
    };
    const emulator = await start({ seed: named });
    const person = emulator.person();
    const asked = onPage(await person.open(authorizePath(asker)));
    expectTame(asked);
    const consent = onPage(await asked.press('"'));
    expectTame(consent);
    expect(consent.text).toContain('Permissions requested');
    await waitingDevice(emulator, { clientId: 'asker', scope: 'openid' });
    const whether = onPage(await person.submit('/common/oauth2/deviceauth', { user_code: 'HJKM7Q2W' }));
    expectTame(whether);
    expectTame(await whether.press('Accept'));
  });

  it('[F37] in a user code stays text', async () => {
    const emulator = await start();
    const path = '/common/oauth2/deviceauth';
    const short = '"><script>alert(1)</script>';
    const seen = onPage(await emulator.person().open(`${path}?user_code=${encodeURIComponent(short)}`));
    expectTame(seen);
    const again = onPage(await seen.press('Next'));
    expectTame(again);
    expect(again.forms[0]?.fields.get('user_code')).toBe(short);
    expect(onPage(await emulator.person().open(`${path}?user_code=${'x'.repeat(65)}`)).status).toBe(400);
  });

  it('[F42] in a tenant stays text', async () => {
    const emulator = await start();
    const seen = await emulator.person().open(authorizePath({}, { tenant: encodeURIComponent('<script>alert(1)</script>') }));
    expectTame(seen);
    expect(onPage(seen)).toMatchObject({ status: 400, text: expect.stringContaining('AADSTS90002: ') });
  });

  it.each(['query', 'fragment'])('[F34] with line ends in the state makes no header (%s), and comes back whole', async (response_mode) => {
    const emulator = await start();
    const state = 'a\r\nSet-Cookie: evil=1\r\n\r\n<script>\u{2028}#?&=%00+é€😀';
    const asked = onPage(await emulator.person().open(authorizePath({ state, response_mode })));
    const landed = atClient(await asked.press('AV'));
    expect(landed.parameters['state']).toBe(state);
    expect(landed.location).toMatch(/^[\x21-\x7e]+$/);
    const silent = atClient(await emulator.person().open(authorizePath({ state, response_mode, prompt: 'none' })));
    expect(silent.parameters).toMatchObject({ error: 'login_required', state });
  });

  it('[F34] takes a state of 16 KiB, and reports on a page that a longer one is too long', async () => {
    const emulator = await start();
    const long = 'x'.repeat(14_000);
    const asked = onPage(await emulator.person().submit(postPath(), signInFields({ state: long })));
    expect(atClient(await asked.press('AV')).parameters['state']).toBe(long);
    const most = onPage(
      await emulator.person().submit(postPath(), signInFields({ state: 'x'.repeat(16_384), response_mode: 'form_post' })),
    );
    expect(atClient(await onPage(await most.press('AV')).press('Continue')).parameters['state']).toHaveLength(16_384);
    const refused = onPage(await emulator.person().submit(postPath(), signInFields({ state: 'x'.repeat(20_480) })));
    expect(refused).toMatchObject({ status: 400, text: expect.stringContaining('AADSTS9002313: ') });
    const answer = await emulator.send({ path: authorizePath({ state: 'x'.repeat(20_480) }) });
    expect(answer).toMatchObject({ status: 400, text: expect.stringContaining('The headers are too large.') });
  });

  it.each([
    ['a parameter twice in the address', (path: string) => `${path}&redirect_uri=https%3A%2F%2Fevil.example%2F`],
    ['the client twice', (path: string) => `${path}&client_id=page`],
  ])('[F42] that sends %s is refused on a page', async (_, twice) => {
    const emulator = await start();
    expect(onPage(await emulator.person().open(twice(authorizePath()))).status).toBe(400);
  });

  it('[F38] as a cookie is nobody', async () => {
    const emulator = await start();
    for (const token of ['', '__proto__', 'x'.repeat(256), '../../etc', '%00']) {
      const person = emulator.person();
      person.cookies.set('unsid-session', token);
      expect(onPage(await person.open(authorizePath())).title).toBe('Sign in');
    }
    const person = emulator.person();
    person.cookies.set('unsid-session', 'x'.repeat(257));
    expect(onPage(await person.open(authorizePath())).status).toBe(400);
  });
});
