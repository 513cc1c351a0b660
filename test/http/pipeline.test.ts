// The pipeline of a request: match, caller, parameters, body, handler, answer, and the order of refusals.
import request from 'supertest';
import { afterEach, describe, expect, it } from 'vitest';
import { Refusal } from '../../src/domain/errors.ts';
import { type HttpApp, type HttpAppOptions, startHttpApp } from '../support/http-app.ts';

const path = '/beta/me/notifications';
const good = { targetHostName: 'contoso.example', payload: { rawContent: 'Hello' } };
const clientRequestId = '1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11';

let app: HttpApp;
const start = async (options: HttpAppOptions = {}) => {
  app = await startHttpApp(options);
  return request(app.url);
};
const send = (agent: ReturnType<typeof request>) =>
  agent.post(path).set('Authorization', 'Bearer dev.app.server').set('X-UNS-ID', 'unsid-1');

afterEach(async () => {
  await app.stop();
  expect(app.violations).toEqual([]);
});

describe('a request', () => {
  it('[F1] [F2] is answered 201 with what the handler gives, the trailing slash accepted too', async () => {
    const agent = await start();
    for (const target of [path, `${path}/`]) {
      const answer = await agent.post(target).set('Authorization', 'Bearer dev.app.server').set('X-UNS-ID', 'unsid-1').send(good);
      expect(answer.status).toBe(201);
    }
    expect(app.calls.map(({ operationId }) => operationId)).toEqual(['postNotification', 'postNotification']);
    expect(app.calls[0]?.call).toMatchObject({
      body: good,
      caller: { kind: 'app', clientId: 'server' },
      parameters: { header: { 'X-UNS-ID': 'unsid-1' } },
    });
    expect(app.calls[0]?.call.origin()).toBe(app.url);
  });

  it('[F6] [D15] is answered with the recorded headers', async () => {
    const answer = await send(await start())
      .set('client-request-id', clientRequestId)
      .send(good);
    expect(answer.headers).toMatchObject({
      'odata-version': '4.0',
      'content-type': 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8',
      'cache-control': 'private',
      'client-request-id': clientRequestId,
      'request-id': '00000000-0000-4000-8000-000000000001',
      'strict-transport-security': 'max-age=31536000',
      date: 'Fri, 23 Aug 2019 00:25:55 GMT',
      duration: '0.0000',
      'access-control-allow-origin': '*',
      location: `${app.url}/beta/me/activities/3407d93c-77f7-4bc0-8fbf-46221a7bed72`,
    });
    expect(JSON.parse(answer.headers['x-ms-ags-diagnostic'] ?? '')).toMatchObject({ ServerInfo: { DataCenter: 'Local' } });
    expect(answer.headers['access-control-expose-headers']).toContain('ReadWriteConsistencyToken');
    expect(answer.headers['x-powered-by']).toBeUndefined();
    expect(answer.headers['etag']).toBeUndefined();
  });

  it('[F6] has a client-request-id that is no GUID ignored', async () => {
    const answer = await send(await start())
      .set('client-request-id', 'mine')
      .send(good);
    expect(answer.headers['client-request-id']).toBe(answer.headers['request-id']);
  });

  it('gives handlers parameters by their type, with defaults', async () => {
    const agent = await start({
      handlers: { listNotifications: async () => ({ status: 200, body: { value: [], cursor: 'c', more: false } }) },
    });
    const list = (query: string) =>
      agent.get(`/client/v1/notifications${query}`).set('Authorization', 'Bearer dev.user.adele').set('X-UNS-ID', 'u');
    expect((await list('?%24top=7&readState=Read')).status).toBe(200);
    expect((await list('')).status).toBe(200);
    expect(app.calls.map(({ call }) => call.parameters)).toMatchObject([
      { query: { $top: 7, readState: 'Read' } },
      { query: { $top: 100 } },
    ]);
  });

  it('gives handlers path parameters decoded', async () => {
    const agent = await start();
    const answer = await agent.delete('/client/v1/subscriptions/a%20b').set('Authorization', 'Bearer dev.user.adele');
    expect(answer.status).toBe(204);
    expect(answer.headers['content-length']).toBeUndefined();
    expect(app.calls[0]?.call.parameters).toMatchObject({ path: { unsid: 'a b' } });
  });

  it('has a body ignored where the operation takes none', async () => {
    const agent = await start();
    expect((await agent.post('/_emulator/v1/reset').set('Content-Type', 'text/plain').send('x'.repeat(100_000))).status).toBe(204);
    expect((await agent.post('/_emulator/v1/reset')).status).toBe(204);
  });

  it('needs no token where the document asks for none', async () => {
    const answer = await (await start()).post('/_emulator/v1/reset');
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store' });
    expect(answer.headers['duration']).toBeUndefined();
    expect(app.calls[0]?.call.caller).toBeUndefined();
  });

  it('reports the public origin when there is one', async () => {
    const answer = await send(await start({ publicOrigin: 'https://notify.example' })).send(good);
    expect(answer.headers['location']).toMatch(/^https:\/\/notify\.example\/beta\/me\/activities\//);
  });
});

const refused: readonly {
  title: string;
  act: (agent: ReturnType<typeof request>) => request.Test;
  status: number;
  code: string;
  inner?: string;
}[] = [
  { title: '404 for an unknown path', act: (agent) => agent.get('/nowhere'), status: 404, code: 'NotFound', inner: 'UnknownRoute' },
  {
    title: '404 for a path that cannot be decoded',
    act: (agent) => agent.get('/client/v1/notifications/%zz'),
    status: 404,
    code: 'NotFound',
    inner: 'UnknownRoute',
  },
  { title: '[D1] [F18] 405 for another method', act: (agent) => agent.get(path), status: 405, code: 'MethodNotAllowed' },
  { title: '[D1] 405 for plain OPTIONS', act: (agent) => agent.options(path), status: 405, code: 'MethodNotAllowed' },
  { title: '405 before 401', act: (agent) => agent.put('/client/v1/notifications/1'), status: 405, code: 'MethodNotAllowed' },
  {
    title: '[F18] 401 without a token',
    act: (agent) => agent.post(path),
    status: 401,
    code: 'InvalidAuthenticationToken',
    inner: 'TokenMissing',
  },
  {
    title: '401 for another scheme',
    act: (agent) => agent.post(path).set('Authorization', 'Basic eDp5'),
    status: 401,
    code: 'InvalidAuthenticationToken',
    inner: 'TokenMissing',
  },
  {
    title: '401 for an unknown token, before anything is said of the body',
    act: (agent) => agent.post(path).set('Authorization', 'Bearer nobody').set('Content-Type', 'text/plain').send('x'),
    status: 401,
    code: 'InvalidAuthenticationToken',
    inner: 'TokenInvalid',
  },
  {
    title: '[F17] [F23] [D4] 403 for a user token without the scope, before 400',
    act: (agent) => agent.post(path).set('Authorization', 'Bearer dev.user.noscope').set('If-Range', 'x'),
    status: 403,
    code: 'Forbidden',
    inner: 'MissingScope',
  },
  {
    title: '403 for an app-only token on the client surface',
    act: (agent) => agent.get('/client/v1/subscriptions').set('Authorization', 'Bearer dev.app.server'),
    status: 403,
    code: 'Forbidden',
    inner: 'UserTokenRequired',
  },
  {
    title: '[F18] 400 for If-Modified-Since',
    act: (agent) => send(agent).set('If-Modified-Since', 'x').send(good),
    status: 400,
    code: 'BadRequest',
    inner: 'UnsupportedHeader',
  },
  {
    title: '[F18] 400 for If-Range',
    act: (agent) => send(agent).set('If-Range', 'x').send(good),
    status: 400,
    code: 'BadRequest',
    inner: 'UnsupportedHeader',
  },
  {
    title: '400 for a refused header before 415 for the encoding',
    act: (agent) => send(agent).set('If-Range', 'x').set('Content-Encoding', 'br').send(good),
    status: 400,
    code: 'BadRequest',
    inner: 'UnsupportedHeader',
  },
  {
    title: '400 without the UNSID that names the device',
    act: (agent) => agent.get('/client/v1/notifications').set('Authorization', 'Bearer dev.user.adele'),
    status: 400,
    code: 'BadRequest',
    inner: 'MissingUnsid',
  },
  {
    title: '[D3] 400 for an empty UNSID',
    act: (agent) => send(agent).set('X-UNS-ID', '').send(good),
    status: 400,
    code: 'BadRequest',
    inner: 'MissingUnsid',
  },
  ...['0', '1001', 'many', '1.5', '', '1e2', '%2B5', '+5', '5.0'].map((top) => ({
    title: `400 for $top=${top}`,
    act: (agent: ReturnType<typeof request>) =>
      agent.get(`/client/v1/notifications?$top=${top}`).set('Authorization', 'Bearer dev.user.adele').set('X-UNS-ID', 'u'),
    status: 400,
    code: 'BadRequest',
    inner: 'InvalidParameter',
  })),
  {
    title: '400 for a query parameter that is given twice',
    act: (agent) =>
      agent.get('/client/v1/notifications?status=Any&status=Any').set('Authorization', 'Bearer dev.user.adele').set('X-UNS-ID', 'u'),
    status: 400,
    code: 'BadRequest',
    inner: 'InvalidParameter',
  },
];

describe('refusals', () => {
  it.each(refused)('[F19] $title', async ({ act, status, code, inner }) => {
    const answer = await act(await start());
    expect(answer.status).toBe(status);
    expect(answer.body.error.code).toBe(code);
    expect(answer.body.error.innerError.code).toBe(inner);
    expect(answer.body.error.innerError).toMatchObject({ date: '2019-08-23T00:25:55.329Z', 'request-id': answer.headers['request-id'] });
    expect(app.calls).toEqual([]);
  });

  it('[D1] name the methods in Allow', async () => {
    const agent = await start();
    expect((await agent.get(path)).headers['allow']).toBe('POST');
    expect((await agent.put('/client/v1/notifications/1')).headers['allow']).toBe('GET, DELETE, PATCH');
  });

  it('[D1] answer HEAD with 405 and no body', async () => {
    const answer = await (await start()).head(path);
    expect(answer.status).toBe(405);
    expect(answer.text).toBeUndefined();
  });

  it('[F19] carry WWW-Authenticate with 401', async () => {
    const agent = await start();
    expect((await agent.post(path)).headers['www-authenticate']).toBe(
      `Bearer realm="", authorization_uri="${app.url}/common/oauth2/authorize"`,
    );
    expect((await agent.post(path).set('Authorization', 'Bearer x')).headers['www-authenticate']).toContain('error="invalid_token"');
  });

  it('name every parameter at fault in details', async () => {
    const answer = await (await start()).get('/client/v1/notifications?$top=0&status=x').set('Authorization', 'Bearer dev.user.adele');
    expect(answer.body.error.message).toBe('X-UNS-ID is required.');
    expect(answer.body.error.details).toEqual([
      { code: 'required', target: 'X-UNS-ID', message: 'is required' },
      { code: 'enum', target: 'status', message: 'must be one of Active, Deleted, Any' },
      { code: 'minimum', target: '$top', message: 'must be at least 1' },
    ]);
  });

  const admissions = [
    { tag: '[F18]', kind: 'CallerBlocked', status: 403, retryAfter: undefined },
    { tag: '[D8]', kind: 'Throttled', status: 429, retryAfter: '3' },
    { tag: '[D8]', kind: 'ThrottledAsNotAcceptable', status: 406, retryAfter: '3' },
    { tag: '[F18]', kind: 'Unavailable', status: 503, retryAfter: '3' },
  ] as const;
  it.each(admissions)('$tag return what admission answers: $kind is $status, before 400', async ({ kind, status, retryAfter }) => {
    const refusal = new Refusal(kind, 'Not now.', { retryAfterSeconds: 2.5 });
    const answer = await send(await start({ admission: { admit: async () => refusal } })).set('If-Range', 'x');
    expect(answer.status).toBe(status);
    expect(answer.headers['retry-after']).toBe(retryAfter);
  });

  it('answer 503 while the emulator shuts down, and close the connection', async () => {
    const answer = await send(await start({ draining: () => true })).send(good);
    expect(answer.status).toBe(503);
    expect(answer.headers).toMatchObject({ 'retry-after': '1', connection: 'close' });
  });

  it('of handlers are returned as they are', async () => {
    const refusal = new Refusal('UnsidNotUsable', 'The UNSID is not usable.');
    const answer = await send(await start({ handlers: { postNotification: () => Promise.reject(refusal) } })).send(good);
    expect(answer.status).toBe(403);
    expect(answer.body.error).toMatchObject({
      code: 'Forbidden',
      message: 'The UNSID is not usable.',
      innerError: { code: 'UnsidNotUsable' },
    });
  });

  it('reveal nothing of unexpected failures, but log it', async () => {
    const answer = await send(await start({ handlers: { postNotification: () => Promise.reject(new Error('secret')) } })).send(good);
    expect(answer.status).toBe(500);
    expect(answer.body.error.code).toBe('InternalServerError');
    expect(answer.text).not.toMatch(/secret|at .*\.ts/);
    expect(app.errors).toHaveLength(1);
  });
});

describe('preflights', () => {
  const preflight = (agent: ReturnType<typeof request>, target: string) =>
    agent.options(target).set('Origin', 'https://app.example').set('Access-Control-Request-Method', 'POST');

  it('[D1] are answered with the methods of the path and the headers that are asked for', async () => {
    const answer = await preflight(await start(), path).set(
      'Access-Control-Request-Headers',
      'authorization, X-UNS-ID,, b@d, content-type',
    );
    expect(answer.status).toBe(204);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'authorization, X-UNS-ID, content-type',
      'access-control-max-age': '7200',
    });
  });

  it('are answered where nothing is', async () => {
    const answer = await preflight(await start(), '/nowhere');
    expect(answer.status).toBe(204);
    expect(answer.headers['access-control-allow-methods']).toContain('PATCH');
  });
});
