// Violations of an app or a target are reported once each, for the right side, with the location in the documents.
import { createServer, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { ProxyFinding } from '../../src/proxy/events.ts';
import { useEmulators } from '../support/emulator.ts';
import { type Call, errorOf, send } from '../support/http-call.ts';
import { connectSocket, subprotocol } from '../support/socket-device.ts';
import { useFakeTargets, useProxies } from './support.ts';

const start = useEmulators();
const startProxy = useProxies();
const startTarget = useFakeTargets();
const token = 'dev.user.adele-secret';
const serverToken = 'dev.app.contoso-server-secret';
const application = 'contoso.example';
const path = '/beta/me/notifications';

const post = (json: unknown, more: Partial<Call> = {}): Call => ({
  path,
  token: serverToken,
  unsid: 'unknown',
  method: 'POST',
  json,
  ...more,
});
const good = { targetHostName: application, payload: { rawContent: 'Hello' } };

const brief = ({ side, requirement, expected, got, document }: ProxyFinding) =>
  `${side} ${requirement?.id}: ${expected}, got ${got} @ ${document ?? '-'}`;

describe('violations of an app', () => {
  const schemas = 'notifications.yaml#/components/schemas';
  it.each<[string, Call, string]>([
    [
      'a value that the schema does not know',
      post({ ...good, priority: 'Urgent' }),
      `app post-priority: /priority to be one of None, High, Low, got "Urgent" @ ${schemas}/`,
    ],
    [
      'a member that is missing deep inside',
      post({ ...good, payload: { visualContent: { body: 'x' } } }),
      `app post-payload-all-valid: /payload/visualContent/title to be given, got nothing @ ${schemas}/VisualContent/properties/title`,
    ],
    ['an array for a body', post([good]), `app post-not-array: the body to be an object, got [{`],
    [
      'a body that is no JSON',
      post(undefined, { bytes: '{"a"', headers: { 'content-type': 'application/json' } }),
      'app post-not-json: a body in JSON, got "{',
    ],
    [
      'another media type',
      post(undefined, { bytes: 'x', headers: { 'content-type': 'text/plain' } }),
      'app content-type: Content-Type application/json, got text/plain',
    ],
    [
      'an encoding that the body does not have',
      post(good, { headers: { 'content-encoding': 'gzip' } }),
      'app encoding-corrupt: a body in gzip, got a body in another format',
    ],
    [
      'a body over the limit, when it is decoded',
      post(undefined, {
        bytes: gzipSync(JSON.stringify({ ...good, padding: 'x'.repeat(4_300_000) })),
        headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      }),
      'app body-limit: a body of at most 4194304 bytes, got 43',
    ],
    [
      'a header that must not be sent',
      post(good, { headers: { 'If-Modified-Since': 'Sat, 01 Jan 2022 00:00:00 GMT' } }),
      'app post-conditional-headers: If-Modified-Since not to be sent, got "Sat, 01 Jan 2022 00:00:00 GMT" @ notifications.yaml#/components/parameters',
    ],
    [
      'a parameter out of range',
      { path: '/client/v1/notifications?%24top=5000', token, unsid: 'unknown' },
      'app history-parameters: $top to be at most 1000, got "5000" @ notifications.yaml#/',
    ],
    ['a call without a token', { path: '/client/v1/subscriptions' }, 'app unauthorized: Authorization: Bearer …, got no such header'],
    [
      'an unknown path',
      { path: '/beta/me/notification', token },
      'app unknown-route: a path that the documents declare, got GET /beta/me/notification',
    ],
    ['an undeclared method', { path, token }, 'app method-not-allowed: one of POST at /beta/me/notifications, got GET'],
    ['the socket’s path without a handshake', { path: '/client/v1/socket', token }, 'app handshake-refused: a WebSocket handshake at'],
  ])('are reported for %s, once', async (_what, call, expected) => {
    const { url } = await start();
    const proxy = await startProxy(url);
    for (const _time of [1, 2]) await send(proxy.url, call);
    const found = await proxy.found();
    expect(found.map(brief).map((text) => text.slice(0, expected.length))).toEqual([expected]);
    expect(proxy.summary().findings.map(({ count }) => count)).toEqual([2]);
    expect(found[0]?.exchange?.sent.url).toContain(url);
    expect(JSON.stringify(proxy.events)).not.toContain('secret');
  });

  it('are reported for messages and handshakes', async () => {
    const { url } = await start();
    const proxy = await startProxy(url);
    const json = { application, deviceId: 'phone', platform: 'iOS' };
    const { body } = await send<{ userNotificationSubscriptionId: string }>(proxy.url, { path: '/client/v1/subscriptions', token, json });
    const unsid = body.userNotificationSubscriptionId;
    const device = await connectSocket(proxy.url, { token, unsid });
    device.send('{"type":"ack"}');
    device.send('no JSON, dev.user.adele-secret');
    for (const _time of [1, 2]) expect((await device.nextOf('connected').catch(() => device.nextOf('error'))).type).toBeTypeOf('string');
    device.send(Buffer.from('bytes'), { binary: true });
    expect((await device.closed).code).toBe(1003);
    const large = await connectSocket(proxy.url, { accessToken: token, unsid });
    large.send('x'.repeat(70_000));
    expect((await large.closed).code).toBe(1009);
    const plain = new WebSocket(`${proxy.url.replace('http', 'ws')}/client/v1/socket`, { headers: {} });
    await new Promise((resolve) => plain.once('error', resolve));
    const found = await proxy.found();
    expect(found.map(brief)).toEqual([
      'app invalid-error: /cursor to be given, got {"type":"ack"} @ devices.asyncapi.yaml#/components/schemas/Ack',
      'app invalid-error: the message to be valid JSON, got no JSON, <token> @ devices.asyncapi.yaml#/operations',
      'app binary-refused: text messages, got a binary message @ devices.asyncapi.yaml',
      'app message-limit: messages of at most 65536 bytes, got a larger message @ devices.asyncapi.yaml#/x-limits/maxMessageBytes',
      expect.stringMatching(/^app handshake-refused: unsid to be given, got nothing @ devices[.]asyncapi[.]yaml#/),
      'app handshake-subprotocol: the subprotocol notifications.v1.json to be offered, got nothing @ devices.asyncapi.yaml',
      'app handshake-token: a token in Authorization or in the query, got none @ devices.asyncapi.yaml',
    ]);
    expect(found[0]?.transcript?.map(({ who }) => who)).toEqual(['target', 'app']);
    expect(JSON.stringify(proxy.events)).not.toContain('secret');
  });
});

describe('violations of a target', () => {
  it('are reported for its responses', async () => {
    const { url } = await startTarget((_req, res) => {
      res.writeHead(201, { 'content-type': 'text/html' }).end('{"id":5}');
    });
    const proxy = await startProxy(url);
    await send(proxy.url, post({ ...good, priority: 'Urgent' }));
    const found = (await proxy.found()).map(brief);
    expect(found.slice(0, 2)).toEqual([
      expect.stringMatching(/^app post-priority/),
      expect.stringMatching(
        /^target post-priority: a refusal, since the documents require \/priority to be one of .*, got 201 for "Urgent"/,
      ),
    ]);
    expect(found.slice(2)).toContainEqual(
      expect.stringMatching(/^target answer-schema: \/id to be a string, got 5 .*@ notifications[.]yaml#/),
    );
    expect(found.slice(2)).toContainEqual(expect.stringMatching(/^target answer-media-type: application\/json/));
    expect(found.slice(2).filter((text) => !text.startsWith('target'))).toEqual([]);
  });

  it('are reported for errors that expose internals, with tokens redacted', async () => {
    const { url } = await startTarget((req, res) => {
      res.writeHead(500).end(`boom for ${req.headers.authorization}\n    at serve (/srv/app/server.js:10:5)`);
    });
    const proxy = await startProxy(url);
    await send(proxy.url, post(good, { token: 'opaque-secret-token' }));
    const found = await proxy.found();
    expect(found.map(({ requirement }) => requirement?.id)).toEqual(expect.arrayContaining(['no-server-error', 'error-body', 'no-leak']));
    expect(JSON.stringify(found)).toContain('boom for Bearer <token>');
    expect(JSON.stringify(proxy.events)).not.toContain('opaque-secret');
  });

  it('are reported for messages, close codes and the chosen subprotocol', async () => {
    const { url, server } = await startTarget((_req, res) => void res.end());
    const sockets = new WebSocketServer({ server, handleProtocols: () => false });
    sockets.on('connection', (socket) => {
      for (const message of [{ type: 'signal' }, { type: 'error', error: { code: 'InvalidMessage', message: 'no' } }])
        socket.send(JSON.stringify(message));
      socket.send(Buffer.from('bytes'));
      socket.close(4999, 'bye');
    });
    const proxy = await startProxy(url);
    const device = new WebSocket(`${proxy.url.replace('http', 'ws')}/client/v1/socket?unsid=${'u'.repeat(32)}`, {
      headers: { authorization: `Bearer ${token}`, 'sec-websocket-protocol': subprotocol },
    });
    await new Promise((resolve) => device.on('error', () => undefined).once('close', resolve));
    expect((await proxy.found()).map(brief)).toEqual([
      'target handshake-subprotocol: the subprotocol notifications.v1.json to be chosen, got nothing @ devices.asyncapi.yaml',
      'target socket-schema: signal messages as the document describes them, got /cursor is required, in {"type":"signal"} @ devices.asyncapi.yaml#/components/schemas/Signal',
      'target socket-connected: connected as the first message, got signal @ devices.asyncapi.yaml',
      'target invalid-error: no error InvalidMessage for messages that the document allows, got the error InvalidMessage @ devices.asyncapi.yaml',
      'target socket-schema: text messages, got a binary message @ devices.asyncapi.yaml',
      expect.stringMatching(
        /^target undefined: one of the close codes of the document: .*, got 4999 @ devices[.]asyncapi[.]yaml#\/x-close-codes$/,
      ),
    ]);
  });

  it('are reported for a message to another device or application', async () => {
    const emulator = await start();
    const proxy = await startProxy(emulator.url);
    const json = { application, deviceId: 'phone', platform: 'iOS' };
    const { body } = await send<{ userNotificationSubscriptionId: string }>(proxy.url, { path: '/client/v1/subscriptions', token, json });
    const unsid = body.userNotificationSubscriptionId;
    const { url, server } = await startTarget(
      (_req, res) =>
        void res
          .writeHead(200, { 'content-type': 'application/json' })
          .end(JSON.stringify({ ...json, userNotificationSubscriptionId: unsid })),
    );
    new WebSocketServer({ server }).on('connection', (socket) => {
      socket.send(JSON.stringify({ type: 'connected', unsid, deviceId: 'pc', cursor: 'c', resumed: true, heartbeatSeconds: 30 }));
    });
    const other = await startProxy(url);
    await send(other.url, { path: `/client/v1/subscriptions/${unsid}`, token });
    const device = await connectSocket(other.url, { token, unsid });
    await device.nextOf('connected');
    expect((await other.found()).map(brief)).toContainEqual(
      expect.stringMatching(/^target socket-connected: connected with the device's own UNSID and deviceId phone, got .*"pc"/),
    );
  });
});

describe('a target that fails', () => {
  it("is reported for each request without a response, to which the proxy responds 502 in Graph's format", async () => {
    const { url, server } = await startTarget((_req, res) => void res.end());
    await new Promise((resolve) => server.close(resolve));
    const proxy = await startProxy(url);
    const answers = [await send(proxy.url, post(good)), await send(proxy.url, { path: '/client/v1/subscriptions', token })];
    expect(answers.map((answer) => [answer.status, errorOf(answer).code])).toEqual([
      [502, 'BadGateway'],
      [502, 'BadGateway'],
    ]);
    await expect(connectSocket(proxy.url, { token, unsid: 'x' })).rejects.toThrow('502');
    expect(proxy.events).toEqual([
      { kind: 'failed', how: 'unreachable', request: `POST ${path}`, reason: 'connection refused' },
      { kind: 'failed', how: 'unreachable', request: 'GET /client/v1/subscriptions', reason: 'connection refused' },
      { kind: 'failed', how: 'unreachable', request: 'GET /client/v1/socket', reason: 'connection refused' },
    ]);
    expect(await proxy.found()).toEqual([]);
  });

  it('in the middle of a response terminates that of the app, and the proxy keeps running', async () => {
    const { url } = await startTarget((_req, res) => {
      res.writeHead(200, { 'content-length': '100' }).write('half');
      setImmediate(() => res.destroy());
    });
    const proxy = await startProxy(url);
    for (const _time of [1, 2]) await expect(send(proxy.url, { path: '/client/v1/notifications', token, unsid: 'x' })).rejects.toThrow();
    await expect.poll(() => proxy.events.length).toBe(2);
    expect(proxy.events[0]).toMatchObject({ kind: 'failed', how: 'cut' });
  });

  it('is disconnected when the app disconnects in the middle of its request', async () => {
    let gone = (): void => undefined;
    const isGone = new Promise<void>((resolve) => {
      gone = resolve;
    });
    let arrive = (): void => undefined;
    const hasArrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const { url } = await startTarget((req: IncomingMessage) => {
      arrive();
      req.on('error', () => undefined).on('close', gone);
    });
    const proxy = await startProxy(url);
    const app: Socket = connect(Number(new URL(proxy.url).port), '127.0.0.1');
    app.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{`);
    await hasArrived;
    app.destroy();
    await isGone;
    expect(await proxy.found()).toEqual([]);
    expect(proxy.events).toEqual([]);
  });

  it('streams: the app receives the beginning before the end is sent', async () => {
    let finish = (): void => undefined;
    const { url } = await startTarget((_req, res) => {
      res.writeHead(200, { 'content-type': 'text/plain' }).write('first');
      finish = () => void res.end('last');
    });
    const proxy = await startProxy(`${url}/prefix`);
    const response = await fetch(`${proxy.url}/anything`);
    const reader = response.body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('first');
    finish();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('last');
  });
});

describe('a proxy', () => {
  it('prepends the path prefix of its target to every path, and connects sockets to the socketUrl of their subscription', async () => {
    const seen: string[] = [];
    const push = createServer();
    const { url: socketOrigin, server } = await startTarget((_req, res) => void res.end());
    push.close();
    server.on('upgrade', (req: IncomingMessage, socket: Socket) => {
      seen.push(`socket ${req.url}`);
      socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    });
    const { url } = await startTarget((req, res) => {
      seen.push(String(req.url));
      const socketUrl = `${socketOrigin.replace('http', 'ws')}/push/client/v1/socket`;
      res
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ userNotificationSubscriptionId: 'u1', socketUrl, displayName: '"socketUrl":"ws://x/"' }));
    });
    const proxy = await startProxy(`${url}/notify/`);
    const { body } = await send<{ socketUrl: string; displayName: string }>(proxy.url, { path: '/client/v1/subscriptions/u1', token });
    expect(body).toMatchObject({ socketUrl: `${proxy.url.replace('http', 'ws')}/client/v1/socket`, displayName: '"socketUrl":"ws://x/"' });
    await expect(connectSocket(proxy.url, { token, unsid: 'u1' })).rejects.toThrow('404');
    expect(seen).toEqual(['/notify/client/v1/subscriptions/u1', 'socket /push/client/v1/socket?unsid=u1']);
  });

  it('reports in one line that its port is taken, and that its target is not a URL', async () => {
    const { url } = await startTarget((_req, res) => void res.end());
    await expect(startProxy(url, { port: Number(new URL(url).port) })).rejects.toThrow(
      /^port \d+ on 127[.]0[.]0[.]1 is taken; choose another with --port/,
    );
    await expect(startProxy('ftp://x')).rejects.toThrow('ftp://x is not an http or https URL.');
  });
});
