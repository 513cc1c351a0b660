// Decodes the copy of a body to text, within a size limit.
import { isUtf8 } from 'node:buffer';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';

export type BodyText =
  | { readonly kind: 'none' }
  | { readonly kind: 'text'; readonly text: string; readonly isEncoded: boolean }
  /** Not UTF-8. */
  | { readonly kind: 'binary' }
  /** The bytes do not match the Content-Encoding. */
  | { readonly kind: 'corrupt'; readonly coding: string }
  /** Larger than the limit after decoding. */
  | { readonly kind: 'too large' }
  | { readonly kind: 'unread'; readonly reason: string };

type Decode = (bytes: Buffer, options: { readonly maxOutputLength: number }) => Promise<Buffer>;

const decoders: Readonly<Record<string, readonly Decode[]>> = {
  gzip: [promisify(gunzip) as Decode],
  'x-gzip': [promisify(gunzip) as Decode],
  // Both formats are in use: with the zlib wrapper, as the standard requires, and raw.
  deflate: [promisify(inflate) as Decode, promisify(inflateRaw) as Decode],
  br: [promisify(brotliDecompress) as Decode],
};

export interface BodyCopy {
  /** Undefined if it was not copied. */
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
  const candidates = Object.hasOwn(decoders, name) ? decoders[name] : undefined;
  if (!candidates) return { kind: 'unread', reason: `bodies with Content-Encoding ${name.slice(0, 40)}` };
  for (const decode of candidates) {
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
