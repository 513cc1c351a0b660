// Probes of the device socket: the handshake, every message both ways, every limit and every close code.
import { application, onNotification, type Probe, publish, raw, subscribe, textIn } from './probe.ts';
import type { Rig } from './rig.ts';

const title = { visualContent: { title: 'Hi', body: 'There' } };
const everything = {
  targetHostName: application,
  appNotificationId: 'a',
  groupName: 'g',
  displayTimeToLive: 60,
  payload: { rawContent: 'Hello', ...title },
};

async function connected(rig: Rig, options: { platform?: string; token?: string; isDeaf?: boolean } = {}) {
  const subscribed = await subscribe(rig, options.platform === undefined ? {} : { platform: options.platform });
  const token = options.token === undefined ? subscribed.token : `${options.token}.${subscribed.alias}`;
  const device = await rig.connect(`unsid=${subscribed.unsid}`, { token, ...(options.isDeaf ? { isDeaf: true } : {}) });
  if (!device.refusal) await device.until(1);
  return { ...subscribed, device };
}

const handshakes: readonly Probe[] = [
  ...(
    [
      ['as it should be', (unsid, token) => [`unsid=${unsid}`, { token }]],
      ['with the token in the query', (unsid, token) => [`unsid=${unsid}&access_token=${token}`, {}]],
      ['with an empty token in the query', (unsid, token) => [`unsid=${unsid}&access_token=`, { token }]],
      ['without unsid', (_, token) => ['', { token }]],
      ['with an empty unsid', (_, token) => ['unsid=', { token }]],
      ['with an unknown unsid', (_, token) => ['unsid=nobody', { token }]],
      ['with an unknown cursor', (unsid, token) => [`unsid=${unsid}&cursor=c1.nothing.0`, { token }]],
      ['without token', (unsid) => [`unsid=${unsid}`, {}]],
      ['by an app server', (unsid) => [`unsid=${unsid}`, { token: 'dev.app.server' }]],
      ['with another subprotocol', (unsid, token) => [`unsid=${unsid}`, { token, protocol: 'other' }]],
      ['with another method', (unsid, token) => [`unsid=${unsid}`, { token, method: 'PUT' }]],
    ] satisfies readonly (readonly [string, (unsid: string, token: string) => readonly [string, object]])[]
  ).map(
    ([name, of]): Probe => ({
      name: `a handshake ${name}`,
      run: async (rig) => {
        const { unsid, token } = await subscribe(rig);
        const device = await rig.connect(...of(unsid, token));
        if (device.refusal) return;
        await device.until(1);
        rig.seen(device);
        device.end();
      },
    }),
  ),
  ...['notifications', 'activity', 'nothing'].map(
    (scope): Probe => ({
      name: `a handshake with a token of scope ${scope}`,
      run: async (rig) => {
        const { device } = await connected(rig, { token: scope });
        if (!device.refusal) rig.seen(device);
        device.end();
      },
    }),
  ),
];

const messages: readonly Probe[] = [
  {
    name: 'a notification, changed and deleted by another device',
    run: async (rig) => {
      const { device, alias, unsid } = await connected(rig);
      const other = await subscribe(rig, { alias, platform: 'Windows' });
      const id = await publish(rig, unsid, everything);
      await device.until(2);
      await rig.call(onNotification('updateNotification', 'PATCH', other, id, { readState: 'Read' }));
      await device.until(3);
      await rig.call(onNotification('deleteNotification', 'DELETE', other, id));
      await device.until(4);
      rig.seen(device);
      device.end();
    },
  },
  ...[raw, { targetHostName: application, payload: title }].map(
    (body, index): Probe => ({
      name: `a notification with one content (${index})`,
      run: async (rig) => {
        const { device, unsid } = await connected(rig);
        await publish(rig, unsid, body);
        await device.until(2);
        rig.seen(device);
        device.end();
      },
    }),
  ),
  {
    name: 'an acknowledgement, good or not',
    run: async (rig) => {
      const { device, unsid } = await connected(rig);
      await publish(rig, unsid);
      await device.until(2);
      device.send(JSON.stringify({ type: 'ack', cursor: textIn(device.messages[1], 'cursor') }));
      await device.turn();
      rig.seen(device, 'message ack');
      for (const text of ['{', '{"type":"ack"}', '{"type":"ack","cursor":""}', '{"type":"ack","cursor":"c1.nothing.0"}', '{"type":"signal","cursor":"c1.nothing.0"}']) device.send(text);
      await device.until(7);
      rig.seen(device, 'message ack');
      device.end();
    },
  },
  {
    name: 'a notification that is too large to be embedded',
    sites: ['limit maxEmbeddedBytes'],
    run: async (rig) => {
      const { device, unsid } = await connected(rig);
      await publish(rig, unsid, { ...raw, payload: { rawContent: 'x'.repeat(300_000) } });
      await publish(rig, unsid);
      await device.until(3);
      rig.seen(device);
      device.end();
    },
  },
  {
    name: 'a fallback toast',
    run: async (rig) => {
      const { device, unsid } = await connected(rig);
      const fallbackPolicy = { endpointFallback: { platformTypes: ['iOS'], fallbackDelayInSeconds: 60, visualContent: { title: 'Hi', body: 'There' } } };
      await publish(rig, unsid, { ...raw, priority: 'High', fallbackPolicy });
      await device.until(2);
      await rig.advance(61);
      await device.until(3);
      rig.seen(device);
      device.end();
    },
  },
];

const closing = (name: string, sites: readonly string[], act: (rig: Rig, one: Awaited<ReturnType<typeof connected>>) => Promise<void>): Probe => ({
  name,
  sites,
  run: async (rig) => {
    const one = await connected(rig);
    await act(rig, one);
    await one.device.untilClosed();
    rig.seen(one.device);
    one.device.end();
  },
});

const closes: readonly Probe[] = [
  closing('a binary message', ['close binaryMessage'], async (_rig, { device }) => device.send(Buffer.from([1]))),
  closing('invalid messages in a row', ['close tooManyInvalid', 'limit invalidMessagesInARow'], async (_rig, { device }) => {
    for (let count = 0; count < 10; count += 1) device.send('nonsense');
  }),
  closing('a message that is too large', ['close messageTooBig', 'limit maxMessageBytes'], async (_rig, { device }) => device.send('x'.repeat(65_537))),
  {
    name: 'a message of a usual size',
    sites: ['limit maxMessageBytes'],
    run: async (rig) => {
      const { device } = await connected(rig);
      device.send('{"type":"ack","cursor":"c1.nothing.0"}');
      await device.until(2);
      rig.seen(device);
      device.end();
    },
  },
  closing('a second connection', ['close replaced'], async (rig, { unsid, token }) => {
    const second = await rig.connect(`unsid=${unsid}`, { token });
    second.end();
  }),
  closing('a subscription that is deleted', ['close subscriptionGone'], async (rig, { unsid, token }) => {
    await rig.call({ of: ['deleteSubscription'], method: 'DELETE', path: `/client/v1/subscriptions/${unsid}`, token });
  }),
  {
    name: 'a token that expires',
    sites: ['close tokenExpired'],
    run: async (rig) => {
      const { device } = await connected(rig, { token: 'ending' });
      await rig.advance(61);
      await device.untilClosed();
      rig.seen(device);
      device.end();
    },
  },
  {
    name: 'a device that answers no ping',
    sites: ['limit heartbeatSeconds', 'limit missedHeartbeats'],
    run: async (rig) => {
      const { device } = await connected(rig, { isDeaf: true });
      rig.elapse(100);
      await device.untilClosed();
      rig.seen(device);
      device.end();
    },
  },
  {
    name: 'a message that the server must not send',
    sites: ['close serverFault'],
    run: async (rig) => {
      const { device } = await connected(rig);
      await device.turn();
      rig.seen(device);
      device.end();
    },
  },
];

/** More than the kernel keeps for a peer that does not read. */
const bulk = { count: 50, bytes: 250_000 };

async function stuffed(rig: Rig) {
  const one = await connected(rig);
  one.device.pause();
  const body = { ...raw, payload: { rawContent: 'x'.repeat(bulk.bytes) } };
  for (let count = 0; count < bulk.count; count += 1) await publish(rig, one.unsid, body);
  return one;
}

const slowReaders: readonly Probe[] = [
  {
    name: 'a device that reads nothing for a while',
    sites: ['limit stallSeconds', 'close tooSlow'],
    isHeavy: true,
    run: async (rig) => {
      const { device } = await stuffed(rig);
      rig.elapse(15);
      device.resume();
      await device.until(bulk.count + 1);
      rig.seenClose(device);
      device.end();
    },
  },
  {
    name: 'a device that reads nothing and talks nonsense',
    sites: ['limit maxUnsentBytes'],
    isHeavy: true,
    run: async (rig) => {
      const { device } = await stuffed(rig);
      device.send('nonsense');
      await rig.call({ of: ['getHealth'], method: 'GET', path: '/_emulator/v1/health' });
      await rig.call({ of: ['getHealth'], method: 'GET', path: '/_emulator/v1/health' });
      device.resume();
      await device.until(bulk.count + 2);
      rig.seenClose(device);
      device.end();
    },
  },
];

const goingAway: Probe = {
  name: 'a device while the emulator shuts down',
  sites: ['close goingAway'],
  isLast: true,
  run: async (rig) => {
    const { device } = await connected(rig);
    const stopped = rig.stop();
    await device.untilClosed();
    rig.seen(device);
    await stopped;
  },
};

export const socketProbes: readonly Probe[] = [...handshakes, ...messages, ...closes, ...slowReaders, goingAway];
