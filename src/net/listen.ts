// Binds a server to its addresses, and closes it: pending requests may finish within a grace period.
import type { Server } from 'node:http';
import { type AddressInfo, createServer as createNetServer, type Server as NetServer, type Socket } from 'node:net';
import { Server as TlsServer } from 'node:tls';

/** Attempts to find a port that is free at all addresses. */
const maxAttempts = 20;

export interface ListenOptions {
  /** The first address is required; the others are served on the same port if the machine has them. */
  readonly hosts: readonly [string, ...string[]];
  readonly port: number;
  /** The option that sets the port, for error messages. */
  readonly option: string;
  /** Makes the error of a message of one line. */
  readonly errorOf: (message: string) => Error;
}

export interface Listening {
  /** The first address. */
  readonly address: AddressInfo;
  /** Servers that accept connections at the other addresses. */
  readonly others: readonly NetServer[];
}

type CreateSecond = (options: { allowHalfOpen: boolean; noDelay: boolean }, onConnection: (socket: Socket) => void) => NetServer;

/** Resolves when bound; rejects with `errorOf` if that fails. */
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
      if (!isRetried) throw options.errorOf(failureText(error, { host, port, option: options.option }));
    }
  }
}

/** A Node server has one address: another server accepts connections at a further address and passes them on. Returns undefined if the machine lacks the address. */
async function bindFurther(server: Server, host: string, port: number, create: CreateSecond): Promise<NetServer | undefined> {
  // The same options as for the server itself.
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
      // A connection that cannot be accepted, for example with too many open files, must not end the process.
      if (server.listenerCount('error') === 0) server.on('error', () => undefined);
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

function failureText(error: unknown, { host, port, option }: { host: string; port: number; option: string }): string {
  const code = codeOf(error);
  const where = `${host}:${port}`;
  if (code === 'EADDRINUSE') return `port ${port} on ${host} is taken; choose another with ${option}, or ${option} 0 for a free one`;
  if (code === 'EACCES') return `no permission to listen on ${where}; ports below 1024 need additional privileges`;
  return `cannot listen on ${where}: ${code ?? (error instanceof Error ? error.message : String(error))}`;
}

/** Resolves immediately if the server does not listen. */
const closed = (server: NetServer): Promise<void> => new Promise((resolve) => server.close(() => resolve()));

/** Tracks all connections of the server, including those that it does not track itself: WebSockets and pending TLS handshakes. Returns a function that destroys them. */
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

export interface CloseOptions {
  /** Servers that accept connections at other addresses. */
  readonly others?: readonly NetServer[];
  /** Grace period for pending requests and sockets. */
  readonly graceMs: number;
  /** Terminates the connections that the server does not track, when the grace period is over. */
  readonly cut: () => void;
}

/** Closes the server; after the grace period, terminates remaining connections. */
export async function closeServer(server: Server, { others = [], graceMs, cut }: CloseOptions): Promise<void> {
  const grace = setTimeout(() => {
    cut();
    server.closeAllConnections();
  }, graceMs);
  const all = Promise.all([server, ...others].map(closed));
  server.closeIdleConnections();
  await all;
  clearTimeout(grace);
}
