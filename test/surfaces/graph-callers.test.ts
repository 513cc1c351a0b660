// The Graph surface's callers: who may publish to whom, who is refused, and what browsers and proxies see of it.

import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../src/domain/errors.ts';
import type { Caller } from '../../src/domain/model.ts';
import type { Authenticator } from '../../src/domain/ports.ts';
import {
  application,
  type NotificationBody,
  rawBody,
  type SubscriptionBody,
  serverToken,
  tokenOf,
  useEmulators,
} from '../support/emulator.ts';
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
    expect(errorOf(elsewhere).message).toBe(errorOf(unknown).message);
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
    expect((await post('dev.user.adele~contoso-app')).status).toBe(201);
    expect((await post('dev.user.adele')).status).toBe(201);
  });

  it('[F30] lets any client act for an application that nobody registered', async () => {
    const emulator = await start({ seed: { applications: [{ hostName: 'fabrikam.example', clientIds: [] }] } });
    const adele = await emulator.subscribe('adele');
    expect((await emulator.send({ path, token: 'dev.app.anyone', unsid: adele.unsid, json: rawBody })).status).toBe(201);
  });
});

describe('methods and paths', () => {
  it.each(['get', 'put', 'patch', 'delete', 'options'] as const)('[D1][F18] %s is 405 with Allow: POST', async (method) => {
    const emulator = await start();
    for (const one of [path, `${path}/`]) {
      const answer = await request(emulator.url)[method](one);
      expect([answer.status, answer.headers['allow'], answer.body.error.code]).toEqual([405, 'POST', 'MethodNotAllowed']);
    }
  });

  it('[D1] HEAD is 405 too, without a body', async () => {
    const emulator = await start();
    const answer = await request(emulator.url).head(path);
    expect([answer.status, answer.headers['allow'], answer.text]).toEqual([405, 'POST', undefined]);
  });

  it("[F19] an unknown path is 404 with Graph's error body and headers", async () => {
    const emulator = await start();
    for (const unknown of [
      '/',
      '/beta/me',
      '/v1.0/me/notifications',
      '/beta/me/notifications/x',
      '/beta//me/notifications',
      '/%ff',
      '/beta/me/activities/1',
    ]) {
      const answer = await emulator.send({ path: unknown });
      expect(refusalOf(answer), unknown).toEqual([404, 'NotFound', 'UnknownRoute']);
      expect(answer.headers['cache-control']).toBe('private');
    }
  });
});

describe('browsers', () => {
  it('[D1][F6] get their preflight answered everywhere', async () => {
    const emulator = await start();
    for (const [one, methods] of [
      [path, 'POST'],
      ['/client/v1/notifications/1', 'GET'],
      ['/nowhere', 'POST'],
    ] as const) {
      const answer = await request(emulator.url).options(one).set({
        Origin: 'https://app.example',
        'Access-Control-Request-Method': methods,
        'Access-Control-Request-Headers': 'authorization, x-uns-id',
      });
      expect(answer.status, one).toBe(204);
      expect(answer.headers['access-control-allow-origin']).toBe('*');
      expect(answer.headers['access-control-allow-methods']?.split(', ')).toContain(methods);
      expect(answer.headers['access-control-allow-headers']?.toLowerCase()).toContain('x-uns-id');
    }
  });

  it('[F6] may read every answer and the headers that scripts need', async () => {
    const emulator = await start();
    const answer = await request(emulator.url).post(path).set('Origin', 'https://app.example').send(rawBody);
    expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([401, '*']);
    expect(answer.headers['access-control-expose-headers']).toMatch(/, Retry-After, WWW-Authenticate$/);
  });
});

describe('URLs in answers', () => {
  async function urlsFor(host: string, publicOrigin?: string) {
    const emulator = await start(publicOrigin === undefined ? {} : { publicOrigin });
    const adele = await emulator.subscribe('adele');
    const headers = { Host: host };
    const posted = await emulator.send<NotificationBody>({ path, token: serverToken, unsid: adele.unsid, json: rawBody, headers });
    const read = await emulator.send<SubscriptionBody>({
      path: `/client/v1/subscriptions/${adele.unsid}`,
      token: tokenOf('adele'),
      headers,
    });
    const origins = [String(posted.headers.location).split('/beta')[0], posted.body['@odata.context'].split('/beta')[0]];
    return { url: emulator.url, origins, socketUrl: read.body.socketUrl };
  }

  it.each(['notify.example', 'notify.example:8443', '[::1]:4280', 'localhost'])(
    '[F4][F5] carry the origin http://%s the request came to',
    async (host) => {
      const { origins, socketUrl } = await urlsFor(host);
      expect(origins).toEqual([`http://${host}`, `http://${host}`]);
      expect(socketUrl).toBe(`ws://${host}/client/v1/socket`);
    },
  );

  it('[F4][F5][D14] carry the public origin when there is one', async () => {
    const { origins, socketUrl } = await urlsFor('inside:1', 'https://notify.example');
    expect(origins).toEqual(['https://notify.example', 'https://notify.example']);
    expect(socketUrl).toBe('wss://notify.example/client/v1/socket');
  });

  it.each(["evil.example/'/x", 'a b', 'x@y', 'a"b', '<script>', ''])('[F4][F5] do not repeat the odd host %j', async (host) => {
    const { url, origins } = await urlsFor(host);
    expect(origins).toEqual([url, url]);
  });
});
