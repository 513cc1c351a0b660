// The servers of one emulator: http, https or both, with the same app and the same sockets, bound together and closed together.
import type { Server } from 'node:http';
import type { Server as SecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Timer } from '../domain/ports.ts';
import { createSecureServer, createServer, type HttpApp } from '../http/server.ts';
import { closeServer, listen, type Place, trackConnections } from '../runtime/listen.ts';
import type { Log } from '../runtime/log.ts';
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
  readonly stop: (onCut: () => void) => Promise<void>;
}

/** How often a certificate is looked at: another emulator may have replaced it and the authority that clients trust. */
const certificateIntervalMs = 60_000;

/** Resolves when all are bound. @throws StartError when one cannot be; the other is released then. */
export async function startServers(options: ServingOptions, parts: ServersParts): Promise<Servers> {
  const { host = '127.0.0.1', port = 0 } = options;
  const settings = httpsOptionsOf(options);
  // Before anything is bound: nobody is to find a server that goes away again.
  const certificate = settings && (await openCertificate(settings, { host, realNow: parts.realNow }));
  const http = options.http === false ? undefined : await startPlain(parts, { host, port, option: '--port' });
  const place = { host, port: settings?.port ?? 0, option: '--https-port' };
  const https = await (certificate && startSecure(parts, place, certificate))?.catch(async (error: unknown) => {
    await http?.stop(() => undefined);
    throw error;
  });
  const url = http?.url ?? https?.url;
  if (url === undefined) throw new StartError('neither http nor https: nothing would be served');
  parts.log.debug(`listening at ${url}`);
  return {
    url,
    httpsUrl: https?.url,
    caFile: certificate?.caFile,
    stop: async (onCut) => {
      await Promise.all([http?.stop(onCut), https?.stop(onCut)]);
    },
  };
}

async function startPlain({ app, attachSockets }: ServersParts, place: Place): Promise<Bound> {
  const server = createServer(app);
  const handshakes = attachSockets(server);
  const bound = await listen(server, place);
  return {
    url: plainUrlOf(bound),
    stop: (onCut) =>
      closeServer(server, () => {
        handshakes.cut();
        onCut();
      }),
  };
}

async function startSecure(parts: ServersParts, place: Place, certificate: ServedCertificate): Promise<Bound> {
  const { app, attachSockets, log } = parts;
  const server = createSecureServer(app, certificate);
  const cutConnections = trackConnections(server);
  attachSockets(server);
  const { port } = await listen(server, place);
  const { isNew, caFile } = certificate;
  if (isNew) log.info(`a new authority is to be trusted: ${caFile}; where an older one was imported, import this one`);
  const stopRenewing = keepRenewed(server, certificate, parts);
  return {
    url: httpsUrlOf(place.host, port),
    stop: async (onCut) => {
      await stopRenewing();
      await closeServer(server, () => {
        onCut();
        cutConnections();
      });
    },
  };
}

function plainUrlOf({ address, family, port }: AddressInfo): string {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

/** New connections get the newer certificate, open ones go on. Returns how to stop looking; it resolves when the last look is over. */
function keepRenewed(server: SecureServer, first: ServedCertificate, { timer, log }: ServersParts): () => Promise<void> {
  let current = first;
  let looking: Promise<void> | undefined;
  let told = '';
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
    if (fault !== told) log.warn(`the certificate could not be renewed: ${fault}`);
    told = fault;
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
