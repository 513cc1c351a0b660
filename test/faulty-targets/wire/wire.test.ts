// The wire without hooks: the emulator behind it behaves like the emulator itself.
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { readTable } from '../../../src/contract/tables/case-table.ts';
import { describeTable } from '../../support/cases.ts';
import { tokenOf } from '../../support/emulator.ts';
import { refusedHandshake } from '../../support/socket-device.ts';
import { closeFrame, createMessageReader, frameOf, opcodes } from './frames.ts';
import type { Hooks } from './hooks.ts';
import { useWires } from './wired.ts';

const start = useWires();
const startForTable = useWires('file');

const tables = [
  'postNotification',
  'createSubscription',
  'listSubscriptions',
  'getSubscription',
  'deleteSubscription',
  'listNotifications',
  'getNotification',
  'updateNotification',
  'deleteNotification',
];

describe('a wire without hooks, over HTTP', () => {
  for (const operationId of tables) describeTable(operationId, () => startForTable());

  it('runs every case of the tables', () => {
    expect(tables.flatMap((operationId) => readTable(operationId).cases).length).toBeGreaterThan(100);
  });

  it('passes names, order and values of headers as they are', async () => {
    const { url, emulator } = await start();
    const [before, behind] = await Promise.all([rawHead(emulator.url), rawHead(url)]);
    const names = (head: string) => head.split('\r\n').map((line) => line.split(':', 1)[0]);
    expect(names(behind)).toEqual(names(before));
    expect(behind).toContain('\r\nx-ms-ags-diagnostic: {');
  });

  it('gives URLs that lead to itself', async () => {
    const { url, send } = await start();
    const json = { application: 'contoso.example', deviceId: 'pc', platform: 'Windows' };
    const { body } = await send<{ socketUrl: string }>({ path: '/client/v1/subscriptions', token: tokenOf('adele'), json });
    expect(body.socketUrl).toContain(new URL(url).host);
  });
});

/** Hooks that see everything and change nothing. */
const watching: Hooks = {
  request: (request) => request,
  serverMessage: () => undefined,
  clientMessage: () => undefined,
  closing: () => undefined,
};

describe.each([
  ['without hooks', {}],
  ['with hooks that change nothing', watching],
] as const)('a wire %s, on the socket', (_title, hooks) => {
  it('delivers, acknowledges and delivers again', async () => {
    const { subscribe, publish, connect: connectDevice } = await start(hooks);
    const adele = await subscribe('adele');
    const first = await connectDevice(adele);
    await publish(adele, { payload: { rawContent: 'ž😀' } });
    const message = await first.nextOf('notification');
    first.ack(message.cursor);
    await publish(adele, { payload: { rawContent: 'second' } });
    await first.nextOf('notification');
    await first.rest();
    first.terminate();
    const again = await connectDevice(adele);
    expect(await again.nextOf('notification')).toMatchObject({ notification: { payload: { rawContent: 'second' } } });
  });

  it('passes close codes, limits and faults', async () => {
    const { subscribe, connect: connectDevice, url } = await start(hooks);
    const adele = await subscribe('adele');
    const replaced = await connectDevice(adele);
    const binary = await connectDevice(adele);
    expect(await replaced.closed).toMatchObject({ code: 4409 });
    binary.send('nonsense');
    expect(await binary.next()).toMatchObject({ type: 'error', error: { code: 'InvalidMessage' } });
    binary.send(Buffer.from('x'), { binary: true });
    expect(await binary.closed).toMatchObject({ code: 1003 });
    const large = await connectDevice(adele);
    large.send('x'.repeat(65_537));
    expect(await large.closed).toMatchObject({ code: 1009 });
    const refused = await refusedHandshake(url, { unsid: 'unknown', token: tokenOf('adele') });
    expect(refused.status).toBe(404);
    expect(refused.body).toMatchObject({ error: { code: 'NotFound' } });
  });

  it('passes pings, and a close by the device', async () => {
    const { subscribe, connect: connectDevice } = await start(hooks, { heartbeatSeconds: 0.05 });
    const device = await connectDevice(await subscribe('adele'));
    await device.nextPing();
    await device.nextPing();
    await device.close();
    expect(await device.closed).toMatchObject({ code: 1005 });
  });

  it('lets a device that reads nothing fall behind, and loses nothing', async () => {
    const { subscribe, publish, connect: connectDevice } = await start(hooks);
    const adele = await subscribe('adele');
    const device = await connectDevice(adele);
    device.pause();
    const rawContent = 'x'.repeat(200_000);
    for (let number = 0; number < 40; number += 1) await publish(adele, { payload: { rawContent }, groupName: String(number) });
    device.resume();
    const groups: unknown[] = [];
    while (groups.length < 40) groups.push(Reflect.get((await device.nextOf('notification')).notification, 'groupName'));
    expect(groups).toEqual(Array.from({ length: 40 }, (_, number) => String(number)));
  });
});

describe('a wire that keeps a closed connection open', () => {
  it('answers pings and the close of the device on behalf of the emulator', async () => {
    const { subscribe, connect: connectDevice } = await start({ closing: () => 'keep' });
    const adele = await subscribe('adele');
    const first = await connectDevice(adele);
    await connectDevice(adele);
    expect(await first.rest()).toEqual([]);
    await first.close();
  });
});

describe('frames', () => {
  it.each([0, 1, 125, 126, 65_535, 65_536])('of %d bytes are read as they were written, whatever pieces they come in', (size) => {
    const payload = Buffer.alloc(size, 'a');
    const bytes = Buffer.concat([
      frameOf(opcodes.text, payload, { isFinal: false }),
      frameOf(opcodes.ping, Buffer.from('p')),
      frameOf(opcodes.continuation, payload, { isMasked: true }),
      closeFrame(4409),
    ]);
    for (const piece of [1, 3, 1000, bytes.length]) {
      if (piece < 1000 && size > 1000) continue;
      const seen: string[] = [];
      const read = createMessageReader({
        message: ({ payload: whole }) => seen.push(`message ${whole.length}`),
        control: ({ opcode }) => seen.push(`control ${opcode}`),
      });
      for (let from = 0; from < bytes.length; from += piece) read(bytes.subarray(from, from + piece));
      expect(seen).toEqual(['control 9', `message ${size * 2}`, 'control 8']);
    }
  });
});

async function rawHead(origin: string): Promise<string> {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  socket.write('PUT /beta/me/notifications HTTP/1.1\r\nhost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
  });
  await once(socket, 'end');
  return text.split('\r\n\r\n', 1)[0] ?? '';
}
