// Binds a server to its address, and ends it: what is under way may finish, what does not is cut off.
import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { StartError } from './start-options.ts';

/** How long sockets and requests may take to end when the emulator stops. */
const stopGraceMs = 1_000;

export interface Place {
  readonly host: string;
  readonly port: number;
  /** The option that chooses the port. */
  readonly option: string;
}

/** Resolves when bound, rejects with one clear line when that cannot be. */
export function listen(server: Server, { host, port, option }: Place): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const where = `${host}:${port}`;
      if (error.code === 'EADDRINUSE')
        reject(new StartError(`port ${port} on ${host} is taken; choose another with ${option}, or ${option} 0 for a free one`));
      else if (error.code === 'EACCES') reject(new StartError(`may not listen on ${where}; ports below 1024 need more rights`));
      else reject(new StartError(`cannot listen on ${where}: ${error.code ?? error.message}`));
    });
    server.listen(port, host, () => resolve(server.address() as AddressInfo));
  });
}

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

/** Whoever has not finished after the grace is cut off: `cut` ends what the server does not count as its own. */
export function closeServer(server: Server, cut: () => void): Promise<void> {
  return new Promise((resolve) => {
    const grace = setTimeout(() => {
      cut();
      server.closeAllConnections();
    }, stopGraceMs);
    server.close(() => {
      clearTimeout(grace);
      resolve();
    });
    server.closeIdleConnections();
  });
}
