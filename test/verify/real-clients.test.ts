// The makers' own client libraries, unmodified, against a real emulator over real TLS, in a process that can reach nothing else.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Refusal } from '../../src/domain/errors.ts';
import type { Admission } from '../../src/domain/ports.ts';
import { composeEmulator, type Emulator } from '../../src/emulator.ts';
import { createDevice, type Device, type Received } from '../../src/index.ts';
import { createServiceClock } from '../../src/runtime/clock.ts';
import type { Setting } from '../clients/flows/flow.ts';
import { type FlowResults, runFlows } from '../clients/run-flows.ts';

const graph = 'https://graph.microsoft.com';
const scope = `${graph}/Notifications.ReadWrite.CreatedByApp`;
const tenant = { id: '0f7e2c3a-5d1b-4b6e-8f4a-9c2d1e0b7a11', domain: 'contoso.example' };
const server = {
  clientId: '5f1c7b1e-0c9e-4c57-9d0a-6a1f3f2b7c11',
  secret: 'contoso-server-secret',
  redirectUri: 'http://localhost:3000/signed-in',
};
const daemon = {
  clientId: '7c3e9d20-64b1-4f0e-8a55-0d9b6e1c4f22',
  pemFile: fileURLToPath(new URL('../../fixtures/seeds/default-daemon.pem', import.meta.url)),
};
const phone = { clientId: '2b6f0b8d-51a7-4d57-8f5c-2f7b0b0a9d33' };
const page = { clientId: '8d0d6c0a-7d0b-49a5-9a3b-1f6f1a4f7e44', redirectUri: 'https://localhost:3000/' };
const user = { displayName: 'Adele Vance', upn: 'adele@contoso.example', password: 'adele-password' };

/** The first post of each is refused with this, and a second to wait. */
const refusedFirst = new Map([
  ['throttled first', new Refusal('Throttled', 'Too many requests.', { retryAfterSeconds: 1 })],
  ['unavailable first', new Refusal('Unavailable', 'Busy.', { retryAfterSeconds: 1 })],
]);

const openidNames = ['authorization code', 'client credentials', 'device code', 'implicit'].map((flow) => `openid-client: ${flow}`);
const appServerNames = ['jose: verifies a token for its API', 'jose: refuses what was altered'];
const work = 'https://activity.microsoft.com';
const personal = 'https://activity.windows.com';
/** Each with the resource and the scopes of its token. */
const makers: readonly (readonly [name: string, resource: string, scp: string])[] = [
  ['makers: Windows, work account', work, 'Notifications.ReadWrite.CreatedByApp'],
  ['makers: Windows, personal account', personal, 'Notifications.ReadWrite.CreatedByApp'],
  ['makers: iOS, work account', work, 'Notifications.ReadWrite.CreatedByApp UserActivity.ReadWrite.CreatedByApp'],
  ['makers: iOS, personal account', personal, 'Notifications.ReadWrite.CreatedByApp UserActivity.ReadWrite.CreatedByApp'],
  ['makers: web, in small letters', work, 'useractivity.readwrite.createdbyapp'],
];
const makersNames = [...makers.map(([name]) => name), 'makers: on behalf of'];

let folder = '';
let emulator: Emulator;
let device: Device;
let flows: FlowResults;

/** Calls are let in but for the first ones of two flows, which come in this order. */
function createTurnstile(): Admission {
  const waiting = [...refusedFirst.values()];
  let posts = 0;
  return {
    admit: async ({ operationId, caller }) => {
      if (operationId !== 'postNotification' || caller.kind !== 'app') return undefined;
      posts += 1;
      // The plain post comes first, then each of the refused ones and its repetition.
      return posts === 2 ? waiting[0] : posts === 4 ? waiting[1] : undefined;
    },
    admitTokenRequest: async () => undefined,
  };
}

/** Polls of a device code come every second, so that the test need not wait for five. */
function withShortInterval(): string {
  const shipped = readFileSync(new URL('../../openapi/identity.yaml', import.meta.url), 'utf8');
  const path = join(folder, 'identity.yaml');
  writeFileSync(path, shipped.replace('deviceCodeInterval: PT5S', 'deviceCodeInterval: PT1S'));
  return path;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'unsid-clients-'));
  emulator = await composeEmulator(
    { https: { dataFolder: folder }, auth: 'strict', spec: [withShortInterval()], validateResponses: true },
    { admission: createTurnstile(), clock: createServiceClock() },
  );
  const origin = emulator.httpsUrl?.replace('localhost', '127.0.0.1') ?? '';
  const caFile = emulator.caFile ?? '';
  const setting: Setting = { origin, tenant, server, daemon, phone, page, user, unsid: '', application: 'team.example' };
  const first = await runFlows(caFile, setting, ['msal: password']);
  const signedIn = first.results['msal: password'];
  if (!signedIn?.ok) throw new Error(`No token: ${JSON.stringify(signedIn)}`);
  const { accessToken } = signedIn.ok as TokenFacts;
  device = await createDevice({ url: emulator.url, user: 'adele', platform: 'Windows', application: 'team.example', token: accessToken });
  flows = await runFlows(caFile, { ...setting, unsid: device.unsid }, [
    'msal: secret',
    'msal: wrong secret',
    'msal: certificate, PS256',
    'msal: authorization code',
    'msal: on behalf of',
    'msal: public authorization code',
    'msal: device code',
    'msal: interactive',
    'msal: password',
    'msal: wrong password',
    'msal: silent sign-in without a session',
    'identity: secret',
    'identity: wrong secret',
    'identity: certificate',
    'identity: environment',
    'graph: post',
    'graph: post while throttled',
    'graph: post while unavailable',
    'graph: error',
    ...openidNames,
    ...appServerNames,
    ...makersNames,
  ]);
});

afterAll(async () => {
  await device?.close();
  await emulator?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function okOf<T>(name: string): T {
  const { ok, error } = flows.results[name] ?? {};
  if (error) throw new Error(`${name}: ${error.message}`);
  return ok as T;
}
const errorOf = (name: string) => flows.results[name]?.error;

interface TokenFacts {
  readonly accessToken: string;
  readonly idToken: string;
  readonly username?: string;
  readonly scopes: readonly string[];
  readonly fromCache: boolean;
  readonly tenantId: string;
  readonly secondsLeft: number;
}

describe('the child process', () => {
  it('reached nothing but this machine, and looked no name up', () => {
    expect(flows.tried).toEqual([]);
  });

  it('would have reported each attempt', async () => {
    const names = ['guard: connects elsewhere', 'guard: looks a name up', 'guard: fetches by name'];
    const { tried, results } = await runFlows('', {} as Setting, names);
    expect(tried).toEqual(['connect 192.0.2.1', 'lookup name.example', 'lookup name.example']);
    for (const name of names) expect(results[name]?.ok, name).toMatch(/not allowed here/);
  });
});

describe('MSAL', () => {
  it.each(['msal: secret', 'msal: certificate, PS256'])(
    '[F32][F33][D24] gets and caches an app-only token, and another when it asks: %s',
    (name) => {
      const { first, second, third } = okOf<{ first: TokenFacts; second: TokenFacts; third: TokenFacts }>(name);
      expect(decodeJwt(first.accessToken)).toMatchObject({ aud: graph, tid: tenant.id, idtyp: 'app', ver: '1.0' });
      expect(first).toMatchObject({ fromCache: false, secondsLeft: expect.closeTo(3599, -1) });
      expect(second).toMatchObject({ fromCache: true, accessToken: first.accessToken });
      expect(third.fromCache).toBe(false);
    },
  );

  it.each([
    ['msal: authorization code', server.clientId],
    ['msal: public authorization code', phone.clientId],
  ])('[F34][F35][F39] signs a user in, finds the token in its cache, and renews it: %s', (name, clientId) => {
    const { state, result, silent, renewed } = okOf<{ state: string; result: TokenFacts; silent: TokenFacts; renewed: TokenFacts }>(name);
    expect(state).toBe('a state');
    expect(result).toMatchObject({ username: user.upn, tenantId: tenant.id });
    expect(decodeJwt(result.accessToken)).toMatchObject({
      aud: graph,
      appid: clientId,
      upn: user.upn,
      scp: 'Notifications.ReadWrite.CreatedByApp',
    });
    expect(decodeJwt(result.idToken)).toMatchObject({ aud: clientId, nonce: 'a nonce', preferred_username: user.upn, ver: '2.0' });
    expect(result.scopes).toContain(scope);
    expect(silent).toMatchObject({ fromCache: true, accessToken: result.accessToken });
    expect(renewed.fromCache).toBe(false);
    expect(renewed.accessToken).not.toBe(result.accessToken);
  });

  it('[F36] asks on behalf of the user who called', () => {
    const { result } = okOf<{ result: TokenFacts }>('msal: on behalf of');
    expect(decodeJwt(result.accessToken)).toMatchObject({
      aud: graph,
      appid: server.clientId,
      upn: user.upn,
      scp: 'Notifications.ReadWrite.CreatedByApp',
    });
  });

  it('[F37] signs a device in while a person types its code elsewhere', () => {
    const { message, result } = okOf<{ message: string; result: TokenFacts }>('msal: device code');
    expect(message).toMatch(/[A-Z2-9]{4}-[A-Z2-9]{4}/);
    expect(result).toMatchObject({ username: user.upn });
  });

  it('[F38] opens a browser and takes the code from its own server', () => {
    expect(okOf<TokenFacts>('msal: interactive')).toMatchObject({ username: user.upn });
  });

  it('[F35] signs in with a password', () => {
    expect(okOf<TokenFacts>('msal: password')).toMatchObject({ username: user.upn, scopes: expect.arrayContaining([scope]) });
  });

  it.each([
    ['msal: wrong secret', 'invalid_client', /AADSTS7000215/],
    ['msal: wrong password', 'invalid_grant', /AADSTS50126/],
  ])('[F42] reports what was wrong: %s', (name, errorCode, message) => {
    expect(errorOf(name)).toMatchObject({ errorCode, message: expect.stringMatching(message) });
  });

  it('[F38] has to ask the user when no one is signed in', () => {
    expect(okOf('msal: silent sign-in without a session')).toMatchObject({
      error: 'login_required',
      description: expect.stringMatching(/^AADSTS50058/),
    });
  });
});

describe('@azure/identity', () => {
  it.each(['identity: secret', 'identity: certificate', 'identity: environment'])('[F32][F33] gets an app-only token: %s', (name) => {
    const { accessToken, secondsLeft } = okOf<{ accessToken: string; secondsLeft: number }>(name);
    expect(decodeJwt(accessToken)).toMatchObject({ aud: graph, idtyp: 'app', tid: tenant.id });
    expect(secondsLeft).toBeGreaterThan(3500);
  });

  it('[F42] reports what was wrong', () => {
    expect(errorOf('identity: wrong secret')?.message).toMatch(/AADSTS7000215/);
  });
});

describe('openid-client', () => {
  interface Answer {
    readonly access_token: string;
    readonly scope: string;
  }

  it('[F31][F34][F35][F38][F48] signs a user in by a code, asks who it is, renews and signs out', () => {
    const { tokens, info, isRenewed, signOut } = okOf<{ tokens: Answer; info: object; isRenewed: boolean; signOut: number }>(
      'openid-client: authorization code',
    );
    expect(decodeJwt(tokens.access_token)).toMatchObject({ aud: graph, upn: user.upn });
    expect(info).toMatchObject({ name: user.displayName, email: user.upn });
    expect({ isRenewed, signOut }).toEqual({ isRenewed: true, signOut: 302 });
  });

  it('[F32] gets an app-only token', () => {
    expect(decodeJwt(okOf<Answer>('openid-client: client credentials').access_token)).toMatchObject({ idtyp: 'app', tid: tenant.id });
  });

  it('[F37] signs a device in', () => {
    expect(decodeJwt(okOf<Answer>('openid-client: device code').access_token)).toMatchObject({ upn: user.upn });
  });

  it('[F45] signs a user in by an id token in the fragment', () => {
    expect(okOf('openid-client: implicit')).toMatchObject({ aud: page.clientId, preferred_username: user.upn, tid: tenant.id });
  });
});

describe('an app server that verifies with jose', () => {
  it('[F31][F39] takes a token for its API by the published keys, and none that was altered', () => {
    expect(okOf('jose: verifies a token for its API')).toMatchObject({ azp: phone.clientId, scp: 'access_as_user', ver: '2.0' });
    expect(okOf('jose: refuses what was altered')).toBe('ERR_JWS_SIGNATURE_VERIFICATION_FAILED');
  });
});

describe("the sign-ins of the makers' samples", () => {
  interface Used {
    readonly result: TokenFacts;
    readonly isFound?: boolean;
    readonly subscribed: number;
    readonly published: number;
  }

  it.each(makers)('[F43][F44][D27] get a token with which a device subscribes and nobody publishes: %s', (name, aud, scp) => {
    const { result, ...others } = okOf<Used>(name);
    expect(decodeJwt(result.accessToken)).toMatchObject({ aud, scp, upn: user.upn });
    expect(others).toEqual({ isFound: true, subscribed: 201, published: 401 });
  });

  it('[F36][F43][D27] get a token for Graph on behalf of the user, which publishes', () => {
    const { result, published } = okOf<Used>('makers: on behalf of');
    expect(decodeJwt(result.accessToken)).toMatchObject({ aud: graph, scp: 'User.Read Notifications.ReadWrite.CreatedByApp' });
    expect(published).toBe(201);
  });
});

const titleOf = (one: Received) =>
  one.kind === 'notification' && one.notification.status === 'Active' ? one.notification.payload.visualContent?.title : undefined;

describe('the Graph client', () => {
  it.each([
    ['graph: post', 'from the Graph client'],
    ['graph: post while throttled', 'throttled first'],
    ['graph: post while unavailable', 'unavailable first'],
  ])('[F1][F17] publishes to a device: %s', async (name, title) => {
    expect(okOf(name)).toMatchObject({ payload: { visualContent: { title } } });
    await device.next((one) => titleOf(one) === title);
    expect(device.received.filter((one) => titleOf(one) === title)).toHaveLength(1);
  });

  it('[F19] has code, message and request id of an error', () => {
    expect(okOf('graph: error')).toEqual({
      statusCode: 403,
      code: 'Forbidden',
      message: expect.stringContaining('X-UNS-ID'),
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });
});
