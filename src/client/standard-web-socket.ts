// Runs the device socket on the standard WebSocket class of browsers, with the token in the query.
import type { Line, LineHandlers, WebSocketFactory } from './device-socket.ts';

/** The part of a browser's WebSocket that is used. */
export interface StandardWebSocket {
  addEventListener(type: 'open', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'close', listener: (event: { readonly code: number; readonly reason: string }) => void): void;
  send(text: string): void;
  close(code: number, reason: string): void;
}

/**
 * A {@link WebSocketFactory} over the WebSocket class of a browser, or of a Node that has one, for `webSocket` of a device or of
 * `openDeviceSocket`: `standardWebSocket(WebSocket)`.
 *
 * Such a class cannot send headers, so the token is sent in the query (`access_token`), where logs may show it. It cannot pause
 * reading, and reports a refused handshake only as a close with 1006.
 */
export function standardWebSocket(WebSocketClass: new (url: string, protocol: string) => StandardWebSocket): WebSocketFactory {
  return {
    tokenIn: 'query',
    open: ({ url, protocol }, handlers: LineHandlers): Line => {
      const socket = new WebSocketClass(url, protocol);
      socket.addEventListener('open', () => handlers.opened?.());
      socket.addEventListener('message', ({ data }) => handlers.message(typeof data === 'string' ? data : undefined));
      socket.addEventListener('close', ({ code, reason }) => handlers.closed({ code, reason }));
      return { send: (text) => socket.send(text), close: (code, reason) => socket.close(code, reason) };
    },
  };
}
