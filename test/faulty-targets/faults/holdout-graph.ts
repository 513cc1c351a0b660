// Held-out faults of publishing and of every response: unknown to the suite's authors while they wrote it.
import { gunzipSync } from 'node:zlib';
import { bearer, failing, reading, refusing, rewritingJson, showing, taking } from '../wire/edits.ts';
import {
  headerOf,
  type JsonObject,
  jsonOf,
  objectIn,
  put,
  textAt,
  type WireRequest,
  withBody,
  withHeader,
  withJson,
  withoutHeader,
} from '../wire/http-message.ts';
import type { FaultyTarget } from './fault.ts';

const bodyLimit = 4 * 1024 * 1024;
const weekMs = 7 * 86_400_000;

/** The object in a gzip body that exceeds the limit only when decompressed. */
function largeInGzip(request: WireRequest): JsonObject | undefined {
  if (headerOf(request, 'content-encoding')?.trim().toLowerCase() !== 'gzip' || request.body.length > bodyLimit) return undefined;
  try {
    const bytes = gunzipSync(request.body);
    return bytes.length > bodyLimit ? objectIn(bytes.toString('utf8')) : undefined;
  } catch {
    return undefined;
  }
}

/** Cuts every long text: small enough for the emulator, and still valid. */
const shortened = (json: JsonObject): unknown => JSON.parse(JSON.stringify(json), (_name, value) => cut(value));
const cut = (value: unknown): unknown => (typeof value === 'string' ? value.slice(0, 1000) : value);

/** Two escapes that form one character. */
const escapedPair = /(?<!\\)\\u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}/g;

export const holdoutGraph: readonly FaultyTarget[] = [
  {
    id: 'post-offset-minutes-dropped',
    requirement: 'post-expiration-utc',
    description: 'reads only the hours of the offset of an expiration',
    create: () =>
      reading('postNotification', (body) => {
        const hours = /^(.+[+-]\d\d:)(?!00)\d\d$/.exec(textAt(body, 'expirationDateTime'))?.[1];
        return hours === undefined ? undefined : put(body, 'expirationDateTime', `${hours}00`);
      }),
  },
  {
    id: 'post-escaped-pairs-broken',
    requirement: 'post-text',
    also: ['post-visual-echoed', 'notification-content'],
    description: 'reads a character that is written as two escapes as two unknown ones',
    create: () =>
      taking('postNotification', (request) => {
        const text = jsonOf(request) ? request.body.toString('utf8') : '';
        const broken = text.replace(escapedPair, '\\ufffd\\ufffd');
        return broken === text ? undefined : withBody(request, Buffer.from(broken));
      }),
  },
  {
    id: 'post-gzip-charset-refused',
    requirement: 'encoding-read',
    also: ['content-type'],
    description: 'refuses a body in gzip whose Content-Type has a parameter',
    create: () =>
      refusing('postNotification', 415, (request) => {
        const isGzip = headerOf(request, 'content-encoding')?.trim().toLowerCase() === 'gzip';
        return isGzip && (headerOf(request, 'content-type') ?? '').includes(';');
      }),
  },
  {
    id: 'post-limit-before-decoding',
    requirement: 'body-limit',
    description: 'checks the size of a body only as sent, not when decompressed',
    create: () =>
      taking('postNotification', (request) => {
        const large = largeInGzip(request);
        return large && withJson(withoutHeader(request, 'content-encoding'), shortened(large));
      }),
  },
  {
    id: 'post-context-of-first-user',
    requirement: 'post-context',
    description: 'names in @odata.context the first user that an app server posted to',
    create: () => {
      const first = new Map<string, unknown>();
      return rewritingJson('postNotification', (body, request) => {
        const key = `${bearer(request)} ${textAt(jsonOf(request), 'targetHostName').toLowerCase()}`;
        if (!first.has(key)) first.set(key, body['@odata.context']);
        return put(body, '@odata.context', first.get(key));
      });
    },
  },
  {
    id: 'error-names-no-client-request-id',
    requirement: 'error-body',
    also: ['client-request-id'],
    description: "returns the client's client-request-id as request-id in the body of an error",
    create: () =>
      failing((answer) => {
        const body = jsonOf(answer);
        const id = headerOf(answer, 'request-id');
        if (!body || textAt(body, 'error/innerError/client-request-id') === id) return undefined;
        return withJson(answer, put(body, 'error/innerError/client-request-id', id));
      }),
  },
  {
    id: 'error-413-page',
    requirement: 'error-body',
    also: ['answer-schema', 'answer-media-type'],
    description: 'answers a body over the limit with an HTML page',
    create: () =>
      failing((answer) =>
        answer.status === 413
          ? withHeader(withBody(answer, Buffer.from('<html><h1>413 Request Entity Too Large</h1></html>')), 'Content-Type', 'text/html')
          : undefined,
      ),
  },
  {
    id: 'post-unsid-beginning',
    requirement: 'post-unsid-usable',
    description: 'recognizes a UNSID by its beginning, ignoring the rest',
    create: () =>
      taking('postNotification', (request, wire) => {
        const given = headerOf(request, 'x-uns-id') ?? '';
        const known = [...wire.ledger.subscriptions.keys()];
        const meant = known.includes(given) ? undefined : known.find((unsid) => given.startsWith(unsid));
        return meant === undefined ? undefined : withHeader(request, 'X-UNS-ID', meant);
      }),
  },
  {
    id: 'post-group-blank-null',
    requirement: 'post-group-null',
    description: 'returns an empty groupName as null',
    create: () => rewritingJson('postNotification', (body) => (body['groupName'] === '' ? put(body, 'groupName', null) : undefined)),
  },
  {
    id: 'post-default-expiration-from-first',
    requirement: 'post-default-expiration',
    description: 'counts the seven days from the first notification',
    needs: 'clock',
    create: () => {
      let first: number | undefined;
      return reading('postNotification', (body, _request, wire) => {
        first ??= wire.now();
        if (body['expirationDateTime'] !== undefined) return undefined;
        return put(body, 'expirationDateTime', new Date(first + weekMs).toISOString());
      });
    },
  },
  {
    id: 'ttl-below-zero',
    requirement: 'answer-schema',
    also: ['post-ttl', 'notification-content'],
    description: 'counts displayTimeToLive down below zero',
    needs: 'clock',
    create: () =>
      showing((one, _request, wire) => {
        const sent = wire.ledger.notifications.get(textAt(one, 'id'))?.request['displayTimeToLive'] ?? Number.NaN;
        const end = Date.parse(textAt(one, 'creationDateTime')) + Number(sent) * 1000;
        const left = Math.floor((end - wire.now()) / 1000);
        return one['displayTimeToLive'] === 0 && left < 0 ? put(one, 'displayTimeToLive', left) : one;
      }),
  },
];
