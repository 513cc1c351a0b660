// The Graph surface's callers: who may publish to whom, and who is refused.
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../src/domain/errors.ts';
import type { Caller } from '../../src/domain/model.ts';
import type { Authenticator } from '../../src/domain/ports.ts';
import { application, rawBody, type SubscriptionBody, serverToken, tokenOf, useEmulators } from '../support/emulator.ts';
import { type Answer, errorOf } from '../support/http-call.ts';

const start = useEmulators();
const path = '/beta/me/notifications';
const refusalOf = (answer: Answer) => [answer.status, errorOf(answer).code, errorOf(answer).innerError.code];

/** Callers by their token. */
const createAuthenticator = (callers: Readonly<Record<string, Caller>>): Authenticator => ({
  authenticate: async (token) => callers[token ?? ''] ?? new Refusal('TokenInvalid', 'The token is unknown.'),
});
const delegated = (...scopes: string[]): Caller => ({
  kind: 'user',
  userId: 'adele',
  upn: 'adele@contoso.com',
  clientId: 'app',
  scopes: new Set(scopes),
});

describe('scopes', () => {
  const callers = {
    'with-notifications': delegated('Notifications.ReadWrite.CreatedByApp'),
    'with-activity': delegated('UserActivity.ReadWrite.CreatedByApp'),
    'with-both': delegated('UserActivity.ReadWrite.CreatedByApp', 'Notifications.ReadWrite.CreatedByApp'),
    'with-others': delegated('User.Read', 'openid'),
    'with-none': delegated(),
    server: { kind: 'app', clientId: 'server' } as const,
  };
  const subscription = { application, deviceId: 'pc', platform: 'Windows' };

  it('[F17][D4] a delegated token needs Notifications.ReadWrite.CreatedByApp to publish', async () => {
    const emulator = await start({}, { authenticator: createAuthenticator(callers) });
    const post = (token: string) => emulator.send({ path, token, json: rawBody });
    expect((await post('with-notifications')).status).toBe(201);
    expect((await post('with-both')).status).toBe(201);
    for (const token of ['with-activity', 'with-others', 'with-none']) {
      expect(refusalOf(await post(token)), token).toEqual([403, 'Forbidden', 'MissingScope']);
    }
  });

  it('[F17] an app-only token needs no permission', async () => {
    const emulator = await start({}, { authenticator: createAuthenticator(callers) });
    const { body } = await emulator.send<SubscriptionBody>({ path: '/client/v1/subscriptions', token: 'with-both', json: subscription });
    const answer = await emulator.send({ path, token: 'server', unsid: body.userNotificationSubscriptionId, json: rawBody });
    expect(answer.status).toBe(201);
  });

  it('[F23] either user scope opens the client surface, and no other', async () => {
    const emulator = await start({}, { authenticator: createAuthenticator(callers) });
    const subscribe = (token: string) => emulator.send({ path: '/client/v1/subscriptions', token, json: subscription });
    expect((await subscribe('with-notifications')).status).toBe(201);
    expect((await subscribe('with-activity')).status).toBe(200);
    for (const token of ['with-others', 'with-none'])
      expect(refusalOf(await subscribe(token)), token).toEqual([403, 'Forbidden', 'MissingScope']);
    expect(refusalOf(await subscribe('server'))).toEqual([403, 'Forbidden', 'UserTokenRequired']);
  });

  it('[F18][F19] a token that has expired is 401 with its reason', async () => {
    const authenticator: Authenticator = { authenticate: async () => new Refusal('TokenExpired', 'The token has expired.') };
    const emulator = await start({}, { authenticator });
    const answer = await emulator.send({ path, token: 'old', json: rawBody });
    expect(refusalOf(answer)).toEqual([401, 'InvalidAuthenticationToken', 'TokenExpired']);
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer .*authorization_uri=.*error="invalid_token"/);
  });

  it.each(['Basic YTpi', 'Bearer', 'Bearer ', 'dev.user.adele'])('[F19] Authorization: %s is no token', async (authorization) => {
    const emulator = await start();
    const answer = await emulator.send({ path, headers: { Authorization: authorization }, json: rawBody });
    expect(refusalOf(answer)).toEqual([401, 'InvalidAuthenticationToken', 'TokenMissing']);
  });
});

describe('a UNSID', () => {
  it('[D3][D12] that has expired is 403', async () => {
    const emulator = await start();
    const adele = await emulator.subscribe('adele');
    await emulator.emulator.advance(30 * 86_400 - 1);
    expect((await emulator.send({ path, token: serverToken, unsid: adele.unsid, json: rawBody })).status).toBe(201);
    await emulator.emulator.advance(1);
    const answer = await emulator.send({ path, token: serverToken, unsid: adele.unsid, json: rawBody });
    expect(refusalOf(answer)).toEqual([403, 'Forbidden', 'UnsidNotUsable']);
  });

  it("[D3][F20] names one user of one application, and gives nothing away of others'", async () => {
    const emulator = await start();
    const adele = await emulator.subscribe('adele');
    const elsewhere = await emulator.send({
      path,
      token: serverToken,
      unsid: adele.unsid,
      json: { ...rawBody, targetHostName: 'fabrikam.example' },
    });
    const unknown = await emulator.send({ path, token: serverToken, unsid: 'no-such-unsid', json: rawBody });
    expect(refusalOf(elsewhere)).toEqual([403, 'Forbidden', 'UnsidNotUsable']);
    const { message } = errorOf(unknown);
    expect(message).toBe(
      'X-UNS-ID: "no-such-unsid" is not the UNSID of a device that is subscribed for contoso.example and that this caller may notify: ' +
        'it is unknown, expired, unsubscribed or of another user or application; send the UNSID of the last subscription',
    );
    expect(errorOf(elsewhere).message).toBe(message.replace('no-such-unsid', adele.unsid).replace('contoso.example', 'fabrikam.example'));
  });

  it("[D4] of another user is 403 with a delegated token, an own one's is fine", async () => {
    const emulator = await start();
    const [adele, bert] = [await emulator.subscribe('adele'), await emulator.subscribe('bert')];
    const answer = await emulator.send({ path, token: tokenOf('adele'), unsid: bert.unsid, json: rawBody });
    expect(refusalOf(answer)).toEqual([403, 'Forbidden', 'UnsidNotUsable']);
    expect((await emulator.list(bert)).value).toEqual([]);
    expect((await emulator.send({ path, token: tokenOf('adele'), unsid: adele.unsid, json: rawBody })).status).toBe(201);
  });
});

describe('admission', () => {
  it('[F18] refuses a client on the block list, whatever its token', async () => {
    const emulator = await start({ seed: { blockList: ['mallory'] } });
    const adele = await emulator.subscribe('adele');
    for (const token of ['dev.app.mallory', 'dev.user.adele~mallory']) {
      const answer = await emulator.send({ path, token, unsid: adele.unsid, json: rawBody });
      expect(refusalOf(answer), token).toEqual([403, 'Forbidden', 'CallerBlocked']);
    }
    expect((await emulator.send({ path, token: 'dev.app.honest', unsid: adele.unsid, json: rawBody })).status).toBe(201);
  });

  it.each([
    [429, 'TooManyRequests', { callsPerMinute: 2 }],
    [429, 'TooManyRequests', { callsPerMinute: 2, status: 429 as const }],
    [406, 'NotAcceptable', { callsPerMinute: 2, status: 406 as const }],
  ])('[D8][F18] throttles with %i %s and Retry-After, each client for itself', async (status, code, throttling) => {
    const emulator = await start({ seed: { throttling } });
    const adele = await emulator.subscribe('adele');
    const post = (client: string) => emulator.send({ path, token: `dev.app.${client}`, unsid: adele.unsid, json: rawBody });
    expect([(await post('one')).status, (await post('one')).status]).toEqual([201, 201]);
    const answer = await post('one');
    expect(refusalOf(answer)).toEqual([status, code, 'Throttled']);
    const retryAfterSeconds = Number(answer.headers['retry-after']);
    expect(retryAfterSeconds).toBeGreaterThan(0);
    expect((await post('two')).status).toBe(201);
    await emulator.emulator.advance(retryAfterSeconds);
    expect((await post('one')).status).toBe(201);
  });

  it('[F30] lets only registered clients act for a registered application', async () => {
    const seed = { applications: [{ hostName: 'Contoso.Example', clientIds: ['contoso-server', 'contoso-app'] }] };
    const emulator = await start({ seed });
    const adele = await emulator.subscribe('adele');
    const post = (token: string, targetHostName = application) =>
      emulator.send({ path, token, unsid: adele.unsid, json: { ...rawBody, targetHostName } });
    expect((await post('dev.app.contoso-server')).status).toBe(201);
    expect((await post('dev.app.contoso-app', 'CONTOSO.example')).status).toBe(201);
    expect(refusalOf(await post('dev.app.stranger'))).toEqual([403, 'Forbidden', 'ClientNotRegistered']);
    expect(refusalOf(await post('dev.user.adele~stranger'))).toEqual([403, 'Forbidden', 'ClientNotRegistered']);
    expect((await post('dev.app.stranger')).text).toMatch(
      /The client stranger is not registered for the application \S+\. Registered for it: contoso-server, contoso-app\."/,
    );
    expect((await post('dev.user.adele~contoso-app')).status).toBe(201);
    expect((await post('dev.user.adele')).status).toBe(201);
  });

  it('[F30] lets any client act for an application that is not registered', async () => {
    const emulator = await start({ seed: { applications: [{ hostName: 'fabrikam.example', clientIds: [] }] } });
    const adele = await emulator.subscribe('adele');
    expect((await emulator.send({ path, token: 'dev.app.anyone', unsid: adele.unsid, json: rawBody })).status).toBe(201);
  });
});
