// Serves a request that asks to be upgraded to something nobody offers, as if it had not asked (RFC 9110, 7.8).
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { Server as TlsServer } from 'node:tls';

const droppedHeaders = new Set(['upgrade', 'http2-settings', 'connection', 'keep-alive']);

/**
 * For the server's `upgrade` listener: a server that has one is handed every request with an Upgrade header (Java's client sends
 * `Upgrade: h2c` with its first). The request is given back to the server without it, with its body and all that follows.
 */
export function serveAsOrdinaryRequest(server: Server, req: IncomingMessage, socket: Duplex, head: Buffer): void {
  const lines = [`${req.method} ${req.url} HTTP/${req.httpVersion}`];
  for (let at = 0; at < req.rawHeaders.length; at += 2) {
    const [name = '', value = ''] = req.rawHeaders.slice(at, at + 2);
    if (!droppedHeaders.has(name.toLowerCase())) lines.push(`${name}: ${value}`);
  }
  // One request a connection: what follows on it would be read by another parser, and its answers would not wait for this one's.
  lines.push('Connection: close');
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
  // A TLS server would begin another handshake with a new connection; it reads requests from those that have theirs behind them.
  server.emit(server instanceof TlsServer ? 'secureConnection' : 'connection', socket);
}
