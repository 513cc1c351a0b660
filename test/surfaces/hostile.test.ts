// Input and moments that are meant to hurt: what was answered stays answered, nothing hangs, no one else is disturbed.
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Authenticator } from '../../src/domain/ports.ts';
import { application, tokenOf, useEmulators } from '../support/emulator.ts';

const start = useEmulators();
const raw = { targetHostName: application, payload: { rawContent: 'R' } };

/** Sends bytes on a bare connection; all that comes back until it ends. */
async function exchange(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.end(bytes);
  await once(socket, 'close');
  return Buffer.concat(chunks).toString();
}

describe('on a bare connection', () => {
  it('[F2] a whole request gets its own answer, although garbage follows it', async () => {
    const { url } = await start();
    const body = JSON.stringify(raw);
    const head = `POST /beta/me/notifications HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${tokenOf('adele')}\r\nContent-Type: application/json`;
    const answers = await exchange(url, `${head}\r\nContent-Length: ${body.length}\r\n\r\n${body}GARBAGE\r\n\r\n`);
    expect(answers).toMatch(/^HTTP\/1.1 201/);
  });

  it('[F19] a request without Host is answered like any other', async () => {
    const { url } = await start();
    expect(await exchange(url, 'GET /_emulator/v1/health HTTP/1.1\r\nConnection: close\r\n\r\n')).toContain('"status":"ready"');
  });

  it('a request that asks for another upgrade is answered, and the connection ends', async () => {
    const { url } = await start();
    const request = 'GET /_emulator/v1/health HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\r\n';
    const answers = await exchange(url, request + request);
    expect(answers).toContain('"status":"ready"');
    expect(answers).toMatch(/^connection: close/im);
  });

  it.each(['[::::]', 'a:99999', '...:', '[1]'])('the Host %s never gets into a URL', async (host) => {
    const { send } = await start();
    const json = { application, deviceId: 'd', platform: 'iOS' };
    const answer = await send<{ socketUrl: string }>({
      path: '/client/v1/subscriptions',
      token: tokenOf('adele'),
      json,
      headers: { Host: host },
    });
    expect(answer.status).toBe(201);
    expect(new URL(answer.body.socketUrl).hostname).toBe('127.0.0.1');
  });
});

describe('on the device socket', () => {
  it.each([
    '{"type":{"toString":1}}',
    `{"type":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
    '{"type":["ack"]}',
    '{"__proto__":{"type":"ack"}}',
  ])('the message %.40s is answered with an error, and the socket stays open', async (text) => {
    const { subscribe, connect: connectDevice } = await start();
    const device = await connectDevice(await subscribe('adele'));
    device.send(text);
    expect(await device.nextOf('error')).toMatchObject({ error: { code: 'InvalidMessage' } });
  });

  it('[R2] a handshake that is refused acknowledges nothing', async () => {
    const { url, subscribe, publish, list, connect: connectDevice } = await start();
    const device = await subscribe('adele');
    await publish(device, raw);
    const { cursor } = await list(device);
    const path = `/client/v1/socket?unsid=${device.unsid}&cursor=${cursor}&access_token=${tokenOf('adele')}`;
    const upgrade =
      'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: notifications.v1.json';
    expect(await exchange(url, `GET ${path} HTTP/1.1\r\nHost: x\r\n${upgrade}\r\nSec-WebSocket-Key: bad\r\n\r\n`)).toContain(
      'HTTP/1.1 400',
    );
    const connected = await connectDevice(device);
    expect((await connected.nextOf('notification')).change).toBe('created');
  });
});

describe('moments', () => {
  /** A user's token that takes until the test says so. */
  function slowAuthenticator(): { authenticator: Authenticator; asked: Promise<void>; answer: () => void } {
    let answer = (): void => undefined;
    let ask = (): void => undefined;
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const asked = new Promise<void>((resolve) => {
      ask = resolve;
    });
    const scopes = new Set(['Notifications.ReadWrite.CreatedByApp']);
    const authenticator: Authenticator = {
      authenticate: async (token) => {
        if (token === 'slow') {
          ask();
          await answered;
        }
        return { kind: 'user', userId: 'adele', upn: 'adele@contoso.com', clientId: undefined, scopes };
      },
    };
    return { authenticator, asked, answer: () => answer() };
  }

  it('[R8] a handshake that is still under way when the emulator stops does not keep it', async () => {
    const { authenticator, asked, answer } = slowAuthenticator();
    const { url, subscribe, emulator } = await start({}, { authenticator });
    const { unsid } = await subscribe('adele');
    const socket = new WebSocket(`${url.replace('http', 'ws')}/client/v1/socket?unsid=${unsid}`, ['notifications.v1.json'], {
      headers: { Authorization: 'Bearer slow' },
    });
    const refused = once(socket, 'error');
    await asked;
    const stopped = emulator.stop();
    answer();
    await stopped;
    expect(String((await refused)[0])).toContain('503');
  });

  it('[R4] [D3] an UNSID that is deleted during its handshake gets 4410 and no pushes', async () => {
    let hold: Promise<void> | undefined;
    let release = (): void => undefined;
    let reached = (): void => undefined;
    const started = await start(
      {},
      {
        stores: (stores) => ({
          ...stores,
          notifications: {
            ...stores.notifications,
            feed: async (key) => {
              reached();
              await hold;
              return stores.notifications.feed(key);
            },
          },
        }),
      },
    );
    const device = await started.subscribe('adele');
    const arrived = new Promise<void>((resolve) => {
      reached = resolve;
    });
    hold = new Promise<void>((resolve) => {
      release = resolve;
    });
    const connecting = started.connect(device);
    await arrived;
    await started.send({ method: 'DELETE', path: `/client/v1/subscriptions/${device.unsid}`, token: tokenOf('adele') });
    release();
    expect((await (await connecting).closed).code).toBe(4410);
  });

  it('[R9] an advance past both delivers the fallback to a connected device before the notification expires', async () => {
    const { subscribe, connect: connectDevice, publish, clock, emulator } = await start();
    const phone = await subscribe('adele', { platform: 'iOS' });
    const device = await connectDevice(phone);
    await publish(phone, {
      ...raw,
      priority: 'High',
      expirationDateTime: new Date(clock.now() + 120_000).toISOString(),
      fallbackPolicy: { endpointFallback: { platformTypes: ['iOS'], fallbackDelayInSeconds: 60, visualContent: { title: 'T' } } },
    });
    await emulator.advance(3_600);
    await device.nextOf('notification');
    expect(await device.nextOf('toast')).toMatchObject({ visualContent: { title: 'T' } });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1, 1e14])('an advance by %s is refused and changes nothing', async (seconds) => {
    const { emulator, send } = await start();
    await expect(emulator.advance(seconds)).rejects.toThrow(RangeError);
    expect((await send({ path: '/_emulator/v1/health' })).status).toBe(200);
  });
});

describe('a start', () => {
  it.each([
    [{ port: 99_999 }, /^port 99999: expected/],
    [{ port: Number.NaN }, /^port NaN: expected/],
    [{ host: '' }, /^host '': expected/],
    [{ heartbeatSeconds: Number.NaN }, /^heartbeat NaN: expected/],
    [{ heartbeatSeconds: -1 }, /^heartbeat -1: expected/],
    [{ publicOrigin: 'not a url' }, /^public origin not a url: expected/],
  ])('with %j is one clear line', async (options, message) => {
    await expect(start(options)).rejects.toThrow(message);
  });
});

describe('names of a subscription', () => {
  it.each(['application', 'deviceId', 'displayName'])('[D16] %s may have 1,024 characters, and not one more', async (member) => {
    const { send } = await start();
    const subscribeWith = (length: number) => {
      const json = { application, deviceId: 'd', platform: 'iOS', [member]: 'x'.repeat(length) };
      return send<unknown>({ path: '/client/v1/subscriptions', token: tokenOf('adele'), json });
    };
    expect((await subscribeWith(1024)).status).toBe(201);
    expect(await subscribeWith(1025)).toMatchObject({
      status: 400,
      body: { error: { details: [{ code: 'maxLength', target: `/${member}` }] } },
    });
  });
});

describe('a handshake that goes elsewhere', () => {
  const upgrade = 'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==';
  const request = (line: string, more = '') => `${line} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\n${upgrade}${more}\r\n\r\n`;

  it.each([
    ['GET /nope', '', /^HTTP\/1.1 404 .*"UnknownRoute"/s],
    ['GET /beta/me/notifications', '', /^HTTP\/1.1 405 .*Allow: POST.*"MethodNotAllowed"/s],
    ['POST /client/v1/socket', '\r\nContent-Length: 0', /^HTTP\/1.1 405 .*Allow: GET.*"MethodNotAllowed"/s],
    ['HEAD /client/v1/socket', '', /^HTTP\/1.1 405 .*\r\n\r\n$/s],
    [
      'OPTIONS /client/v1/socket',
      '\r\nOrigin: http://a\r\nAccess-Control-Request-Method: GET',
      /^HTTP\/1.1 204 .*Access-Control-Allow-Methods/s,
    ],
    ['GET http://x/client/v1/socket', '', /^HTTP\/1.1 401 .*"TokenMissing"/s],
  ])('[D1] as %s is answered over HTTP', async (line, more, expected) => {
    const { url } = await start();
    expect(await exchange(url, request(line, more))).toMatch(expected);
  });
});
