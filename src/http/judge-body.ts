// From a request's bytes to a body that the document allows: media type, encoding, text, JSON, schema.
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { Judge } from '../documents/judge.ts';
import { mediaTypeOf, type RequestBody } from '../documents/operation.ts';
import { type ErrorKind, Refusal, refuseFaults } from '../domain/errors.ts';
import { decodeBytes, hasBody, readBytes } from './read-body.ts';

/** One fault, told as a message and as a detail; target '' is the body as a whole. */
function atFault(kind: ErrorKind, target: string, message: string): Refusal {
  return new Refusal(kind, `${target || 'The body'} ${message}.`, { faults: [{ code: kind, target, message }] });
}

interface Medium {
  readonly type: string;
  readonly judge: Judge;
}

/**
 * The body; undefined where none is asked for or sent.
 * @param seen gets what was sent before it is checked
 * @throws Refusal ContentType, ContentEncoding, BodyTooLarge, CorruptEncoding, InvalidJson, BodyIsArray, InvalidBody; ClientGone
 */
export async function takeBody(
  req: IncomingMessage,
  body: RequestBody | undefined,
  now: () => number,
  seen?: (body: unknown) => void,
): Promise<unknown> {
  if (!body || (!body.isRequired && !hasBody(req))) return undefined;
  const medium = mediumOf(req.headers['content-type'], body);
  const coding = (req.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  const bytes = await decodeBytes(await readBytes(req, body.maxBytes), coding, body.maxBytes);
  const given = parsed(bytes, medium);
  seen?.(given);
  return judged(given, medium, now());
}

function mediumOf(contentType: string | undefined, { media }: RequestBody): Medium {
  const known = [...media.keys()].join(' or ');
  if (contentType === undefined) throw atFault('ContentType', 'Content-Type', `is missing; it must be ${known}`);
  const type = mediaTypeOf(contentType);
  const judge = media.get(type) ?? media.get(`${type.split('/')[0]}/*`) ?? media.get('*/*');
  if (!judge) throw atFault('ContentType', 'Content-Type', `must be ${known}`);
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(contentType)?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) throw atFault('ContentType', 'Content-Type', 'must have no charset but utf-8');
  return { type, judge };
}

function parsed(bytes: Buffer, { type }: Medium): unknown {
  if (!isUtf8(bytes)) throw atFault('InvalidJson', '', 'is not valid UTF-8');
  const text = bytes.toString('utf8').replace(/^\u{feff}/u, '');
  if (type === 'application/x-www-form-urlencoded') return formOf(text);
  if (!/[/+]json$/.test(type)) return text;
  if (text.trim() === '') throw atFault('InvalidJson', '', 'is empty');
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch (error) {
    throw atFault('InvalidJson', '', `is not valid JSON: ${error instanceof Error ? error.message : 'it cannot be read'}`);
  }
}

/** OAuth (RFC 6749, 3.2): a parameter without a value counts as not sent, and one that is sent twice is a fault. */
function formOf(text: string): Readonly<Record<string, string>> {
  const form = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) {
    if (value === '') continue;
    if (form.has(name)) throw atFault('InvalidBody', `/${name}`, 'must be given only once');
    form.set(name, value);
  }
  return Object.fromEntries(form);
}

function judged(given: unknown, { judge }: Medium, now: number): unknown {
  const { value, faults } = judge(given, now);
  if (faults.length === 0) return value;
  if (Array.isArray(given)) throw new Refusal('BodyIsArray', 'The body is an array; it must be an object.', { faults });
  throw refuseFaults('InvalidBody', faults);
}
