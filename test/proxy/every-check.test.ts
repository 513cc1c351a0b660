// Every check of the suite also works in the proxy: a faulty target for each of them.
import { describe, expect, it } from 'vitest';
import { answerChecks } from '../../src/checks/all-checks.ts';
import { messageRequirements } from '../../src/checks/message-checks.ts';
import {
  answering,
  asError,
  delivering,
  errorAnswer,
  failing,
  pushing,
  rewritingJson,
  withRequestId,
} from '../faulty-targets/wire/edits.ts';
import type { Hooks } from '../faulty-targets/wire/hooks.ts';
import { withHeader, withJson, withoutHeader } from '../faulty-targets/wire/http-message.ts';
import { useWires, type Wired } from '../faulty-targets/wire/wired.ts';
import { operate, type Subscribed } from '../support/emulator.ts';
import type { SocketDevice } from '../support/socket-device.ts';
import { useProxies } from './support.ts';

const start = useWires();
const startProxy = useProxies();

type App = Pick<Wired, 'send' | 'subscribe' | 'publish' | 'connect' | 'open'>;

interface Row {
  /** The fault of the target. */
  readonly fault: string;
  readonly hooks: () => Hooks;
  /** The app's requests; its device is subscribed through the proxy. */
  readonly traffic: (app: App, device: Subscribed) => Promise<unknown>;
}

const posts =
  (count: number): Row['traffic'] =>
  async (app, device) => {
    for (let number = 1; number <= count; number += 1)
      await app.send({ ...post, unsid: device.unsid, json: { ...body, groupName: `${number}` } });
  };
const body = { targetHostName: 'contoso.example', payload: { rawContent: 'Hello' } };
const post = { path: '/beta/me/notifications', method: 'POST', token: 'dev.app.contoso-server' };
const refusedPost: Row['traffic'] = (app, device) => app.send({ ...post, unsid: device.unsid, json: [] });
const pushed: Row['traffic'] = async (app, device) => {
  const socket = await app.connect(device);
  await app.publish(device);
  await socket.next();
};
const connected: Row['traffic'] = async (app, device) => (await app.open(device)).next();

/** Replaces the response to every post with an error. */
const erring = (status: number, code: string): Hooks => ({
  request: async (request, wire) =>
    request.method === 'POST' && request.path === post.path ? errorAnswer(request, wire, { status, code }) : undefined,
});
const firstGuid = 'c4d64c8f-4f3f-4b0f-9d0e-0d5c8f0a3b11';
const otherGuid = '9f3c1c52-6a7b-4d0b-8a7c-0b6f5f0e7d22';

const rows: Readonly<Record<string, Row>> = {
  'answer-status': {
    fault: 'answers a post with 202',
    hooks: () => answering('postNotification', (answer) => ({ ...answer, status: 202 })),
    traffic: posts(1),
  },
  'answer-schema': {
    fault: 'answers a post without an expirationDateTime',
    hooks: () => rewritingJson('postNotification', ({ expirationDateTime: _, ...rest }) => rest),
    traffic: posts(1),
  },
  'answer-media-type': {
    fault: 'answers with text',
    hooks: () => answering('postNotification', (answer) => withHeader(answer, 'Content-Type', 'text/plain')),
    traffic: posts(1),
  },
  'answer-headers': {
    fault: 'answers without OData-Version',
    hooks: () => answering('postNotification', (answer) => withoutHeader(answer, 'odata-version')),
    traffic: posts(1),
  },
  'request-id': {
    fault: 'gives two answers the same request-id',
    hooks: () => answering('postNotification', (answer) => withRequestId(answer, firstGuid)),
    traffic: posts(2),
  },
  'client-request-id': {
    fault: 'answers with a client-request-id of its own',
    hooks: () => answering('postNotification', (answer) => withHeader(answer, 'client-request-id', otherGuid)),
    traffic: posts(1),
  },
  'error-body': {
    fault: 'answers an error in another form',
    hooks: () => failing((answer) => withJson(answer, { fault: 'no' })),
    traffic: refusedPost,
  },
  'error-codes': {
    fault: 'has an error code of its own',
    hooks: () => failing((answer) => asError(answer, { status: 400, code: 'Nonsense' })),
    traffic: refusedPost,
  },
  'no-server-error': { fault: 'fails at a post', hooks: () => erring(500, 'InternalServerError'), traffic: posts(1) },
  'no-leak': {
    fault: 'shows a stack trace in an error',
    hooks: () =>
      failing((answer) => asError(answer, { status: 400, code: 'BadRequest', message: 'boom\n    at serve (/srv/app/server.js:10:5)' })),
    traffic: refusedPost,
  },
  'post-body-members': {
    fault: 'echoes targetHostName',
    hooks: () => rewritingJson('postNotification', (json) => ({ ...json, targetHostName: 'contoso.example' })),
    traffic: posts(1),
  },
  'post-id': {
    fault: 'gives every notification the same id',
    hooks: () => rewritingJson('postNotification', (json) => ({ ...json, id: firstGuid })),
    traffic: posts(2),
  },
  unauthorized: {
    fault: 'answers 401 without WWW-Authenticate',
    hooks: () => failing((answer) => withoutHeader(answer, 'www-authenticate')),
    traffic: (app, device) => app.send({ ...post, token: undefined, unsid: device.unsid, json: body }),
  },
  throttling: { fault: 'throttles without Retry-After', hooks: () => erring(429, 'TooManyRequests'), traffic: posts(1) },
  'method-not-allowed': {
    fault: 'answers 405 without Allow',
    hooks: () => failing((answer) => withoutHeader(answer, 'allow')),
    traffic: (app) => app.send({ ...post, method: 'PUT' }),
  },
  'socket-schema': {
    fault: 'leaves cursors out of messages',
    hooks: () => delivering(({ cursor: _, ...message }) => [message]),
    traffic: pushed,
  },
  'socket-connected': {
    fault: 'connects another device',
    hooks: () => ({ serverMessage: (message) => (message['type'] === 'connected' ? [{ ...message, deviceId: 'another' }] : undefined) }),
    traffic: connected,
  },
  'large-signal': {
    fault: 'sends a large notification as a whole',
    hooks: () => pushing((notification) => ({ ...notification, payload: { rawContent: 'x'.repeat(300_000) } })),
    traffic: pushed,
  },
  'fan-out-isolated': {
    fault: "sends another application's notification",
    hooks: () => pushing((notification) => ({ ...notification, application: 'other.example' })),
    traffic: pushed,
  },
};

describe('a target behind a proxy that', () => {
  it('has a fault for each check', () => {
    expect(Object.keys(rows).sort()).toEqual([...Object.keys(answerChecks), ...messageRequirements].sort());
  });

  it.each(Object.entries(rows).map(([requirement, row]) => [row.fault, requirement, row] as const))(
    '%s is reported for %s',
    async (_fault, requirement, { hooks, traffic }) => {
      const { started } = await start(hooks());
      const proxy = await startProxy(started.url);
      const opened: SocketDevice[] = [];
      const app = operate(proxy.url, (device) => opened.push(device));
      await traffic(app, await app.subscribe('adele', { platform: 'iOS' }));
      for (const device of opened) device.terminate();
      const found = await proxy.found();
      const ofTarget = found.filter(({ side }) => side === 'target').map((one) => one.requirement?.id);
      expect([...new Set(ofTarget)], JSON.stringify(found.map(({ expected, got }) => ({ expected, got })))).toContain(requirement);
    },
  );
});
