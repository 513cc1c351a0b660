// The spec proxy: stands between an app and an implementation, passes everything on, and tells what breaks the documents.
import { createServer, type Server } from 'node:http';
import { type AddressInfo, isIPv6, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Trust } from '../client/node/trust.ts';
import { loadSpec } from '../documents/spec.ts';
import { isUnspecifiedHost } from '../net/loopback.ts';
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
  /** Default 4290; 0 takes a free one. */
  readonly port?: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Documents in place of the shipped ones. */
  readonly spec?: readonly string[];
  /** Leads the `socketUrl` of subscriptions through the proxy. Default true. */
  readonly rewritesSocketUrl?: boolean;
  /** Whom to trust over https beside whom Node trusts. */
  readonly trust?: Trust;
  readonly listener?: ProxyListener;
  /** Called for every exchange and every socket message. */
  readonly onTraffic?: TrafficListener;
  /** Larger bodies are passed on and not judged. Default 5 MiB. */
  readonly maxCheckedBytes?: number;
  /** Copies of all bodies on their way together. Default 64 MiB. */
  readonly maxBufferedBytes?: number;
}

export interface SpecProxy {
  /** `http://127.0.0.1:4290` */
  readonly url: string;
  /** What was seen so far. */
  summary(): ProxySummary;
  /** Ends every connection, and resolves when all that went by is judged. */
  stop(): Promise<void>;
}

const mebibyte = 1_048_576;
/** How long a connection stays open between two requests: longer than clients keep theirs, so that none sends on one that is just closing. */
const idleConnectionMs = 120_000;
/** What is under way may finish so long when the proxy stops. */
const stopGraceMs = 500;

/** @throws TypeError for a target that is no URL, DocumentError, ProxyError when it cannot listen */
export async function startProxy(options: ProxyOptions): Promise<SpecProxy> {
  const line = createUpstream(options.target, options.trust);
  const spec = await loadSpec({ files: options.spec ?? [] });
  const {
    host = '127.0.0.1',
    port = 4290,
    listener = () => undefined,
    maxCheckedBytes = 5 * mebibyte,
    maxBufferedBytes = 64 * mebibyte,
  } = options;
  const watch = await createObserver({ spec, listener, onTraffic: options.onTraffic, maxBytes: maxCheckedBytes, maxBufferedBytes });
  const server = createServer({
    requestTimeout: 0,
    maxHeaderSize: maxHeaderBytes,
    requireHostHeader: false,
    keepAliveTimeout: idleConnectionMs,
  });
  const names = namesOf(host, (await listen(server, host, port)).port);
  const parts: ProxyContext = {
    ...watch.parts,
    upstream: line,
    ownSocketUrl: options.rewritesSocketUrl === false ? undefined : (given) => `ws://${names.hostOf(given)}${spec.socket.path}`,
    ownHosts: (given) => [names.hostOf(given), ...names.all],
  };
  serve(server, parts);
  const sockets = forwardUpgrades(server, parts);
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    await close(server, sockets);
    line.close();
    await watch.settled();
  };
  return {
    url: `http://${names.own}`,
    summary: watch.summary,
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}

/** Names that lead to the proxy: its own, and the one that a request named. */
function namesOf(
  host: string,
  port: number,
): { readonly own: string; readonly hostOf: (given: string | undefined) => string; readonly all: readonly string[] } {
  const shown = isUnspecifiedHost(host) ? 'localhost' : isIPv6(host) ? `[${host}]` : host;
  const own = `${shown}:${port}`;
  return {
    own,
    hostOf: (given) => (given !== undefined && URL.canParse(`http://${given}`) ? new URL(`http://${given}`).host : own),
    all: [own, `localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`],
  };
}

/** Requests, and what never becomes one. */
function serve(server: Server, parts: ProxyContext): void {
  server.on('request', (req, res) => forwardRequest(parts, req, res));
  // Whether to continue is for the target to say.
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
    // Who went away, or has an answer under way, is not answered.
    if (error.code === 'ECONNRESET' || error.code === 'HPE_INVALID_EOF_STATE' || socket.bytesWritten > 0) {
      socket.destroy();
      return;
    }
    parts.onUnchecked(`requests that are not valid HTTP (${error.code ?? error.message})`);
    writeOnSocket(socket, { status: 400, code: 'BadRequest', message: 'The request is not valid HTTP.' });
  });
}

function listen(server: Server, host: string, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = `port ${port} on ${host} is taken; choose another with --port, or --port 0 for a free one`;
      reject(new ProxyError(error.code === 'EADDRINUSE' ? taken : `cannot listen on ${host}:${port}: ${error.code ?? error.message}`));
    });
    server.listen(port, host, () => resolve(server.address() as AddressInfo));
  });
}

function close(server: Server, sockets: { readonly end: () => void; readonly cut: () => void }): Promise<void> {
  return new Promise((resolve) => {
    const grace = setTimeout(() => {
      sockets.cut();
      server.closeAllConnections();
    }, stopGraceMs);
    server.close(() => {
      clearTimeout(grace);
      resolve();
    });
    server.closeIdleConnections();
    sockets.end();
  });
}
