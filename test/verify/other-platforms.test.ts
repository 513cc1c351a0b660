// Apps of other platforms, as they are, get tokens and publish: MSAL for Python, the HttpClient of Java, msal-browser in Chromium.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trustText } from '../../src/cli/start/https.ts';
import { createPlatformFixture, type PlatformFixture, server, user } from './platforms/platform-fixture.ts';
import { runProgram } from './platforms/program.ts';
import { runMsalPython } from './platforms/python.ts';
import { type Browser, startBrowser } from './platforms/web-driver.ts';

const titled = (title: string) => ({ payload: { visualContent: { title } } });
let fixture: PlatformFixture;
beforeAll(async () => {
  fixture = await createPlatformFixture();
});
afterAll(() => fixture?.dispose());

describe('MSAL for Python', () => {
  it('[F32][F33][F34][F35][F36][F37] gets tokens in all its ways, and publishes', async () => {
    const { results, published } = await runMsalPython(fixture);
    expect(results).toEqual({
      secret: 'Bearer',
      certificate: 'Bearer',
      'certificate with its chain': 'Bearer',
      'device code': 'Bearer',
      'authorization code of a public client': 'Bearer',
      'authorization code of a server': 'Bearer',
      'refresh token': 'Bearer',
      'on behalf of': 'Bearer',
    });
    expect(published).toBe(201);
    expect(await fixture.nextNotification()).toMatchObject(titled('From Python'));
  });
});

describe("Java's HttpClient", () => {
  it('[F32] gets a token and publishes, with the key store that the emulator prints the command for', async () => {
    const { folder, caFile, origin, unsid } = fixture;
    const [, keytool = '', flags = ''] = /Java +(keytool .*)\n +and (-D.*)\n/.exec(trustText(caFile)) ?? [];
    const words = (line: string) => line.split(' ');
    const [name = '', ...args] = words(keytool);
    await runProgram(name, args, { cwd: folder });
    const program = fileURLToPath(new URL('platforms/Publish.java', import.meta.url));
    const output = await runProgram('java', [...words(flags), program, origin, server.clientId, server.secret, unsid], { cwd: folder });
    expect(output.trim()).toBe('HTTP_1_1 201');
    expect(await fixture.nextNotification()).toMatchObject(titled('From Java'));
  });
});

describe('msal-browser in Chromium', () => {
  const scopes = "['https://graph.microsoft.com/Notifications.ReadWrite.CreatedByApp']";
  let browser: Browser;

  beforeAll(async () => {
    const home = join(fixture.folder, 'home');
    const store = join(home, '.pki/nssdb');
    mkdirSync(store, { recursive: true });
    await runProgram('certutil', ['-d', `sql:${store}`, '-N', '--empty-password']);
    await runProgram('certutil', ['-d', `sql:${store}`, '-A', '-t', 'C,,', '-n', 'unsid', '-i', fixture.caFile]);
    browser = await startBrowser(home);
  });
  afterAll(() => browser?.close());

  const accountOf = (result: string) => browser.evaluate(`${result}.then(({ account }) => account.username)`);

  it('[F34][F38][F41] signs in by redirect, renews its token and publishes across origins', async () => {
    await browser.open(`${fixture.page.origin}/`);
    await browser.evaluate(`account.then(() => { setTimeout(() => app.loginRedirect({ scopes: ${scopes} })); })`);
    await browser.press(user.displayName);
    await browser.waitFor("document.title === 'page' && account.then((one) => one?.username === 'adele@contoso.example')");
    const status =
      await browser.evaluate(`app.acquireTokenSilent({ scopes: ${scopes}, account: app.getAllAccounts()[0], forceRefresh: true })
      .then(({ accessToken }) => fetch('${fixture.origin}/beta/me/notifications', {
        method: 'POST',
        headers: { Authorization: 'Bearer ' + accessToken, 'X-UNS-ID': '${fixture.unsid}', 'Content-Type': 'application/json' },
        body: JSON.stringify({ targetHostName: 'team.example', payload: { visualContent: { title: 'From the browser' } } }),
      })).then(({ status }) => status)`);
    expect(status).toBe(201);
    expect(await fixture.nextNotification()).toMatchObject(titled('From the browser'));
  });

  it('[F38] signs in silently where the person is signed in already', async () => {
    await browser.evaluate('sessionStorage.clear()');
    await browser.open(`${fixture.page.origin}/`);
    expect(await browser.evaluate('account')).toBe(null);
    const silently = `app.ssoSilent({ scopes: ${scopes}, loginHint: '${user.upn}', redirectUri: location.origin + '/bridge.html' })`;
    expect(await accountOf(silently)).toBe(user.upn);
  });

  it('[F38] signs in silently only from a page over https, since browsers send no cookies from http to https', async () => {
    await browser.open(`${fixture.httpPage.origin}/`);
    const silently = `app.ssoSilent({ scopes: ${scopes}, loginHint: '${user.upn}', redirectUri: location.origin + '/bridge.html' })`;
    await expect(accountOf(silently)).rejects.toThrow(/login_required|interaction_required/);
    await browser.open(`${fixture.page.origin}/`);
  });

  it('[F38] signs in with a window of its own', async () => {
    await browser.evaluate('sessionStorage.clear()');
    await browser.open(`${fixture.page.origin}/`);
    const [page = ''] = await browser.windows();
    await browser.evaluate(`account.then(() => {
      window.signingIn = app.loginPopup({ scopes: ${scopes}, prompt: 'login', redirectUri: location.origin + '/bridge.html' });
    })`);
    await expect.poll(async () => (await browser.windows()).length).toBe(2);
    const popup = (await browser.windows()).find((one) => one !== page) ?? '';
    await browser.switchTo(popup);
    await browser.press(user.displayName);
    await browser.switchTo(page);
    expect(await accountOf('window.signingIn')).toBe(user.upn);
  });
});
