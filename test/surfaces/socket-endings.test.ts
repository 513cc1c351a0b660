// How a connection ends does not take away what arrived before: bytes written by hand, so that an ack and the close share a packet (R2, R5).
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { tokenOf, useEmulators } from '../support/emulator.ts';

const start = useEmulators();
type Emulator = Awaited<ReturnType<typeof start>>;
type Device = Awaited<ReturnType<Emulator['subscribe']>>;

/** A masked client frame. */
function frame(opcode: number, payload: Buffer): Buffer {
  const mask = randomBytes(4);
  const masked = payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0));
  const length = payload.length < 126 ? [0x80 | payload.length] : [0x80 | 126, payload.length >> 8, payload.length & 0xff];
  return Buffer.concat([Buffer.from([0x80 | opcode, ...length]), mask, masked]);
}

const text = (value: object) => frame(1, Buffer.from(JSON.stringify(value)));
const ack = (cursor: string) => text({ type: 'ack', cursor });
const closeFrame = frame(8, Buffer.from([0x03, 0xe8]));
const ping = (payload: string) => frame(9, Buffer.from(payload));

/** A connection of bytes: everything that has come, and a wait for what is to come. */
async function openRaw({ url }: Emulator, { unsid }: Device, headers = '', version = 'HTTP/1.1') {
  const { hostname, port } = new URL(url);
  const socket: Socket = connect(Number(port), hostname);
  let received = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
  });
  socket.on('error', () => undefined);
  const has = async (part: string): Promise<void> => {
    while (!received.includes(part)) {
      if (socket.readableEnded || socket.destroyed) throw new Error(`${part} has not come; this has: ${received.toString()}`);
      await Promise.race([once(socket, 'data'), once(socket, 'close'), once(socket, 'end')]);
    }
  };
  const handshake = headers === '' ? 'Sec-WebSocket-Version: 13' : headers;
  socket.write(
    `GET /client/v1/socket?unsid=${unsid}&access_token=${tokenOf('adele')} ${version}\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      `Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: notifications.v1.json\r\n${handshake}\r\n\r\n`,
  );
  return { socket, has, received: () => received.toString('latin1') };
}

/** A device that was sent one notification. */
async function sentOne() {
  const emulator = await start();
  const device = await emulator.subscribe('adele');
  await emulator.publish(device);
  const { cursor } = await emulator.list(device);
  const raw = await openRaw(emulator, device);
  await raw.has('"type":"notification"');
  return { emulator, device, cursor, raw };
}

const typesOf = (messages: readonly { readonly type: string }[]) => messages.map(({ type }) => type);

describe('an acknowledgement', () => {
  it.each([
    ['a close frame in the same packet', (socket: Socket, cursor: string) => socket.write(Buffer.concat([ack(cursor), closeFrame]))],
    ['a close frame and the end of the stream', (socket: Socket, cursor: string) => socket.end(Buffer.concat([ack(cursor), closeFrame]))],
    ['the end of the stream', (socket: Socket, cursor: string) => socket.end(ack(cursor))],
    [
      'two hundred others and the end of the stream',
      (socket: Socket, cursor: string) => socket.end(Buffer.concat(Array.from({ length: 201 }, () => ack(cursor)))),
    ],
    ['a binary message', (socket: Socket, cursor: string) => socket.write(Buffer.concat([ack(cursor), frame(2, Buffer.from('x'))]))],
    [
      'a frame that breaks the protocol',
      (socket: Socket, cursor: string) => socket.write(Buffer.concat([ack(cursor), Buffer.from([0xff, 0xff])])),
    ],
  ])('[R2] counts when it is followed by %s', async (_how, send) => {
    const { emulator, device, cursor, raw } = await sentOne();
    const closed = once(raw.socket, 'close');
    send(raw.socket, cursor);
    await closed;
    expect(typesOf(await (await emulator.open(device)).rest())).toEqual(['connected']);
  });

  it('[R2][R5] counts when the connection is replaced before it is handled', async () => {
    const { emulator, device, cursor, raw } = await sentOne();
    raw.socket.write(ack(cursor));
    // The answer to what is sent last shows that all before it has arrived.
    raw.socket.write(ping('arrived'));
    await raw.has('arrived');
    expect(typesOf(await (await emulator.open(device)).rest())).toEqual(['connected']);
    await raw.has('replaced by a newer connection');
    raw.socket.destroy();
  });
});

describe('a handshake', () => {
  it.each(['8', '12', '14', 'x'])('of version %s of the protocol is answered with 426 and the version that is served', async (version) => {
    const emulator = await start();
    const device = await emulator.subscribe('adele');
    const raw = await openRaw(emulator, device, `Sec-WebSocket-Version: ${version}`);
    await once(raw.socket, 'close');
    expect(raw.received()).toMatch(/^HTTP\/1.1 426 Upgrade Required\r\n/);
    expect(raw.received()).toMatch(/\r\nSec-WebSocket-Version: 13\r\n/i);
    expect(raw.received()).toContain('"code":"UpgradeRequired"');
  });

  it('over HTTP/1.0 is refused', async () => {
    const emulator = await start();
    const device = await emulator.subscribe('adele');
    const raw = await openRaw(emulator, device, '', 'HTTP/1.0');
    await once(raw.socket, 'close');
    expect(raw.received()).toMatch(/^HTTP\/1.1 400 .*needs HTTP\/1\.1/s);
  });

  it.each(['Content-Length: 5', 'Transfer-Encoding: chunked'])('with a body (%s) is refused', async (header) => {
    const emulator = await start();
    const device = await emulator.subscribe('adele');
    const raw = await openRaw(emulator, device, `Sec-WebSocket-Version: 13\r\n${header}`);
    await once(raw.socket, 'close');
    expect(raw.received()).toMatch(/^HTTP\/1.1 400 .*"message":"The handshake is not valid: it must not have a body/s);
  });

  it('with an empty body is accepted', async () => {
    const emulator = await start();
    const device = await emulator.subscribe('adele');
    const raw = await openRaw(emulator, device, 'Sec-WebSocket-Version: 13\r\nContent-Length: 0');
    await raw.has('"type":"connected"');
    raw.socket.destroy();
  });
});

describe('pings of a device', () => {
  it('[R7] are all answered, however many come in one read', async () => {
    const { raw } = await sentOne();
    raw.socket.write(Buffer.concat(Array.from({ length: 500 }, (_, number) => ping(`ping-${number}.`))));
    await raw.has('ping-499.');
    expect(raw.received().match(/ping-\d+\./g)).toHaveLength(500);
    raw.socket.destroy();
  });
});
