// Reads request bodies: bounded, decoded, never more in memory than the document allows.
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import { Refusal } from '../domain/errors.ts';

/** The client went away while it was sending: nobody is left to be answered. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone';
}

export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}

/** @throws Refusal BodyTooLarge; ClientGone */
export function readBytes(req: IncomingMessage, maxBytes: number): Promise<Buffer> {
  if (Number(req.headers['content-length'] ?? 0) > maxBytes) return Promise.reject(tooLarge(maxBytes));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const settle = (finish: () => void) => {
      req.off('data', onData).off('end', onEnd).off('close', onGone).off('error', onGone);
      // What comes after is of no interest, but an error without a listener would end the process.
      req.on('error', () => {});
      finish();
    };
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) settle(() => reject(tooLarge(maxBytes)));
      else chunks.push(chunk);
    };
    const onEnd = () => settle(() => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    const onGone = () => settle(() => reject(new ClientGone('The client went away.')));
    req.on('data', onData).on('end', onEnd).on('close', onGone).on('error', onGone);
    if (req.destroyed) onGone();
  });
}

type Decode = (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const decoders: Readonly<Record<string, Decode>> = {
  gzip: promisify(gunzip) as Decode,
  deflate: inflateEither,
  br: promisify(brotliDecompress) as Decode,
};

/** Both forms are in use: with zlib's wrapper, as the standard says, and raw. */
async function inflateEither(bytes: Buffer, options: { maxOutputLength: number }): Promise<Buffer> {
  const raw = promisify(inflateRaw) as Decode;
  const [first = 0, second = 0] = bytes;
  const isWrapped = (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;
  if (!isWrapped) return raw(bytes, options);
  try {
    return await (promisify(inflate) as Decode)(bytes, options);
  } catch (error) {
    if (isTooLarge(error)) throw error;
    return raw(bytes, options);
  }
}

/**
 * Stops at the limit: what explodes is never held.
 * @throws Refusal CorruptEncoding, BodyTooLarge, ContentEncoding
 */
export async function decodeBytes(bytes: Buffer, coding: string, maxBytes: number): Promise<Buffer> {
  if (coding === 'identity') return bytes;
  const decode = decoders[coding];
  if (!decode) throw new Refusal('ContentEncoding', `Content-Encoding ${coding} cannot be read.`);
  try {
    return await decode(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    if (isTooLarge(error)) throw tooLarge(maxBytes);
    const message = `is ${coding}, which the body is not`;
    throw new Refusal('CorruptEncoding', `The body is not valid ${coding}.`, {
      faults: [{ code: 'CorruptEncoding', target: 'Content-Encoding', message }],
    });
  }
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}

function tooLarge(maxBytes: number): Refusal {
  return new Refusal('BodyTooLarge', `The body is larger than ${maxBytes} bytes.`);
}
