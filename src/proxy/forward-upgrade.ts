// Forwards WebSocket handshakes, including refused ones, and then the bytes of both directions, which it also reads.
import { type IncomingMessage, type Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { failureReason } from '../client/connection-error.ts';
import { serveIgnoringUpgrade } from '../net/bare-socket.ts';
import { localTarget, requestTarget } from '../net/request-target.ts';
import { createBodyTap } from './body-tap.ts';
import type { ProxyContext } from './context.ts';
import { writeOnSocket } from './error-response.ts';
import { forwardResponse } from './forward-response.ts';
import { createFrameReader, type FrameReader } from './frame-reader.ts';
import { endToEndHeaders, pairsOf, setHeaders } from './headers.ts';
import { socketAddress } from './socket-url.ts';
import { exchangeEvent, messageEvent } from './traffic.ts';
import { handshakeFindings, isPushChannel } from './validate-handshake.ts';
import { createSocketValidator, maxTargetBytes } from './validate-socket.ts';

interface Handshake {
  /** Time of arrival, in milliseconds since some moment. */
  readonly began: number;
  readonly req: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
  readonly local: string;
  readonly path: string;
  readonly query: string;
  readonly unsid: string;
  readonly isDeviceSocket: boolean;
  /** A push channel is forwarded without validation. */
  readonly isValidated: boolean;
}

/** @returns functions that close all sockets: `end` after pending data, `cut` at once */
export function forwardUpgrades(server: Server, parts: ProxyContext): { readonly end: () => void; readonly cut: () => void } {
  const open = new Set<Duplex>();
  server.on('upgrade', (req: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (req.headers.upgrade?.trim().toLowerCase() !== 'websocket') {
      serveIgnoringUpgrade(server, req, socket, head);
      return;
    }
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
    const local = localTarget(req.url);
    const { path, query } = requestTarget(local);
    const unsid = new URLSearchParams(query).get('unsid') ?? '';
    forwardHandshake(parts, {
      began: parts.elapsed(),
      req,
      socket,
      head,
      local,
      path,
      query,
      unsid,
      isDeviceSocket: path === parts.spec.socket.path,
      isValidated: path === parts.spec.socket.path && !isPushChannel(parts.spec, req.headers),
    });
  });
  return {
    end: () => {
      for (const socket of open) socket.end();
    },
    cut: () => {
      for (const socket of open) socket.destroy();
    },
  };
}

function forwardHandshake(parts: ProxyContext, handshake: Handshake): void {
  const { req, socket, local, path, query, unsid, isDeviceSocket } = handshake;
  const method = req.method ?? 'GET';
  const announcedUrl = isDeviceSocket && parts.ownSocketUrl ? parts.devices.get(unsid)?.socketUrl : undefined;
  const address = socketAddress({
    announcedUrl,
    ownHosts: parts.ownHosts(req.headers.host),
    query,
    isSecure: parts.upstream.url.startsWith('https:'),
  });
  const upstream =
    address === undefined ? parts.upstream.open({ method, path: local, isReusing: false }) : parts.upstream.openAt(address, method);
  setHeaders(upstream, endToEndHeaders(req.rawHeaders, ['host']));
  upstream.setHeader('Connection', 'Upgrade');
  upstream.setHeader('Upgrade', req.headers.upgrade ?? 'websocket');
  const onGone = () => upstream.destroy();
  socket.on('close', onGone);
  let answered = false;
  upstream.on('upgrade', (answer: IncomingMessage, target: Socket, targetHead: Buffer) => {
    answered = true;
    socket.off('close', onGone);
    accept(parts, handshake, { answer, target, targetHead });
  });
  upstream.on('response', (answer) => {
    answered = true;
    refuse(parts, handshake, answer);
  });
  upstream.on('error', (error) => {
    if (answered || socket.destroyed) return;
    const reason = failureReason(error);
    parts.failed({ how: 'unreachable', request: `${method} ${path}`, reason });
    writeOnSocket(socket, { status: 502, code: 'BadGateway', message: `The target did not respond to the proxy: ${reason}.` });
  });
  upstream.end();
}

/** Forwards the refusal unchanged, and closes the connection. */
function refuse(parts: ProxyContext, handshake: Handshake, answer: IncomingMessage): void {
  const { began, req, socket, path, query, local, isDeviceSocket, isValidated } = handshake;
  const method = req.method ?? 'GET';
  const status = answer.statusCode ?? 0;
  const res = new ServerResponse(req);
  res.shouldKeepAlive = false;
  res.assignSocket(socket as Socket);
  socket.on('drain', () => res.emit('drain'));
  res.on('error', () => undefined);
  res.on('finish', () => socket.end());
  const tap = createBodyTap(parts);
  answer.on('error', () => undefined);
  answer.on('close', () => {
    if (answer.complete) return;
    socket.destroy();
    tap.free();
  });
  answer.on('end', () => {
    if (isValidated)
      for (const one of handshakeFindings(parts.spec, { headers: req.headers, query }, { status, subprotocol: undefined })) parts.add(one);
    const validated = parts.validate({
      method,
      path,
      query,
      targetUrl: `${parts.upstream.url}${local}`,
      headers: req.headers,
      body: { bytes: 0, copy: undefined, isWhole: true },
      answer: { status, headers: answer.headers, body: { bytes: tap.bytes, copy: tap.copy(), isWhole: true } },
      durationMs: parts.elapsed() - began,
      isHandshake: isDeviceSocket,
    });
    validated.finally(() => tap.free());
  });
  forwardResponse(parts, { answer, res, method, path, tap, host: req.headers.host });
}

interface Accepted {
  readonly answer: IncomingMessage;
  readonly target: Socket;
  readonly targetHead: Buffer;
}

function accept(parts: ProxyContext, handshake: Handshake, { answer, target, targetHead }: Accepted): void {
  const { began, req, socket, head, path, query } = handshake;
  target.on('error', () => target.destroy());
  if (socket.destroyed) {
    target.destroy();
    return;
  }
  const durationMs = parts.elapsed() - began;
  parts.onTraffic?.(exchangeEvent({ method: req.method ?? 'GET', path, query, headers: req.headers, status: 101, durationMs }));
  const lines = pairsOf(answer.rawHeaders).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(Buffer.from(`HTTP/1.1 101 ${answer.statusMessage || 'Switching Protocols'}\r\n${lines.join('')}\r\n`, 'latin1'));
  const readers = handshake.isValidated ? readersOf(parts, handshake, answer) : undefined;
  flow(socket, target, readers?.ofApp, head);
  flow(target, socket, readers?.ofTarget, targetHead);
}

/** When one side closes, the other is closed the same way: gracefully, or terminated. */
function flow(from: Duplex, to: Duplex, reader: FrameReader | undefined, head: Buffer): void {
  if (head.length > 0) {
    reader?.take(head);
    to.write(head);
  }
  if (reader) from.on('data', (chunk: Buffer) => reader.take(chunk));
  from.on('close', () => {
    reader?.end();
    if (from.readableEnded) to.end();
    else to.destroy();
  });
  from.pipe(to);
}

function readersOf(
  parts: ProxyContext,
  { req, query, unsid }: Handshake,
  answer: IncomingMessage,
): { readonly ofApp: FrameReader; readonly ofTarget: FrameReader } | undefined {
  const { spec, devices, count } = parts;
  count.sockets += 1;
  const device = devices.get(unsid);
  const handshake = { headers: req.headers, query };
  const subprotocol = answer.headers['sec-websocket-protocol'];
  for (const one of handshakeFindings(spec, handshake, { status: 101, subprotocol })) parts.add(one);
  const validator = createSocketValidator({
    ...parts,
    handshake,
    unsid,
    device,
    onMessage: (from, text) => {
      count.messages += 1;
      parts.onTraffic?.(messageEvent(from, text, device?.deviceId));
    },
  });
  const extensions = answer.headers['sec-websocket-extensions'];
  const ofApp = createFrameReader({ from: 'client', maxBytes: spec.socket.limits.maxMessageBytes, extensions, handlers: validator.ofApp });
  const ofTarget = createFrameReader({ from: 'server', maxBytes: maxTargetBytes(spec), extensions, handlers: validator.ofTarget });
  if (ofApp && ofTarget) return { ofApp, ofTarget };
  parts.onUnchecked('sockets with another extension than permessage-deflate');
  return undefined;
}
