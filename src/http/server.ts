// Creates the HTTP and HTTPS servers around the app, and handles requests that do not reach it.
import { createServer as createNodeServer, IncomingMessage, type Server, ServerResponse } from 'node:http';
import { createServer as createNodeSecureServer, type Server as SecureServer } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Express } from 'express';
import { Refusal } from '../domain/errors.ts';
import { beginRequest, keepAliveSecondsOf, type ResponseDeps } from './context.ts';
import { refusalResult } from './errors.ts';
import { type BareRequest, bareRequestEvent } from './request-log.ts';
import { validatedResponse } from './response.ts';
import { refusalForUnknownMethod, type UnparsedRequest } from './unmatched.ts';
import { writeOnSocket } from './write.ts';

/** The app, with the dependencies for responding to requests that do not reach it. */
export type HttpApp = Express & { readonly responseDeps: ResponseDeps };

/**
 * A connection is kept longer than its responses say: a client that uses it at the last moment still gets a response, and not the end of a
 * connection that the server is closing.
 */
const keepAliveMarginMs = 5_000;

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
  // Runs before Node's own listener, which would report an unparsable request, although no response is possible here.
  server.prependListener('tlsClientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    app.responseDeps.log.info(`TLS handshake failed: ${handshakeFailureReason(error)}`);
    socket.destroy();
  });
  handleRequestsOutsideTheApp(server, app.responseDeps);
  return server;
}

/**
 * Express replaces the prototypes of every request and response, which disables V8's fast paths. Objects from these constructors
 * have Express's prototypes from the start (expressjs/express#5998).
 */
function serverOptions(app: HttpApp) {
  return {
    IncomingMessage: withPrototype(IncomingMessage, app.request),
    ServerResponse: withPrototype(ServerResponse, app.response),
    requireHostHeader: false,
    keepAliveTimeout: keepAliveSecondsOf(app.responseDeps) * 1000 + keepAliveMarginMs,
  };
}

/**
 * A constructor like `base`, but with the given prototype. `base` is a plain function in Node and is called as one:
 * `Reflect.construct` with another target gives every object its own map, which costs more than it saves.
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
  // HTTP allows a server to ignore an unknown expectation.
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
    // A complete request is still in progress: its response comes first, or the client would mistake the refusal for it.
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

/** Refuses a request on its socket, such as a WebSocket handshake, and closes the socket. `beginRequest` creates the request's context. */
export function refuseOnSocket(deps: ResponseDeps, socket: Duplex, bare: BareRequest): void {
  const { request, refusal } = bare;
  const { events } = deps.log;
  events?.write(bareRequestEvent(events, bare));
  const result = refusalResult(refusal, request, deps.clock.now());
  writeOnSocket(socket, validatedResponse(deps, { request, operation: undefined }, result), deps.timer);
}

export function handshakeFailureReason({ code = '', message }: NodeJS.ErrnoException): string {
  if (code === 'ERR_SSL_HTTP_REQUEST') return 'the client spoke http to the https port';
  if (/_ALERT_(UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_UNKNOWN)$/.test(code)) return `the client does not trust the certificate (${code})`;
  return code === '' ? message : code;
}
