// Binds a server to its addresses, and ends it: what is under way may finish, what does not is cut off.
import type { Server } from 'node:http';
import { type AddressInfo, createServer as createNetServer, type Server as NetServer, type Socket } from 'node:net';
import { Server as TlsServer } from 'node:tls';
import { StartError } from './start-options.ts';

/** How long sockets and requests may take to end when the emulator stops. */
const stopGraceMs = 1_000;
/** A port that is free at one address may be taken at another. */
const maxAttempts = 20;

export interface ListenOptions {
  /** The first must be there; each further one is served on the same port where the machine has it. */
  readonly hosts: readonly [string, ...string[]];
  readonly port: number;
  /** The option that chooses the port. */
  readonly option: string;
}

export interface Listening {
  /** The first. */
  readonly address: AddressInfo;
  /** What accepts connections for the server at the further addresses. */
  readonly others: readonly NetServer[];
}

type CreateSecond = (options: { allowHalfOpen: boolean; noDelay: boolean }, onConnection: (socket: Socket) => void) => NetServer;

/** Resolves when bound, rejects with one clear line when that cannot be. */
export async function listen(server: Server, options: ListenOptions, createSecond: CreateSecond = createNetServer): Promise<Listening> {
  const [first, ...further] = options.hosts;
  for (let attempt = 1; ; attempt += 1) {
    const others: NetServer[] = [];
    let host = first;
    let { port } = options;
    try {
      const address = await bind(server, host, port);
      ({ port } = address);
      for (host of further) {
        const other = await bindFurther(server, host, port, createSecond);
        if (other) others.push(other);
      }
      return { address, others };
    } catch (error) {
      await Promise.all([server, ...others].map(closed));
      const isRetried = codeOf(error) === 'EADDRINUSE' && options.port === 0 && attempt < maxAttempts;
      if (!isRetried) throw startError(error, { host, port, option: options.option });
    }
  }
}

/** A server has one address: at another one, connections are accepted for it and handed over. Undefined where the machine has no such address. */
async function bindFurther(server: Server, host: string, port: number, create: CreateSecond): Promise<NetServer | undefined> {
  // As the server itself would accept them.
  const options = { allowHalfOpen: !(server instanceof TlsServer), noDelay: true };
  const other = create(options, (socket) => server.emit('connection', socket));
  try {
    await bind(other, host, port);
    return other;
  } catch (error) {
    if (['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(codeOf(error) ?? '')) return undefined;
    throw error;
  }
}

function bind(server: NetServer, host: string, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    const onListening = () => {
      server.off('error', onError);
      // A connection that cannot be accepted, with too many files open, is lost alone.
      server.on('error', () => undefined);
      resolve(server.address() as AddressInfo);
    };
    const onError = (error: Error) => {
      server.off('listening', onListening);
      reject(error);
    };
    server.once('error', onError).once('listening', onListening);
    server.listen(port, host);
  });
}

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

function startError(error: unknown, { host, port, option }: { host: string; port: number; option: string }): StartError {
  const code = codeOf(error);
  const where = `${host}:${port}`;
  if (code === 'EADDRINUSE')
    return new StartError(`port ${port} on ${host} is taken; choose another with ${option}, or ${option} 0 for a free one`);
  if (code === 'EACCES') return new StartError(`may not listen on ${where}; ports below 1024 need more rights`);
  return new StartError(`cannot listen on ${where}: ${code ?? (error instanceof Error ? error.message : String(error))}`);
}

/** Resolves at once for one that does not listen. */
const closed = (server: NetServer): Promise<void> => new Promise((resolve) => server.close(() => resolve()));

/** Ends every connection of the server, also those which it does not count as its own: WebSockets, and TLS handshakes under way. */
export function trackConnections(server: Server): () => void {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return () => {
    for (const socket of sockets) socket.destroy();
  };
}

/** What has not finished after the grace is cut off: `cut` ends what the server does not count as its own. */
export async function closeServer(server: Server, others: readonly NetServer[], cut: () => void): Promise<void> {
  const grace = setTimeout(() => {
    cut();
    server.closeAllConnections();
  }, stopGraceMs);
  const all = Promise.all([server, ...others].map(closed));
  server.closeIdleConnections();
  await all;
  clearTimeout(grace);
}
