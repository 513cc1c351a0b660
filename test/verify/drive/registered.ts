// Who is registered for the probes of sign-in and tokens: tenants, users, and a client of each kind.
import { readFileSync } from 'node:fs';
import type { Seed } from '../../../src/identity/registry/seed.ts';

/** Certificate and key of the default seed's daemon. */
export const daemonPem = readFileSync(new URL('../../../fixtures/seeds/default-daemon.pem', import.meta.url), 'utf8');

export const secret = 'a-secret';
export const signedInAt = 'https://localhost:3000/signed-in';
export const pageAt = 'https://localhost:5173/';
export const phoneAt = 'http://localhost/signed-in';
/** Where each client lets the browser go back to. */
export const places: Readonly<Record<string, string>> = { server: signedInAt, stranger: signedInAt, page: pageAt, phone: phoneAt };
const everything = ['*'];

export const registered: Seed = {
  tenants: [{ domain: 'contoso.example' }, { domain: 'fabrikam.example' }],
  users: [
    { alias: 'adele', password: 'adele-password' },
    { alias: 'bert', password: 'bert-password' },
    { alias: 'dana', tenant: 'fabrikam.example', password: 'dana-password' },
  ],
  clients: [
    { clientId: 'server', secrets: [secret], redirectUris: { web: [signedInAt] } },
    { clientId: 'daemon', certificates: [{ pem: daemonPem }] },
    { clientId: 'phone', redirectUris: { publicClient: [phoneAt] } },
    { clientId: 'page', redirectUris: { spa: [pageAt] } },
    { clientId: 'own', signInAudience: 'AzureADMyOrg' },
    // No one has consented to anything for it.
    { clientId: 'stranger', secrets: [secret], redirectUris: { web: [signedInAt] } },
    ...['throttled', 'unavailable'].map((clientId) => ({ clientId, secrets: [secret] })),
  ],
  consents: ['server', 'daemon', 'phone', 'page', 'own'].map((clientId) => ({ clientId, scopes: everything })),
};
