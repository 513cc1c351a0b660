// Reads the text of a key set from a file or an http(s) URL, with a timeout and a maximum size.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';

/** The key set cannot be read; the message is one line with its location. */
export class KeySetError extends Error {
  override readonly name = 'KeySetError';
}

export interface ReadingLimits {
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
}

/** Key sets have a few kilobytes; the platform's has about ten. */
const defaultMaxBytes = 262_144;
const defaultTimeoutMs = 5_000;

export const isUrl = (from: string): boolean => /^https?:\/\//i.test(from);

/** @throws KeySetError */
export async function readKeySet(
  from: string,
  { timeoutMs = defaultTimeoutMs, maxBytes = defaultMaxBytes }: ReadingLimits = {},
): Promise<string> {
  try {
    return await textOf(isUrl(from) ? await bodyAt(from, timeoutMs) : await fileAt(from, maxBytes), maxBytes);
  } catch (error) {
    throw new KeySetError(`jwks ${from}: cannot be read (${reasonOf(error)})`);
  }
}

/** Reading a pipe or a device may never end. */
async function fileAt(path: string, maxBytes: number): Promise<AsyncIterable<Uint8Array>> {
  const stats = await stat(path);
  if (stats.isFile() || stats.isDirectory()) return createReadStream(path, { end: maxBytes });
  throw new KeySetError('it is a pipe or a device, not a regular file');
}

/** Redirects are refused, because they could lead to the keys of another issuer. */
async function bodyAt(url: string, timeoutMs: number): Promise<AsyncIterable<Uint8Array>> {
  const { ok, status, body } = await fetch(url, {
    headers: { Accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (ok && body) return body;
  await body?.cancel();
  throw new KeySetError(`status ${status}`);
}

/** Leaving the loop destroys the stream. */
async function textOf(stream: AsyncIterable<Uint8Array>, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new KeySetError(`over ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** `fetch` has the reason in the error's cause. */
function reasonOf(error: unknown): string {
  const { cause } = error instanceof Error ? error : {};
  for (const one of [cause, error]) if (one instanceof Error && 'code' in one && typeof one.code === 'string') return one.code;
  return error instanceof Error ? error.message : 'unknown reason';
}
