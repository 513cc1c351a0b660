// Binds a server to its address, and ends it: what is under way may finish, what does not is cut off.
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StartError } from './start-options.ts';

/** How long sockets and requests may take to end when the emulator stops. */
const stopGraceMs = 1_000;

/** Resolves when bound, rejects with one clear line when that cannot be. */
export function listen(server: Server, host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const where = `${host}:${port}`;
      if (error.code === 'EADDRINUSE')
        reject(new StartError(`port ${port} on ${host} is taken; choose another with --port, or --port 0 for a free one`));
      else if (error.code === 'EACCES') reject(new StartError(`may not listen on ${where}; ports below 1024 need more rights`));
      else reject(new StartError(`cannot listen on ${where}: ${error.code ?? error.message}`));
    });
    server.listen(port, host, () => {
      const { address, family, port: bound } = server.address() as AddressInfo;
      resolve(`http://${family === 'IPv6' ? `[${address}]` : address}:${bound}`);
    });
  });
}

/** Whoever has not finished after the grace is cut off: `cutSockets` ends the WebSockets, which the server does not count as its own. */
export function closeServer(server: Server, cutSockets: () => void): Promise<void> {
  return new Promise((resolve) => {
    const grace = setTimeout(() => {
      cutSockets();
      server.closeAllConnections();
    }, stopGraceMs);
    server.close(() => {
      clearTimeout(grace);
      resolve();
    });
    server.closeIdleConnections();
  });
}
