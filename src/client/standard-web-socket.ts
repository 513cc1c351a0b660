// Lets the device socket run on the WebSocket class that browsers have: the token goes into the query.
import type { Line, LineHandlers, WebSocketFactory } from './device-socket.ts';

/** What is used of a browser's WebSocket. */
export interface StandardWebSocket {
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'close', listener: (event: { readonly code: number; readonly reason: string }) => void): void;
  send(text: string): void;
  close(code: number, reason: string): void;
}

/**
 * A {@link WebSocketFactory} over the WebSocket class of a browser, or of a Node that has one, for `webSocket` of a device or of
 * `openDeviceSocket`: `standardWebSocket(WebSocket)`.
 *
 * Such a class can send no headers, so the token goes into the query (`access_token`), where logs may show it. It cannot pause
 * reading, and tells a refused handshake only as a close with 1006.
 */
export function standardWebSocket(WebSocketClass: new (url: string, protocol: string) => StandardWebSocket): WebSocketFactory {
  return {
    tokenIn: 'query',
    open: ({ url, protocol }, handlers: LineHandlers): Line => {
      const socket = new WebSocketClass(url, protocol);
      socket.addEventListener('message', ({ data }) => handlers.message(typeof data === 'string' ? data : undefined));
      socket.addEventListener('close', ({ code, reason }) => handlers.closed({ code, reason }));
      return { send: (text) => socket.send(text), close: (code, reason) => socket.close(code, reason) };
    },
  };
}
