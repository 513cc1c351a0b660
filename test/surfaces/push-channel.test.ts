// The device socket as a push channel: what each platform would have delivered, and what the client SDK makes of it.
import { describe, expect, it } from 'vitest';
import { createActivityClient } from '../activity-client/client.ts';
import { application, type Subscribed, tokenOf, useEmulators } from '../support/emulator.ts';
import { refusedHandshake, type SocketDevice, subprotocol } from '../support/socket-device.ts';

const start = useEmulators();
const pushProtocol = 'push.v1.json';

interface Members {
  readonly changeType: string;
  readonly baseETag: string;
  readonly newETag: string;
  readonly cV: string;
  readonly activities: readonly Readonly<Record<string, unknown>>[];
}

const textOf = async (device: SocketDevice): Promise<string> => JSON.stringify(await device.next());
const pushOf = async (device: SocketDevice): Promise<Members> => JSON.parse(await textOf(device));
const textsOf = async (device: SocketDevice): Promise<unknown> => JSON.parse(JSON.stringify(await device.rest()));

async function startWith(platformType = 'wns', options: Parameters<typeof start>[0] = {}) {
  const emulator = await start(options);
  const adele = createActivityClient({ root: emulator.url, token: tokenOf('adele'), appPackageName: application, platformType });
  await adele.subscribe();
  const device: Subscribed = { alias: 'adele', unsid: adele.unsid() };
  const open = (more: object = {}) => emulator.open(device, { protocols: [pushProtocol], ...more });
  return { emulator, adele, device, open, publish: (more: object = {}) => emulator.publish(device, more) };
}

describe('an envelope', () => {
  it.each(['wns', 'webpush'])('[F62][F63] of %s is the text of the five members', async (platformType) => {
    const { open, publish } = await startWith(platformType);
    const socket = await open();
    const { id } = await publish({ payload: { rawContent: 'Hello' }, displayTimeToLive: 60 });
    expect(await pushOf(socket)).toEqual({
      changeType: 'afsChange',
      baseETag: '',
      newETag: expect.stringMatching(/^[^=]+$/),
      cV: expect.stringMatching(/./),
      activities: [
        expect.objectContaining({
          activityId: id,
          status: 0,
          displayTtl: 60,
          payload: Buffer.from('{"content":"Hello"}').toString('base64'),
        }),
      ],
    });
  });

  it('[F63] of FCM is data whose values are texts', async () => {
    const { open, publish } = await startWith('gcm');
    const socket = await open();
    const { id } = await publish();
    const envelope = JSON.parse(await textOf(socket));
    expect(Object.keys(envelope)).toEqual(['data']);
    expect(Object.keys(envelope.data)).toEqual(['changeType', 'baseETag', 'newETag', 'cV', 'activities']);
    expect(Object.values(envelope.data).map((value) => typeof value)).toEqual(Array.from({ length: 5 }, () => 'string'));
    expect(JSON.parse(envelope.data.activities)).toMatchObject([{ activityId: id }]);
  });

  it('[F63] of APNs is a userInfo with aps beside the five members', async () => {
    const { open, publish } = await startWith('apns');
    const socket = await open();
    const { id } = await publish();
    const { aps, ...members } = JSON.parse(await textOf(socket));
    expect(aps).toEqual({ 'content-available': 1 });
    expect(Object.keys(members)).toEqual(['changeType', 'baseETag', 'newETag', 'cV', 'activities']);
    expect(members.activities).toMatchObject([{ activityId: id }]);
  });

  it('[F29][F63] to a web endpoint has raw content alone', async () => {
    const { open, publish } = await startWith('webpush');
    const socket = await open();
    await publish({ payload: { visualContent: { title: 'T' } } });
    await publish({ payload: { rawContent: 'R', visualContent: { title: 'T' } } });
    const { activities } = await pushOf(socket);
    expect(Buffer.from(String(activities[0]?.['payload']), 'base64').toString()).toBe('{"content":"R"}');
    expect(await textsOf(socket)).toEqual([]);
  });

  it('[F60][F62] embeds what has changed with its status, a deletion too', async () => {
    const { open, publish, adele } = await startWith();
    const socket = await open();
    const { id } = await publish();
    await pushOf(socket);
    await adele.setReadState(id, true);
    expect((await pushOf(socket)).activities).toMatchObject([{ activityId: id, status: 1, read: true }]);
    await adele.remove(id);
    expect((await pushOf(socket)).activities).toMatchObject([{ activityId: id, status: 2, payload: null }]);
  });

  it.each(['wns', 'webpush', 'gcm', 'apns'])(
    '[F62][F24] of %s only announces a change where --push says so, once for all of them',
    async (platformType) => {
      const { emulator, open, publish } = await startWith(platformType, { push: 'signal' });
      await publish();
      await publish();
      const socket = await open();
      const envelope = JSON.parse(await textOf(socket));
      const members = envelope.data ?? envelope;
      expect(members).toMatchObject({ changeType: 'afsChangeNotification', activities: platformType === 'gcm' ? '[]' : [] });
      expect(await textsOf(socket)).toEqual([]);
      expect(emulator.violations).toEqual([]);
    },
  );

  it('[D42] that would be too large only announces the change', async () => {
    const { open, publish } = await startWith();
    const socket = await open();
    await publish({ payload: { rawContent: 'x'.repeat(262_144) } });
    expect(await pushOf(socket)).toMatchObject({ changeType: 'afsChangeNotification', activities: [] });
  });
});

describe('the tags of a push channel', () => {
  it('[D41] go on from one envelope to the next, and name the view', async () => {
    const { emulator, open, publish, device } = await startWith();
    const socket = await open();
    await publish();
    const first = await pushOf(socket);
    await publish();
    const second = await pushOf(socket);
    expect([first.baseETag, second.baseETag]).toEqual(['', first.newETag]);
    expect(second.cV).not.toBe(first.cV);
    const view = await emulator.send<{ __metadata: object }>({
      path: `/V2/feeds/me/views/${device.unsid}/activities`,
      token: tokenOf('adele'),
    });
    expect(view.body.__metadata).toEqual({ totalCount: 2, initialETag: second.newETag });
  });

  it('[D41][R2] begin on a new connection with what was acknowledged, and what was not comes again', async () => {
    const { open, publish } = await startWith();
    const socket = await open();
    await publish();
    const first = await pushOf(socket);
    await socket.close();
    const again = await open();
    expect(await pushOf(again)).toEqual(first);
    again.ack(first.newETag);
    await again.close();
    await publish();
    const { baseETag, activities } = await pushOf(await open());
    expect([baseETag, activities.length]).toEqual([first.newETag, 1]);
  });

  it('[D41][R3] begin empty where the position is unknown', async () => {
    const { open, publish } = await startWith();
    await publish();
    const socket = await open({ cursor: 'c1.other.5' });
    await publish();
    expect((await pushOf(socket)).baseETag).toBe('');
  });
});

describe('a push channel', () => {
  it('[D42] delivers nothing but envelopes, and ends after ten invalid messages', async () => {
    const { open } = await startWith();
    const socket = await open();
    for (let count = 0; count < 10; count += 1) socket.send('nonsense');
    expect((await socket.closed).code).toBe(1008);
    expect(socket.messages).toEqual([]);
  });

  it('[D42] is what the first offered subprotocol that is known makes of the socket', async () => {
    const { emulator, device, open } = await startWith();
    const both = await emulator.open(device, { protocols: ['chat', subprotocol, pushProtocol] });
    expect((await both.next()).type).toBe('connected');
    await both.close();
    expect(await textsOf(await open({ protocols: ['chat', pushProtocol, subprotocol] }))).toEqual([]);
    const refused = await refusedHandshake(emulator.url, { unsid: device.unsid, token: tokenOf('adele'), protocols: ['push.v2.json'] });
    expect(refused.status).toBe(400);
  });

  it('[R5] is replaced by a later connection of the same UNSID, whichever its subprotocol', async () => {
    const { emulator, device, open } = await startWith();
    const socket = await open();
    await emulator.connect(device);
    expect((await socket.closed).code).toBe(4409);
  });

  it('[D42][F16] delivers the toast of a fallback as an alert, until it is acknowledged', async () => {
    const { emulator, open, publish } = await startWith('apns');
    const endpointFallback = { platformTypes: ['iOS'], fallbackDelayInSeconds: 60, visualContent: { title: 'T', body: 'B' } };
    const socket = await open();
    await publish({ priority: 'High', fallbackPolicy: { endpointFallback } });
    const { newETag } = await pushOf(socket);
    await emulator.emulator.advance(60);
    const alert = { 'content-available': 1, alert: { title: 'T', body: 'B' } };
    expect(await pushOf(socket)).toMatchObject({
      aps: alert,
      changeType: 'afsChangeNotification',
      baseETag: newETag,
      newETag,
      activities: [],
    });
    socket.ack(newETag);
    await socket.close();
    expect(await textsOf(await open())).toEqual([]);
  });
});

describe('the client SDK, fed with what its push channel delivers', () => {
  it.each(['wns', 'webpush', 'apns', 'gcm'])(
    '[F62] takes what %s embeds without a request, as long as it misses none',
    async (platformType) => {
      const { open, publish, adele } = await startWith(platformType);
      const socket = await open();
      const delivered = async () => {
        const text = await textOf(socket);
        if (platformType === 'gcm') return JSON.parse(text).data;
        return platformType === 'apns' ? JSON.parse(text) : text;
      };
      for (let count = 0; count < 3; count += 1) {
        const { id } = await publish();
        const result = await adele.processPush(await delivered());
        expect(result).toMatchObject({ isOurs: true, status: 'SUCCEEDED', hasFetched: false, notifications: [{ id }] });
      }
      await publish();
      await delivered();
      await publish();
      const afterLoss = await adele.processPush(await delivered());
      expect(afterLoss).toMatchObject({ isOurs: true, status: 'SUCCEEDED', hasFetched: true });
      expect(afterLoss.notifications).toHaveLength(5);
    },
  );

  it('[F62] fetches what is only announced', async () => {
    const { open, publish, adele } = await startWith('wns', { push: 'signal' });
    const socket = await open();
    const { id } = await publish();
    expect(await adele.processPush(await textOf(socket))).toMatchObject({ isOurs: true, hasFetched: true, notifications: [{ id }] });
  });
});
