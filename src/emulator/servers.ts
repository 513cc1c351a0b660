// The servers of one emulator: http, https or both, with the same app and the same sockets, bound together and closed together.
import type { Server } from 'node:http';
import type { Server as SecureServer } from 'node:https';
import type { Log, Timer } from '../domain/ports.ts';
import { createSecureServer, createServer, type HttpApp } from '../http/server.ts';
import { exposureOf, listenHost, listenHosts, reachableAt } from '../net/address.ts';
import { closeServer, type ListenOptions, listen, trackConnections } from '../net/listen.ts';
import { StartError } from '../runtime/start-options.ts';
import type { Handshakes } from '../socket/upgrade.ts';
import type { ServedCertificate } from '../tls/served-certificate.ts';
import { httpsOptionsOf, httpsUrlOf, openCertificate, type ServingOptions } from './https-options.ts';

export interface ServersParts {
  readonly app: HttpApp;
  readonly attachSockets: (server: Server) => Handshakes;
  readonly timer: Timer;
  readonly realNow: () => number;
  readonly log: Log;
}

export interface Servers {
  /** The http one, or the https one when there is no other. */
  readonly url: string;
  readonly httpsUrl: string | undefined;
  /** Path of the authority's certificate that clients have to trust. */
  readonly caFile: string | undefined;
  /** Resolves when all have ended; what has not finished after a grace is cut off, and `onCut` is called before. */
  readonly stop: (onCut: () => void) => Promise<void>;
}

interface Bound {
  readonly url: string;
  readonly address: string;
  readonly stop: (onCut: () => void) => Promise<void>;
}

/** Grace period for sockets and requests when the emulator stops. */
const stopGraceMs = 1_000;
/** How often a certificate is looked at: another emulator may have replaced it and the authority that clients trust. */
const certificateIntervalMs = 60_000;

const errorOf = (message: string): StartError => new StartError(message);

/** Resolves when all are bound. @throws StartError when one cannot be; the other is released then. */
export async function startServers(options: ServingOptions, parts: ServersParts): Promise<Servers> {
  const { port = 0 } = options;
  const host = listenHost(options.host);
  const hosts = listenHosts(options.host);
  const settings = httpsOptionsOf(options);
  // Before anything is bound: no client may find a server that goes away again.
  const certificate = settings && (await openCertificate(settings, { host, realNow: parts.realNow }));
  const http = options.http === false ? undefined : await startPlain(parts, { hosts, port, option: '--port', errorOf });
  const place = { hosts, port: settings?.port ?? 0, option: '--https-port', errorOf };
  const https = await (certificate && startSecure(parts, place, certificate))?.catch(async (error: unknown) => {
    await http?.stop(() => undefined);
    throw error;
  });
  const url = http?.url ?? https?.url;
  if (url === undefined) throw new StartError('neither http nor https: nothing would be served');
  parts.log.debug(`listening at ${url}`);
  const warning = exposureOf(http?.address ?? https?.address ?? '127.0.0.1', 'the emulator, and its control surface needs no token');
  if (warning !== undefined) parts.log.warn(warning);
  return {
    url,
    httpsUrl: https?.url,
    caFile: certificate?.caFile,
    stop: async (onCut) => {
      await Promise.all([http?.stop(onCut), https?.stop(onCut)]);
    },
  };
}

async function startPlain({ app, attachSockets }: ServersParts, place: ListenOptions): Promise<Bound> {
  const server = createServer(app);
  const handshakes = attachSockets(server);
  const { address, others } = await listen(server, place);
  return {
    url: `http://${reachableAt(address)}`,
    address: address.address,
    stop: (onCut) =>
      closeServer(server, {
        others,
        graceMs: stopGraceMs,
        cut: () => {
          handshakes.cut();
          onCut();
        },
      }),
  };
}

async function startSecure(parts: ServersParts, place: ListenOptions, certificate: ServedCertificate): Promise<Bound> {
  const { app, attachSockets, log } = parts;
  const server = createSecureServer(app, certificate);
  const cutConnections = trackConnections(server);
  attachSockets(server);
  const { address, others } = await listen(server, place);
  const { isNew, caFile } = certificate;
  if (isNew)
    log.info(`a new certificate authority was made: trust ${caFile} from now on; where an older one was imported, import this one`);
  const stopRenewing = keepRenewed(server, certificate, parts);
  return {
    url: httpsUrlOf(place.hosts[0], address.port),
    address: address.address,
    stop: async (onCut) => {
      await stopRenewing();
      await closeServer(server, {
        others,
        graceMs: stopGraceMs,
        cut: () => {
          onCut();
          cutConnections();
        },
      });
    },
  };
}

/** New connections get the newer certificate, open ones go on. Returns how to stop looking; it resolves when the last look is over. */
function keepRenewed(server: SecureServer, first: ServedCertificate, { timer, log }: ServersParts): () => Promise<void> {
  let current = first;
  let looking: Promise<void> | undefined;
  let reported = '';
  const look = async () => {
    const next = await current.renewed();
    if (!next) return;
    server.setSecureContext({ key: next.key, cert: next.cert });
    current = next;
    log.info(`the certificate has been replaced: programs that trust ${next.caFile} have to read it again`);
  };
  const failed = (error: unknown) => {
    const fault = error instanceof Error ? error.message : String(error);
    // It goes on failing for a month before anybody is harmed; once is enough to read it.
    if (fault !== reported) log.warn(`the certificate could not be renewed: ${fault}`);
    reported = fault;
  };
  const cancel = timer.every(certificateIntervalMs, () => {
    looking ??= look()
      .catch(failed)
      .finally(() => {
        looking = undefined;
      });
  });
  return async () => {
    cancel();
    await looking;
  };
}
