// Forwards handshakes to the emulator, and joins the connections of accepted ones.
import { createHash } from 'node:crypto';
import { request as httpRequest, type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { joinConnection } from './connection.ts';
import { closeFrame } from './frames.ts';
import type { Connection, Hooks, Wire } from './hooks.ts';
import { headerOf, parametersOf, type WireAnswer, type WireRequest } from './http-message.ts';
import { authorizationOf, readAll, requestOf } from './http-wire.ts';

export interface SocketParts {
  readonly hooks: Hooks;
  readonly wire: Wire;
  readonly origin: string;
  /** The sockets to cut when the wire stops. */
  readonly track: (socket: Duplex) => void;
  readonly connections: Set<Connection>;
  /** Number of this connection among those of the UNSID, from 1. */
  readonly count: (unsid: string) => number;
}

interface Upgraded {
  readonly answer: WireAnswer;
  /** The opened socket and its first bytes, or undefined if the handshake was refused. */
  readonly opened: { readonly socket: Duplex; readonly head: Buffer } | undefined;
}

export async function carryHandshake(incoming: IncomingMessage, client: { socket: Duplex; head: Buffer }, parts: SocketParts) {
  const { hooks, wire, track } = parts;
  const { socket } = client;
  track(socket);
  const request = requestOf(incoming, Buffer.alloc(0));
  const changed = (await hooks.handshake?.(request, wire)) ?? request;
  if ('closeCode' in changed) {
    socket.write(headOf(acceptance(request)));
    socket.end(closeFrame(changed.closeCode));
    return;
  }
  const { answer, opened } = 'status' in changed ? { answer: changed, opened: undefined } : await upgrade(changed, parts.origin);
  const refusal = (await hooks.handshaken?.(answer, request, wire)) ?? answer;
  if (!opened) {
    socket.end(Buffer.concat([headOf(refusal), refusal.body]));
    return;
  }
  track(opened.socket);
  socket.write(headOf(refusal));
  const unsid = parametersOf(request).get('unsid') ?? '';
  const cursor = parametersOf(request).get('cursor') ?? undefined;
  const known = { unsid, cursor, authorization: authorizationOf(request), number: parts.count(unsid) };
  joinConnection({ known, client, server: opened, hooks, wire, connections: parts.connections });
}

function upgrade({ method, path, query, headers }: WireRequest, origin: string): Promise<Upgraded> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest({ hostname, port, method, path: `${path}${query}`, headers: [...headers], agent: false });
    const answerOf = (response: IncomingMessage, body: Buffer) => ({
      status: response.statusCode ?? 502,
      headers: response.rawHeaders,
      body,
    });
    outgoing.on('upgrade', (response, socket, head) => {
      resolve({ answer: answerOf(response, Buffer.alloc(0)), opened: { socket, head } });
    });
    outgoing.on('response', (response) => {
      readAll(response).then((body) => resolve({ answer: answerOf(response, body), opened: undefined }), reject);
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}

function headOf({ status, headers }: WireAnswer): Buffer {
  const lines = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`];
  for (let at = 0; at < headers.length; at += 2) lines.push(`${headers[at]}: ${headers[at + 1]}`);
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
}

/** As RFC 6455 requires. */
function acceptance(request: WireRequest): WireAnswer {
  const key = headerOf(request, 'sec-websocket-key') ?? '';
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  const protocol = headerOf(request, 'sec-websocket-protocol')?.split(',')[0]?.trim();
  const chosen = protocol === undefined ? [] : ['Sec-WebSocket-Protocol', protocol];
  return {
    status: 101,
    headers: ['Upgrade', 'websocket', 'Connection', 'Upgrade', 'Sec-WebSocket-Accept', accept, ...chosen],
    body: Buffer.alloc(0),
  };
}
