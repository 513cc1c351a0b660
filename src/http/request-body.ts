// Reads a request body: size limit, content encoding, media type, text, JSON, schema.
import { isUtf8 } from 'node:buffer';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import { mediaTypeOf, type RequestBody } from '../documents/operation.ts';
import type { Validator } from '../documents/validator.ts';
import { type ErrorKind, Refusal, refusalForViolations } from '../domain/errors.ts';
import type { RequestHead, RequestSource } from './request-source.ts';

/** The client disconnected while sending, so that there is no response. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone';
}

export function hasBody({ headers }: RequestHead): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}

/** @throws Refusal BodyTooLarge; ClientGone */
export function readBytes(req: RequestSource, maxBytes: number): Promise<Buffer> {
  if (Number(req.headers['content-length'] ?? 0) > maxBytes) return Promise.reject(tooLarge(maxBytes));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const settle = (finish: () => void) => {
      req.off('data', onData).off('end', onEnd).off('close', onGone).off('error', onGone);
      // Later events do not matter, but an error without a listener would end the process.
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

/** Clients send deflate with a zlib wrapper, as the standard defines, or raw. */
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
 * Stops at the limit, so that a decompression bomb does not fill memory.
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
      violations: [{ code: 'CorruptEncoding', target: 'Content-Encoding', message }],
    });
  }
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}

function tooLarge(maxBytes: number): Refusal {
  return new Refusal('BodyTooLarge', `The body is larger than ${maxBytes} bytes.`);
}

/** A refusal with one violation, as message and detail; target '' is the whole body. */
function violationRefusal(kind: ErrorKind, target: string, message: string): Refusal {
  return new Refusal(kind, `${target || 'The body'} ${message}.`, { violations: [{ code: kind, target, message }] });
}

interface Medium {
  readonly type: string;
  readonly validate: Validator;
}

/**
 * The body; undefined if the operation has none or none was sent.
 * @param seen receives the parsed body before validation
 * @throws Refusal ContentType, ContentEncoding, BodyTooLarge, CorruptEncoding, InvalidJson, BodyIsArray, InvalidBody; ClientGone
 */
export async function takeBody(
  req: RequestSource,
  body: RequestBody | undefined,
  now: () => number,
  seen?: (body: unknown) => void,
): Promise<unknown> {
  if (!body || (!body.isRequired && !hasBody(req))) return undefined;
  const medium = mediumOf(req.headers['content-type'], body);
  const coding = (req.headers['content-encoding'] || 'identity').trim().toLowerCase();
  const bytes = await decodeBytes(await readBytes(req, body.maxBytes), coding, body.maxBytes);
  const given = parsed(bytes, medium);
  seen?.(given);
  return validated(given, medium, now());
}

function mediumOf(contentType: string | undefined, { media }: RequestBody): Medium {
  const known = [...media.keys()].join(' or ');
  if (contentType === undefined) throw violationRefusal('ContentType', 'Content-Type', `is missing; it must be ${known}`);
  const type = mediaTypeOf(contentType);
  const validate = media.get(type) ?? media.get(`${type.split('/')[0]}/*`) ?? media.get('*/*');
  if (!validate) throw violationRefusal('ContentType', 'Content-Type', `must be ${known}`);
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(contentType)?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset))
    throw violationRefusal('ContentType', 'Content-Type', 'must have no charset but utf-8');
  return { type, validate };
}

function parsed(bytes: Buffer, { type }: Medium): unknown {
  if (!isUtf8(bytes)) throw violationRefusal('InvalidJson', '', 'is not valid UTF-8');
  const text = bytes.toString('utf8').replace(/^\u{feff}/u, '');
  if (type === 'application/x-www-form-urlencoded') return formOf(text);
  if (!/[/+]json$/.test(type)) return text;
  if (text.trim() === '') throw violationRefusal('InvalidJson', '', 'is empty');
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch (error) {
    throw violationRefusal('InvalidJson', '', `is not valid JSON: ${error instanceof Error ? error.message : 'it cannot be read'}`);
  }
}

/** OAuth (RFC 6749, 3.2): a parameter without a value counts as absent, and a repeated one is an error. */
function formOf(text: string): Readonly<Record<string, string>> {
  const form = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) {
    if (value === '') continue;
    if (form.has(name)) throw violationRefusal('InvalidBody', `/${name}`, 'must be given only once');
    form.set(name, value);
  }
  return Object.fromEntries(form);
}

function validated(given: unknown, { validate }: Medium, now: number): unknown {
  const { value, violations } = validate(given, now);
  if (violations.length === 0) return value;
  if (Array.isArray(given)) throw new Refusal('BodyIsArray', 'The body is an array; it must be an object.', { violations });
  throw refusalForViolations('InvalidBody', violations);
}
