// Apps of other platforms, as they are, get tokens and publish: MSAL for Python, the HttpClient of Java, msal-browser in Chromium.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trustText } from '../../src/cli/start/https.ts';
import { type olderAuthorities, olderPath } from './platforms/page-server.ts';
import { createPlatformFixture, type PlatformFixture, server, user } from './platforms/platform-fixture.ts';
import { startPortProxy } from './platforms/port-proxy.ts';
import { runProgram } from './platforms/program.ts';
import { runPython } from './platforms/python.ts';
import { type Browser, startBrowser } from './platforms/web-driver.ts';

const titled = (title: string) => ({ payload: { visualContent: { title } } });
let fixture: PlatformFixture;
beforeAll(async () => {
  fixture = await createPlatformFixture();
});
afterAll(() => fixture?.dispose());

describe('MSAL for Python', () => {
  it('[F32][F33][F34][F35][F36][F37][F46] gets tokens in all its ways, and publishes', async () => {
    const proxy = await startPortProxy(fixture.origin);
    const { results, published } = await runPython(fixture, 'msal_flows.py', { proxy: proxy.url }).finally(proxy.stop);
    expect(proxy.asked).toContain('443');
    expect(results).toEqual({
      secret: 'Bearer',
      certificate: 'Bearer',
      'certificate with its chain': 'Bearer',
      'device code': 'Bearer',
      'authorization code of a public client': 'Bearer',
      'authorization code of a server': 'Bearer',
      'refresh token': 'Bearer',
      password: 'Bearer',
      'on behalf of': 'Bearer',
    });
    expect(published).toBe(201);
    expect(await fixture.nextNotification()).toMatchObject(titled('From Python'));
  });
});

describe('ADAL for Python', () => {
  it('[F37][F40][F43][F46][F47] signs in for one resource of the client SDKs, gets tokens for the others by it, and asks for a realm', async () => {
    const { results } = await runPython(fixture, 'adal_flows.py');
    const { password = '', secret = '', ...byResource } = results;
    const resources = [
      'https://cdpcs.access.microsoft.com',
      'https://cs.dds.microsoft.com',
      'https://wns.windows.com/',
      'https://activity.microsoft.com',
    ];
    expect(Object.keys(byResource)).toEqual(resources);
    for (const [resource, token] of Object.entries(byResource)) {
      expect(decodeJwt(token)).toMatchObject({ aud: resource, upn: user.upn, ver: '1.0' });
      const listed = await fetch(`${fixture.httpOrigin}/client/v1/subscriptions`, { headers: { Authorization: `Bearer ${token}` } });
      expect(listed.status).toBe(200);
    }
    expect(decodeJwt(password)).toMatchObject({ aud: resources[0], upn: user.upn });
    expect(decodeJwt(secret)).toMatchObject({ aud: 'https://graph.microsoft.com', idtyp: 'app' });
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

describe('Chromium', () => {
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

  describe('with msal-browser', () => {
    const scopes = "['https://graph.microsoft.com/Notifications.ReadWrite.CreatedByApp']";
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

  describe("with MSAL.js 1, as the makers' browser samples", () => {
    const activity = { work: 'https://activity.microsoft.com', personal: 'https://activity.windows.com' };

    /** Signs in at the page of this authority, and is back at it. */
    async function signIn(authority: (typeof olderAuthorities)[number], scopes: string): Promise<void> {
      await browser.open(`${fixture.page.origin}${olderPath(authority)}`);
      await browser.evaluate('sessionStorage.clear()');
      await browser.evaluate(`void setTimeout(() => older.loginRedirect({ scopes: ${scopes}, prompt: 'login' }))`);
      await browser.press(user.displayName);
      await browser.waitFor(
        `location.pathname === '${olderPath(authority)}' && arrived !== 'nothing' && older.getAccount()?.userName === '${user.upn}'`,
      );
    }
    const silent = (scopes: string, more = '') => `older.acquireTokenSilent({ scopes: ${scopes}${more} })`;
    const subscribed = (
      accessToken: string,
    ) => `${accessToken}.then(({ accessToken }) => fetch('${fixture.origin}/client/v1/subscriptions', {
      method: 'POST',
      headers: { Authorization: 'Bearer ' + accessToken, 'Content-Type': 'application/json' },
      body: JSON.stringify({ application: 'team.example', deviceId: 'page-' + Math.random(), platform: 'WebPush' }),
    })).then(({ status }) => status)`;

    it.each([
      ['organizations', 'work', activity.work],
      ['consumers', 'personal', activity.personal],
    ] as const)(
      '[F43][F44][F45][F38] signs in at %s with a %s account, gets its token in a hidden frame, subscribes, and renews it',
      async (authority, _, resource) => {
        const scopes = `['${resource}/useractivity.readwrite.createdbyapp']`;
        await signIn(authority, scopes);
        expect(await browser.evaluate(subscribed(silent(scopes)))).toBe(201);
        const accessToken = (more = '') => browser.evaluate(`${silent(scopes, more)}.then(({ accessToken }) => accessToken)`);
        const first = String(await accessToken());
        expect(decodeJwt(first)).toMatchObject({ aud: resource, scp: 'useractivity.readwrite.createdbyapp', upn: user.upn });
        expect(await accessToken()).toBe(first);
        expect(await accessToken(', forceRefresh: true')).not.toBe(first);
      },
    );

    it('[F36][F45] gets a token for an app server at common, which asks for Graph on behalf of the user and publishes', async () => {
      const scopes = `['api://${server.clientId}/access_as_user']`;
      await signIn('common', scopes);
      const assertion = String(await browser.evaluate(`${silent(scopes)}.then(({ accessToken }) => accessToken)`));
      const form = {
        ...{ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', requested_token_use: 'on_behalf_of', assertion },
        ...{ client_id: server.clientId, client_secret: server.secret },
        scope: 'https://graph.microsoft.com/User.Read Notifications.ReadWrite.CreatedByApp',
      };
      const answer = await fetch(`${fixture.httpOrigin}/common/oauth2/v2.0/token`, { method: 'POST', body: new URLSearchParams(form) });
      const { access_token: token } = (await answer.json()) as { access_token: string };
      const notification = {
        ...{ targetHostName: 'team.example', appNotificationId: 'sampleRawNotification' },
        payload: { rawContent: "Aren't Notifications the best??!!" },
        ...{ targetPolicy: { platformTypes: ['windows'] }, priority: 'High', displayTimeToLive: '60' },
      };
      const published = await fetch(`${fixture.httpOrigin}/beta/me/notifications`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
        body: JSON.stringify(notification),
      });
      expect(published.status).toBe(201);
      expect(await fixture.nextNotification()).toMatchObject({ payload: notification.payload });
    });

    it('[F45] is refused a token silently when nobody is signed in', async () => {
      await browser.open(`${fixture.origin}/common/oauth2/v2.0/logout`);
      await browser.open(`${fixture.page.origin}${olderPath('organizations')}`);
      await browser.evaluate('sessionStorage.clear()');
      const sso = `older.ssoSilent({ scopes: ['${activity.work}/useractivity.readwrite.createdbyapp'], loginHint: '${user.upn}' })`;
      await expect(browser.evaluate(sso)).rejects.toThrow(/InteractionRequiredAuthError: AADSTS50058/);
    });
  });
});
