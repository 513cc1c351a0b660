// The device socket's limits: messages that are not valid, too large or binary, peers that read slowly, stall or do not answer.
import { describe, expect, it } from 'vitest';
import type { ServerMessage } from '../../src/documents/socket-spec.ts';
import { type Subscribed, type TestEmulator, useEmulators } from '../support/emulator.ts';
import { createTestTimer, settle } from '../support/time.ts';

const start = useEmulators();
const kib = 1024;

async function startWithDevice(...parts: Parameters<typeof start>) {
  const emulator = await start(...parts);
  const adele = await emulator.subscribe('adele');
  const device = await emulator.connect(adele);
  return { emulator, adele, device };
}

async function publishLarge(emulator: TestEmulator, to: Subscribed, count: number): Promise<string[]> {
  const texts = Array.from({ length: count }, (_, number) => `${number} `.padEnd(200 * kib, 'x'));
  for (const rawContent of texts) await emulator.publish(to, { payload: { rawContent } });
  return texts;
}

const textOf = (message: ServerMessage) =>
  message.type === 'notification' && message.notification.status === 'Active' ? message.notification.payload.rawContent : undefined;

describe('a message that is not valid', () => {
  const ack = (more: object) => JSON.stringify({ type: 'ack', ...more });
  it.each([
    ['garbage', 'hello'],
    ['nothing', ''],
    ['an array', '[]'],
    ['null', 'null'],
    ['a number', '42'],
    ['no type', '{}'],
    ['an unknown type', '{"type":"hello"}'],
    ["the server's own type", '{"type":"connected"}'],
    ['a type that is no text', '{"type":["ack"]}'],
    ['no cursor', ack({})],
    ['a cursor that is no text', ack({ cursor: 1 })],
    ['an empty cursor', ack({ cursor: '' })],
    ['__proto__', '{"__proto__":{"type":"ack","cursor":"c1.feed1.0"}}'],
    ['constructor as type', '{"type":"constructor"}'],
    ['JSON nested deep', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
    ['JSON nested deep in an ack', ack({ cursor: '#' }).replace('"#"', `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`)],
    ['half of a message', '{"type":"ack","cursor":'],
  ])('[R8][D14] such as %s is answered with InvalidMessage', async (_what, text) => {
    const { emulator, adele, device } = await startWithDevice();
    device.send(text);
    expect(await device.nextOf('error')).toMatchObject({
      error: { code: 'InvalidMessage', message: expect.stringMatching(/^(The message|\/(type|cursor)) ?/) },
    });
    await emulator.publish(adele);
    expect((await device.next()).type).toBe('notification');
  });

  it.each(['c1.nowhere.0', 'nonsense', 'c1.feed1.zz', '\u0000'])(
    '[R2] such as an ack of the unknown cursor %j is answered with CursorUnknown',
    async (cursor) => {
      const { device } = await startWithDevice();
      device.ack(cursor);
      expect(await device.nextOf('error')).toMatchObject({ error: { code: 'CursorUnknown' } });
    },
  );

  it('[R8] closes the socket with 1008 when it is the tenth in a row', async () => {
    const { emulator, adele, device } = await startWithDevice();
    await emulator.publish(adele);
    const { cursor } = await device.nextOf('notification');
    for (let count = 0; count < 9; count += 1) device.send('?');
    device.ack(cursor);
    for (let count = 0; count < 9; count += 1) device.send('?');
    expect((await device.rest()).map(({ type }) => type)).toEqual(Array(18).fill('error'));
    device.send('?');
    expect((await device.closed).code).toBe(1008);
    expect(device.messages.filter(({ type }) => type === 'error')).toHaveLength(19);
  });

  it('[R8] as invalid UTF-8 ends the socket with the code that RFC 6455 has for it', async () => {
    const { device } = await startWithDevice();
    device.send(Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), { binary: false });
    expect((await device.closed).code).toBe(1007);
  });

  it('[R8] as a binary message closes with 1003', async () => {
    const { device } = await startWithDevice();
    device.send(Buffer.from('{"type":"ack","cursor":"c1.feed1.0"}'), { binary: true });
    expect((await device.closed).code).toBe(1003);
  });
});

describe('the size of a message', () => {
  it('[D13][R8] may be 64 KiB', async () => {
    const { emulator, adele, device } = await startWithDevice();
    await emulator.publish(adele);
    const ack = JSON.stringify({ type: 'ack', cursor: (await device.nextOf('notification')).cursor });
    device.send(ack.padEnd(64 * kib));
    expect(await device.rest()).toEqual([]);
    device.send('x'.repeat(64 * kib));
    expect((await device.next()).type).toBe('error');
  });

  it.each([64 * kib + 1, 10 * kib * kib])('[D13][R8] of %i bytes closes with 1009', async (size) => {
    const { device } = await startWithDevice();
    device.send('x'.repeat(size));
    expect((await device.closed).code).toBe(1009);
  });
});

describe('a slow reader', () => {
  it('[R1][R6] gets a backlog of several MiB in one connection, in order', async () => {
    const { emulator, adele, device } = await startWithDevice();
    await device.close();
    const texts = await publishLarge(emulator, adele, 40);
    const slow = await emulator.connect(adele);
    const seen: unknown[] = [];
    while (seen.length < texts.length) {
      seen.push(textOf(await slow.next()));
      slow.pause();
      await settle(2);
      slow.resume();
    }
    expect(seen).toEqual(texts);
    expect(await slow.rest()).toEqual([]);
  });

  it('[R6][R8] that takes nothing for ten seconds is dropped with 1013, others are served meanwhile, and it catches up later', async () => {
    const timer = createTestTimer();
    const { emulator, adele, device } = await startWithDevice({}, { timer });
    const other = await emulator.connect(await emulator.subscribe('adele', { platform: 'Android' }));
    device.pause();
    const texts = await publishLarge(emulator, adele, 80);
    const served = await Promise.all(texts.map(async () => textOf(await other.next())));
    expect(served).toEqual(texts);
    timer.advance(11_000);
    device.resume();
    expect((await device.closed).code).toBe(1013);
    expect(device.messages.length).toBeLessThan(texts.length);
    const back = await emulator.connect(adele);
    expect(await Promise.all(texts.map(async () => textOf(await back.next())))).toEqual(texts);
    expect(await other.rest()).toEqual([]);
  });

  it('[R6] that takes some every few seconds is not dropped', async () => {
    const timer = createTestTimer();
    const { emulator, adele, device } = await startWithDevice({}, { timer });
    device.pause();
    const texts = await publishLarge(emulator, adele, 100);
    const seen: unknown[] = [];
    while (seen.length < texts.length) {
      timer.advance(9_000);
      device.resume();
      for (let count = 0; count < 25; count += 1) seen.push(textOf(await device.next()));
      device.pause();
      await settle(20);
    }
    expect(seen).toEqual(texts);
  });
});

describe('heartbeats', () => {
  it('[R7] are pings every 30 seconds of real time, whatever the service clock says', async () => {
    const timer = createTestTimer();
    const { emulator, device } = await startWithDevice({}, { timer });
    await emulator.emulator.advance(3600);
    timer.advance(29_000);
    await device.rest();
    expect(device.pings()).toBe(0);
    for (let count = 1; count <= 4; count += 1) {
      timer.advance(count === 1 ? 1_000 : 30_000);
      await device.rest();
      expect(device.pings()).toBe(count);
    }
  });

  it('[R7] that are not answered twice end the socket', async () => {
    const timer = createTestTimer();
    const emulator = await start({}, { timer });
    const adele = await emulator.subscribe('adele');
    const dead = await emulator.connect(adele, { autoPong: false });
    const alive = await emulator.connect(await emulator.subscribe('adele', { platform: 'iOS' }));
    for (let count = 0; count < 2; count += 1) {
      timer.advance(30_000);
      await alive.rest();
      await dead.rest();
    }
    expect(dead.pings()).toBe(2);
    timer.advance(30_000);
    expect((await dead.closed).code).toBe(1006);
    await emulator.publish(adele);
    expect((await alive.next()).type).toBe('notification');
  });

  it('[R7] come as often as they are asked for, and `connected` says so', async () => {
    const timer = createTestTimer();
    const emulator = await start({ heartbeatSeconds: 0.2 }, { timer });
    const device = await emulator.open(await emulator.subscribe('adele'));
    expect(await device.nextOf('connected')).toMatchObject({ heartbeatSeconds: 0.2 });
    timer.advance(200);
    await device.rest();
    expect(device.pings()).toBe(1);
  });
});
