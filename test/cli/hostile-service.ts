// A service that puts what acts on terminals into every text that it sends, over HTTP and on the device socket.
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';
import { WebSocketServer } from 'ws';

/** Ends a line, sets the title, clears the screen in two ways, colours, and turns the direction of text around. */
export const ESCAPE = '\n\u001b]0;owned\u0007\u001b[2J\u009b1A\u001b[31m\u202e';

/** The first of it that shows up spelled out. */
export const SPELLED = '\\x1b]0;owned\\x07\\x1b[2J\\x9b1A\\x1b[31m\\u202e';

export interface HostileService {
  readonly url: string;
}

const unsid = `U${ESCAPE}`;
const notification = (id: string, more: object = {}) => ({
  id: `${id}${ESCAPE}`,
  application: `a${ESCAPE}`,
  appNotificationId: `own${ESCAPE}`,
  groupName: `group${ESCAPE}`,
  priority: `High${ESCAPE}`,
  payload: { visualContent: { title: `title${ESCAPE}`, body: `body${ESCAPE}` }, rawContent: `raw${ESCAPE}` },
  displayTimeToLive: 5,
  creationDateTime: `2026${ESCAPE}`,
  lastModifiedDateTime: `2026${ESCAPE}`,
  expirationDateTime: `2026${ESCAPE}`,
  status: 'Active',
  readState: `Unread${ESCAPE}`,
  userActionState: `Snoozed${ESCAPE}`,
  ...more,
});
const error = {
  error: { code: `Code${ESCAPE}`, message: `message${ESCAPE}`, innerError: { code: `Inner${ESCAPE}` }, details: details() },
};

function details(): readonly object[] {
  return ['a', 'b'].map((name) => ({ code: name, target: `/${name}${ESCAPE}`, message: `detail${ESCAPE}` }));
}

function messages(): readonly object[] {
  const raw = { payload: { rawContent: `{"json":"${JSON.stringify(ESCAPE).slice(1, -1)}"}` } };
  return [
    { type: 'connected', unsid, deviceId: `d${ESCAPE}`, cursor: `c0${ESCAPE}`, resumed: true, heartbeatSeconds: 30 },
    { type: 'notification', change: 'created', cursor: `c1${ESCAPE}`, notification: notification('1') },
    { type: 'notification', change: 'updated', cursor: `c2${ESCAPE}`, notification: notification('1', { readState: `Read${ESCAPE}` }) },
    { type: 'notification', change: 'created', cursor: `c3${ESCAPE}`, notification: notification('2', raw) },
    { type: 'notification', change: 'deleted', cursor: `c4${ESCAPE}`, notification: { id: `2${ESCAPE}`, status: 'Deleted' } },
    { type: 'toast', cursor: `c5${ESCAPE}`, notificationId: `3${ESCAPE}`, visualContent: { title: `toast${ESCAPE}`, body: `b${ESCAPE}` } },
    { type: 'error', error: { code: `Bad${ESCAPE}`, message: `no${ESCAPE}` } },
    { type: `unknown${ESCAPE}` },
  ];
}

type Answer = readonly [status: number, body: object];

function answerTo({ method, url = '' }: IncomingMessage, port: number): Answer {
  const subscription = {
    userNotificationSubscriptionId: unsid,
    application: `a${ESCAPE}`,
    deviceId: `d${ESCAPE}`,
    platform: `iOS${ESCAPE}`,
    displayName: null,
    expirationDateTime: `2026${ESCAPE}`,
    socketUrl: `ws://127.0.0.1:${port}/socket`,
  };
  if (url.startsWith('/refused')) return [400, error];
  if (url.startsWith('/bad-socket')) return [201, { ...subscription, socketUrl: `ws${ESCAPE}` }];
  if (url.endsWith('/.well-known/openid-configuration')) {
    const origin = `http://127.0.0.1:${port}`;
    return [200, { token_endpoint: `${origin}/token`, device_authorization_endpoint: `${origin}/devicecode` }];
  }
  if (url.startsWith('/devicecode'))
    return [
      200,
      {
        user_code: `code${ESCAPE}`,
        device_code: 'd',
        verification_uri: `https://x${ESCAPE}`,
        expires_in: 900,
        interval: 1,
      },
    ];
  if (url.startsWith('/token')) return [400, { error: `error${ESCAPE}`, error_description: `AADSTS1: description${ESCAPE}` }];
  if (method === 'POST' && url.endsWith('/subscriptions')) return [201, subscription];
  if (method === 'POST') return [201, notification('9')];
  if (method === 'PATCH') return [400, error];
  return [200, { value: [], cursor: 'c', more: false }];
}

/** Call it once at the head of a test file. */
export function useHostileServices(): () => Promise<HostileService> {
  const ends: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
  });
  return async () => {
    let port = 0;
    const server = createServer((request, response) => {
      const [status, body] = answerTo(request, port);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    const sockets = new WebSocketServer({ server });
    sockets.on('connection', (socket) => {
      socket.on('error', () => undefined);
      for (const message of messages()) socket.send(JSON.stringify(message));
      // A reason holds 123 bytes.
      socket.on('message', () => socket.close(4400, ESCAPE));
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    port = (server.address() as AddressInfo).port;
    ends.push(async () => {
      for (const client of sockets.clients) client.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    return { url: `http://127.0.0.1:${port}` };
  };
}
