// The emulator behaves the same behind a proxy, and nothing is reported for valid traffic.
import { Agent, request } from 'node:http';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { runDemo } from '../../src/demo/run.ts';
import { createActivityClient } from '../activity-client/client.ts';
import { rawBody, useEmulators } from '../support/emulator.ts';
import { errorOf, send } from '../support/http-call.ts';
import { connectSocket, refusedHandshake, subprotocol } from '../support/socket-device.ts';
import { useProxies } from './support.ts';

const start = useEmulators();
const startProxy = useProxies();
const token = 'dev.user.adele';
const serverToken = 'dev.app.contoso-server';
const application = 'contoso.example';

interface SubscriptionBody {
  readonly userNotificationSubscriptionId: string;
  readonly socketUrl: string;
}

async function subscribe(url: string, deviceId: string, platform = 'iOS'): Promise<{ unsid: string; socketUrl: string }> {
  const json = { application, deviceId, platform };
  const { body } = await send<SubscriptionBody>(url, { path: '/client/v1/subscriptions', token, json });
  return { unsid: body.userNotificationSubscriptionId, socketUrl: body.socketUrl };
}

const post = (url: string, unsid: string, more: object = { json: rawBody }) =>
  send<{ id: string }>(url, { path: '/beta/me/notifications', token: serverToken, unsid, method: 'POST', ...more });

describe('the emulator behind a proxy', () => {
  it('runs the whole demo without findings', async () => {
    const { url } = await start();
    const proxy = await startProxy(url);
    const lines: string[] = [];
    const isGood = await runDemo({
      start: async () => ({ url: proxy.url, stop: async () => undefined }),
      write: (line) => void lines.push(line),
    });
    expect({ isGood, lines: lines.filter((line) => line.startsWith('✗')) }).toEqual({ isGood: true, lines: [] });
    expect(await proxy.found()).toEqual([]);
    expect(proxy.events).toEqual([]);
    const { requests, sockets, messages } = proxy.summary();
    expect({ sockets, isBusy: requests > 10 && messages > 20 }).toEqual({ sockets: 5, isBusy: true });
  });

  it('returns the same status, headers and body', async () => {
    const { url } = await start();
    const proxy = await startProxy(url);
    const { unsid } = await subscribe(url, 'phone');
    const call = {
      path: '/client/v1/notifications?%24top=7',
      token,
      unsid,
      headers: { 'client-request-id': 'c4d64c8f-4f3f-4b0f-9d0e-0d5c8f0a3b11' },
    };
    const [direct, passed] = [await send(url, call), await send(proxy.url, call)];
    const own = { 'request-id': '', date: '', duration: '', connection: '', 'keep-alive': '' };
    expect({ ...passed, headers: { ...passed.headers, ...own } }).toEqual({ ...direct, headers: { ...direct.headers, ...own } });
    expect(await proxy.found()).toEqual([]);
  });

  it('[D42] forwards a push channel, whose envelopes are no messages of the device socket', async () => {
    const { url } = await start();
    const proxy = await startProxy(url);
    const { unsid } = await subscribe(proxy.url, 'phone');
    const device = await connectSocket(proxy.url, { unsid, token, protocols: ['push.v1.json'] });
    const { id } = (await post(proxy.url, unsid)).body;
    expect(await device.next()).toMatchObject({ aps: { 'content-available': 1 }, activities: [{ activityId: id }] });
    await device.close();
    expect(await proxy.found()).toEqual([]);
  });

  it('[F49][F50][F51][F53][F54] finds nothing in what real clients send beside the documented spelling', async () => {
    const { url } = await start();
    const proxy = await startProxy(url);
    const { unsid } = await subscribe(url, 'phone');
    const bodies: readonly object[] = [
      {
        ...{ TargetHostName: application, Priority: 'high', GroupName: null, DisplayTimeToLive: '60', TargetPolicy: null },
        Payload: { RawContent: null, VisualContent: { Title: 'T', Body: null } },
      },
      {
        ...rawBody,
        priority: 'High',
        targetPolicy: { platformTypes: 'iOS' },
        FallbackPolicy: { EndpointFallback: { platformTypes: 'iOS', fallbackDelayInSeconds: 60, visualContent: { title: 'T' } } },
      },
      { ...rawBody, '@odata.type': 'microsoft.graph.notification', targetPolicy: { endpoints: { subscriptions: [unsid] } } },
    ];
    for (const json of bodies) expect((await post(proxy.url, unsid, { json })).status).toBe(201);
    const paths = [
      '/Beta/ME/notifications',
      '/beta/users/adele@contoso.example/notifications',
      "/beta/users('adele@contoso.example')/notifications",
    ];
    for (const path of paths)
      expect((await send(proxy.url, { method: 'POST', path, token: serverToken, unsid, json: rawBody })).status).toBe(201);
    const batch = { requests: [{ id: '1', method: 'POST', url: '/me/notifications', body: rawBody }] };
    expect((await post(proxy.url, unsid, { path: '/beta/$batch', json: batch })).status).toBe(200);
    expect(await proxy.found()).toEqual([]);
  });

  it('[F50][D30][D31] reports two spellings of one member, and a near miss, as violations of the app', async () => {
    const { url } = await start();
    const proxy = await startProxy(url);
    const { unsid } = await subscribe(url, 'phone');
    expect((await post(proxy.url, unsid, { json: { ...rawBody, TargetHostName: application } })).status).toBe(400);
    expect((await post(proxy.url, unsid, { json: { targetHost: application, payload: rawBody.payload } })).status).toBe(400);
    expect((await proxy.found()).map(({ expected }) => expected)).toEqual([
      expect.stringMatching(/^\/TargetHostName not to be sent beside targetHostName, /),
      '/targetHostName to be given; targetHost was sent: did you mean targetHostName?',
    ]);
  });

  it('[F55][F58][F61] finds nothing in the calls of the client SDK', async () => {
    const { url } = await start();
    const proxy = await startProxy(url);
    const client = createActivityClient({ root: proxy.url, token, appPackageName: application });
    expect(await client.subscribe()).toBe('SUCCEEDED');
    const { id } = (await post(proxy.url, client.unsid())).body;
    expect((await client.getAll()).notifications).toHaveLength(1);
    expect([await client.setReadState(id, true), await client.setUserActionState(id, 2)]).toEqual(['SUCCEEDED', 'SUCCEEDED']);
    expect([await client.remove(id), await client.unsubscribe()]).toEqual(['SUCCEEDED', 'SUCCEEDED']);
    expect(await proxy.found()).toEqual([]);
  });

  it('reaches devices that connect through the proxy by the rewritten socketUrl', async () => {
    const { url } = await start();
    const proxy = await startProxy(url);
    const [phone, pc] = [await subscribe(proxy.url, 'phone'), await subscribe(proxy.url, 'pc', 'Windows')];
    expect(phone.socketUrl).toBe(`${proxy.url.replace('http', 'ws')}/client/v1/socket`);
    const list = await send<{ value: SubscriptionBody[] }>(proxy.url, { path: '/client/v1/subscriptions', token });
    expect(list.body.value.map(({ socketUrl }) => socketUrl)).toEqual([phone.socketUrl, phone.socketUrl]);
    const devices = await Promise.all([phone, pc].map(({ unsid }) => connectSocket(proxy.url, { token, unsid })));
    for (const device of devices) await device.nextOf('connected');
    const { status, body, headers } = await post(proxy.url, phone.unsid);
    expect({ status, location: headers.location }).toEqual({ status: 201, location: `${url}/beta/me/activities/${body.id}` });
    for (const device of devices) {
      const { cursor, notification } = await device.nextOf('notification');
      expect(notification.id).toBe(body.id);
      device.ack(cursor);
      expect(await device.rest()).toEqual([]);
      await device.close();
    }
    expect(await proxy.found()).toEqual([]);
    expect(proxy.summary()).toMatchObject({ sockets: 2, messages: 6 });
  });

  it('does not rewrite socketUrl when rewritesSocketUrl is false', async () => {
    const { url } = await start();
    const proxy = await startProxy(url, { rewritesSocketUrl: false });
    expect((await subscribe(proxy.url, 'phone')).socketUrl).toBe(`${url.replace('http', 'ws')}/client/v1/socket`);
  });

  it('accepts bodies of any size and encoding: with a length, in chunks, with 100-continue', async () => {
    const { url } = await start();
    const proxy = await startProxy(url);
    const { unsid } = await subscribe(proxy.url, 'phone');
    const json = { 'Content-Type': 'application/json' };
    const large = JSON.stringify({ targetHostName: application, payload: { rawContent: 'x'.repeat(4_000_000) } });
    const bytes = Buffer.from(JSON.stringify(rawBody));
    const calls = [
      { bytes: large, headers: json },
      { bytes: gzipSync(bytes), headers: { ...json, 'Content-Encoding': 'gzip' } },
      { bytes: deflateRawSync(bytes), headers: { ...json, 'Content-Encoding': 'deflate' } },
      { bytes, headers: { ...json, 'Transfer-Encoding': 'chunked' } },
      { bytes, headers: { ...json, Expect: '100-continue' } },
    ];
    for (const call of calls) expect((await post(proxy.url, unsid, call)).status).toBe(201);
    expect((await send<{ value: unknown[] }>(proxy.url, { path: '/client/v1/notifications', token, unsid })).body.value).toHaveLength(5);
    expect(await proxy.found()).toEqual([]);
    expect(proxy.summary().unchecked).toBe(0);
  });

  it('forwards bodies over the limit without validation, and reports that once', async () => {
    const { url } = await start();
    const proxy = await startProxy(url, { maxCheckedBytes: 1000 });
    const { unsid } = await subscribe(proxy.url, 'phone');
    const json = { targetHostName: application, payload: { rawContent: 'x'.repeat(5000) }, priority: 'Urgent' };
    for (const _time of [1, 2]) expect((await post(proxy.url, unsid, { json })).status).toBe(400);
    expect(await proxy.found()).toEqual([]);
    expect(proxy.events).toEqual([{ kind: 'unchecked', reason: 'bodies over 1000 bytes, or many large ones at once' }]);
    expect(proxy.summary().unchecked).toBe(2);
  });

  it('forwards refused handshakes with their response', async () => {
    const { url } = await start();
    const proxy = await startProxy(url);
    const refused = await refusedHandshake(proxy.url, { token, unsid: 'nobody' });
    expect({ status: refused.status, code: errorOf(refused).code }).toEqual({ status: 404, code: 'NotFound' });
    expect(await proxy.found()).toEqual([]);
  });

  it('forwards close codes and terminated connections to the other side', async () => {
    const { url, emulator } = await start();
    const proxy = await startProxy(url);
    const { unsid } = await subscribe(proxy.url, 'phone');
    const first = await connectSocket(proxy.url, { token, unsid });
    await first.nextOf('connected');
    const second = await connectSocket(proxy.url, { token, unsid });
    expect((await first.closed).code).toBe(4409);
    await second.nextOf('connected');
    second.terminate();
    await expect.poll(async () => (await send<{ connections: number }>(url, { path: '/_emulator/v1/health' })).body.connections).toBe(0);
    const third = await connectSocket(proxy.url, { token, unsid });
    await third.nextOf('connected');
    await emulator.stop();
    expect((await third.closed).code).toBe(1001);
    expect(await proxy.found()).toEqual([]);
  });

  it('reads compressed messages too', async () => {
    const { url } = await start();
    const proxy = await startProxy(url);
    const { unsid } = await subscribe(proxy.url, 'phone');
    const socket = new WebSocket(`${proxy.url.replace('http', 'ws')}/client/v1/socket?unsid=${unsid}`, subprotocol, {
      headers: { authorization: `Bearer ${token}` },
      perMessageDeflate: true,
    });
    await new Promise((resolve) => socket.once('message', resolve));
    socket.terminate();
    expect(await proxy.found()).toEqual([]);
    expect(proxy.summary()).toMatchObject({ messages: 1, unchecked: 0 });
  });

  it('ignores an upgrade to another protocol, and keeps connections open between requests', async () => {
    const { url } = await start();
    const proxy = await startProxy(url);
    const path = '/client/v1/subscriptions';
    const upgraded = await send(proxy.url, {
      path,
      token,
      headers: { Connection: 'Upgrade, HTTP2-Settings', Upgrade: 'h2c', 'HTTP2-Settings': '' },
    });
    expect(upgraded.status).toBe(200);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const idleTimes = new Set<string>();
    const isReused = () =>
      new Promise<boolean>((resolve) => {
        const outgoing = request(`${proxy.url}${path}`, { agent, headers: { authorization: `Bearer ${token}` } }, (incoming) => {
          idleTimes.add(String(incoming.headers['keep-alive']));
          incoming.resume().on('end', () => resolve(outgoing.reusedSocket));
        });
        outgoing.end();
      });
    expect([await isReused(), await isReused()]).toEqual([false, true]);
    agent.destroy();
    expect([...idleTimes]).toEqual(['timeout=120']);
    expect(await proxy.found()).toEqual([]);
  });

  it('works behind two independent proxies in one process', async () => {
    const { url } = await start();
    const [one, other] = [await startProxy(url), await startProxy(url)];
    await send(one.url, { path: '/beta/me/notification', token });
    expect(await one.found()).toHaveLength(1);
    expect(await other.found()).toEqual([]);
    expect((await send(other.url, { path: '/client/v1/subscriptions', token }).catch(() => undefined))?.status).toBeUndefined();
  });
});
