// The WebSocket of devices on Node: ws, with the token in the header, and with the response of a refused handshake.
import type { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import { jsonOrText } from '../../values/json.ts';
import { failureReason } from '../connection-error.ts';
import { type Closing, type Line, type LineHandlers, maxMessageBytes, type WebSocketFactory } from '../device-socket.ts';
import { retryAfterSeconds } from '../throttling.ts';
import { readRefusalBody } from './refusal-body.ts';
import { secureFor } from './secure-context.ts';
import type { Trust } from './trust.ts';

const closeGraceMs = 2000;

async function refusalOf(response: IncomingMessage): Promise<NonNullable<Closing['refusal']>> {
  const text = await readRefusalBody(response);
  // The body may be the page of a proxy; the status is enough.
  const body = jsonOrText(text);
  const wait = retryAfterSeconds(response.headers['retry-after'], Date.now());
  return { status: response.statusCode ?? 0, body, ...(wait === undefined ? {} : { retryAfterSeconds: wait }) };
}

function watch(socket: WebSocket, handlers: LineHandlers): void {
  let failure = '';
  let closed = false;
  const close = (closing: Closing): void => {
    if (closed) return;
    closed = true;
    handlers.closed(closing);
  };
  socket.on('open', () => handlers.opened?.());
  socket.on('message', (data: Buffer, isBinary: boolean) => handlers.message(isBinary ? undefined : data.toString('utf8')));
  socket.on('unexpected-response', (_request, response: IncomingMessage) => {
    refusalOf(response)
      .then((refusal) => close({ code: 1006, reason: `refused with ${refusal.status}`, refusal }))
      .catch((error: unknown) => close({ code: 1006, reason: failureReason(error) }))
      .finally(() => socket.terminate());
  });
  socket.on('error', (error) => {
    failure = failureReason(error);
  });
  socket.on('close', (code: number, reason: Buffer) => close({ code, reason: reason.toString('utf8') || failure }));
}

/** A factory of sockets with this trust. Default: Node's own. */
export function createNodeWebSocket(trust?: Trust): WebSocketFactory {
  return {
    tokenIn: 'header',
    open({ url, protocol, headers }, handlers): Line {
      const secure = secureFor(trust, url);
      const socket = new WebSocket(url, protocol, {
        headers: { ...headers },
        perMessageDeflate: false,
        maxPayload: maxMessageBytes,
        handshakeTimeout: 30_000,
        ...secure,
      });
      watch(socket, handlers);
      return {
        send: (text) => socket.send(text, () => undefined),
        close: (code, reason) => {
          socket.close(code, reason);
          // Does not wait longer for a server that does not complete the closing handshake.
          setTimeout(() => socket.terminate(), closeGraceMs).unref();
        },
        cut: () => socket.terminate(),
        pause: () => socket.pause(),
        resume: () => socket.resume(),
      };
    },
  };
}

/** The default factory of devices. */
export const nodeWebSocket: WebSocketFactory = createNodeWebSocket();
