// Writes to the socket of one WebSocket, measures what the peer has not read yet, and closes it.
import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import type { Frame } from './frames.ts';

/** The byte counters of a net.Socket; `_handle` is internal to Node, only read, and may be missing. */
interface SocketCounters {
  readonly bytesWritten?: number;
  readonly _handle?: { readonly writeQueueSize?: number } | null;
}

export interface SocketWriter {
  readonly isOpen: () => boolean;
  /** Bytes that are written but not yet sent. */
  readonly unsentBytes: () => number;
  readonly write: (frame: Frame) => void;
  /** Calls back once, when everything written so far has been sent. */
  readonly whenDrained: (run: () => void) => void;
  /** Writes between `cork` and `uncork` are sent together. */
  readonly cork: () => void;
  readonly uncork: () => void;
  /** Changes whenever at least one byte has been sent. */
  readonly drainToken: () => string;
  readonly ping: () => void;
  /** Answers a ping, unless more than `maxUnsentBytes` are unsent; a later pong then answers all pings (RFC 6455, 5.5.3). */
  readonly pong: (data: Buffer, maxUnsentBytes: number) => void;
  readonly close: (code: number, reason: string) => void;
  readonly terminate: () => void;
}

const nothing = Buffer.alloc(0);

/** Frames are written to the socket directly, so that connections share one buffer; `ws` still does reading, control frames and closing. */
export function createSocketWriter(webSocket: WebSocket, socket: Duplex): SocketWriter {
  const measured: SocketCounters = socket as SocketCounters;
  return {
    isOpen: () => webSocket.readyState === WebSocket.OPEN,
    unsentBytes: () => socket.writableLength,
    write: (frame) => {
      if (webSocket.readyState === WebSocket.OPEN) socket.write(frame);
    },
    // Not the `drain` event, which is only emitted above Node's own high-water mark; the limit here is the document's.
    whenDrained: (run) => {
      socket.write(nothing, (error) => {
        if (!error) run();
      });
    },
    cork: () => socket.cork(),
    uncork: () => socket.uncork(),
    drainToken: () => `${(measured.bytesWritten ?? 0) - socket.writableLength} ${measured._handle?.writeQueueSize ?? 0}`,
    ping: () => {
      if (webSocket.readyState === WebSocket.OPEN) webSocket.ping();
    },
    pong: (data, maxUnsentBytes) => {
      if (webSocket.readyState === WebSocket.OPEN && socket.writableLength <= maxUnsentBytes) webSocket.pong(data);
    },
    close: (code, reason) => webSocket.close(code, reason),
    terminate: () => webSocket.terminate(),
  };
}
