// Extracts the messages from one direction of a forwarded WebSocket connection, and reports once if it cannot.
import type { Writable } from 'node:stream';
import * as ws from 'ws';

export interface FrameHandlers {
  /** A complete message; undefined stands for a binary message. */
  message(text: string | undefined): void;
  closed(code: number, reason: string): void;
  /** The bytes violate RFC 6455; reading stops. */
  broken(reason: string): void;
  /** A message exceeds the limit; reading stops. */
  tooLarge(): void;
  /** Too much data is waiting to be read; reading stops. */
  behind(): void;
}

export interface FrameReaderOptions {
  /** Frames from a client are masked. */
  readonly from: 'client' | 'server';
  readonly maxBytes: number;
  /** The negotiated extensions: Sec-WebSocket-Extensions of the response. */
  readonly extensions: string | undefined;
  readonly handlers: FrameHandlers;
}

export interface FrameReader {
  take(chunk: Buffer): void;
  end(): void;
}

interface Extension {
  accept(configurations: unknown): unknown;
  cleanup(): void;
}

/** The package exports these, but its types do not declare them. */
interface Internals {
  readonly Receiver: new (options: object) => Writable;
  readonly PerMessageDeflate: new (options: object) => Extension;
  readonly extension: { parse(header: string): Readonly<Record<string, unknown>> };
}
const { Receiver, PerMessageDeflate, extension } = ws as unknown as Internals;

const deflateName = 'permessage-deflate';

/** @returns undefined if an unsupported extension was negotiated */
export function createFrameReader({ from, maxBytes, extensions, handlers }: FrameReaderOptions): FrameReader | undefined {
  const isServer = from === 'client';
  const agreed = agreedOn(extensions);
  if (!agreed) return undefined;
  const used: Record<string, Extension> = {};
  const parameters = agreed[deflateName];
  if (parameters !== undefined) {
    const deflate = new PerMessageDeflate({ isServer, maxPayload: maxBytes });
    deflate.accept(parameters);
    used[deflateName] = deflate;
  }
  const receiver = new Receiver({ isServer, maxPayload: maxBytes, extensions: used });
  let isReading = true;
  const end = () => {
    isReading = false;
    receiver.destroy();
    used[deflateName]?.cleanup();
  };
  receiver.on('message', (data: Buffer, isBinary: boolean) => isReading && handlers.message(isBinary ? undefined : data.toString('utf8')));
  receiver.on('conclude', (code: number, reason: Buffer) => isReading && handlers.closed(code, reason.toString('utf8')));
  receiver.on('error', (error: NodeJS.ErrnoException) => {
    if (!isReading) return;
    end();
    if (error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') handlers.tooLarge();
    else handlers.broken(error.message);
  });
  return {
    end,
    take(chunk) {
      if (!isReading) return;
      // The receiver unmasks in place, but the original bytes are being forwarded.
      receiver.write(isServer ? Buffer.from(chunk) : chunk);
      if (receiver.writableLength <= 4 * maxBytes) return;
      end();
      handlers.behind();
    },
  };
}

function agreedOn(header: string | undefined): Readonly<Record<string, unknown>> | undefined {
  if (header === undefined || header.trim() === '') return {};
  try {
    const agreed = extension.parse(header);
    return Object.keys(agreed).every((name) => name === deflateName) ? agreed : undefined;
  } catch {
    return undefined;
  }
}
