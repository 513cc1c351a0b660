// Client of the device socket: opens it with an injected WebSocket, parses its messages, sends acknowledgements.
import { parseServerMessage } from './server-message.ts';
import { socketUrlProblem } from './socket-url.ts';
import type { AckMessage, ServerMessage } from './wire.ts';

/** The subprotocol of the device socket. */
export const deviceSubprotocol = 'notifications.v1.json';
/** The subprotocol under which the same socket delivers the envelopes of the platform's push channel (D42). */
export const pushSubprotocol = 'push.v1.json';

/** Maximum size of a server message in bytes, far above that of a notification; a larger message closes the connection. */
export const maxMessageBytes = 33_554_432;

/** Why a socket closed. A handshake refused over HTTP has `refusal`, if the WebSocket reports it (browsers do not). */
export interface Closing {
  /** Close code (R8); 1006 if the connection broke or was never established. */
  readonly code: number;
  readonly reason: string;
  readonly refusal?: { readonly status: number; readonly body: unknown; readonly retryAfterSeconds?: number };
}

/** Callbacks of a {@link WebSocketFactory} for its connection. */
export interface LineHandlers {
  /** The connection is established; optional to call. */
  opened?(): void;
  /** A text message; undefined for a binary one. */
  message(text: string | undefined): void;
  /** Called once, also if the connection was never established. */
  closed(closing: Closing): void;
}

/** One open (or opening) WebSocket. */
export interface Line {
  /** Sends a text message. */
  send(text: string): void;
  /** Starts the closing handshake; `closed` is called at its end. */
  close(code: number, reason: string): void;
  /** Terminates the connection without closing handshake, if the WebSocket supports it. */
  cut?(): void;
  /** Pauses reading, if the WebSocket supports it. */
  pause?(): void;
  /** Resumes reading. */
  resume?(): void;
}

/** Opens WebSockets; in browsers the token can be sent only in the query. */
export interface WebSocketFactory {
  /** Where the token is sent. */
  readonly tokenIn: 'header' | 'query';
  /** Starts to open a WebSocket and reports its events to the handlers. */
  open(
    request: { readonly url: string; readonly protocol: string; readonly headers: Readonly<Record<string, string>> },
    handlers: LineHandlers,
  ): Line;
}

interface LineOptions {
  /** `socketUrl` of the subscription. */
  readonly socketUrl: string;
  /** Base URL of the service that returned `socketUrl`: if it is https, the socket must be wss. Without it the scheme is not checked. */
  readonly serviceUrl?: string;
  readonly unsid: string;
  /** The cursor to resume from (R2). Default: the last acknowledged one. */
  readonly cursor?: string | undefined;
  /** User token; never printed. */
  readonly token: string;
  readonly webSocket: WebSocketFactory;
  /** Called once. */
  readonly onClose: (closing: Closing) => void;
}

/** Options of {@link openDeviceSocket}. */
export interface DeviceSocketOptions extends LineOptions {
  /** Every message that the server sends, in order, with the length of its text. */
  readonly onMessage: (message: ServerMessage, characters: number) => void;
  /** Called for a message that is not in the document; the socket stays open. */
  readonly onInvalid?: (reason: string) => void;
}

/** Options of {@link openPushChannel}. */
export interface PushChannelOptions extends LineOptions {
  /** Every envelope, unchanged, in order. */
  readonly onEnvelope: (text: string) => void;
}

/** An open (or opening) device socket. */
export interface DeviceSocket {
  /** R2: everything up to and including this cursor has been handled. */
  acknowledge(cursor: string): void;
  /** Closes with 1000. */
  close(): void;
  /** Terminates the connection as if it broke; closes it if the WebSocket cannot do that. */
  cut(): void;
  /** Pauses reading, so that the server applies back pressure (R6); does nothing if the WebSocket does not support it. */
  pause(): void;
  /** Resumes reading after {@link DeviceSocket.pause}. */
  resume(): void;
}

/** Adds parameters to `socketUrl` and preserves its other parts. */
function addressOf(options: LineOptions): string {
  const problem = socketUrlProblem(options.socketUrl, options.serviceUrl ?? 'http:');
  if (problem !== undefined) throw new TypeError(`The socketUrl ${problem}.`);
  const url = new URL(options.socketUrl);
  url.searchParams.set('unsid', options.unsid);
  if (options.cursor !== undefined) url.searchParams.set('cursor', options.cursor);
  if (options.webSocket.tokenIn === 'query') url.searchParams.set('access_token', options.token);
  return url.href;
}

/**
 * Opens the device socket (D14).
 * @throws TypeError when `socketUrl` is not a ws or wss URL, or not wss although the service is https. Every later failure, including a refused handshake, is reported to `onClose`.
 */
export function openDeviceSocket(options: DeviceSocketOptions): DeviceSocket {
  return openLine(options, deviceSubprotocol, (text) => {
    const message = text === undefined ? 'The message is binary.' : parseServerMessage(text);
    if (typeof message === 'string') options.onInvalid?.(message);
    else options.onMessage(message, text?.length ?? 0);
  });
}

/**
 * Opens the socket as a push channel; what an envelope announces is acknowledged with its `newETag`.
 * @throws TypeError as {@link openDeviceSocket} does
 */
export function openPushChannel(options: PushChannelOptions): DeviceSocket {
  return openLine(options, pushSubprotocol, (text) => {
    if (text !== undefined) options.onEnvelope(text);
  });
}

function openLine(options: LineOptions, protocol: string, onText: (text: string | undefined) => void): DeviceSocket {
  const request = {
    url: addressOf(options),
    protocol,
    headers: options.webSocket.tokenIn === 'header' ? { authorization: `Bearer ${options.token}` } : {},
  };
  let open = true;
  const line = options.webSocket.open(request, {
    message: onText,
    closed: (closing) => {
      if (!open) return;
      open = false;
      options.onClose(closing);
    },
  });
  return {
    acknowledge: (cursor) => {
      const message: AckMessage = { type: 'ack', cursor };
      if (open) line.send(JSON.stringify(message));
    },
    close: () => line.close(1000, 'done'),
    cut: () => (line.cut ? line.cut() : line.close(1000, 'done')),
    pause: () => line.pause?.(),
    resume: () => line.resume?.(),
  };
}
