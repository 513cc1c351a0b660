// Observes the handshake of a socket that a case opens directly, and terminates the socket at the end of the run.
import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import { busyStatuses } from '../../client/throttling.ts';
import type { ConnectionLimits } from './protocol-connection.ts';

/** Reports whether the handshake gets a response; one that throttles is reported where it is retried. */
export function limitRawSocket(socket: WebSocket, { timeoutMs, handshakes, over }: ConnectionLimits, elapsed: () => number): void {
  const began = elapsed();
  let hasResponse = false;
  const cut = () => socket.terminate();
  over.addEventListener('abort', cut, { once: true });
  socket.on('open', () => {
    hasResponse = true;
    handshakes.answered();
  });
  socket.on('unexpected-response', (_request, { statusCode = 0 }: IncomingMessage) => {
    hasResponse = true;
    if (!busyStatuses.has(statusCode)) handshakes.answered();
  });
  socket.on('close', () => {
    over.removeEventListener('abort', cut);
    // Only now: the case itself may expect a response, and then its absence is a violation, whose verdict comes first.
    if (!hasResponse && elapsed() - began >= timeoutMs) handshakes.unanswered();
  });
}
