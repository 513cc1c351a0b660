// An emulator served over https, with clients of the tests' own and a device that is subscribed.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeEmulator } from '../../../src/emulator.ts';
import { type ClientNotification, createDevice } from '../../../src/index.ts';
import { openLocalCertificate } from '../../../src/tls/local-certificate.ts';
import { olderAuthorities, olderPath, type PageServer, startPageServer } from './page-server.ts';

export const user = { displayName: 'Adele Vance', upn: 'adele@contoso.example', password: 'adele-password' };
export const server = {
  clientId: 'f1b5c0de-0000-4000-8000-000000000001',
  secret: 'platform-secret',
  redirectUri: 'https://server.example/in',
};
export const daemon = {
  clientId: 'f1b5c0de-0000-4000-8000-000000000002',
  pemFile: new URL('../../../fixtures/seeds/default-daemon.pem', import.meta.url),
};
export const phone = { clientId: 'f1b5c0de-0000-4000-8000-000000000003' };
export const pageClient = { clientId: 'f1b5c0de-0000-4000-8000-000000000004' };

export interface PlatformFixture {
  readonly folder: string;
  readonly origin: string;
  /** The same emulator, for those who do not trust its certificate. */
  readonly httpOrigin: string;
  readonly caFile: string;
  readonly unsid: string;
  readonly page: PageServer;
  /** The same page over http. */
  readonly httpPage: PageServer;
  /** The next one that the device got. */
  nextNotification(): Promise<ClientNotification>;
  dispose(): Promise<void>;
}

export async function createPlatformFixture(): Promise<PlatformFixture> {
  const folder = mkdtempSync(join(tmpdir(), 'unsid-platforms-'));
  // Page and emulator have the same certificate, as on a developer's machine.
  const certificate = await openLocalCertificate({ dataFolder: folder, hosts: [], now: Date.now });
  const page = await startPageServer(certificate);
  const httpPage = await startPageServer();
  const emulator = await composeEmulator(
    { https: { dataFolder: folder }, seed: seedWith([page.origin, httpPage.origin]), validateResponses: true },
    {},
  );
  const origin = emulator.httpsUrl ?? '';
  for (const one of [page, httpPage]) one.serve(pageClient.clientId, `${origin}/contoso.example`);
  const device = await createDevice({ url: emulator.url, user: 'adele', platform: 'Windows', application: 'team.example' });
  return {
    folder,
    origin,
    httpOrigin: emulator.url,
    caFile: emulator.caFile ?? '',
    unsid: device.unsid,
    page,
    httpPage,
    nextNotification: async () => (await device.next((one) => one.kind === 'notification')).notification,
    dispose: async () => {
      await device.close();
      await Promise.all([emulator.stop(), page.stop(), httpPage.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const seedWith = (pageOrigins: readonly string[]) => ({
  tenants: [{ domain: 'contoso.example', displayName: 'Contoso' }],
  users: [{ alias: 'adele', displayName: user.displayName, password: user.password }],
  clients: [
    { clientId: server.clientId, secrets: [server.secret], redirectUris: { web: [server.redirectUri] } },
    { clientId: daemon.clientId, certificates: [{ pem: readFileSync(daemon.pemFile, 'utf8') }] },
    { clientId: phone.clientId, redirectUris: { publicClient: ['http://localhost'] } },
    {
      clientId: pageClient.clientId,
      redirectUris: {
        spa: pageOrigins.flatMap((origin) => ['/', '/bridge.html', ...olderAuthorities.map(olderPath)].map((path) => origin + path)),
      },
      implicitGrant: true,
    },
  ],
  consents: [server, phone, pageClient].map(({ clientId }) => ({ clientId, scopes: ['*'] })),
});
