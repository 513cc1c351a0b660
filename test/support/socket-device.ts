// A device on a real WebSocket: keeps every message in order and waits for the next one by event, never by time.
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import type { ServerMessage } from '../../src/documents/socket-spec.ts';
import { type Answer, answerOf } from './http-call.ts';

export const subprotocol = 'notifications.v1.json';

export interface Handshake {
  readonly unsid?: string | undefined;
  readonly cursor?: string | undefined;
  /** In Authorization. */
  readonly token?: string | undefined;
  /** In the query, as browsers must. */
  readonly accessToken?: string;
  readonly protocols?: readonly string[];
  readonly path?: string;
  /** False: does not answer pings. */
  readonly autoPong?: boolean;
  /** Certificate of the authority (PEM) that is trusted over wss. */
  readonly ca?: string;
}

export interface SocketDevice {
  /** All that has come so far. */
  readonly messages: readonly ServerMessage[];
  /** The first message that was not taken yet; waits for it. */
  next(): Promise<ServerMessage>;
  /** The next message, which has to be of this type. */
  nextOf<Type extends ServerMessage['type']>(type: Type): Promise<Extract<ServerMessage, { type: Type }>>;
  /** All that was not taken yet, after the server has written what it has for this device. */
  rest(): Promise<readonly ServerMessage[]>;
  send(data: string | Buffer, options?: { binary?: boolean }): void;
  ack(cursor: string): void;
  /** How the connection ended; waits for it. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  readonly pings: () => number;
  nextPing(): Promise<void>;
  /** Stops and starts reading. */
  pause(): void;
  resume(): void;
  /** Closes in good order and waits for the end. */
  close(): Promise<void>;
  terminate(): void;
}

export function openSocket(origin: string, handshake: Handshake): WebSocket {
  const { unsid, cursor, token, accessToken, path = '/client/v1/socket', protocols = [subprotocol], autoPong = true, ca } = handshake;
  const query = new URLSearchParams();
  if (unsid !== undefined) query.set('unsid', unsid);
  if (cursor !== undefined) query.set('cursor', cursor);
  if (accessToken !== undefined) query.set('access_token', accessToken);
  const url = `${origin.replace(/^http/, 'ws')}${path}${query.size > 0 ? `?${query}` : ''}`;
  const headers = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  return new WebSocket(url, [...protocols], { autoPong, headers, ...(ca === undefined ? {} : { ca }) });
}

/** The HTTP answer of a handshake that is refused; fails when it is not. */
export async function refusedHandshake(origin: string, handshake: Handshake): Promise<Answer> {
  const webSocket = openSocket(origin, handshake);
  webSocket.on('error', () => undefined);
  const incoming = await new Promise<IncomingMessage>((resolve, reject) => {
    webSocket.once('unexpected-response', (_request, response) => resolve(response));
    webSocket.once('open', () => reject(new Error('the handshake was accepted')));
    webSocket.once('error', reject);
  });
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return answerOf(incoming.statusCode ?? 0, incoming.headers, Buffer.concat(chunks).toString('utf8'));
}

/** Resolves when the connection is open. */
export async function connectSocket(origin: string, handshake: Handshake): Promise<SocketDevice> {
  const webSocket = openSocket(origin, handshake);
  const device = deviceOn(webSocket);
  await once(webSocket, 'open');
  return device;
}

function deviceOn(webSocket: WebSocket): SocketDevice {
  const messages: ServerMessage[] = [];
  const waiting: { resolve: () => void; reject: (error: Error) => void }[] = [];
  let taken = 0;
  let pings = 0;
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    webSocket.on('close', (code, reason) => {
      resolve({ code, reason: reason.toString() });
      for (const { reject } of waiting.splice(0)) reject(new Error(`closed with ${code} ${reason} while a message was awaited`));
    });
  });
  webSocket.on('error', () => undefined);
  webSocket.on('ping', () => {
    pings += 1;
  });
  webSocket.on('message', (data) => {
    messages.push(JSON.parse(data.toString()) as ServerMessage);
    for (const { resolve } of waiting.splice(0)) resolve();
  });
  async function next(): Promise<ServerMessage> {
    for (;;) {
      const message = messages[taken];
      if (message) {
        taken += 1;
        return message;
      }
      if (webSocket.readyState === WebSocket.CLOSED) throw new Error('closed before a message came');
      await new Promise<void>((resolve, reject) => waiting.push({ resolve, reject }));
    }
  }
  /** The server answers pings in the order of what it writes. */
  async function barrier(): Promise<void> {
    for (let round = 0; round < 3 && webSocket.readyState === WebSocket.OPEN; round += 1) {
      const pong = once(webSocket, 'pong');
      webSocket.ping();
      await Promise.race([pong, closed]);
    }
  }
  return {
    messages,
    next,
    nextOf: async <Type extends ServerMessage['type']>(type: Type) => {
      const message = await next();
      if (message.type !== type) throw new Error(`expected a message of type ${type}, got ${JSON.stringify(message).slice(0, 500)}`);
      return message as Extract<ServerMessage, { type: Type }>;
    },
    rest: async () => {
      await barrier();
      const rest = messages.slice(taken);
      taken = messages.length;
      return rest;
    },
    send: (data, { binary = false } = {}) => webSocket.send(data, { binary }),
    ack: (cursor) => webSocket.send(JSON.stringify({ type: 'ack', cursor })),
    closed,
    pings: () => pings,
    nextPing: async () => {
      await once(webSocket, 'ping');
    },
    pause: () => webSocket.pause(),
    resume: () => webSocket.resume(),
    close: async () => {
      webSocket.close();
      await closed;
    },
    terminate: () => webSocket.terminate(),
  };
}
