// What no client library would send, and requests that never reach the app: injections, broken HTTP, CONNECT, foreign upgrades.
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Refusal } from '../../src/domain/errors.ts';
import { beginRequest } from '../../src/http/context.ts';
import { refuseOnSocket, type HttpApp as ServedApp } from '../../src/http/server.ts';
import { serveIgnoringUpgrade } from '../../src/net/bare-socket.ts';
import { exchangeRaw, type HttpApp, parseAnswer, shippedSpec, startHttpApp } from '../support/http-app.ts';
import { createSequenceIds } from '../support/ids.ts';
import { createTestClock, createTestTimer } from '../support/time.ts';

const path = '/beta/me/notifications';
const body = '{"targetHostName":"a","payload":{"rawContent":"x"}}';
const head = (...lines: readonly string[]) =>
  `${[`POST ${path} HTTP/1.1`, 'Authorization: Bearer dev.app.server', 'X-UNS-ID: u', 'Content-Type: application/json', `Content-Length: ${body.length}`, ...lines].join('\r\n')}\r\n\r\n`;

let app: HttpApp;
beforeEach(async () => {
  app = await startHttpApp();
});
afterEach(async () => {
  await app.stop();
  expect(app.violations).toEqual([]);
  expect(app.errors).toEqual([]);
});

describe('the origin in answers', () => {
  const hosts = ['evil.example/x?', 'a b', 'evil"><script>', 'user@evil', 'a:99999999', '[::1', 'a\tb', 'é', 'http://x'];
  it.each(hosts)('is never taken from a host like %s', async (host) => {
    const answer = await exchangeRaw(app.port, head(`Host: ${host}`, 'Connection: close'), body);
    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).toBe(`${app.url}/beta/me/activities/3407d93c-77f7-4bc0-8fbf-46221a7bed72`);
  });

  it.each(['notify.example', 'notify.example:8080', '[::1]:4280'])('is that of the host %s', async (host) => {
    const answer = await exchangeRaw(app.port, head(`Host: ${host}`, 'Connection: close'), body);
    expect(answer.headers.get('location')).toMatch(new RegExp(`^http://${host.replaceAll(/[[\].]/g, '\\$&')}/beta`));
  });
});

describe('headers', () => {
  it('cannot be injected by client-request-id', async () => {
    const answer = await exchangeRaw(
      app.port,
      head('Host: a', 'client-request-id: 1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11\tx', 'Connection: close'),
      body,
    );
    expect(answer.headers.get('client-request-id')).toBe(answer.headers.get('request-id'));
  });

  it('cannot be injected by Access-Control-Request-Headers', async () => {
    const answer = await exchangeRaw(
      app.port,
      `OPTIONS ${path} HTTP/1.1\r\nHost: a\r\nOrigin: x\r\nAccess-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: good, x: y, "q", é, \r\nConnection: close\r\n\r\n`,
    );
    expect(answer.headers.get('access-control-allow-headers')).toBe('good');
  });

  it('of handlers cannot end a header', async () => {
    await app.stop();
    const Location = 'http://a/beta/me/activities/3407d93c-77f7-4bc0-8fbf-46221a7bed72\r\nSet-Cookie: x';
    app = await startHttpApp({
      validateResponses: false,
      handlers: { postNotification: async () => ({ status: 201, headers: { Location }, body: {} }) },
    });
    const answer = await exchangeRaw(app.port, head('Host: a', 'Connection: close'), body);
    expect(answer.status).toBe(201);
    expect(answer.headers.has('set-cookie')).toBe(false);
  });
});

describe('requests that never reach the app', () => {
  const broken = [
    ['no HTTP at all', 'hello\r\n\r\n'],
    ['a header without a name', `GET / HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n`],
    ['two lengths', `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n`],
    ['a line feed in a header', `GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n`],
    ['headers over the limit', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`],
    [
      'a chunk that is none',
      head('Host: a')
        .replace(/Content-Length: \d+/, 'Transfer-Encoding: chunked')
        .concat('zz\r\n'),
    ],
  ] as const;
  it.each(broken)("[F19] %s is 400 with Graph's body", async (_, text) => {
    const answer = await exchangeRaw(app.port, text);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('connection')).toBe('close');
    expect(answer.headers.get('request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.parse(answer.body).error.code).toBe('BadRequest');
  });

  it('[D1] CONNECT is 405', async () => {
    const answer = await exchangeRaw(app.port, 'CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n');
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('DELETE, GET, PATCH, POST');
  });

  it.each([
    ['FOO', path, 405, 'POST'],
    ['post', `${path}/?x=1`, 405, 'POST'],
    ['GETX', '/client/v1/notifications/x', 405, 'GET, DELETE, PATCH'],
    ['FOO', '/client/v1/socket', 405, 'GET'],
    ['FOO', '/nowhere', 404, undefined],
  ])('[D1] %s, which the parser does not know, at %s is %i', async (method, target, status, allow) => {
    const answer = await exchangeRaw(app.port, `${method} ${target} HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}`);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('allow')).toBe(allow);
    expect(JSON.parse(answer.body).error.code).toBe(status === 405 ? 'MethodNotAllowed' : 'NotFound');
  });

  it('an expectation that is unknown is ignored', async () => {
    expect((await exchangeRaw(app.port, head('Host: a', 'Expect: miracles', 'Connection: close'), body)).status).toBe(201);
  });

  it('a target in absolute form is served', async () => {
    const answer = await exchangeRaw(app.port, head('Host: a', 'Connection: close').replace(path, `http://a.example${path}`), body);
    expect(answer.status).toBe(201);
  });
});

describe('the server', () => {
  it('makes requests and responses with the prototypes of the app, so that Express changes none', async () => {
    const before: object[] = [];
    app.server.prependListener('request', (req, res) => before.push(Object.getPrototypeOf(req), Object.getPrototypeOf(res)));
    let seen: readonly object[] = [];
    app.server.on('request', (req, res) => {
      seen = [Object.getPrototypeOf(req), Object.getPrototypeOf(res)];
    });
    await exchangeRaw(app.port, head('Host: a', 'Connection: close'), body);
    expect(before).toHaveLength(2);
    expect(before[0]).toBe(seen[0]);
    expect(before[1]).toBe(seen[1]);
    expect(before[0]).toHaveProperty('app');
  });

  it('keeps an idle connection for two minutes, and says so, so that no client sends on one that is just closing', async () => {
    const answer = await fetch(app.url);
    await answer.text();
    expect(answer.headers.get('keep-alive')).toBe('timeout=120');
  });

  it('answers a refused upload at once, and serves the next request of the connection after it', async () => {
    const size = 8 * 1024 * 1024;
    const upload = `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: ${size}\r\n\r\n`;
    const socket = connect(app.port, '127.0.0.1');
    socket.write(upload);
    const [early] = await once(socket, 'data');
    expect(parseAnswer(String(early)).status).toBe(401);
    let later = '';
    socket.on('data', (chunk) => {
      later += chunk;
    });
    socket.write(Buffer.alloc(size));
    socket.write(head('Host: a', 'Connection: close') + body);
    await once(socket, 'close');
    expect(parseAnswer(later).status).toBe(201);
  });

  it('does not let an upload that is not read go on for ever', async () => {
    const size = 80 * 1024 * 1024;
    const answer = await exchangeRaw(app.port, `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: ${size}\r\n\r\n`, Buffer.alloc(size));
    expect(answer.status).toBe(401);
  });
});

describe('a request that asks for a foreign upgrade', () => {
  it.each(['h2c', 'TLS/1.0'])('to %s is served as if it had not asked, with its body, and the connection ends', async (protocol) => {
    app.server.on('upgrade', (req, socket, rest) => serveIgnoringUpgrade(app.server, req, socket, rest));
    const first = head('Host: a', 'Connection: Upgrade, HTTP2-Settings', `Upgrade: ${protocol}`, 'HTTP2-Settings: AAMAAABk');
    const socket = connect(app.port, '127.0.0.1');
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.write(first);
    await once(app.server, 'request');
    socket.write(body.slice(0, 10));
    socket.write(body.slice(10));
    await once(socket, 'close');
    expect(text.match(/HTTP\/1.1 201/g)).toHaveLength(1);
    expect(text).toMatch(/^connection: close/im);
    expect(app.calls.map(({ call }) => call.body)).toEqual([JSON.parse(body)]);
  });

  it('is served when body and headers come as one', async () => {
    app.server.on('upgrade', (req, socket, rest) => serveIgnoringUpgrade(app.server, req, socket, rest));
    const socket = connect(app.port, '127.0.0.1');
    socket.write(head('Host: a', 'Connection: Upgrade', 'Upgrade: h2c') + body);
    const [chunk] = await once(socket, 'data');
    expect(parseAnswer(String(chunk)).status).toBe(201);
    socket.destroy();
  });
});

describe('refuseOnSocket', () => {
  it("[F6] [F19] refuses a handshake with the recorded headers and Graph's body, and ends the socket", async () => {
    const deps: ServedApp['responseDeps'] = {
      spec: shippedSpec,
      clock: createTestClock(),
      timer: createTestTimer(),
      ids: createSequenceIds(),
      log: { debug() {}, info() {}, warn() {}, error() {} },
      version: '0.0.0',
      validateResponses: true,
      draining: () => false,
    };
    app.server.on('upgrade', (req, socket) => {
      const refusal = new Refusal('TokenMissing', 'Access token is missing.');
      refuseOnSocket(deps, socket, { req, request: beginRequest(deps, req, socket), refusal });
    });
    const answer = await exchangeRaw(
      app.port,
      'GET /client/v1/socket HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nclient-request-id: 1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11\r\n\r\n',
    );
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toContain('http://a/common/oauth2/authorize');
    expect(answer.headers.get('client-request-id')).toBe('1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11');
    expect(answer.headers.get('date')).toBe('Fri, 23 Aug 2019 00:25:55 GMT');
    expect(JSON.parse(answer.body).error.innerError.code).toBe('TokenMissing');
  });
});
