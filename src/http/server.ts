// The HTTP and HTTPS servers around the app: fast prototypes, and answers to what never reaches it.
import { createServer as createNodeServer, IncomingMessage, type Server, ServerResponse } from 'node:http';
import { createServer as createNodeSecureServer, type Server as SecureServer } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { Server as TlsServer } from 'node:tls';
import type { Express } from 'express';
import { Refusal } from '../domain/errors.ts';
import { beginRequest, type ResponseDeps } from './context.ts';
import { refusalResult } from './errors.ts';
import { type BareRequest, bareRequestEvent } from './request-log.ts';
import { validatedResponse } from './response.ts';
import { refusalForUnknownMethod, type UnparsedRequest } from './unmatched.ts';
import { writeOnSocket } from './write.ts';

/** The app, and what it takes to answer requests that never reach it. */
export type HttpApp = Express & { readonly responseDeps: ResponseDeps };

/**
 * How long a connection stays open between two requests: longer than clients keep theirs, so that it is the client that closes it.
 * With Node's five seconds, a client sends now and then on a connection that the server is just closing, and gets no answer.
 */
const idleConnectionMs = 120_000;

/** Private key and certificate chain, in PEM. */
export interface ServerCredentials {
  readonly key: string;
  readonly cert: string;
}

export function createServer(app: HttpApp): Server {
  const server = createNodeServer(serverOptions(app), app);
  handleRequestsOutsideTheApp(server, app.responseDeps);
  return server;
}

/** The same app over TLS. */
export function createSecureServer(app: HttpApp, { key, cert }: ServerCredentials): SecureServer {
  const server = createNodeSecureServer({ ...serverOptions(app), key, cert }, app);
  // Before Node's own listener, which takes the failure for a request that cannot be read: nothing can be answered here.
  server.prependListener('tlsClientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    app.responseDeps.log.info(`TLS handshake failed: ${handshakeFailureReason(error)}`);
    socket.destroy();
  });
  handleRequestsOutsideTheApp(server, app.responseDeps);
  return server;
}

/**
 * Express sets the prototypes of every request and response to its own, which makes V8 drop its fast paths; made with these
 * constructors they have them from the start (expressjs/express#5998).
 */
function serverOptions(app: HttpApp) {
  return {
    IncomingMessage: withPrototype(IncomingMessage, app.request),
    ServerResponse: withPrototype(ServerResponse, app.response),
    requireHostHeader: false,
    keepAliveTimeout: idleConnectionMs,
  };
}

/**
 * A constructor that makes what `base` makes, but with this very prototype. `base` is a plain function of Node, and called as one:
 * `Reflect.construct` with another target gives every object a map of its own, which costs more than it saves.
 */
function withPrototype<Base extends new (...args: never[]) => object>(base: Base, prototype: object): Base {
  function Made(this: object, ...args: unknown[]): void {
    Reflect.apply(base, this, args);
  }
  Made.prototype = prototype;
  return Made as unknown as Base;
}

function handleRequestsOutsideTheApp(server: Server, deps: ResponseDeps): void {
  const answering = new WeakMap<Duplex, ServerResponse>();
  server.on('request', (req, res) => answering.set(req.socket, res));
  // An expectation that nobody knows may be ignored, as HTTP says.
  server.on('checkExpectation', (req, res) => server.emit('request', req, res));
  server.on('connect', (req: IncomingMessage, socket: Duplex) => {
    const refusal = new Refusal('MethodNotAllowed', 'CONNECT is not supported here.', { allow: deps.spec.methods });
    refuseOnSocket(deps, socket, { req, request: beginRequest(deps, req, socket), refusal });
  });
  server.on('clientError', (error: ParserError, socket: Socket) => {
    const res = answering.get(socket);
    const isPending = res !== undefined && !res.writableFinished;
    const refuse = () => {
      const request = beginRequest(deps, undefined, socket);
      refuseOnSocket(deps, socket, { req: undefined, request, refusal: unreadable(deps, error) });
    };
    if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
    // A whole request came before: its answer first, or its sender would take the refusal for it.
    else if (isPending && res.req.complete) res.once('finish', refuse);
    else if (isPending && res.headersSent) socket.destroy();
    else refuse();
  });
}

type ParserError = NodeJS.ErrnoException & UnparsedRequest;

function unreadable({ spec }: ResponseDeps, error: ParserError): Refusal {
  const { code } = error;
  const unknownMethod = code === 'HPE_INVALID_METHOD' ? refusalForUnknownMethod(spec, error) : undefined;
  if (unknownMethod) return unknownMethod;
  if (code === 'HPE_HEADER_OVERFLOW') return new Refusal('UnsupportedHeader', 'The headers are too large.');
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new Refusal('InvalidParameter', 'The request took too long to arrive.');
  return new Refusal('InvalidParameter', 'The request is not valid HTTP.');
}

/** Refuses a request on its bare socket, as a WebSocket handshake is refused, and ends the socket. The request's context: `beginRequest`. */
export function refuseOnSocket(deps: ResponseDeps, socket: Duplex, bare: BareRequest): void {
  const { request, refusal } = bare;
  const { events } = deps.log;
  events?.write(bareRequestEvent(events, bare));
  const result = refusalResult(refusal, request, deps.clock.now());
  writeOnSocket(socket, validatedResponse(deps, { request, operation: undefined }, result), deps.timer);
}

const upgradeHeaders = new Set(['upgrade', 'http2-settings', 'connection', 'keep-alive']);

/**
 * For the server's `upgrade` listener: a server that has one is handed every request with an Upgrade header (Java's client sends
 * `Upgrade: h2c` with its first). The request is given back to the server without it, with its body and all that follows.
 */
export function serveIgnoringUpgrade(server: Server, req: IncomingMessage, socket: Duplex, head: Buffer): void {
  const lines = [`${req.method} ${req.url} HTTP/${req.httpVersion}`];
  for (let at = 0; at < req.rawHeaders.length; at += 2) {
    const [name = '', value = ''] = req.rawHeaders.slice(at, at + 2);
    if (!upgradeHeaders.has(name.toLowerCase())) lines.push(`${name}: ${value}`);
  }
  // One request a connection: what follows on it would be read by another parser, and its answers would not wait for this one's.
  lines.push('Connection: close');
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
  // A TLS server would begin another handshake with a new connection; it reads requests from those that have theirs behind them.
  server.emit(server instanceof TlsServer ? 'secureConnection' : 'connection', socket);
}

export function handshakeFailureReason({ code = '', message }: NodeJS.ErrnoException): string {
  if (code === 'ERR_SSL_HTTP_REQUEST') return 'the client spoke http to the https port';
  if (/_ALERT_(UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_UNKNOWN)$/.test(code)) return `the client does not trust the certificate (${code})`;
  return code === '' ? message : code;
}
