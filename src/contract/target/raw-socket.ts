// A device socket with everything in one's own hand: what is sent, what is answered, when the line is read or cut, and a record of it all.
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { type ClientOptions, WebSocket } from 'ws';
import { connectionError } from '../../client/connection-error.ts';
import { maxMessageBytes } from '../../client/device-socket.ts';
import { secureFor } from '../../client/node/secure-context.ts';
import type { Trust } from '../../client/node/trust.ts';
import type { AdapterDevice } from './adapter.ts';
import { createInbox, type Inbox } from './inbox.ts';

/** A handshake as a case writes it; what is left out is as the device would have it. */
export interface Handshake {
  /** Null: none. */
  readonly unsid?: string | null;
  readonly cursor?: string;
  /** Default `header`. */
  readonly tokenIn?: 'header' | 'query' | 'nowhere';
  /** In place of the token of the device's user. */
  readonly token?: string;
  /** Whose token. Default: the device's user's. */
  readonly caller?: 'app' | 'user' | 'otherUser';
  readonly protocols?: readonly string[];
  /** Default true. */
  readonly answersPings?: boolean;
}

export interface Refusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The body when it is JSON. */
  readonly json: unknown;
}

export type RawEvent = { readonly atMs: number } & (
  | { readonly kind: 'open'; readonly subprotocol: string }
  /** The handshake was answered over HTTP. */
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** `json`: undefined for what is no JSON; `text`: undefined for a binary message. */
  | { readonly kind: 'message'; readonly text: string | undefined; readonly json: unknown; readonly bytes: number }
  | { readonly kind: 'ping' }
  | { readonly kind: 'closed'; readonly code: number; readonly reason: string }
);

export interface RawSocket {
  /** What happened, in order; over after `refused` or `closed`. */
  readonly events: Inbox<RawEvent>;
  send(text: string): void;
  /** One message, each piece in a frame of its own. */
  sendInPieces(pieces: readonly string[]): void;
  sendBinary(bytes: Uint8Array): void;
  acknowledge(cursor: string): void;
  /** Acknowledges and ends the connection in one packet: with a close frame, or with the end of the line (FIN) alone. */
  acknowledgeLast(cursor: string, how: 'close' | 'end'): void;
  /** Answers a ping by hand. */
  pong(): void;
  /** Stops reading, and reads on. */
  pause(): void;
  resume(): void;
  close(): void;
  /** Ends the line without a word. */
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
  /** Sent with the handshake beside the token. */
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined: as Node trusts. */
  readonly trust: Trust | undefined;
  /** Milliseconds since some moment, never backwards. */
  readonly elapsed: () => number;
  /** Every message as it came; undefined: binary. */
  readonly onMessage: (text: string | undefined) => void;
}

/** What a case opens device sockets with. */
export type OpenRawSocket = (device: AdapterDevice, handshake: Handshake) => Promise<RawSocket>;

/** A refusal's body is read so far. */
const mostRefusalBytes = 65_536;

/** Starts to open a socket; what becomes of it is told by its events. */
export function openRawSocket(options: RawSocketOptions): RawSocket {
  const events = createInbox<RawEvent>();
  const address = addressOf(options);
  const secure = secureFor(options.trust, address);
  const socket = new WebSocket(address, [...options.protocols], { ...settingsOf(options), ...secure });
  record(socket, events, options);
  let line: Socket | undefined;
  socket.on('upgrade', (response) => {
    line = response.socket;
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
        line?.cork();
        acknowledge(cursor);
        if (how === 'close') socket.close(1000, 'done');
        else line?.end();
        line?.uncork();
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
  // A target's `socketUrl` may carry the UNSID already.
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
  socket.on('open', () => events.push({ atMs: elapsed(), kind: 'open', subprotocol: socket.protocol }));
  socket.on('ping', () => events.push({ atMs: elapsed(), kind: 'ping' }));
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    const text = isBinary ? undefined : data.toString('utf8');
    events.push({ atMs: elapsed(), kind: 'message', text, json: jsonOf(text), bytes: data.length });
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

/** The target was never reached, or its certificate is no good: it has not refused anything. A target that hangs up has. */
function isConnectionError(error: Error): boolean {
  const code: unknown = Reflect.get(error, 'code');
  return typeof code === 'string' && !/^(ECONNRESET|EPIPE|WS_ERR_.*|HPE_.*)$/.test(code);
}

async function refusalOf(response: IncomingMessage): Promise<Refusal> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    size += chunk.length;
    if (size > mostRefusalBytes) break;
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  const headers = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)]));
  return { status: response.statusCode ?? 0, headers, text, json: jsonOf(text) };
}

function jsonOf(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
