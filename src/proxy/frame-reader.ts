// Reads the messages out of one direction of a WebSocket connection that goes by; what it cannot read it says once.
import type { Writable } from 'node:stream';
import * as ws from 'ws';

export interface FrameHandlers {
  /** A whole message; undefined: a binary one. */
  message(text: string | undefined): void;
  closed(code: number, reason: string): void;
  /** The bytes are not what RFC 6455 allows; nothing more is read. */
  broken(reason: string): void;
  /** A message over the limit; nothing more is read. */
  tooLarge(): void;
  /** Too much waits to be read; nothing more is. */
  behind(): void;
}

export interface FrameReaderOptions {
  /** Frames of a client are masked. */
  readonly from: 'client' | 'server';
  readonly maxBytes: number;
  /** What both ends agreed on: the Sec-WebSocket-Extensions of the answer. */
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

/** The package exports these, its types do not name them. */
interface Inside {
  readonly Receiver: new (options: object) => Writable;
  readonly PerMessageDeflate: new (options: object) => Extension;
  readonly extension: { parse(header: string): Readonly<Record<string, unknown>> };
}
const { Receiver, PerMessageDeflate, extension } = ws as unknown as Inside;

const deflateName = 'permessage-deflate';

/** @returns undefined when both ends agreed on something that nobody here knows */
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
      // It takes the masks off in place, and these bytes are on their way to the target.
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
