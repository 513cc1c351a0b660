// An emulator with people and clients to sign in, and requests of those clients.
import { createHash } from 'node:crypto';
import type { CodeRecord, DeviceRecord } from '../../src/domain/grants.ts';
import type { GrantStore } from '../../src/domain/ports.ts';
import type { EmulatorOptions } from '../../src/emulator.ts';
import type { Seed } from '../../src/identity/registry/seed.ts';
import { type Start, type TestEmulator, useEmulators } from './emulator.ts';
import { createPerson, type Person } from './person.ts';

export const contoso = '0f7e2c3a-5d1b-4b6e-8f4a-9c2d1e0b7a11';
export const fabrikam = '6a0d9b54-2c7f-4e3d-b1a8-5f3e7c9d2b22';

/** All was consented to for most clients, nothing for asker and api. */
export const signInSeed: Seed = {
  tenants: [
    { domain: 'contoso.example', id: contoso, displayName: 'Contoso' },
    { domain: 'fabrikam.example', id: fabrikam, displayName: 'Fabrikam' },
  ],
  users: [
    { alias: 'adele', displayName: 'Adele Vance', password: 'adele-password' },
    { alias: 'bert', displayName: 'Bert Diaz', password: 'bert-password' },
    { alias: 'noel', displayName: 'Noel Silva' },
    { alias: 'dana', tenant: 'fabrikam.example', displayName: 'Dana Ito', password: 'dana-password' },
  ],
  clients: [
    {
      clientId: 'server',
      displayName: 'App server',
      secrets: ['s'],
      redirectUris: { web: ['https://localhost:3000/signed-in', 'https://app.example/cb?from=unsid'] },
    },
    { clientId: 'page', displayName: 'Web page', redirectUris: { spa: ['http://localhost:5173/'] } },
    { clientId: 'browser', displayName: 'Older web page', redirectUris: { spa: ['http://localhost:5173/'] }, implicitGrant: true },
    { clientId: 'phone', displayName: 'Phone app', redirectUris: { publicClient: ['http://localhost', 'phone-app://auth'] } },
    {
      clientId: 'single',
      displayName: 'Contoso only',
      signInAudience: 'AzureADMyOrg',
      secrets: ['s'],
      redirectUris: { web: ['https://single.example/cb'] },
    },
    { clientId: 'asker', displayName: 'Asking app', secrets: ['s'], redirectUris: { web: ['https://asker.example/cb'] } },
    { clientId: 'open', displayName: 'No secret', redirectUris: { web: ['https://open.example/cb'] } },
    { clientId: 'api', displayName: 'Notes service', identifierUris: ['api://notes'] },
  ],
  consents: ['server', 'phone', 'page', 'browser', 'single', 'open'].map((clientId) => ({ clientId, scopes: ['*'] })),
};

export const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
export const challenge = createHash('sha256').update(verifier).digest('base64url');
export const pkce = { code_challenge: challenge, code_challenge_method: 'S256' };
export const graphScope = 'https://graph.microsoft.com/Notifications.ReadWrite.CreatedByApp';

/** What `undefined` stands for is left out. */
export type Fields = Readonly<Record<string, string | undefined>>;

export interface Place {
  readonly tenant?: string;
  readonly version?: '1.0' | '2.0';
}

const given = (fields: Fields) => Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));

/** The app server's request, unless other fields are given. */
export function signInFields(fields: Fields = {}): Readonly<Record<string, string>> {
  const usual = { client_id: 'server', response_type: 'code', redirect_uri: 'https://localhost:3000/signed-in', scope: graphScope };
  return Object.fromEntries(given({ ...usual, ...fields }));
}

export function authorizePath(fields: Fields = {}, place: Place = {}): string {
  return `${postPath(place)}?${new URLSearchParams(signInFields(fields))}`;
}

export function postPath({ tenant = 'common', version = '2.0' }: Place = {}): string {
  return `/${tenant}/oauth2${version === '2.0' ? '/v2.0' : ''}/authorize`;
}

export interface SignInEmulator extends TestEmulator {
  readonly grants: GrantStore;
  person(): Person;
  code(code: string | undefined): Promise<CodeRecord | undefined>;
  device(): Promise<DeviceRecord | undefined>;
}

export const deviceCode = 'device-code';

/** Call it once at the head of a test file. Without options it is one emulator for the whole file that has forgotten everything. */
export function usePeople(): (options?: EmulatorOptions) => Promise<SignInEmulator> {
  const start = useEmulators('file');
  let shared: Promise<SignInEmulator> | undefined;
  return async (options) => {
    if (options) return startWithPeople(start, options);
    shared ??= startWithPeople(start, {});
    const emulator = await shared;
    await emulator.emulator.reset();
    return emulator;
  };
}

async function startWithPeople(start: Start, options: EmulatorOptions): Promise<SignInEmulator> {
  let seen: GrantStore | undefined;
  const emulator = await start(
    { seed: signInSeed, ...options },
    {
      stores: (stores) => {
        seen = stores.grants;
        return stores;
      },
    },
  );
  if (!seen) throw new Error('the emulator has no stores');
  const grants = seen;
  return {
    ...emulator,
    grants,
    person: () => createPerson(emulator.url),
    code: (code = '') => grants.get('code', code, emulator.clock.now()),
    device: () => grants.get('device', deviceCode, 0),
  };
}

/** A device that waits, as the device code endpoint makes one. */
export async function waitingDevice({ grants, clock }: SignInEmulator, more: Partial<DeviceRecord> = {}): Promise<void> {
  const expiresAt = clock.now() + 15 * 60_000;
  const record = {
    clientId: 'phone',
    tenant: 'common',
    scope: graphScope,
    userCode: 'HJKM-7Q2W',
    state: 'pending' as const,
    expiresAt,
    ...more,
  };
  await grants.change('device', deviceCode, clock.now(), () => record);
  await grants.change('userCode', 'HJKM7Q2W', clock.now(), () => ({ deviceCode, expiresAt }));
}
