// Does the same things at any wire and writes down all that can be seen, so that two implementations can be compared.
import { deflateRawSync, gzipSync } from 'node:zlib';
import type { EmulatorOptions } from '../../src/emulator.ts';
import type { Spec } from '../../src/spec/spec.ts';
import { application, rawBody, serverToken, tokenOf, visualBody } from '../support/emulator.ts';
import { type Call, send } from '../support/http-call.ts';
import { createSequenceIds } from '../support/ids.ts';
import { connectSocket, type Handshake, refusedHandshake, type SocketDevice } from '../support/socket-device.ts';
import { createTestClock, startInstant } from '../support/time.ts';
import type { Hooks } from './hooks.ts';
import { startWire } from './wire.ts';

export interface Probed {
  /** One request, written down with its answer. */
  readonly http: (call: Call) => Promise<unknown>;
  readonly subscribe: (alias: string, deviceId: string, more?: object) => Promise<string>;
  readonly post: (unsid: string, more?: object, call?: Partial<Call>) => Promise<string>;
  readonly client: (alias: string, unsid: string, call: Call) => Promise<unknown>;
  readonly connect: (alias: string, unsid: string, handshake?: Handshake) => Promise<SocketDevice>;
  readonly refused: (handshake: Handshake) => Promise<void>;
  /** All that has come to these devices. */
  readonly drain: (...devices: readonly SocketDevice[]) => Promise<void>;
  readonly closed: (device: SocketDevice) => Promise<void>;
  readonly advance: (seconds: number) => Promise<void>;
}

export type Battery = (probed: Probed) => Promise<void>;

/** Ends a probe: what comes after does not matter. */
class Difference extends Error {}

export interface Probe {
  readonly battery: Battery;
  readonly spec: Spec;
  readonly hooks?: Hooks;
  readonly options?: EmulatorOptions;
  /** What another implementation showed: the probe ends where this one differs. */
  readonly expected?: readonly string[];
}

/** What is seen when these things are done; with the same hooks it is the same again, to the letter. */
export async function transcribe({ battery, spec, hooks = {}, options = {}, expected }: Probe): Promise<readonly string[]> {
  const parts = { spec, clock: createTestClock(), ids: createSequenceIds() };
  const { url, stop, errors } = await startWire({ hooks, options, parts });
  const lines: string[] = [];
  const devices: SocketDevice[] = [];
  const named = createNaming(new URL(url).host);
  const write = (what: string, value: unknown) => {
    const line = named(`${what}: ${JSON.stringify(value)}`);
    lines.push(line);
    if (expected && expected[lines.length - 1] !== line) throw new Difference();
  };
  try {
    await battery(probing(url, write, devices));
  } catch (error) {
    if (!(error instanceof Difference)) lines.push(`ended: ${String(error)}`);
  } finally {
    for (const device of devices) device.terminate();
    await stop();
  }
  return [...lines, ...errors.map((error) => `failed: ${String(error)}`)];
}

/** Numbers ids in the order in which they are seen first, so that ids that nobody saw make no difference. */
function createNaming(host: string): (line: string) => string {
  const names = new Map<string, string>();
  const ids = /00000000-0000-4000-8000-\d{12}|unsid-\d{26}|feed\d+/g;
  return (line) =>
    line.replaceAll(host, '<host>').replaceAll(ids, (id) => {
      const name = names.get(id) ?? `<${names.size}>`;
      names.set(id, name);
      return name;
    });
}

/** So long a connection may take to close. */
const closingMs = 200;

function probing(url: string, write: (what: string, value: unknown) => void, devices: SocketDevice[]): Probed {
  async function http(call: Call): Promise<unknown> {
    const { status, headers, text, body } = await send(url, call);
    const { duration, connection: _connection, 'keep-alive': _keepAlive, 'content-length': _length, ...kept } = headers;
    write(`${call.method ?? ''} ${call.path.slice(0, 100)}`, [status, { ...kept, duration: duration !== undefined }, text]);
    return body;
  }

  async function connect(alias: string, unsid: string, handshake: Handshake = {}): Promise<SocketDevice> {
    const device = await connectSocket(url, { unsid, token: tokenOf(alias), ...handshake });
    devices.push(device);
    return device;
  }

  const member = (value: unknown, name: string) => String((value as Record<string, unknown> | undefined)?.[name]);
  return {
    http,
    connect,
    subscribe: async (alias, deviceId, more = {}) => {
      const json = { application, deviceId, platform: 'Windows', ...more };
      return member(await http({ path: '/client/v1/subscriptions', token: tokenOf(alias), json }), 'userNotificationSubscriptionId');
    },
    post: async (unsid, more = {}, call = {}) => {
      const json = { ...rawBody, ...more };
      return member(await http({ path: '/beta/me/notifications', method: 'POST', token: serverToken, unsid, json, ...call }), 'id');
    },
    client: (alias, unsid, call) => http({ token: tokenOf(alias), unsid, ...call }),
    refused: async (handshake) => {
      const answer = await refusedHandshake(url, handshake).catch(String);
      write('refused', typeof answer === 'string' ? answer : [answer.status, answer.headers['content-type'], answer.text]);
    },
    drain: async (...all) => {
      for (const device of all) write('messages', await device.rest());
    },
    closed: async (device) => {
      const stillOpen = new Promise((resolve) => setTimeout(resolve, closingMs, 'still open').unref());
      write('closed', [await Promise.race([device.closed, stillOpen]), device.messages.length]);
    },
    advance: async (seconds) => {
      await http({ path: '/_emulator/v1/clock/advance', json: { seconds } });
    },
  };
}

const day = 86_400_000;
const ahead = (milliseconds: number) => new Date(startInstant + milliseconds).toISOString();
const fallback = (more: object = {}) => ({
  endpointFallback: { platformTypes: ['iOS'], fallbackDelayInSeconds: 120, visualContent: { title: 'Late', body: 'read it' }, ...more },
});
const visual = (more: object) => ({ payload: { visualContent: { title: 'Build', ...more } } });
const targets = (...platformTypes: readonly string[]) => ({ targetPolicy: { platformTypes } });

const bodies: readonly object[] = [
  {},
  visualBody,
  { payload: { rawContent: ' raw\n😀 é ', visualContent: { title: 'ž😀', body: 'body' } } },
  { appNotificationId: 'one', groupName: 'Group' },
  { groupName: null, displayTimeToLive: null },
  { displayTimeToLive: 0 },
  { displayTimeToLive: '60' },
  { displayTimeToLive: 60 },
  { displayTimeToLive: 2_147_483_647 },
  { displayTimeToLive: 2_147_483_648 },
  { displayTimeToLive: -1 },
  { expirationDateTime: ahead(30 * day - 5000) },
  { expirationDateTime: ahead(30 * day + 5000) },
  { expirationDateTime: ahead(-1000) },
  { expirationDateTime: ahead(day).replace('Z', '+02:00') },
  { payload: {} },
  { payload: null },
  { payload: { rawContent: 'x', visualContent: { body: 'no title' } } },
  { payload: { rawContent: { is: 'object' } } },
  visual({ title: '' }),
  visual({ title: 7 }),
  visual({ title: 'x'.repeat(300) }),
  visual({ unknown: true }),
  { '@odata.type': '#x', unknown: 1 },
  { priority: 'high' },
  { priority: 'Low' },
  { priority: 'High' },
  targets('windows', 'ios'),
  targets('webpush'),
  targets('Windows', 'Linux'),
  targets(),
  { fallbackPolicy: fallback() },
  { fallbackPolicy: fallback({ fallbackDelayInSeconds: 59 }) },
  { fallbackPolicy: fallback({ fallbackDelayInSeconds: 600 }) },
  { fallbackPolicy: fallback({ fallbackDelayInSeconds: 601 }) },
  { fallbackPolicy: fallback({ platformTypes: ['iOS', 'Android'] }) },
  { fallbackPolicy: fallback({ visualContent: undefined }) },
  { fallbackPolicy: fallback(), ...targets('Windows') },
  { fallbackPolicy: fallback(), ...visualBody },
  { targetHostName: application.toUpperCase() },
  { targetHostName: `${application}.longer` },
  { targetHostName: 'fabrikam.example' },
  { targetHostName: undefined },
];

const json = { 'Content-Type': 'application/json' };
const text = JSON.stringify(rawBody);
const guid = '1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11';
const posts: readonly Partial<Call>[] = [
  { path: '/beta/me/notifications/' },
  { json: [rawBody] },
  { json: undefined, headers: json, bytes: text.slice(0, -1) },
  { json: undefined, headers: { ...json, 'Content-Encoding': 'gzip' }, bytes: text },
  { json: undefined, headers: { ...json, 'Content-Encoding': 'GZIP' }, bytes: gzipSync(text) },
  { json: undefined, headers: { ...json, 'Content-Encoding': 'gzip' }, bytes: gzipSync(text) },
  { json: undefined, headers: { ...json, 'Content-Encoding': 'deflate' }, bytes: deflateRawSync(text) },
  { json: undefined, headers: { ...json, 'Content-Encoding': 'br' }, bytes: text },
  { json: undefined, headers: { 'Content-Type': 'text/plain' }, bytes: text },
  { json: undefined, headers: { 'Content-Type': null }, bytes: text },
  { json: undefined, headers: { 'Content-Type': 'application/json; charset=utf-8' }, bytes: text },
  { json: undefined, headers: json, bytes: `${text}${' '.repeat(2 * 1024 * 1024)}` },
  { json: undefined, headers: json, bytes: `${text}${' '.repeat(4 * 1024 * 1024)}` },
  { headers: { 'If-Range': 'x' } },
  { headers: { 'client-request-id': guid } },
  { headers: { 'client-request-id': 'not-a-guid' } },
  { unsid: 'unknown-unsid-0123456789' },
  { unsid: undefined },
  { method: 'PUT' },
  { method: 'DELETE', json: undefined },
  { token: undefined },
  { token: 'garbage' },
];

/** Publishing, and what every answer has. */
export const graph: Battery = async ({ subscribe, post, http, client }) => {
  const pc = await subscribe('adele', 'pc');
  const foreign = await subscribe('bert', 'pc');
  for (const body of bodies) await post(pc, body);
  for (const call of posts) await post(pc, {}, call);
  for (const token of [tokenOf('adele'), tokenOf('adele'), tokenOf('bert')]) await post('', {}, { token, unsid: undefined });
  await post(foreign, {}, { token: tokenOf('adele') });
  await http({ path: '/client/v1/notifications/nowhere', token: tokenOf('adele'), unsid: pc, headers: { 'client-request-id': guid } });
  const asking = { Origin: 'http://page.example', 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'x-uns-id' };
  await http({ method: 'OPTIONS', path: '/beta/me/notifications', headers: asking });
  for (const path of ['/client/v1/nowhere', '/beta/me/notifications/below']) await http({ path, token: tokenOf('adele') });
  await http({ method: 'PUT', path: '/client/v1/notifications', token: tokenOf('adele'), unsid: pc });
  await http({ method: 'PUT', path: '/client/v1/notifications/nowhere', token: tokenOf('adele'), unsid: pc, json: { readState: 'Read' } });
  for (const token of [undefined, 'garbage', serverToken]) await http({ path: '/client/v1/subscriptions', token });
  const id = await post(pc);
  await client('adele', pc, { method: 'DELETE', path: `/client/v1/notifications/${id}` });
  await post(pc);
  await client('adele', pc, { path: '/client/v1/notifications?status=Any' });
};

/** Subscriptions, history and states. */
export const history: Battery = async ({ subscribe, post, http, client, connect, drain, advance }) => {
  const pc = await subscribe('adele', 'pc', { displayName: "Adele's pc" });
  const first = await client('adele', pc, { path: '/client/v1/notifications' });
  const web = await subscribe('adele', 'page', { platform: 'WebPush', displayName: null });
  const elsewhere = await subscribe('adele', 'pc', { application: 'fabrikam.example' });
  const foreign = await subscribe('bert', 'pc');
  for (const more of [{ platform: 'ios' }, { platform: undefined }, { platform: 'Android' }, { platform: 'iOS' }])
    await subscribe('cora', 'x', more);
  for (const deviceId of ['x'.repeat(1024), 'x'.repeat(1025), 'žluť😀', 'pc']) await subscribe('cora', deviceId);
  await post(pc, { payload: { rawContent: 'missed' } });
  await subscribe('adele', 'pc');
  await drain(await connect('adele', pc));
  for (const unsid of [pc, web, foreign, 'unknown'])
    await http({ path: `/client/v1/subscriptions/${encodeURIComponent(unsid)}`, token: tokenOf('adele') });
  await http({ path: '/client/v1/subscriptions', token: tokenOf('adele') });
  await http({ method: 'DELETE', path: `/client/v1/subscriptions/${foreign}`, token: tokenOf('adele') });
  await http({ path: '/client/v1/subscriptions', token: tokenOf('bert') });
  await post(elsewhere, { targetHostName: 'fabrikam.example' });
  await post(foreign);
  const ids: string[] = [];
  for (const more of [
    { payload: { rawContent: ' é ', visualContent: { title: 'both' } } },
    { groupName: 'g', appNotificationId: 'a' },
    targets('iOS'),
  ]) {
    ids.push(await post(pc, more));
    await advance(1);
  }
  for (let number = 0; number < 4; number += 1) ids.push(await post(pc, { ...visualBody, displayTimeToLive: 100 }));
  const since = (page: unknown) => encodeURIComponent(String((page as Record<string, unknown>)['cursor']));
  const start = since(first);
  const states: readonly object[] = [
    { readState: 'Read', userActionState: 'Snoozed' },
    { readState: 'Read' },
    { readState: 'Unread' },
    { userActionState: 'Dismissed' },
    { readState: 'Read', unknown: 1 },
    { userActionState: 'NoInteraction' },
    { userActionState: 'Snoozed' },
    {},
    { unknown: 1 },
    { readState: 'read' },
  ];
  for (const state of states) {
    await advance(1);
    await client('adele', pc, { method: 'PATCH', path: `/client/v1/notifications/${ids[1]}`, json: state });
    await client('adele', pc, { path: `/client/v1/notifications/${ids[1]}` });
  }
  for (const userActionState of ['Dismissed', 'Snoozed']) {
    await client('adele', web, {
      method: 'PATCH',
      path: `/client/v1/notifications/${ids[0]}`,
      json: { userActionState, readState: 'Read' },
    });
  }
  await client('adele', pc, { method: 'PATCH', path: `/client/v1/notifications/${ids[2]}`, json: { userActionState: 'Dismissed' } });
  for (let round = 0; round < 2; round += 1) await client('adele', pc, { method: 'DELETE', path: `/client/v1/notifications/${ids[3]}` });
  for (const id of ids) await client('adele', pc, { path: `/client/v1/notifications/${id}` });
  const queries = [
    '',
    '?status=Any',
    '?status=Deleted',
    '?status=active',
    '?readState=Read&userActionState=NoInteraction',
    '?readState=Seen',
  ];
  const more = [
    '?userActionState=Snoozed',
    '?$top=0',
    '?$top=1000',
    '?$top=1001',
    '?since=unknown',
    `?since=${start}`,
    `?since=${start}&$top=2`,
  ];
  for (const query of [...queries, ...more, `?since=${start}`]) await client('adele', pc, { path: `/client/v1/notifications${query}` });
  let page = await client('adele', pc, { path: '/client/v1/notifications?$top=2&status=Any' });
  for (let round = 0; round < 4; round += 1)
    page = await client('adele', pc, { path: `/client/v1/notifications?$top=2&status=Any&since=${since(page)}` });
  const other = await client('bert', foreign, { path: '/client/v1/notifications' });
  await client('adele', pc, { path: `/client/v1/notifications?since=${since(other)}` });
  await http({ path: '/client/v1/notifications', token: tokenOf('adele') });
  for (const unsid of [pc, foreign]) await client('bert', unsid, { path: `/client/v1/notifications/${ids[1]}` });
  await client('bert', pc, { path: '/client/v1/notifications' });
  for (let round = 0; round < 2; round += 1)
    await http({ method: 'DELETE', path: `/client/v1/subscriptions/${pc}`, token: tokenOf('adele') });
  await post(pc);
  await subscribe('adele', 'pc');
};

const hello = { type: 'ack', cursor: '' };
const padded = (size: number, cursor: string) => {
  const ack = JSON.stringify({ ...hello, cursor, pad: '' });
  return ack.replace('"pad":""', `"pad":"${'x'.repeat(size - Buffer.byteLength(ack))}"`);
};
const lastCursor = (device: SocketDevice) =>
  device.messages.map((one) => ('cursor' in one ? one.cursor : '')).findLast((one) => one !== '') ?? '';

/** Devices: fan-out, acknowledgement, resumption, limits. */
export const devices: Battery = async ({ subscribe, post, client, connect, refused, drain, closed, http }) => {
  const pc = await subscribe('adele', 'pc');
  await post(pc, { groupName: 'before' });
  const [phone, pad, page] = [
    await subscribe('adele', 'phone', { platform: 'iOS' }),
    await subscribe('adele', 'pad', { platform: 'Android' }),
    await subscribe('adele', 'page', { platform: 'WebPush' }),
  ];
  const elsewhere = await subscribe('adele', 'pc', { application: 'fabrikam.example' });
  const foreign = await subscribe('bert', 'pc');
  await post(pc, { groupName: 'between' });
  const own = [pc, phone, pad, page, elsewhere];
  const all = [...(await Promise.all(own.map((unsid) => connect('adele', unsid)))), await connect('bert', foreign)];
  await drain(...all);
  const ids: string[] = [];
  const both = { payload: { rawContent: 'r', visualContent: { title: '😀', body: 'b' } } };
  for (const more of [both, visualBody, targets('ios', 'webpush'), targets('Windows', 'Android'), { priority: 'High' }])
    ids.push(await post(pc, more));
  await drain(...all);
  const [first] = ids;
  for (const state of [{ userActionState: 'Dismissed' }, { userActionState: 'Dismissed' }, { readState: 'Read' }]) {
    await client('adele', phone, { method: 'PATCH', path: `/client/v1/notifications/${first}`, json: state });
    await drain(...all);
  }
  await client('adele', phone, { method: 'DELETE', path: `/client/v1/notifications/${ids[1]}` });
  await post(pc, { groupName: 'after' });
  await drain(...all);
  for (let number = 0; number < 45; number += 1) await post(pc, { payload: { rawContent: String(number) }, ...targets('Windows', 'iOS') });
  await drain(...all);
  await post(pc, { payload: { rawContent: 'x'.repeat(300_000) } });
  await drain(...all);
  const [online, other] = [all[0], all[5]];
  if (!online || !other) throw new Error('there are devices');
  const cursors = online.messages.map((one) => ('cursor' in one ? one.cursor : ''));
  const [early = '', late = ''] = [cursors[2], cursors[8]];
  online.send(padded(65_536, late));
  online.ack(early);
  online.ack('unknown');
  online.ack(lastCursor(other));
  online.send('{"type":"hello"}');
  await drain(online);
  online.terminate();
  for (const handshake of [{}, { cursor: early }, { cursor: 'unknown' }, { cursor: lastCursor(other) }, { cursor: cursors[4] }, {}]) {
    const again = await connect('adele', pc, handshake);
    await drain(again);
    await again.close();
  }
  await client('adele', pc, { method: 'DELETE', path: `/client/v1/notifications/${first}` });
  const firstCursor = cursors[3];
  await drain(await connect('adele', pc, firstCursor === undefined ? {} : { cursor: firstCursor }));
  const [replaced, second] = [await connect('adele', pc), await connect('adele', pc)];
  await closed(replaced);
  await drain(second);
  await post(pc);
  await drain(second);
  second.ack(lastCursor(second));
  await drain(second);
  second.terminate();
  await away({ post, client, connect, drain }, { pc, phone });
  await limits({ connect, drain, closed }, pc);
  await shakes({ refused, connect, drain }, { pc, foreign });
  const last = await connect('adele', pc);
  await http({ method: 'DELETE', path: `/client/v1/subscriptions/${pc}`, token: tokenOf('adele') });
  await closed(last);
};

type Some<Names extends keyof Probed> = Pick<Probed, Names>;

async function away(
  { post, client, connect, drain }: Some<'post' | 'client' | 'connect' | 'drain'>,
  { pc, phone }: { pc: string; phone: string },
) {
  const online = await connect('adele', pc);
  const seen = await post(pc, { groupName: 'seen' });
  await drain(online);
  online.ack(lastCursor(online));
  await drain(online);
  online.terminate();
  const [changed, gone, kept] = [await post(pc), await post(pc), await post(pc)];
  await client('adele', phone, { method: 'PATCH', path: `/client/v1/notifications/${changed}`, json: { readState: 'Read' } });
  await client('adele', phone, { method: 'PATCH', path: `/client/v1/notifications/${seen}`, json: { readState: 'Read' } });
  await client('adele', phone, { method: 'PATCH', path: `/client/v1/notifications/${kept}`, json: { readState: 'Read' } });
  await client('adele', pc, { method: 'PATCH', path: `/client/v1/notifications/${kept}`, json: { userActionState: 'Activated' } });
  await client('adele', phone, { method: 'DELETE', path: `/client/v1/notifications/${gone}` });
  const back = await connect('adele', pc);
  await drain(back);
  back.terminate();
}

async function limits({ connect, drain, closed }: Some<'connect' | 'drain' | 'closed'>, pc: string) {
  for (const [size, letter] of [
    [65_537, 'x'],
    [40_000, 'é'],
  ] as const) {
    const device = await connect('adele', pc);
    device.send(letter.repeat(size));
    await closed(device);
  }
  const binary = await connect('adele', pc);
  binary.send(Buffer.from('{}'), { binary: true });
  await closed(binary);
  const invalid = await connect('adele', pc);
  await drain(invalid);
  for (let number = 0; number < 9; number += 1) invalid.send('nonsense');
  await drain(invalid);
  invalid.ack(lastCursor(invalid));
  for (let number = 0; number < 10; number += 1) invalid.send('nonsense');
  await closed(invalid);
}

async function shakes(
  { refused, connect, drain }: Some<'refused' | 'connect' | 'drain'>,
  { pc, foreign }: { pc: string; foreign: string },
) {
  for (const handshake of [
    { token: tokenOf('adele') },
    { unsid: pc },
    { unsid: 'unknown', token: tokenOf('adele') },
    { unsid: foreign, token: tokenOf('adele') },
  ]) {
    await refused(handshake);
  }
  for (const handshake of [{ token: undefined, accessToken: tokenOf('adele') }, { protocols: ['other', 'notifications.v1.json'] }]) {
    await drain(await connect('adele', pc, handshake));
  }
}

/** What falls due: toasts, expiry of notifications and subscriptions. */
export const due: Battery = async ({ subscribe, post, client, connect, drain, closed, advance }) => {
  const pc = await subscribe('adele', 'pc');
  const phone = await subscribe('adele', 'phone', { platform: 'iOS' });
  const pad = await subscribe('adele', 'pad', { platform: 'iOS' });
  const [online, away] = [await connect('adele', pc), await connect('adele', pad)];
  let device = await connect('adele', phone);
  const high = { priority: 'High', fallbackPolicy: fallback() };
  const first = await post(pc, high);
  const acknowledged = await post(pc, high);
  await post(pc, { ...high, priority: 'Low' });
  await post(pc, { ...high, ...visualBody });
  const read = await post(pc, high);
  const deleted = await post(pc, high);
  const short = await post(pc, { ...high, expirationDateTime: ahead(3600_000), displayTimeToLive: 600 });
  await drain(device, online, away);
  away.terminate();
  device.ack(
    device.messages.flatMap((one) => (one.type === 'notification' && one.notification.id === acknowledged ? [one.cursor] : []))[0] ?? '',
  );
  await client('adele', phone, { path: `/client/v1/notifications/${read}` });
  await client('adele', phone, { method: 'DELETE', path: `/client/v1/notifications/${deleted}` });
  for (const seconds of [61, 60]) {
    await advance(seconds);
    await drain(device, online);
  }
  await drain(await connect('adele', pad));
  await client('adele', phone, { path: `/client/v1/notifications/${first}` });
  const page = await client('adele', phone, { path: '/client/v1/notifications' });
  const since = encodeURIComponent(String((page as Record<string, unknown>)['cursor']));
  const before = device.messages.flatMap((one) => (one.type === 'notification' && one.notification.id === short ? [one.cursor] : []))[0];
  await advance(3600);
  await drain(device, online);
  for (const query of ['', `?since=${since}`, '?status=Any']) await client('adele', phone, { path: `/client/v1/notifications${query}` });
  await client('adele', phone, { path: `/client/v1/notifications/${short}` });
  device.terminate();
  device = await connect('adele', phone, before === undefined ? {} : { cursor: before });
  await drain(device);
  await subscribe('adele', 'phone', { platform: 'iOS' });
  await advance(30 * 86_400 - 600);
  await closed(online);
  await post(pc);
};
