// What all pages of sign-in keep: their headers, the one script and its hash, labels, and addresses of their own.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { onPage, type SeenPage } from '../support/person.ts';
import { authorizePath, type SignInEmulator, usePeople, waitingDevice } from '../support/sign-in.ts';

const start = usePeople();
const asker = { client_id: 'asker', redirect_uri: 'https://asker.example/cb' };
const device = '/common/oauth2/deviceauth';

const signInPage = async (emulator: SignInEmulator, fields = {}) => onPage(await emulator.person().open(authorizePath(fields)));
const next = async (page: SeenPage, label: string) => onPage(await page.press(label));

const pages: readonly (readonly [name: string, open: (emulator: SignInEmulator) => Promise<SeenPage>])[] = [
  ['sign-in', signInPage],
  [
    'a wrong password',
    async (emulator) => onPage(await (await signInPage(emulator)).press('Sign in', { username: 'adele', password: 'x' })),
  ],
  ['consent', async (emulator) => next(await signInPage(emulator, asker), 'AV')],
  ['form_post', async (emulator) => next(await signInPage(emulator, { response_mode: 'form_post' }), 'AV')],
  ['an error', async (emulator) => signInPage(emulator, { client_id: 'nobody' })],
  ['a missing parameter', async (emulator) => signInPage(emulator, { response_type: undefined })],
  ['the device code', async (emulator) => onPage(await emulator.person().open(device))],
  ['a device code that is wrong', async (emulator) => onPage(await emulator.person().submit(device, { user_code: 'X' }))],
  ['the device sign-in', async (emulator) => onPage(await emulator.person().submit(device, { user_code: 'HJKM7Q2W' }))],
  ['the device question', async (emulator) => onPage(await emulator.person().submit(device, { user_code: 'HJKM7Q2W', sign_in: 'adele' }))],
  ['signed out', async (emulator) => onPage(await emulator.person().open('/common/oauth2/v2.0/logout'))],
];

async function opened(open: (typeof pages)[number][1]): Promise<SeenPage> {
  const emulator = await start();
  await waitingDevice(emulator);
  return open(emulator);
}

describe.each(pages)('the page: %s', (_, open) => {
  it('[F38] is not cached, is shown in no frame, and sends its address to no other site', async () => {
    const { headers } = (await opened(open)).answer;
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'content-type': 'text/html;charset=utf-8',
    });
    expect(headers['content-security-policy']).toMatch(/default-src 'none';.*frame-ancestors 'none'; base-uri 'none'/);
  });

  it('[F38] has no script but one whose hash is allowed, and asks for nothing from elsewhere', async () => {
    const { html, answer } = await opened(open);
    const allowed = String(answer.headers['content-security-policy']).match(/'sha256-[^']+'/g);
    const scripts = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, text = '']) => text);
    expect(
      scripts.map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`).filter((hash) => !allowed?.includes(hash)),
    ).toEqual([]);
    expect(html).not.toMatch(/<link|<img|@import|url\(|src=/);
  });

  it('[F38] says its language and what each field is, and has one heading of its title', async () => {
    const { html, forms, title } = await opened(open);
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(html.match(/<h1>([^<]*)<\/h1>/g)).toEqual([`<h1>${title}</h1>`]);
    expect(forms.flatMap(({ labels }) => [...labels.values()])).not.toContain('');
    expect(html).toContain('name="viewport"');
    const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, id] of html.matchAll(/aria-describedby="([^"]*)"/g)) expect(ids).toContain(id);
  });

  it('[F38] sends what is typed by post, to the emulator itself, and says no code in its title', async () => {
    const { forms, title } = await opened(open);
    const own = forms.filter(({ action }) => action === 'authorize' || action === 'deviceauth');
    const back = forms.filter(({ action }) => action === 'https://localhost:3000/signed-in');
    expect(own.length + back.length).toBe(forms.length);
    expect(forms.every(({ method }) => method === 'post')).toBe(true);
    expect(title).toMatch(/^[A-Z][A-Za-z -]+$/);
  });
});

describe('the page of form_post', () => {
  it('[F38] has the script that the document allows', async () => {
    const { html } = await opened(async (emulator) => next(await signInPage(emulator, { response_mode: 'form_post' }), 'AV'));
    expect(html.match(/<script>/g)).toHaveLength(1);
  });
});
