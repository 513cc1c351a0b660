// The Graph surface as browsers and proxies see it: methods, paths, CORS, URLs in answers.
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { type NotificationBody, rawBody, type SubscriptionBody, serverToken, tokenOf, useEmulators } from '../support/emulator.ts';
import { type Answer, errorOf } from '../support/http-call.ts';

const start = useEmulators();
const path = '/beta/me/notifications';
const refusalOf = (answer: Answer) => [answer.status, errorOf(answer).code, errorOf(answer).innerError.code];

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
