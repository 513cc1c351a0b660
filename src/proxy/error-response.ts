// The proxy's own error responses, in Graph's error format so that clients can parse them like the service's.
import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { lastResponse } from '../net/bare-socket.ts';

export interface ErrorResponse {
  readonly status: 400 | 405 | 502;
  readonly code: string;
  readonly message: string;
}

export function errorResponse({ status, code, message }: ErrorResponse): { readonly headers: readonly string[]; readonly body: string } {
  const id = randomUUID();
  const date = new Date();
  const body = JSON.stringify({
    error: { code, message, innerError: { date: date.toISOString(), 'request-id': id, 'client-request-id': id } },
  });
  const headers = [
    ...['Content-Type', 'application/json; charset=utf-8'],
    ...['Content-Length', String(Buffer.byteLength(body))],
    ...['request-id', id, 'client-request-id', id],
    ...['Date', date.toUTCString()],
    ...['Access-Control-Allow-Origin', '*'],
    ...(status === 405 ? ['Allow', 'GET, POST, PATCH, DELETE, OPTIONS'] : []),
  ];
  return { headers, body };
}

/** Writes the response of a request that has only its socket, and closes the connection. */
export function writeOnSocket(socket: Duplex, answer: ErrorResponse): void {
  if (!socket.writable) return;
  socket.on('error', () => socket.destroy());
  socket.resume();
  socket.end(lastResponse({ status: answer.status, ...errorResponse(answer) }));
}
