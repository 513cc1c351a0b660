// The spec proxy: forwards all traffic between an app and an implementation, and reports violations of the documents.
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Trust } from '../client/node/trust.ts';
import { loadSpec } from '../documents/spec.ts';
import { exposureOf, listenHosts, reachableAt } from '../net/address.ts';
import { closeServer, listen } from '../net/listen.ts';
import type { ProxyContext } from './context.ts';
import { writeOnSocket } from './error-response.ts';
import { ProxyError, type ProxyListener, type ProxySummary } from './events.ts';
import { forwardRequest } from './forward-request.ts';
import { forwardUpgrades } from './forward-upgrade.ts';
import { createObserver } from './observer.ts';
import type { TrafficListener } from './traffic.ts';
import { createUpstream, maxHeaderBytes } from './upstream.ts';

export interface ProxyOptions {
  /** Base URL of the implementation, with a path prefix if it has one. */
  readonly target: string;
  /** Default 4290; 0 selects a free port. */
  readonly port?: number;
  /** Default: 127.0.0.1 and ::1, only this machine. */
  readonly host?: string;
  /** Documents that replace the shipped ones. */
  readonly spec?: readonly string[];
  /** Rewrites the `socketUrl` of subscriptions so that devices connect through the proxy. Default true. */
  readonly rewritesSocketUrl?: boolean;
  /** An additional certificate authority for https. */
  readonly trust?: Trust;
  readonly listener?: ProxyListener;
  /** Called for every exchange and every socket message. */
  readonly onTraffic?: TrafficListener;
  /** Larger bodies are forwarded without validation. Default 5 MiB. */
  readonly maxCheckedBytes?: number;
  /** Maximum total size of the copies of bodies. Default 64 MiB. */
  readonly maxBufferedBytes?: number;
}

export interface SpecProxy {
  /** `http://127.0.0.1:4290` */
  readonly url: string;
  /** Who else can connect; undefined if only this machine can. */
  readonly warning: string | undefined;
  /** The summary so far. */
  summary(): ProxySummary;
  /** Closes all connections, and resolves when all forwarded traffic is validated. */
  stop(): Promise<void>;
}

const mebibyte = 1_048_576;
/** Keep-alive timeout: longer than that of clients, so that no request is sent on a connection that is being closed. */
const idleConnectionMs = 120_000;
/** Grace period for pending requests when the proxy stops. */
const stopGraceMs = 500;

/** @throws TypeError for an invalid target URL, DocumentError, ProxyError if it cannot listen */
export async function startProxy(options: ProxyOptions): Promise<SpecProxy> {
  const upstream = createUpstream(options.target, options.trust);
  const spec = await loadSpec({ files: options.spec ?? [] });
  const { host, port = 4290, listener = () => undefined, maxCheckedBytes = 5 * mebibyte, maxBufferedBytes = 64 * mebibyte } = options;
  const observer = await createObserver({ spec, listener, onTraffic: options.onTraffic, maxBytes: maxCheckedBytes, maxBufferedBytes });
  const server = createServer({
    requestTimeout: 0,
    maxHeaderSize: maxHeaderBytes,
    requireHostHeader: false,
    keepAliveTimeout: idleConnectionMs,
  });
  const errorOf = (message: string) => new ProxyError(message);
  const { address, others } = await listen(server, { hosts: listenHosts(host), port, option: '--port', errorOf });
  const names = namesOf(address);
  const parts: ProxyContext = {
    ...observer.parts,
    upstream,
    ownSocketUrl: options.rewritesSocketUrl === false ? undefined : (given) => `ws://${names.hostOf(given)}${spec.socket.path}`,
    ownHosts: (given) => [names.hostOf(given), ...names.all],
  };
  serve(server, parts);
  const sockets = forwardUpgrades(server, parts);
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    const closed = closeServer(server, { others, graceMs: stopGraceMs, cut: sockets.cut });
    sockets.end();
    await closed;
    upstream.close();
    await observer.settled();
  };
  return {
    url: `http://${names.own}`,
    warning: exposureOf(address.address, 'the proxy, and the target through it'),
    summary: observer.summary,
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}

/** The host names of the proxy: its own, and the one in a request's Host header. */
function namesOf(address: AddressInfo): {
  readonly own: string;
  readonly hostOf: (given: string | undefined) => string;
  readonly all: readonly string[];
} {
  const { port } = address;
  const own = reachableAt(address);
  return {
    own,
    hostOf: (given) => (given !== undefined && URL.canParse(`http://${given}`) ? new URL(`http://${given}`).host : own),
    all: [own, `localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`],
  };
}

/** Handles requests, and input that is not a valid request. */
function serve(server: Server, parts: ProxyContext): void {
  server.on('request', (req, res) => forwardRequest(parts, req, res));
  // 100 Continue is forwarded from the target.
  server.on('checkContinue', (req, res) => forwardRequest(parts, req, res));
  server.on('checkExpectation', (req, res) => forwardRequest(parts, req, res));
  server.on('connect', (_req, socket: Duplex) =>
    writeOnSocket(socket, {
      status: 405,
      code: 'MethodNotAllowed',
      message: 'This is not a forward proxy: send requests to it as to the service itself.',
    }),
  );
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    // No response if the client has disconnected or is already receiving one.
    if (error.code === 'ECONNRESET' || error.code === 'HPE_INVALID_EOF_STATE' || socket.bytesWritten > 0) {
      socket.destroy();
      return;
    }
    parts.onUnchecked(`requests that are not valid HTTP (${error.code ?? error.message})`);
    writeOnSocket(socket, { status: 400, code: 'BadRequest', message: 'The request is not valid HTTP.' });
  });
}
