// Faults of accepting invalid publications: headers, encodings, sizes, methods, and who may send to whom.
import { createHash } from 'node:crypto';
import { brotliDecompressSync } from 'node:zlib';
import { isAppToken, reading, taking, unsidIn } from '../wire/edits.ts';
import type { Hooks } from '../wire/hooks.ts';
import {
  drop,
  headerOf,
  isObject,
  jsonOf,
  listAt,
  put,
  textAt,
  type WireRequest,
  withBody,
  withHeader,
  withJson,
  withoutHeader,
} from '../wire/http-message.ts';
import { graphPath } from '../wire/operations.ts';
import type { FaultyTarget } from './fault.ts';

const limit = 4 * 1024 * 1024;

/** Cuts texts and removes white space, so that the body fits the limit. */
function shortened(value: unknown): unknown {
  if (typeof value === 'string') return value.slice(0, 10_000);
  if (Array.isArray(value)) return value.map(shortened);
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([name, inside]) => [name, shortened(inside)])) : value;
}

function repaired(request: WireRequest): WireRequest | undefined {
  const text = request.body.toString('utf8');
  for (const end of ['}', '}}', '"}', '"}}', '"}}}']) {
    try {
      if (isObject(JSON.parse(text))) return undefined;
    } catch {
      try {
        if (isObject(JSON.parse(`${text}${end}`))) return withBody(request, Buffer.from(`${text}${end}`));
      } catch {}
    }
  }
  return undefined;
}

/** Adds an appNotificationId that is derived from the content to posts without one. */
function deduplicating(): Hooks {
  const made = /^dedupe-[0-9a-f]{64}$/;
  const hidden = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(hidden);
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inside]) => [
        name,
        name === 'appNotificationId' && made.test(String(inside)) ? null : hidden(inside),
      ]),
    );
  };
  return {
    ...reading('postNotification', (body, request) => {
      if (typeof body['appNotificationId'] === 'string') return undefined;
      const mark = createHash('sha256').update(unsidIn(request)).update(request.body).digest('hex');
      return put(body, 'appNotificationId', `dedupe-${mark}`);
    }),
    answer: (answer) => {
      const body = answer.status === 200 ? jsonOf(answer) : undefined;
      return body && withJson(answer, hidden(body));
    },
    serverMessage: (message) => [Object.assign({}, hidden(message))],
  };
}

export const graphRequests: readonly FaultyTarget[] = [
  {
    id: 'post-array-of-one',
    requirement: 'post-not-array',
    description: 'accepts an array with one notification',
    create: () =>
      taking('postNotification', (request) => {
        const text = request.body.toString('utf8').trim();
        if (!text.startsWith('[')) return undefined;
        const [first] = listAt(JSON.parse(`{"list":${text}}`), 'list');
        return first && withJson(request, first);
      }),
  },
  {
    id: 'post-truncated-accepted',
    requirement: 'post-not-json',
    description: 'accepts truncated JSON',
    create: () => taking('postNotification', repaired),
  },
  {
    id: 'post-if-range-ignored',
    requirement: 'post-conditional-headers',
    description: 'ignores If-Range',
    create: () => taking('postNotification', (request) => withoutHeader(request, 'if-range')),
  },
  {
    id: 'post-unsid-remembered',
    requirement: 'post-unsid-required',
    description: 'sends to the UNSID of the last post for an app-only token without one',
    create: () => {
      let last = '';
      return taking('postNotification', (request) => {
        if (unsidIn(request) !== '') last = unsidIn(request);
        else if (last !== '' && isAppToken(request)) return withHeader(request, 'X-UNS-ID', last);
        return undefined;
      });
    },
  },
  {
    id: 'post-delegated-foreign',
    requirement: 'post-delegated-own',
    description: "ignores another user's UNSID with a delegated token and sends to its own user",
    create: () =>
      taking('postNotification', (request, wire) => {
        const owner = wire.ledger.subscriptions.get(unsidIn(request))?.authorization;
        const isForeign = owner !== undefined && owner !== headerOf(request, 'authorization') && !isAppToken(request);
        return isForeign ? withoutHeader(request, 'x-uns-id') : undefined;
      }),
  },
  {
    id: 'post-gzip-not-checked',
    requirement: 'encoding-corrupt',
    description: 'reads a plain body that is declared as gzip',
    create: () =>
      taking('postNotification', (request) => {
        const isPlain = request.body.toString('utf8').trimStart().startsWith('{');
        return isPlain && headerOf(request, 'content-encoding') !== undefined ? withoutHeader(request, 'content-encoding') : undefined;
      }),
  },
  {
    id: 'post-brotli-read',
    requirement: 'encoding-refused',
    description: 'reads bodies in brotli, and reads an undecodable body as plain',
    create: () =>
      taking('postNotification', (request) => {
        if (headerOf(request, 'content-encoding')?.toLowerCase() !== 'br') return undefined;
        const plain = withoutHeader(request, 'content-encoding');
        return withBody(plain, request.body.toString('utf8').startsWith('{') ? request.body : brotliDecompressSync(request.body));
      }),
  },
  {
    id: 'post-body-over-limit',
    requirement: 'body-limit',
    description: 'accepts a body of up to 5 MiB',
    create: () =>
      taking('postNotification', (request) => {
        if (request.body.length <= limit || request.body.length > limit * 1.25) return undefined;
        const body = jsonOf(request);
        return body && withJson(request, shortened(body));
      }),
  },
  {
    id: 'post-as-text',
    requirement: 'content-type',
    description: 'accepts a body declared as text/plain',
    create: () =>
      taking('postNotification', (request) => {
        const isText = headerOf(request, 'content-type')?.startsWith('text/plain') ?? false;
        return isText ? withHeader(request, 'Content-Type', 'application/json') : undefined;
      }),
  },
  {
    id: 'post-without-content-type',
    requirement: 'content-type',
    description: 'accepts a body without a Content-Type',
    create: () =>
      taking('postNotification', (request) => {
        const isUntyped = headerOf(request, 'content-type') === undefined && request.body.length > 0;
        return isUntyped ? withHeader(request, 'Content-Type', 'application/json') : undefined;
      }),
  },
  {
    id: 'put-publishes',
    requirement: 'post-only',
    also: ['method-not-allowed'],
    description: 'publishes with PUT too',
    create: () => ({
      request: (request) => {
        if (request.method !== 'PUT' || request.path !== graphPath) return undefined;
        return withHeader({ ...request, method: 'POST' }, 'Content-Type', 'application/json');
      },
    }),
  },
  {
    id: 'post-deduplicates',
    requirement: 'post-new',
    description: 'merges two equal posts without an appNotificationId into one notification',
    create: deduplicating,
  },
  {
    id: 'post-host-by-beginning',
    requirement: 'post-unsid-application',
    description: 'accepts a targetHostName that only starts with the application of the UNSID',
    create: () =>
      reading('postNotification', (body, request, wire) => {
        const known = wire.ledger.subscriptions.get(unsidIn(request));
        const host = textAt(body, 'targetHostName').toLowerCase();
        const isLonger = known !== undefined && host.startsWith(known.application.toLowerCase());
        return isLonger ? put(drop(body, 'targetHostName'), 'targetHostName', known.application) : undefined;
      }),
  },
];
