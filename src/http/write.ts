// Writes all responses: over HTTP, or directly on the socket of a request that has not reached the app.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Timer } from '../domain/ports.ts';
import { lastResponse } from '../net/bare-socket.ts';
import { hasBody } from './request-body.ts';
import type { HttpResponse } from './response.ts';

/** Maximum number of bytes of an unread body that are discarded, so that the client can finish sending and read the response. */
const maxDiscardedBytes = 64 * 1024 * 1024;
/** Timeout for the client to close the socket after the response. */
const lingerMs = 1000;

export interface WriteOptions {
  /** Closes the connection after this response. */
  readonly isLast: boolean;
  readonly keepAliveSeconds: number;
}

export function writeResponse(
  req: IncomingMessage,
  res: ServerResponse,
  { status, headers, body }: HttpResponse,
  { isLast, keepAliveSeconds }: WriteOptions,
): void {
  if (res.destroyed || res.headersSent) return;
  // The headers have the date of the service clock, if the document declares it.
  res.sendDate = false;
  const isKept = !isLast && res.shouldKeepAlive && !mayBeCutOff(req);
  res.writeHead(status, [
    ...headers,
    ...(isKept ? ['Connection', 'keep-alive', 'Keep-Alive', `timeout=${keepAliveSeconds}`] : ['Connection', 'close']),
  ]);
  if (req.complete || !hasBody(req)) {
    res.end(body);
    return;
  }
  // The response is sent now but ended only after the request body: closing a connection with unread data could discard the response.
  if (body === undefined) res.flushHeaders();
  else res.write(body);
  discardRest(req, () => res.end());
}

/** The connection of a body that is not read completely, and whose length is unknown or too large to discard it, ends with the response. */
function mayBeCutOff(req: IncomingMessage): boolean {
  if (req.complete || !hasBody(req)) return false;
  const length = Number(req.headers['content-length']);
  return !(length <= maxDiscardedBytes);
}

function discardRest(req: IncomingMessage, then: () => void): void {
  let discarded = 0;
  req.on('data', (chunk: Buffer) => {
    discarded += chunk.length;
    if (discarded > maxDiscardedBytes) req.socket.destroy();
  });
  req.on('error', () => {});
  req.once('end', then);
}

/** Writes the response and ends the socket. */
export function writeOnSocket(socket: Duplex, response: HttpResponse, timer: Timer): void {
  if (socket.destroyed || !socket.writable) return;
  const cancel = timer.after(lingerMs, () => socket.destroy());
  socket.on('error', () => {});
  socket.once('end', () => socket.destroy());
  socket.once('close', cancel);
  socket.resume();
  socket.end(lastResponse(response));
}
