// The page where a person lets a device sign in: the code, who it is, and a yes or no.
import { describe, expect, it } from 'vitest';
import { atClient, onPage, type Person, type SeenPage } from '../support/person.ts';
import { authorizePath, contoso, graphScope, type SignInEmulator, usePeople, waitingDevice } from '../support/sign-in.ts';

const start = usePeople();
const path = '/common/oauth2/deviceauth';

async function waiting(more: Parameters<typeof waitingDevice>[1] = {}) {
  const emulator = await start();
  await waitingDevice(emulator, more);
  return { emulator, person: emulator.person() };
}

const typed = async (person: Person, user_code: string) => onPage(await onPage(await person.open(path)).press('Next', { user_code }));
const press = async (page: SeenPage, label: string) => onPage(await page.press(label));

async function oidOf(emulator: SignInEmulator, login_hint: string): Promise<string | undefined> {
  const seen = onPage(await emulator.person().open(authorizePath({ login_hint })));
  const { parameters } = atClient(await seen.press(seen.buttons[0] ?? ''));
  return (await emulator.code(parameters['code']))?.oid;
}

describe('the device page', () => {
  it.each(['HJKM-7Q2W', 'hjkm7q2w', ' hjkm 7q2w ', 'HJ-KM-7Q-2W', 'HJKM–7Q2W'])(
    '[F37] knows the code as %s, and lets the device in',
    async (code) => {
      const { emulator, person } = await waiting();
      const who = await typed(person, code);
      expect(who.text).toContain('to continue to Phone app');
      const whether = await press(who, 'AV Adele Vance');
      expect(whether).toMatchObject({ title: 'Permissions requested', buttons: ['Accept', 'Cancel', 'Use another account'] });
      for (const words of ['Phone app', 'Send you notifications', 'Adele Vance', 'Go on only if you started this']) {
        expect(whether.text).toContain(words);
      }
      expect(await emulator.device()).toMatchObject({ state: 'pending' });
      expect(await press(whether, 'Accept')).toMatchObject({ status: 200, title: 'You are signed in' });
      expect(await emulator.device()).toMatchObject({ state: 'approved', oid: await oidOf(emulator, 'adele'), scope: graphScope });
    },
  );

  it('[F37] fills in the code of its address and asks to send it', async () => {
    const { person } = await waiting();
    const seen = onPage(await person.open(`${path}?user_code=hjkm-7q2w`));
    expect(seen.forms[0]?.fields.get('user_code')).toBe('hjkm-7q2w');
    expect(seen.forms[0]?.labels.get('user_code')).toBe('Code');
    expect((await press(seen, 'Next')).title).toBe('Sign in');
  });

  it('[F37] takes a password too, and reports when it is wrong', async () => {
    const { emulator, person } = await waiting();
    const who = await typed(person, 'HJKM7Q2W');
    const wrong = onPage(await who.press('Sign in', { username: 'bert', password: 'x' }));
    expect(wrong.text).toContain('AADSTS50126: ');
    await press(onPage(await wrong.press('Sign in', { username: 'bert', password: 'bert-password' })), 'Accept');
    expect(await emulator.device()).toMatchObject({ state: 'approved', oid: await oidOf(emulator, 'bert') });
  });

  it('[F37] asks a person who is signed in already only for a yes', async () => {
    const { emulator, person } = await waiting();
    atClient(await onPage(await person.open(authorizePath())).press('BD'));
    const whether = await typed(person, 'HJKM7Q2W');
    expect(whether.text).toContain('Bert Diaz');
    await press(whether, 'Accept');
    expect(await emulator.device()).toMatchObject({ state: 'approved', oid: await oidOf(emulator, 'bert') });
  });

  it('[F37] lets the person use another account, who stays signed in in the browser', async () => {
    const { emulator, person } = await waiting();
    atClient(await onPage(await person.open(authorizePath())).press('BD'));
    const who = await press(await typed(person, 'HJKM7Q2W'), 'Use another account');
    expect(who.title).toBe('Sign in');
    await press(await press(who, 'AV'), 'Accept');
    expect(await emulator.device()).toMatchObject({ state: 'approved', oid: await oidOf(emulator, 'adele') });
    const { parameters } = atClient(await person.open(authorizePath({ prompt: 'none', login_hint: 'adele' })));
    expect(parameters).toHaveProperty('code');
  });

  it('[F37] takes an answer only from the user whom the question was shown to', async () => {
    const { emulator, person } = await waiting();
    const whether = await press(await typed(person, 'HJKM7Q2W'), 'AV');
    atClient(await onPage(await person.open(authorizePath({ prompt: 'login' }))).press('BD'));
    expect((await press(whether, 'Accept')).title).toBe('Sign in');
    expect(await emulator.device()).toMatchObject({ state: 'pending' });
  });

  it('[F37] informs the device when the person declines', async () => {
    const { emulator, person } = await waiting();
    const said = await press(await press(await typed(person, 'HJKM7Q2W'), 'AV'), 'Cancel');
    expect(said.title).toBe('Not signed in');
    expect(await emulator.device()).toMatchObject({ state: 'declined' });
    expect(await emulator.device()).not.toHaveProperty('oid');
  });

  it('[F37] [F38] gives consent, which counts for the client from then on', async () => {
    const { emulator, person } = await waiting({ clientId: 'asker' });
    await press(await press(await typed(person, 'HJKM7Q2W'), 'AV'), 'Accept');
    const again = authorizePath({ client_id: 'asker', redirect_uri: 'https://asker.example/cb' });
    expect(atClient(await person.open(again)).parameters).toHaveProperty('code');
    expect(await emulator.device()).toMatchObject({ state: 'approved' });
  });

  it.each([
    ['unknown', 'BBBB-2222', 70018],
    ['empty but for dashes', '--', 70018],
    ['of the device itself', 'device-code', 70018],
  ])('[F37] [F42] reports that a code is %s', async (_, code, number) => {
    const { person } = await waiting();
    const seen = await typed(person, code);
    expect(seen).toMatchObject({ status: 200, title: 'Sign in on a device' });
    expect(seen.text).toContain(`AADSTS${number}: `);
    expect(seen.forms[0]?.fields.get('user_code')).toBe(code);
    expect((await press(await typed(person, 'HJKM7Q2W'), 'AV')).title).toBe('Permissions requested');
  });

  it('[F37] [F42] reports that a code has expired, at each step', async () => {
    const { emulator, person } = await waiting();
    const who = await typed(person, 'HJKM7Q2W');
    const whether = await press(who, 'AV');
    await emulator.emulator.advance(900);
    expect((await typed(person, 'HJKM7Q2W')).text).toContain('AADSTS70019: ');
    expect((await press(who, 'AV')).text).toContain('AADSTS70019: ');
    expect((await press(whether, 'Accept')).text).toContain('AADSTS70019: ');
    expect(await emulator.device()).toMatchObject({ state: 'pending' });
  });

  it('[F37] [F42] takes one answer, and no second one', async () => {
    const { emulator, person } = await waiting();
    const whether = await press(await typed(person, 'HJKM7Q2W'), 'AV');
    await press(whether, 'Cancel');
    for (const seen of [await press(whether, 'Accept'), await typed(person, 'HJKM7Q2W')]) {
      expect(seen.text).toContain('AADSTS70018: ');
    }
    expect(await emulator.device()).toMatchObject({ state: 'declined' });
  });

  it.each([
    ['the tenant that the device named', { tenant: contoso }, ['AV', 'BD', 'NS'], 'AADSTS50020: '],
    ["the client's tenant", { clientId: 'single' }, ['AV', 'BD', 'NS'], 'AADSTS50194: '],
  ])('[F37] is for users of %s', async (_, more, initials, message) => {
    const { person } = await waiting(more);
    const who = await typed(person, 'HJKM7Q2W');
    expect(who.buttons.filter((label) => label.includes('@')).map((label) => label.slice(0, 2))).toEqual(initials);
    const refused = onPage(await who.press('Sign in', { username: 'dana', password: 'dana-password' }));
    expect(refused.text).toContain(message);
  });

  it('[F37] accepts no action from a page of another place', async () => {
    const { emulator, person } = await waiting();
    const from = { 'Sec-Fetch-Site': 'cross-site' };
    expect(onPage(await person.submit(path, { user_code: 'HJKM7Q2W', sign_in: 'adele' }, from)).title).toBe('Sign in');
    await press(await typed(person, 'HJKM7Q2W'), 'AV');
    const consent = { user_code: 'HJKM7Q2W', login_hint: 'adele', consent: 'accept' };
    expect(onPage(await person.submit(path, consent, from)).title).toBe('Permissions requested');
    expect(onPage(await person.submit(path, { ...consent, sign_in: 'adele' })).title).toBe('Permissions requested');
    expect(await emulator.device()).toMatchObject({ state: 'pending' });
  });

  it.each(['/nowhere.example/oauth2/deviceauth'])('[F42] needs a tenant that exists: %s', async (place) => {
    const { person } = await waiting();
    for (const seen of [await person.open(place), await person.submit(place, { user_code: 'HJKM7Q2W' })]) {
      expect(onPage(seen)).toMatchObject({ status: 400, text: expect.stringContaining('AADSTS90002: ') });
    }
  });

  it('[F42] needs a code', async () => {
    const { person } = await waiting();
    expect(onPage(await person.submit(path, { sign_in: 'adele' }))).toMatchObject({
      status: 400,
      text: expect.stringContaining("AADSTS900144: The request must contain the following parameter: 'user_code'."),
    });
  });
});
