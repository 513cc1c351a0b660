// A device socket under full control of a case: what is sent, whether pings are answered, when data is read or the connection terminated; records all events.
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { type ClientOptions, WebSocket } from 'ws';
import { connectionError } from '../../client/connection-error.ts';
import { maxMessageBytes } from '../../client/device-socket.ts';
import { readRefusalBody } from '../../client/node/refusal-body.ts';
import { secureFor } from '../../client/node/secure-context.ts';
import type { Trust } from '../../client/node/trust.ts';
import { jsonIn, textMemberOf } from '../../values/json.ts';
import type { AdapterDevice } from './adapter.ts';
import { createInbox, type Inbox } from './inbox.ts';
import type { ConnectionLimits } from './protocol-connection.ts';
import { limitRawSocket } from './raw-handshake.ts';

/** The handshake that a case defines; omitted members are as the device would send them. */
export interface Handshake {
  /** Null: no UNSID. */
  readonly unsid?: string | null;
  readonly cursor?: string;
  /** Default `header`. */
  readonly tokenIn?: 'header' | 'query' | 'nowhere';
  /** Replaces the token of the device's user. */
  readonly token?: string;
  /** Whose token to send. Default: that of the device's user. */
  readonly caller?: 'app' | 'user' | 'otherUser';
  readonly protocols?: readonly string[];
  /** Default true. */
  readonly answersPings?: boolean;
}

export interface Refusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The parsed body; undefined if it is not JSON. */
  readonly json: unknown;
}

export type RawEvent = { readonly atMs: number } & (
  | { readonly kind: 'open'; readonly subprotocol: string }
  /** The handshake got an HTTP response other than 101. */
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** `json`: undefined if the text is not JSON; `text`: undefined for a binary message. */
  | { readonly kind: 'message'; readonly text: string | undefined; readonly json: unknown; readonly bytes: number }
  | { readonly kind: 'ping' }
  | { readonly kind: 'closed'; readonly code: number; readonly reason: string }
);

export interface RawSocket {
  /** All events in order; ends after `refused` or `closed`. */
  readonly events: Inbox<RawEvent>;
  send(text: string): void;
  /** Sends one message, each piece in its own frame. */
  sendInPieces(pieces: readonly string[]): void;
  sendBinary(bytes: Uint8Array): void;
  acknowledge(cursor: string): void;
  /** Acknowledges and closes the connection in one packet: with a close frame, or with a TCP FIN alone. */
  acknowledgeLast(cursor: string, how: 'close' | 'end'): void;
  /** Sends a pong. */
  pong(): void;
  /** Stops reading until `resume`. */
  pause(): void;
  resume(): void;
  close(): void;
  /** Terminates the connection without a close frame. */
  cut(): void;
}

export interface RawSocketOptions {
  /** http, https, ws or wss. */
  readonly url: string;
  readonly unsid: string | null;
  readonly cursor: string | undefined;
  readonly token: { readonly in: 'header' | 'query'; readonly value: string } | undefined;
  readonly protocols: readonly string[];
  readonly answersPings: boolean;
  /** Additional headers of the handshake. */
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined: Node's certificate authorities. */
  readonly trust: Trust | undefined;
  readonly limits: ConnectionLimits;
  /** Milliseconds since some moment, never backwards. */
  readonly elapsed: () => number;
  /** Called for every raw message; undefined stands for a binary message. */
  readonly onMessage: (text: string | undefined) => void;
}

/** Opens a device socket for a case. */
export type OpenRawSocket = (device: AdapterDevice, handshake: Handshake) => Promise<RawSocket>;

/** Maximum number of bytes of all messages on one socket, which are stored: many times what any case causes. */
const maxReceivedBytes = 268_435_456;

/** Starts to open a socket; its events report the result. */
export function openRawSocket(options: RawSocketOptions): RawSocket {
  options.limits.over.throwIfAborted();
  const events = createInbox<RawEvent>();
  const address = addressOf(options);
  const secure = secureFor(options.trust, address);
  const socket = new WebSocket(address, [...options.protocols], { ...settingsOf(options), ...secure });
  record(socket, events, options);
  limitRawSocket(socket, options.limits, options.elapsed);
  let connection: Socket | undefined;
  socket.on('upgrade', (response) => {
    connection = response.socket;
  });
  const whenOpen = (act: () => void) => {
    if (socket.readyState === WebSocket.OPEN) act();
  };
  const acknowledge = (cursor: string) => socket.send(JSON.stringify({ type: 'ack', cursor }), () => undefined);
  return {
    events,
    send: (text) => whenOpen(() => socket.send(text, () => undefined)),
    sendInPieces: (pieces) =>
      whenOpen(() => {
        for (const [index, piece] of pieces.entries()) socket.send(piece, { fin: index === pieces.length - 1 }, () => undefined);
      }),
    sendBinary: (bytes) => whenOpen(() => socket.send(bytes, { binary: true }, () => undefined)),
    acknowledge: (cursor) => whenOpen(() => acknowledge(cursor)),
    acknowledgeLast: (cursor, how) =>
      whenOpen(() => {
        connection?.cork();
        acknowledge(cursor);
        if (how === 'close') socket.close(1000, 'done');
        else connection?.end();
        connection?.uncork();
      }),
    pong: () => whenOpen(() => socket.pong()),
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    close: () => socket.close(1000, 'done'),
    cut: () => socket.terminate(),
  };
}

function addressOf({ url, unsid, cursor, token }: RawSocketOptions): string {
  const address = new URL(url.replace(/^http/, 'ws'));
  // A target's `socketUrl` may already contain the UNSID.
  if (unsid === null) address.searchParams.delete('unsid');
  else address.searchParams.set('unsid', unsid);
  if (cursor !== undefined) address.searchParams.set('cursor', cursor);
  if (token?.in === 'query') address.searchParams.set('access_token', token.value);
  return address.href;
}

function settingsOf({ token, headers, answersPings }: RawSocketOptions): ClientOptions {
  const authorization = token?.in === 'header' ? { authorization: `Bearer ${token.value}` } : {};
  return {
    headers: { ...headers, ...authorization },
    autoPong: answersPings,
    perMessageDeflate: false,
    maxPayload: maxMessageBytes,
    handshakeTimeout: 30_000,
  };
}

function record(socket: WebSocket, events: Inbox<RawEvent>, { url, elapsed, onMessage }: RawSocketOptions): void {
  let failure = '';
  let received = 0;
  socket.on('open', () => events.push({ atMs: elapsed(), kind: 'open', subprotocol: socket.protocol }));
  socket.on('ping', () => events.push({ atMs: elapsed(), kind: 'ping' }));
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    received += data.length;
    if (received > maxReceivedBytes) {
      events.end(new Error(`the target has sent more than ${maxReceivedBytes} bytes on one device socket, the maximum that is stored`));
      socket.terminate();
      return;
    }
    const text = isBinary ? undefined : data.toString('utf8');
    events.push({ atMs: elapsed(), kind: 'message', text, json: text === undefined ? undefined : jsonIn(text), bytes: data.length });
    onMessage(text);
  });
  socket.on('unexpected-response', (_request, response: IncomingMessage) => {
    refusalOf(response)
      .then((refusal) => events.push({ atMs: elapsed(), kind: 'refused', refusal }))
      .catch((error: Error) => events.end(error))
      .finally(() => {
        events.end();
        socket.terminate();
      });
  });
  socket.on('error', (error) => {
    failure = error.message;
    if (isConnectionError(error)) events.end(connectionError(new URL(url).origin, error));
  });
  socket.on('close', (code: number, reason: Buffer) => {
    if (!events.isOver) events.push({ atMs: elapsed(), kind: 'closed', code, reason: reason.toString('utf8') || failure });
    events.end();
  });
}

/** The target was not reached, or its certificate is not trusted, so it has not refused the handshake. A closed connection is a refusal. */
function isConnectionError(error: Error): boolean {
  const code = textMemberOf(error, 'code');
  return code !== undefined && !/^(ECONNRESET|EPIPE|WS_ERR_.*|HPE_.*)$/.test(code);
}

async function refusalOf(response: IncomingMessage): Promise<Refusal> {
  const text = await readRefusalBody(response);
  const headers = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)]));
  return { status: response.statusCode ?? 0, headers, text, json: jsonIn(text) };
}
