// Reads the copy of a body: decoded within a limit, as text.
import { isUtf8 } from 'node:buffer';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';

export type BodyText =
  | { readonly kind: 'none' }
  | { readonly kind: 'text'; readonly text: string; readonly isEncoded: boolean }
  /** Bytes that are no UTF-8. */
  | { readonly kind: 'binary' }
  /** It is not what its encoding says. */
  | { readonly kind: 'corrupt'; readonly coding: string }
  /** Decoded, it is larger than the limit. */
  | { readonly kind: 'too large' }
  | { readonly kind: 'unread'; readonly reason: string };

type Decode = (bytes: Buffer, options: { readonly maxOutputLength: number }) => Promise<Buffer>;

const decoders: Readonly<Record<string, readonly Decode[]>> = {
  gzip: [promisify(gunzip) as Decode],
  'x-gzip': [promisify(gunzip) as Decode],
  // Both forms are in use: with zlib's wrapper, as the standard says, and raw.
  deflate: [promisify(inflate) as Decode, promisify(inflateRaw) as Decode],
  br: [promisify(brotliDecompress) as Decode],
};

export interface BodyCopy {
  /** Undefined: it was not kept. */
  readonly copy: Buffer | undefined;
  readonly bytes: number;
  readonly coding: string | undefined;
  readonly maxBytes: number;
}

export async function bodyText({ copy, bytes, coding = 'identity', maxBytes }: BodyCopy): Promise<BodyText> {
  if (bytes === 0) return { kind: 'none' };
  if (!copy) return { kind: 'unread', reason: `bodies over ${maxBytes} bytes, or many large ones at once` };
  const name = coding.trim().toLowerCase();
  if (name === 'identity' || name === '') return textOf(copy, false);
  const ways = Object.hasOwn(decoders, name) ? decoders[name] : undefined;
  if (!ways) return { kind: 'unread', reason: `bodies with Content-Encoding ${name.slice(0, 40)}` };
  for (const decode of ways) {
    try {
      return textOf(await decode(copy, { maxOutputLength: maxBytes }), true);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') return { kind: 'too large' };
    }
  }
  return { kind: 'corrupt', coding: name };
}

function textOf(bytes: Buffer, isEncoded: boolean): BodyText {
  return isUtf8(bytes) ? { kind: 'text', text: bytes.toString('utf8').replace(/^\u{feff}/u, ''), isEncoded } : { kind: 'binary' };
}
