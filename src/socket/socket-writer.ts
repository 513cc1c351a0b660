// The line under one WebSocket: what may still be written, whether the peer takes anything, and how it ends.
import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import type { Frame } from './frames.ts';

/** The part of a net.Socket that tells how much the peer has taken; `_handle` is looked at only, and may be missing. */
interface SocketCounters {
  readonly bytesWritten?: number;
  readonly _handle?: { readonly writeQueueSize?: number } | null;
}

export interface SocketWriter {
  readonly isOpen: () => boolean;
  /** Bytes written that the peer's side has not taken yet. */
  readonly unsentBytes: () => number;
  readonly write: (frame: Frame) => void;
  /** Calls back once, when all that is written now has been taken. */
  readonly whenDrained: (run: () => void) => void;
  /** Writes of one turn go out together between `hold` and `release`. */
  readonly cork: () => void;
  readonly uncork: () => void;
  /** Changes whenever the peer takes even one byte. */
  readonly drainToken: () => string;
  readonly ping: () => void;
  /** Answers a ping, unless so many bytes are unsent that a later answer must do for all (RFC 6455, 5.5.3). */
  readonly pong: (data: Buffer, maxUnsentBytes: number) => void;
  readonly close: (code: number, reason: string) => void;
  readonly terminate: () => void;
}

const nothing = Buffer.alloc(0);

/** Frames are written to the socket itself, so that one buffer serves all; `ws` keeps reading, control frames and closing. */
export function createSocketWriter(webSocket: WebSocket, socket: Duplex): SocketWriter {
  const measured: SocketCounters = socket as SocketCounters;
  return {
    isOpen: () => webSocket.readyState === WebSocket.OPEN,
    unsentBytes: () => socket.writableLength,
    write: (frame) => {
      if (webSocket.readyState === WebSocket.OPEN) socket.write(frame);
    },
    // Not the `drain` event: it does not come for little, and how little is too much is the document's to say.
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
