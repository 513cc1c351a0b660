// Requests and responses on the bare socket of a connection, outside Node's HTTP server.
import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { Server as TlsServer } from 'node:tls';

export interface BareResponse {
  readonly status: number;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  readonly body?: string | undefined;
}

/** The text of a response after which the connection is closed. */
export function lastResponse({ status, headers, body = '' }: BareResponse): string {
  const lines = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`];
  for (let at = 0; at < headers.length; at += 2) lines.push(`${headers[at]}: ${headers[at + 1]}`);
  return `${lines.join('\r\n')}\r\nConnection: close\r\n\r\n${body}`;
}

const upgradeHeaders = new Set(['upgrade', 'http2-settings', 'connection', 'keep-alive']);

/**
 * For the server's `upgrade` listener, which receives every request with an Upgrade header (Java's client sends `Upgrade: h2c` with its
 * first request). The request, without that header, is returned to the server with its body and all later data.
 */
export function serveIgnoringUpgrade(server: Server, req: IncomingMessage, socket: Duplex, head: Buffer): void {
  const lines = [`${req.method} ${req.url} HTTP/${req.httpVersion}`];
  for (let at = 0; at < req.rawHeaders.length; at += 2) {
    const [name = '', value = ''] = req.rawHeaders.slice(at, at + 2);
    if (!upgradeHeaders.has(name.toLowerCase())) lines.push(`${name}: ${value}`);
  }
  // One request per connection: a later one would be read by another parser, and its response could overtake this one.
  lines.push('Connection: close');
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
  // A TLS server starts a handshake for `connection`; `secureConnection` is for sockets that have completed it.
  server.emit(server instanceof TlsServer ? 'secureConnection' : 'connection', socket);
}
