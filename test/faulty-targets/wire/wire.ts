// Starts a real emulator and a proxy in front of it, on a free port, with the hooks that make it another implementation.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import { composeEmulator, type Emulator, type EmulatorOptions, type EmulatorParts } from '../../../src/emulator.ts';
import { createServiceClock } from '../../../src/runtime/clock.ts';
import type { Connection, Hooks, Wire } from './hooks.ts';
import { carry, createUpstream } from './http-wire.ts';
import { createLedger } from './ledger.ts';
import { carryHandshake } from './socket-wire.ts';

export interface WireOptions {
  readonly hooks?: Hooks;
  readonly options?: EmulatorOptions;
  readonly parts?: Partial<EmulatorParts>;
}

export interface StartedWire {
  /** The address of the proxy, for clients. */
  readonly url: string;
  readonly emulator: Emulator;
  readonly wire: Wire;
  /** Errors in hooks or between the two ends. */
  readonly errors: readonly unknown[];
  readonly stop: () => Promise<void>;
}

export async function startWire({ hooks = {}, options = {}, parts = {} }: WireOptions = {}): Promise<StartedWire> {
  const clock = parts.clock ?? createServiceClock();
  const emulator = await composeEmulator(options, { ...parts, clock });
  const origin = emulator.url;
  const ledger = createLedger();
  const upstream = createUpstream(() => origin, ledger);
  const connections = new Set<Connection>();
  const sockets = new Set<Duplex>();
  const delays = new Set<NodeJS.Timeout>();
  const opened = new Map<string, number>();
  const errors: unknown[] = [];
  const wire: Wire = {
    ledger,
    connections: connections,
    upstream: upstream.call,
    forward: upstream.forward,
    acknowledge: (device, cursor) => acknowledge(origin, device, cursor),
    now: clock.now,
    advance: emulator.advance,
    later: (delayMs, run) => {
      const delay = setTimeout(() => {
        delays.delete(delay);
        run();
      }, delayMs);
      delays.add(delay);
    },
  };
  const track = (socket: Duplex) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };
  const count = (unsid: string) => {
    const number = (opened.get(unsid) ?? 0) + 1;
    opened.set(unsid, number);
    return number;
  };
  const failed = (socket: Duplex) => (error: unknown) => {
    errors.push(error);
    socket.destroy();
  };
  // With Node's five seconds a request is lost now and then on an idle connection that is just closing.
  const server = createServer({ requireHostHeader: false, keepAliveTimeout: 120_000 }, (incoming, outgoing) => {
    carry(incoming, outgoing, { hooks, wire }).catch(failed(incoming.socket));
  });
  server.on('upgrade', (incoming, socket, head) => {
    carryHandshake(incoming, { socket, head }, { hooks, wire, origin, track, connections, count }).catch(failed(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = async () => {
    for (const delay of delays) clearTimeout(delay);
    for (const socket of sockets) socket.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    upstream.stop();
    await emulator.stop();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, emulator, wire, errors, stop };
}

/** Connecting with a cursor acknowledges it (R2); the emulator has processed it when `connected` is received. */
async function acknowledge(origin: string, device: { unsid: string; authorization: string }, cursor: string): Promise<void> {
  const query = new URLSearchParams({ unsid: device.unsid, cursor });
  const headers = { Authorization: device.authorization };
  const webSocket = new WebSocket(`${origin.replace(/^http/, 'ws')}/client/v1/socket?${query}`, 'notifications.v1.json', { headers });
  await once(webSocket, 'message');
  webSocket.close();
  await once(webSocket, 'close');
}
