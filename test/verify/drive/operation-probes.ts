// Probes of every operation in turn: each status that its document declares.
import { connect } from 'node:net';
import { activityCalls } from './activity-probes.ts';
import { identityCalls } from './identity-calls.ts';
import { listing, onNotification, type Probe, posting, publish, subscribe } from './probe.ts';
import type { Call, Rig } from './rig.ts';

type Prepare = (rig: Rig) => Promise<Call>;

const guid = '1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11';

async function onOne(rig: Rig, of: string, method: string, body?: unknown): Promise<Call> {
  const device = await subscribe(rig);
  return onNotification(of, method, device, await publish(rig, device.unsid), body);
}

async function onSubscription(rig: Rig, of: string, method: string): Promise<Call> {
  const { token, unsid } = await subscribe(rig);
  return { of: [of], method, path: `/client/v1/subscriptions/${unsid}`, token };
}

/** A good call of each operation that needs a token. */
const calls: Readonly<Record<string, Prepare>> = {
  postNotification: async (rig) => posting((await subscribe(rig)).unsid),
  postUserNotification: async (rig) => {
    const { unsid, token } = await subscribe(rig);
    const user = token.replace('dev.user.', '');
    return { ...posting(unsid), of: ['postUserNotification'], path: `/beta/users/${user}/notifications` };
  },
  postBatch: async (rig) => {
    const { unsid } = await subscribe(rig);
    const good = { method: 'POST', url: '/me/notifications', headers: { 'Content-Type': 'application/json' }, body: posting(unsid).body };
    const requests = [
      { id: '1', ...good },
      { id: '2', ...good, body: {} },
      { id: '3', ...good, dependsOn: ['2'] },
    ];
    return { ...posting(unsid, { requests }), of: ['postBatch'], path: '/beta/$batch' };
  },
  createSubscription: async (rig) => ({
    of: ['createSubscription'],
    method: 'POST',
    path: '/client/v1/subscriptions',
    token: `dev.user.${rig.user()}`,
    body: { application: 'contoso.example', deviceId: 'phone', platform: 'iOS' },
  }),
  listSubscriptions: async (rig) => ({
    of: ['listSubscriptions'],
    method: 'GET',
    path: '/client/v1/subscriptions',
    token: (await subscribe(rig)).token,
  }),
  getSubscription: (rig) => onSubscription(rig, 'getSubscription', 'GET'),
  deleteSubscription: (rig) => onSubscription(rig, 'deleteSubscription', 'DELETE'),
  listNotifications: async (rig) => listing(await subscribe(rig)),
  getNotification: (rig) => onOne(rig, 'getNotification', 'GET'),
  updateNotification: (rig) => onOne(rig, 'updateNotification', 'PATCH', { readState: 'Read' }),
  deleteNotification: (rig) => onOne(rig, 'deleteNotification', 'DELETE'),
  ...activityCalls,
};

/** The same call by another client of the same user. */
const by =
  (client: string) =>
  (call: Call): Call => ({ ...call, token: call.token?.startsWith('dev.app.') ? `dev.app.${client}` : `${call.token}~${client}` });
const hasBody = ({ body }: Call) => body !== undefined;
const isJson = { 'Content-Type': 'application/json' };

interface Variant {
  readonly name: string;
  readonly of?: (call: Call) => boolean;
  readonly alter: (call: Call) => Call;
  readonly isHeavy?: boolean;
}

const variants: readonly Variant[] = [
  { name: 'as it should be', alter: (call) => call },
  { name: 'with a request id of the client', alter: (call) => ({ ...call, headers: { 'client-request-id': guid } }) },
  { name: 'without token', alter: (call) => ({ ...call, token: undefined }) },
  { name: 'by an app server', alter: (call) => ({ ...call, token: 'dev.app.server' }) },
  { name: 'by a blocked client', alter: by('blocked') },
  { name: 'by a throttled client', alter: by('throttled') },
  { name: 'by a client throttled in the other way', alter: by('unacceptable') },
  { name: 'while it fails', alter: by('unlucky') },
  { name: 'while it is busy', alter: by('unavailable') },
  { name: 'without UNSID', alter: (call) => ({ ...call, unsid: undefined }), of: ({ unsid }) => unsid !== undefined },
  { name: 'with an unknown UNSID', alter: (call) => ({ ...call, unsid: 'nobody' }), of: ({ unsid }) => unsid !== undefined },
  {
    name: 'with an unknown name in the path',
    alter: (call) => ({ ...call, path: call.path.replace(/[^/]+$/, 'nobody') }),
    of: ({ path }) => path.split('/').length > 4,
  },
  { name: 'with a body that is no JSON', alter: (call) => ({ ...call, body: '{', headers: isJson }), of: hasBody },
  { name: 'with no body', alter: (call) => ({ ...call, body: undefined, headers: isJson }), of: hasBody },
  { name: 'with text for a body', alter: (call) => ({ ...call, body: 'text' }), of: hasBody },
  { name: 'with a body over nothing that is known', alter: (call) => ({ ...call, headers: { 'Content-Encoding': 'br' } }), of: hasBody },
  {
    name: 'with a body that is too large',
    alter: (call) => ({ ...call, body: Buffer.alloc(4_194_305, 32), headers: isJson }),
    of: hasBody,
    isHeavy: true,
  },
];

const perOperation: readonly Probe[] = variants.flatMap(({ name, of, alter, isHeavy = false }) =>
  Object.entries(calls).flatMap(([operation, prepare]): Probe[] => [
    {
      name: `${operation} ${name}`,
      isHeavy,
      run: async (rig) => {
        const call = await prepare(rig);
        if (of?.(call) ?? true) await rig.call(alter(call));
      },
    },
  ]),
);

/** Every path with the operations that stand at it: a method that none of them is. */
const paths: readonly (readonly [string, readonly string[]])[] = [
  ['/beta/me/notifications', ['postNotification']],
  ["/beta/users('nobody')/notifications/", ['postUserNotification']],
  ['/beta/$batch', ['postBatch']],
  ['/client/v1/subscriptions', ['createSubscription', 'listSubscriptions']],
  ['/client/v1/subscriptions/nobody', ['getSubscription', 'deleteSubscription']],
  ['/client/v1/notifications', ['listNotifications']],
  ['/client/v1/notifications/nothing', ['getNotification', 'updateNotification', 'deleteNotification']],
  ['/V1/feeds/me/subscriptions', ['createActivitySubscription', 'listActivitySubscriptions']],
  ['/V1/feeds/me/subscriptions/unknown', ['getActivitySubscription', 'deleteActivitySubscription']],
  ['/V2/feeds/me/views/unknown/activities', ['listViewActivities']],
  ['/V2/feeds/me/activities/unknown', ['updateActivity', 'deleteActivity']],
  ['/_emulator/v1/health', ['getHealth']],
  ['/_emulator/v1/reset', ['resetEmulator']],
  ['/_emulator/v1/clock/advance', ['advanceClock']],
];

const methodProbes: readonly Probe[] = paths.map(([path, operations]) => ({
  name: `a method that is not for ${path}`,
  run: async (rig) => void (await rig.call({ of: operations, method: 'PUT', path })),
}));

const health: Call = { of: ['getHealth'], method: 'GET', path: '/_emulator/v1/health' };
const reset: Call = { of: ['resetEmulator'], method: 'POST', path: '/_emulator/v1/reset' };
const advance = (body: unknown = { seconds: 1.5 }): Call => ({
  of: ['advanceClock'],
  method: 'POST',
  path: '/_emulator/v1/clock/advance',
  body,
});

const controlProbes: readonly Probe[] = [
  { name: 'health', run: async (rig) => void (await rig.call(health)) },
  { name: 'reset', run: async (rig) => void (await rig.call(reset)) },
  ...[{ seconds: 1.5 }, { seconds: 0 }, { seconds: -1 }, { seconds: 31_536_001 }, { seconds: '1' }, {}].map((body) => ({
    name: `advance ${JSON.stringify(body)}`,
    run: async (rig: Rig) => void (await rig.call(advance(body))),
  })),
  { name: 'advance without media type', run: async (rig) => void (await rig.call(advance('{"seconds":1}'))) },
  { name: 'advance with no body', run: async (rig) => void (await rig.call({ ...advance(undefined), body: undefined, headers: isJson })) },
  {
    name: 'advance with a body that is too large',
    run: async (rig) => void (await rig.call({ ...advance(Buffer.alloc(65_537, 32)), headers: isJson })),
  },
  ...[health, reset, advance()].map((call) => ({
    name: `${call.of[0]} while it fails`,
    run: async (rig: Rig) => {
      rig.fail(true);
      await rig.call(call);
      rig.fail(false);
    },
  })),
];

/** It needs no token: only the end of the emulator makes it 503. */
const batch: Call = { of: ['postBatch'], method: 'POST', path: '/beta/$batch', body: { requests: [] } };

/** Requests whose first bytes came before the end began are answered, with 503. */
const drainProbe: Probe = {
  name: 'calls while it shuts down',
  isLast: true,
  run: async (rig) => {
    const begun = [health, reset, advance(), batch, ...Object.values(identityCalls)].map((call) => begin(rig.url, call));
    await Promise.all(begun.map(({ isBegun }) => isBegun));
    // It accepts one connection in a turn: after that number of turns, and a few, it has read what was begun.
    for (let turn = 0; turn < begun.length + 3; turn += 1) await rig.call(health);
    const stopped = rig.stop();
    const finished = await Promise.all(begun.map(async ({ call, finish }) => ({ call, text: await finish() })));
    for (const { call, text } of finished) rig.judge(call, text);
    await stopped;
  },
};

function begin(url: string, call: Call) {
  const { hostname, port, host } = new URL(url);
  const socket = connect(Number(port), hostname);
  // Whatever ends the connection is seen when it has closed.
  socket.on('error', () => {});
  const isText = typeof call.body === 'string';
  const body = call.body === undefined ? '' : isText ? String(call.body) : JSON.stringify(call.body);
  const type = isText ? 'application/x-www-form-urlencoded' : 'application/json';
  const head = `${call.method} ${call.path} HTTP/1.1\r\nHost: ${host}\r\n`;
  const isBegun = new Promise<void>((resolve) => socket.write(head, () => resolve()));
  const finish = () =>
    new Promise<string>((resolve) => {
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk.toString('utf8');
      });
      if (socket.closed) resolve('');
      socket.on('close', () => resolve(text));
      socket.write(`Content-Type: ${type}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`);
    });
  return { call, isBegun, finish };
}

export const operationProbes: readonly Probe[] = [...perOperation, ...methodProbes, ...controlProbes, drainProbe];
