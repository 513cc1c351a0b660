// Makes the requests of a batch: the address below the batch's own version, headers of the batch unless a request has its own, JSON bodies.
import type { IncomingHttpHeaders } from 'node:http';
import type { components } from '../../documents/notifications.gen.ts';
import { jsonText } from '../../values/json-text.ts';
import { type RequestSource, requestSource } from '../request-source.ts';

export type BatchedRequest = components['schemas']['BatchedRequest'];

/** What belongs to the batch's own body and connection. */
const ownHeaders = new Set([
  'connection',
  'keep-alive',
  'upgrade',
  'expect',
  'te',
  'trailer',
  'transfer-encoding',
  'content-length',
  'content-encoding',
]);

/** Urls are relative to the version of the API. */
const versionPath = '/beta';

/** @param outer headers of the batch */
export function sourceOf({ method, url, headers = {}, body }: BatchedRequest, outer: IncomingHttpHeaders): RequestSource {
  const inherited = Object.entries(outer).filter(([name]) => !ownHeaders.has(name));
  const own = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  const all: IncomingHttpHeaders = Object.fromEntries([...inherited, ...own.filter(([name]) => name !== 'content-length')]);
  const bytes = body === undefined ? undefined : Buffer.from(isText(body, all['content-type']) ? body : jsonText(body));
  if (bytes) all['content-length'] = String(bytes.length);
  return requestSource({ method, url: `${versionPath}/${url.replace(/^\//, '')}`, headers: all }, bytes);
}

/** A text that is no JSON is sent as it is. */
function isText(body: unknown, contentType = ''): body is string {
  return typeof body === 'string' && !/[/+]json\b/i.test(contentType);
}
