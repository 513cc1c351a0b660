// Joins a device's connection with the emulator's: byte by byte without a hook, message by message with one.
import type { Duplex } from 'node:stream';
import { closeCodeOf, closeFrame, createMessageReader, type Frame, type FramedMessage, frameOf, opcodes } from './frames.ts';
import type { ClientMessage, Connection, Hooks, Outgoing, Wire } from './hooks.ts';
import { objectIn } from './http-message.ts';

interface End {
  readonly socket: Duplex;
  /** Bytes that were received with the handshake. */
  readonly head: Buffer;
}

export interface ConnectionParts {
  readonly known: Pick<Connection, 'unsid' | 'authorization' | 'cursor' | 'number'>;
  readonly client: End;
  readonly server: End;
  readonly hooks: Hooks;
  readonly wire: Wire;
  readonly connections: Set<Connection>;
}

/** `open`: both ends; `orphaned`: the emulator's end has closed, the device's is still open; `closing`: the device was sent a close frame. */
type Phase = 'open' | 'orphaned' | 'closing';

const blockedBytes = 64 * 1024;

export function joinConnection({ known, client, server, hooks, wire, connections }: ConnectionParts): void {
  const [device, emulator] = [client.socket, server.socket];
  let phase: Phase = 'open';
  const toDevice = (bytes: Buffer) => void (device.writable && device.write(bytes));
  const toEmulator = (bytes: Buffer) => void (emulator.writable && emulator.write(bytes));
  const connection: Connection = {
    ...known,
    isBlocked: () => device.writableLength > blockedBytes,
    send: (...outgoing) => {
      for (const one of outgoing) toDevice(framed(one, false));
    },
    toServer: (...outgoing) => {
      for (const one of outgoing) toEmulator(framed(one, true));
    },
    answerPing: (payload = Buffer.alloc(0)) => toEmulator(frameOf(opcodes.pong, payload, { isMasked: true })),
    close: (code) => {
      if (phase === 'closing') return;
      phase = 'closing';
      toDevice(closeFrame(code));
      emulator.destroy();
    },
    cut: () => {
      device.end();
      emulator.destroy();
    },
  };

  function fromEmulator({ opcode, payload, raw }: FramedMessage): void {
    if (phase !== 'open') return;
    const json = opcode === opcodes.text ? objectIn(payload.toString('utf8')) : undefined;
    wire.ledger.noteCursor(json?.['cursor']);
    const changed = json && hooks.serverMessage?.(json, connection, wire);
    if (changed) connection.send(...changed);
    else toDevice(raw);
  }

  function controlFromEmulator(frame: Frame): void {
    if (phase !== 'open') return;
    if (frame.opcode === opcodes.ping && hooks.serverPing?.(frame, connection, wire) === 'drop') connection.answerPing(frame.payload);
    else if (frame.opcode === opcodes.close) closed(frame);
    else toDevice(frame.raw);
  }

  function closed(frame: Frame): void {
    const as = hooks.closing?.(closeCodeOf(frame), connection, wire);
    if (as === undefined) toDevice(frame.raw);
    else if (as === 'cut') connection.cut();
    else if (as === 'keep') {
      phase = 'orphaned';
      emulator.destroy();
    } else connection.close(as);
  }

  function fromDevice({ opcode, payload, raw }: FramedMessage): void {
    if (phase === 'closing') return;
    const isBinary = opcode === opcodes.binary;
    const message: ClientMessage = { isBinary, data: payload, json: isBinary ? undefined : objectIn(payload.toString('utf8')) };
    const changed = hooks.clientMessage?.(message, connection, wire);
    if (changed) connection.toServer(...changed);
    else toEmulator(raw);
  }

  function controlFromDevice(frame: Frame): void {
    if (frame.opcode === opcodes.pong) hooks.pong?.(connection);
    if (phase === 'open') toEmulator(frame.raw);
    else if (frame.opcode === opcodes.ping) toDevice(frameOf(opcodes.pong, frame.payload));
    else if (frame.opcode === opcodes.close) {
      if (phase === 'orphaned') toDevice(closeFrame(closeCodeOf(frame)));
      device.end();
    }
  }

  connections.add(connection);
  const ends = (): void => void connections.delete(connection);
  device.on('error', () => device.destroy());
  emulator.on('error', () => emulator.destroy());
  // Timers of one length run in the order in which they were set.
  const slowly = (run: () => void) => (hooks.upDelayMs === undefined ? run() : wire.later(hooks.upDelayMs, run));
  device.on('end', () => slowly(() => emulator.end()));
  device.on('close', () => {
    ends();
    slowly(() => emulator.destroy());
  });
  emulator.on('close', () => {
    if (phase === 'open') device.end();
  });
  const down = Object.keys(hooks).length > 0 ? createMessageReader({ message: fromEmulator, control: controlFromEmulator }) : toDevice;
  const up = Object.keys(hooks).length > 0 ? createMessageReader({ message: fromDevice, control: controlFromDevice }) : toEmulator;
  hooks.opened?.(connection, wire);
  carryBytes(server, device, { take: down, isBounded: !hooks.takesAll });
  carryBytes(client, emulator, { take: (chunk) => slowly(() => up(chunk)), isBounded: true });
}

/** Reads as fast as the other end accepts the bytes. */
function carryBytes(from: End, to: Duplex, { take, isBounded }: { take: (chunk: Buffer) => void; isBounded: boolean }): void {
  const accept = (chunk: Buffer) => {
    take(chunk);
    if (!isBounded || !to.writableNeedDrain || to.destroyed) return;
    from.socket.pause();
    to.once('drain', () => from.socket.resume());
  };
  if (from.head.length > 0) accept(from.head);
  from.socket.on('data', accept);
}

function framed(outgoing: Outgoing, isMasked: boolean): Buffer {
  if (Buffer.isBuffer(outgoing)) return outgoing;
  const text = typeof outgoing === 'string' ? outgoing : JSON.stringify(outgoing);
  return frameOf(opcodes.text, Buffer.from(text), { isMasked });
}
