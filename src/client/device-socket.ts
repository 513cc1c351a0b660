// The device socket client: opens it over an injected WebSocket, reads its messages, sends acknowledgements.
import { parseServerMessage } from './server-message.ts';
import { socketUrlProblem } from './socket-url.ts';
import type { AckMessage, ServerMessage } from './wire.ts';

/** The subprotocol of the device socket. */
export const deviceSubprotocol = 'notifications.v1.json';

/** Bytes of one message of the server, far more than a notification can have: a larger one ends the connection. */
export const maxMessageBytes = 33_554_432;

/** Why a socket ended. A handshake that was refused over HTTP has `refusal` (only where the WebSocket can tell: not in browsers). */
export interface Closing {
  /** Close code (R8); 1006 when the line broke or was never there. */
  readonly code: number;
  readonly reason: string;
  readonly refusal?: { readonly status: number; readonly body: unknown; readonly retryAfterSeconds?: number };
}

/** What a {@link WebSocketFactory} tells of its line. */
export interface LineHandlers {
  /** A text message; undefined for a binary one. */
  message(text: string | undefined): void;
  /** Called once, also when the line never opened. */
  closed(closing: Closing): void;
}

/** One open (or opening) WebSocket. */
export interface Line {
  /** Sends a text message. */
  send(text: string): void;
  /** Starts the closing; `closed` tells its end. */
  close(code: number, reason: string): void;
  /** Ends the line without a word, where the WebSocket can. */
  cut?(): void;
  /** Stops reading for a while, where the WebSocket can. */
  pause?(): void;
  /** Reads on. */
  resume?(): void;
}

/** How to open a WebSocket here; in browsers the token can go only into the query. */
export interface WebSocketFactory {
  /** Where the token goes. */
  readonly tokenIn: 'header' | 'query';
  /** Starts to open one; what becomes of it is told to the handlers. */
  open(
    request: { readonly url: string; readonly protocol: string; readonly headers: Readonly<Record<string, string>> },
    handlers: LineHandlers,
  ): Line;
}

/** Options of {@link openDeviceSocket}. */
export interface DeviceSocketOptions {
  /** `socketUrl` of the subscription. */
  readonly socketUrl: string;
  /** Base URL of the service that named it: where that is https, the socket must be wss. Not given: the scheme is up to the caller. */
  readonly serviceUrl?: string;
  readonly unsid: string;
  /** Where to be served from (R2); without it from the last acknowledged position. */
  readonly cursor?: string | undefined;
  /** User token; never printed. */
  readonly token: string;
  readonly webSocket: WebSocketFactory;
  /** Every message that the server sends, in order, with the length of its text. */
  readonly onMessage: (message: ServerMessage, characters: number) => void;
  /** A message that is none of the document's; the socket stays open. */
  readonly onInvalid?: (reason: string) => void;
  /** Called once. */
  readonly onClose: (closing: Closing) => void;
}

/** An open (or opening) device socket. */
export interface DeviceSocket {
  /** R2: everything up to and including this cursor has been handled. */
  acknowledge(cursor: string): void;
  /** Closes with 1000. */
  close(): void;
  /** Ends the line as one that breaks; closes it where the WebSocket cannot. */
  cut(): void;
  /** Stops reading, so that the server holds back what comes (R6); does nothing where the WebSocket cannot. */
  pause(): void;
  /** Reads on after {@link DeviceSocket.pause}. */
  resume(): void;
}

/** What else the service wrote into `socketUrl` stays. */
function addressOf(options: DeviceSocketOptions): string {
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
 * @throws TypeError when `socketUrl` is no ws or wss URL, or not wss where the service is https. Everything later, a refused handshake too, is reported to `onClose`.
 */
export function openDeviceSocket(options: DeviceSocketOptions): DeviceSocket {
  const request = {
    url: addressOf(options),
    protocol: deviceSubprotocol,
    headers: options.webSocket.tokenIn === 'header' ? { authorization: `Bearer ${options.token}` } : {},
  };
  let open = true;
  const line = options.webSocket.open(request, {
    message: (text) => {
      const message = text === undefined ? 'The message is binary.' : parseServerMessage(text);
      if (typeof message === 'string') options.onInvalid?.(message);
      else options.onMessage(message, text?.length ?? 0);
    },
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
