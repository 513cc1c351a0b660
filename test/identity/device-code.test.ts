// A device signs a person in who types a code elsewhere (F37).
import { beforeEach, describe, expect, it } from 'vitest';
import { createRandomIds } from '../../src/runtime/ids.ts';
import { useEmulators } from '../support/emulator.ts';
import { createSequenceIds } from '../support/ids.ts';
import {
  claimsOf,
  contoso,
  createdByApp,
  fabrikam,
  oidOf,
  page,
  pageOrigin,
  phone,
  refusalOf,
  server,
  startTokens,
  type TokenClient,
} from '../support/token-client.ts';

const start = useEmulators();
const scope = `openid offline_access ${createdByApp}`;
const urn = 'urn:ietf:params:oauth:grant-type:device_code';
const pending = { status: 400, number: 70016 };

let tokens: TokenClient;
beforeEach(async () => {
  tokens = await startTokens(start);
});

async function started(form: object = {}): Promise<string> {
  const { body } = await tokens.startDevice({ ...phone, scope, ...form });
  return body.device_code;
}

const question = (deviceCode: string, more: object = {}) => ({ grant_type: 'device_code', ...phone, device_code: deviceCode, ...more });

describe('starting a device sign-in', () => {
  it.each(['common', 'contoso.example', contoso])('[F37] at %s gives a code for the device and one for the person', async (tenant) => {
    const { status, body, headers } = await tokens.startDevice({ ...phone, scope }, { tenant });
    const page = `${tokens.url}/${tenant}/oauth2/deviceauth`;
    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('no-store');
    expect(body).toMatchObject({ verification_uri: page, expires_in: 900, interval: 5 });
    expect(body.user_code).toMatch(/^[B-Z2-9]{4}-[B-Z2-9]{4}$/);
    expect(body.message).toContain(page);
    expect(body.message).toContain(body.user_code);
    const { grants } = tokens.stores;
    const found = await grants.get('userCode', body.user_code.replace('-', ''), tokens.clock.now());
    expect(found?.deviceCode).toBe(body.device_code);
    expect(await grants.get('device', body.device_code, tokens.clock.now())).toMatchObject({
      clientId: phone.client_id,
      tenant,
      scope,
      state: 'pending',
    });
  });

  it('[F37] never gives two people the same code', async () => {
    const next = ['BBBBBBBB', 'BBBBBBBB', 'CCCCCCCC'];
    const ids = { ...createSequenceIds(), userCode: () => next.shift() ?? 'DDDDDDDD' };
    const { startDevice } = await startTokens(start, {}, { ids });
    const codes = [await startDevice({ ...phone, scope }), await startDevice({ ...phone, scope })].map(({ body }) => body.user_code);
    expect(codes).toEqual(['BBBB-BBBB', 'CCCC-CCCC']);
  });

  it('[F37] gives codes that cannot be guessed', async () => {
    const { startDevice } = await startTokens(start, {}, { ids: createRandomIds() });
    const bodies = await Promise.all(Array.from({ length: 20 }, async () => (await startDevice({ ...phone, scope })).body));
    expect(new Set(bodies.flatMap((body) => [body.device_code, body.user_code])).size).toBe(40);
    expect(Math.min(...bodies.map((body) => body.device_code.length))).toBeGreaterThanOrEqual(43);
  });

  it.each([
    ['an unknown client', { client_id: 'nobody', scope }, contoso, 700016],
    ['no client', { scope }, contoso, 900144],
    ['no scope', phone, contoso, 900144],
    ['a blank scope', { ...phone, scope: ' ' }, contoso, 70011],
    ['an unknown resource', { ...phone, scope: 'https://nowhere.example/x' }, contoso, 500011],
    ['an unknown tenant', { ...phone, scope }, 'nowhere.example', 90002],
  ])('[F37] [F42] is refused for %s', async (_, form, tenant, number) => {
    expect(refusalOf(await tokens.startDevice(form, { tenant }))).toEqual({ status: 400, number });
  });
});

describe('waiting for the person', () => {
  it.each(['device_code', urn])('[F37] with %s ends with tokens for who has signed in', async (grantType) => {
    const deviceCode = await started();
    const form = question(deviceCode, { grant_type: grantType, client_info: '1' });
    const waiting = await tokens.ask(form);
    expect(refusalOf(waiting)).toEqual(pending);
    expect(waiting.body.error).toBe('authorization_pending');
    await tokens.finishDevice(deviceCode, 'approved');
    const { status, body } = await tokens.ask(form);
    expect(status, body.error_description).toBe(200);
    expect(body).toMatchObject({ scope, refresh_token: expect.any(String), client_info: expect.any(String) });
    expect(claimsOf(body.access_token)).toMatchObject({
      oid: oidOf('adele'),
      appid: phone.client_id,
      appidacr: '0',
      scp: 'Notifications.ReadWrite.CreatedByApp',
    });
    expect(claimsOf(body.id_token)).toMatchObject({ oid: oidOf('adele'), aud: phone.client_id });
  });

  it('[F37] asks not sooner than the interval, with a little slack', async () => {
    const form = question(await started());
    const asked = async (afterSeconds: number) => {
      tokens.pass(afterSeconds);
      return (await tokens.ask(form)).body.error;
    };
    expect([await asked(0), await asked(5), await asked(4), await asked(3.9), await asked(0), await asked(5)]).toEqual([
      'authorization_pending',
      'authorization_pending',
      'authorization_pending',
      'slow_down',
      'slow_down',
      'authorization_pending',
    ]);
  });

  it('[F37] is refused when the person has declined', async () => {
    const deviceCode = await started();
    await tokens.finishDevice(deviceCode, 'declined');
    const answer = await tokens.ask(question(deviceCode));
    expect(refusalOf(answer)).toEqual({ status: 400, number: 70017 });
    expect(answer.body.error).toBe('authorization_declined');
  });

  it.each(['approved', undefined] as const)('[F37] is over when the code has expired, %s or not', async (state) => {
    const deviceCode = await started();
    if (state) await tokens.finishDevice(deviceCode, state);
    tokens.pass(899);
    if (!state) expect(refusalOf(await tokens.ask(question(deviceCode)))).toEqual(pending);
    tokens.pass(1);
    const answer = await tokens.ask(question(deviceCode));
    expect(refusalOf(answer)).toEqual({ status: 400, number: 70019 });
    expect(answer.body.error).toBe('expired_token');
  });

  it('[F37] gets tokens once', async () => {
    const deviceCode = await started();
    await tokens.finishDevice(deviceCode, 'approved');
    const answers = await Promise.all([1, 2, 3].map(() => tokens.ask(question(deviceCode))));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
    expect(refusalOf(await tokens.ask(question(deviceCode)))).toEqual({ status: 400, number: 54005 });
  });

  it.each([
    ['an unknown code', { device_code: 'made-up' }, 400, 70018],
    ['__proto__', { device_code: '__proto__' }, 400, 70018],
    ['no code', { device_code: '' }, 400, 900144],
    ["another client's code", page, 400, 70018],
    ["another client's code and a secret", server, 400, 70018],
    ['a secret of a public client', { client_secret: 'x' }, 401, 700025],
  ])('[F37] [F42] is refused for %s', async (_, more, status, number) => {
    const deviceCode = await started();
    expect(refusalOf(await tokens.ask(question(deviceCode, more)))).toEqual({ status, number });
    await tokens.finishDevice(deviceCode, 'approved');
    expect(refusalOf(await tokens.ask(question(deviceCode, more))), 'also when the person has signed in').toEqual({ status, number });
  });

  it('[F37] of a confidential client needs its secret', async () => {
    const deviceCode = await started(server);
    await tokens.finishDevice(deviceCode, 'approved');
    expect(refusalOf(await tokens.ask(question(deviceCode, { client_id: server.client_id }))).number).toBe(7000218);
    expect((await tokens.ask(question(deviceCode, server))).status).toBe(200);
  });

  it('[F37] [F42] is refused in a tenant that the person is not of, and goes on in the right one', async () => {
    const deviceCode = await started();
    await tokens.finishDevice(deviceCode, 'approved', 'dana');
    expect(refusalOf(await tokens.ask(question(deviceCode))).number).toBe(50020);
    expect(claimsOf((await tokens.ask(question(deviceCode), { tenant: 'common' })).body.access_token)['tid']).toBe(fabrikam);
  });

  it('[F41] is not for pages', async () => {
    const deviceCode = await started();
    await tokens.finishDevice(deviceCode, 'approved');
    const answer = await tokens.ask(question(deviceCode), { headers: { Origin: pageOrigin } });
    expect(refusalOf(answer)).toEqual({ status: 400, number: 9002326 });
  });
});
