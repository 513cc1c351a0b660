// Asks a real emulator for tokens as clients do: posts forms, reads claims, and plays the sign-in page by writing its records.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { decodeJwt, type JWTPayload } from 'jose';
import type { components } from '../../src/documents/identity.gen.ts';
import type { CodeRecord } from '../../src/domain/grants.ts';
import type { Stores } from '../../src/domain/ports.ts';
import type { EmulatorParts } from '../../src/emulator.ts';
import { createRegistrations } from '../../src/identity/registry/registrations.ts';
import { defaultSeedFile, loadSeed, type Seed } from '../../src/identity/registry/seed.ts';
import { createSigningKeys } from '../../src/identity/tokens/signing-keys.ts';
import type { Start, TestEmulator } from './emulator.ts';
import { type Answer, send } from './http-call.ts';

type Schemas = components['schemas'];
export type Form = Readonly<Record<string, string | undefined>>;
/** Whatever came: a test reads the members it expects. */
export type TokenBody = Schemas['TokenAnswer'] & Partial<Schemas['ErrorBody']>;

export const contoso = '0f7e2c3a-5d1b-4b6e-8f4a-9c2d1e0b7a11';
export const fabrikam = '6a0d9b54-2c7f-4e3d-b1a8-5f3e7c9d2b22';
export const server = { client_id: '5f1c7b1e-0c9e-4c57-9d0a-6a1f3f2b7c11', client_secret: 'contoso-server-secret' };
export const daemon = { client_id: '7c3e9d20-64b1-4f0e-8a55-0d9b6e1c4f22' };
export const phone = { client_id: '2b6f0b8d-51a7-4d57-8f5c-2f7b0b0a9d33' };
export const page = { client_id: '8d0d6c0a-7d0b-49a5-9a3b-1f6f1a4f7e44' };
/** Key and certificate whose thumbprints, SHA-1 and SHA-256, have both `+` and `/` in base64. */
export const plusAndSlash = readFileSync(new URL('plus-and-slash.pem', import.meta.url), 'utf8');
/** A server of one tenant whose client the people have not consented to; it has two certificates too. */
export const narrow = { client_id: '3e1f4a52-9b77-4d0c-8e21-6c5d4b3a2f55', client_secret: 'narrow secret/+%' };
/** A client with a server and pages, to which people consented to one scope. */
export const both = { client_id: '9a8b7c6d-5e4f-4a3b-8c2d-1e0f9a8b7c66', client_secret: 'both-secret' };

export const graph = 'https://graph.microsoft.com';
export const createdByApp = `${graph}/Notifications.ReadWrite.CreatedByApp`;
export const serverRedirect = 'https://localhost:3000/signed-in';
export const phoneRedirect = 'http://localhost';
export const pageRedirect = 'https://localhost:5173/';
export const pageOrigin = 'https://localhost:5173';

export const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
export const challenge = createHash('sha256').update(verifier).digest('base64url');

/** Made once for a file: making a key is slow. */
const signingKeys = createSigningKeys();
const seed = withMore(await loadSeed(defaultSeedFile));
const registrations = createRegistrations(seed);

function withMore({ clients = [], consents = [], ...rest }: Seed): Seed {
  const pem = readFileSync(new URL('../../fixtures/seeds/default-daemon.pem', import.meta.url), 'utf8');
  const more = [
    {
      clientId: narrow.client_id,
      secrets: ['an older secret', narrow.client_secret],
      certificates: [{ pem }, { pem: plusAndSlash }],
      signInAudience: 'AzureADMyOrg' as const,
      identifierUris: ['https://narrow.example/'],
    },
    {
      clientId: both.client_id,
      secrets: [both.client_secret],
      redirectUris: { web: ['https://both.example/in'], spa: ['https://both.example/'] },
    },
  ];
  const consent = { clientId: both.client_id, user: 'adele', scopes: ['Notifications.ReadWrite.CreatedByApp'] };
  // What was read from a file says both where and what; a seed in code says one of them.
  const read = clients.map((client) => (client.certificates ? { ...client, certificates: [{ pem }] } : client));
  return { ...rest, clients: [...read, ...more], consents: [...consents, consent] };
}

/** What differs from adele's sign-in to the server's client; a challenge of undefined is none. */
export type SignedIn = Partial<Omit<CodeRecord, 'challenge'>> & { readonly challenge?: string | undefined };

export interface AskOptions {
  readonly tenant?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface TokenClient extends TestEmulator {
  readonly stores: Stores;
  /** v2.0. */
  ask(form: Form, options?: AskOptions): Promise<Answer<TokenBody>>;
  askV1(form: Form, options?: AskOptions): Promise<Answer<Schemas['TokenAnswerV1'] & Partial<Schemas['ErrorBody']>>>;
  startDevice(form: Form, options?: AskOptions): Promise<Answer<Schemas['DeviceCodeAnswer'] & Partial<Schemas['ErrorBody']>>>;
  startDeviceV1(form: Form, options?: AskOptions): Promise<Answer<Schemas['DeviceCodeAnswerV1'] & Partial<Schemas['ErrorBody']>>>;
  /** As the sign-in page does when adele has signed in to the server's client. */
  signIn(record?: SignedIn): Promise<string>;
  /** As the device page does. */
  finishDevice(deviceCode: string, state: 'approved' | 'declined', alias?: string): Promise<void>;
  /** Moves the service clock. */
  pass(seconds: number): void;
  /** Of the emulator's own key. */
  sign(claims: JWTPayload): Promise<string>;
}

export function oidOf(alias: string): string {
  return registrations.userByAlias(alias)?.oid ?? '';
}

export async function startTokens(start: Start, more: Partial<Seed> = {}, parts: Partial<EmulatorParts> = {}): Promise<TokenClient> {
  let stores: Stores | undefined;
  const keepStores = (made: Stores) => {
    stores = made;
    return made;
  };
  const emulator = await start({ seed: { ...seed, ...more } }, { signingKeys, stores: keepStores, ...parts });
  if (!stores) throw new Error('the emulator made no stores');
  const { grants } = stores;
  const { clock, url } = emulator;
  const post = <T>(path: string, form: Form, { tenant = contoso, headers = {} }: AskOptions = {}) =>
    send<T>(url, {
      path: `/${tenant}/oauth2/${path}`,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
      bytes: formText(form),
    });
  let codes = 0;
  return {
    ...emulator,
    stores,
    ask: (form, options) => post('v2.0/token', form, options),
    askV1: (form, options) => post('token', form, options),
    startDevice: (form, options) => post('v2.0/devicecode', form, options),
    startDeviceV1: (form, options) => post('devicecode', form, options),
    signIn: async (record = {}) => {
      codes += 1;
      const code = `code-${codes}`;
      const now = clock.now();
      const { challenge: given, ...more } = { challenge, ...record };
      const made = {
        clientId: server.client_id,
        oid: oidOf('adele'),
        scope: `openid profile offline_access ${createdByApp}`,
        redirectUri: serverRedirect,
        ...(given === undefined ? {} : { challenge: given }),
        isUsed: false,
        expiresAt: now + 600_000,
        ...more,
      };
      await grants.change('code', code, now, () => made);
      return code;
    },
    finishDevice: async (deviceCode, state, alias = 'adele') => {
      const oid = state === 'approved' ? { oid: oidOf(alias) } : {};
      await grants.change('device', deviceCode, clock.now(), (record) => record && { ...record, state, ...oid });
    },
    pass: (seconds) => clock.moveTo(clock.now() + seconds * 1000),
    sign: (claims) => signingKeys.sign(claims),
  };
}

function formText(form: Form): string {
  const given = Object.entries(form).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]]));
  return new URLSearchParams(given).toString();
}

/** The AADSTS number, which body and description must agree about. */
export function refusalOf({ status, body }: Answer<Partial<Schemas['ErrorBody']>>): { status: number; number: number | undefined } {
  const [number] = body.error_codes ?? [];
  if (!body.error_description?.startsWith(`AADSTS${number}: `)) throw new Error(`no error of the platform: ${JSON.stringify(body)}`);
  return { status, number };
}

export function claimsOf(token: string | undefined): JWTPayload {
  return decodeJwt(token ?? '');
}
