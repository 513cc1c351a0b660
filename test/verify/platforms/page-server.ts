// Single-page apps as their developers would serve them: with Microsoft's msal-browser and its redirect bridge, and with MSAL.js 1.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';

const { resolve } = createRequire(import.meta.url);
const library = dirname(resolve('@azure/msal-browser/package.json'));
const olderLibrary = dirname(resolve('msal/package.json'));

const page = (scripts: string): string => `<!doctype html><title>page</title><link rel="icon" href="data:,">${scripts}`;
const bridge = page('<script src="/bridge.js"></script><script>msalRedirectBridge.broadcastResponseToMainFrame();</script>');

/** `app` is ready when `account` has resolved: to the account of a redirect that has just come back, else to null. */
const appPage = (clientId: string, authority: string) =>
  page(`<script src="/msal-browser.js"></script><script>
    const app = new msal.PublicClientApplication({
      auth: {
        clientId: '${clientId}',
        authority: '${authority}',
        knownAuthorities: ['${new URL(authority).host}'],
        redirectUri: location.origin + '/',
      },
    });
    const account = app.initialize().then(() => app.handleRedirectPromise()).then((result) => result?.account ?? null);
  </script>`);

/** As the service's browser samples have it; in the hidden frame of a renewal it is loaded too. `arrived` is what a redirect has just brought. */
const olderPage = (clientId: string, authority: string) =>
  page(`<script src="/msal.js"></script><script>
    const older = new Msal.UserAgentApplication({
      auth: {
        clientId: '${clientId}',
        authority: '${authority}',
        knownAuthorities: ['${new URL(authority).host}'],
        redirectUri: location.origin + location.pathname,
        navigateToLoginRequestUrl: false,
      },
    });
    let arrived = 'nothing';
    older.handleRedirectCallback((error, response) => { arrived = error ? String(error) : response.tokenType; });
  </script>`);

/** The authorities that the samples sign in at. */
export const olderAuthorities = ['organizations', 'consumers', 'common'] as const;
export const olderPath = (authority: (typeof olderAuthorities)[number]) => `/older-${authority}.html`;

export interface PageServer {
  readonly origin: string;
  /** Says from now on which client the page is, and where it signs in. */
  serve(clientId: string, authority: string): void;
  stop(): Promise<void>;
}

/** Over https with a certificate, else over http. */
export async function startPageServer(certificate?: { readonly key: string; readonly cert: string }): Promise<PageServer> {
  const contents = new Map([
    ['/msal-browser.js', readFileSync(join(library, 'lib/msal-browser.min.js'), 'utf8')],
    ['/msal.js', readFileSync(join(olderLibrary, 'dist/msal.min.js'), 'utf8')],
    ['/bridge.js', readFileSync(join(library, 'lib/redirect-bridge/msal-redirect-bridge.min.js'), 'utf8')],
    ['/bridge.html', bridge],
  ]);
  const respond: RequestListener = ({ url = '' }, answer) => {
    const path = new URL(url, 'https://localhost').pathname;
    answer.setHeader('Content-Type', path.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8');
    answer.writeHead(contents.has(path) ? 200 : 404).end(contents.get(path));
  };
  const server = certificate ? createSecureServer({ key: certificate.key, cert: certificate.cert }, respond) : createServer(respond);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `${certificate ? 'https' : 'http'}://localhost:${(server.address() as AddressInfo).port}`,
    serve: (clientId, authority) => {
      contents.set('/', appPage(clientId, authority));
      for (const name of olderAuthorities) contents.set(olderPath(name), olderPage(clientId, `${new URL(authority).origin}/${name}`));
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
