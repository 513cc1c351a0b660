// Probes of the device socket: the handshake, and every message both ways.
import { application, connected, onNotification, type Probe, publish, raw, subscribe, textIn } from './probe.ts';

const title = { visualContent: { title: 'Hi', body: 'There' } };
const everything = {
  targetHostName: application,
  appNotificationId: 'a',
  groupName: 'g',
  displayTimeToLive: 60,
  payload: { rawContent: 'Hello', ...title },
};

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
      ['of another version of the protocol', (unsid, token) => [`unsid=${unsid}`, { token, version: 8 }]],
      ['with another subprotocol', (unsid, token) => [`unsid=${unsid}`, { token, protocol: 'other' }]],
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
  ...['notifications', 'activity', 'nothing', 'service-notifications', 'service-activity'].map(
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
      for (const text of [
        '{',
        '{"type":"ack"}',
        '{"type":"ack","cursor":""}',
        '{"type":"ack","cursor":"c1.nothing.0"}',
        '{"type":"signal","cursor":"c1.nothing.0"}',
      ])
        device.send(text);
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
      const fallbackPolicy = {
        endpointFallback: { platformTypes: ['iOS'], fallbackDelayInSeconds: 60, visualContent: { title: 'Hi', body: 'There' } },
      };
      await publish(rig, unsid, { ...raw, priority: 'High', fallbackPolicy });
      await device.until(2);
      await rig.advance(61);
      await device.until(3);
      rig.seen(device);
      device.end();
    },
  },
];

export const socketProbes: readonly Probe[] = [...handshakes, ...messages];
