// The one place that writes answers: over HTTP, or on the bare socket of a request that never got that far.
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Timer } from '../domain/ports.ts';
import { hasBody } from './request-body.ts';
import type { HttpResponse } from './response.ts';

/** So much of a body that nobody reads is let through, so that its sender sees the answer. */
const maxDiscardedBytes = 64 * 1024 * 1024;
/** So long a client may take to close after the answer on a bare socket. */
const lingerMs = 1000;

export interface WriteOptions {
  /** The connection ends with this answer. */
  readonly isLast: boolean;
}

export function writeResponse(
  req: IncomingMessage,
  res: ServerResponse,
  { status, headers, body }: HttpResponse,
  { isLast }: WriteOptions,
): void {
  if (res.destroyed || res.headersSent) return;
  // The date is that of the service clock, and among the headers where the document declares it.
  res.sendDate = false;
  res.writeHead(status, isLast ? [...headers, 'Connection', 'close'] : [...headers]);
  if (req.complete || !hasBody(req)) {
    res.end(body);
    return;
  }
  // The whole answer leaves now, but it ends only after the body: a connection that closes on bytes unread takes the answer with it.
  if (body === undefined) res.flushHeaders();
  else res.write(body);
  discardRest(req, () => res.end());
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

/** Ends the socket with this answer. */
export function writeOnSocket(socket: Duplex, { status, headers, body = '' }: HttpResponse, timer: Timer): void {
  if (socket.destroyed || !socket.writable) return;
  const lines = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`];
  for (let at = 0; at < headers.length; at += 2) lines.push(`${headers[at]}: ${headers[at + 1]}`);
  const cancel = timer.after(lingerMs, () => socket.destroy());
  socket.on('error', () => {});
  socket.once('end', () => socket.destroy());
  socket.once('close', cancel);
  socket.resume();
  socket.end(`${lines.join('\r\n')}\r\nConnection: close\r\n\r\n${body}`);
}
