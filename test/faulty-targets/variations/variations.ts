// Legal variations: implementations that differ from the emulator where the documents allow it, and violate nothing.
import { isUtf8 } from 'node:buffer';
import { answering, asError, errorAnswer, reading, taking } from '../wire/edits.ts';
import { frameOf, opcodes } from '../wire/frames.ts';
import type { Hooks } from '../wire/hooks.ts';
import {
  headerOf,
  isObject,
  jsonOf,
  listAt,
  mapHeaders,
  put,
  type WireAnswer,
  type WireRequest,
  withBody,
  withHeader,
  withoutHeader,
} from '../wire/http-message.ts';
import { operationOf } from '../wire/operations.ts';
import { renaming } from '../wire/renaming.ts';
import { connectionVariations } from './connection-variations.ts';
import { resumeVariations } from './resume-variations.ts';
import type { Variation } from './variation.ts';

export type { Variation };

const isJson = (answer: WireAnswer) => answer.body.length > 0 && (headerOf(answer, 'content-type') ?? '').includes('json');

/** Rewrites all outgoing JSON: bodies of responses and refused handshakes, and messages. */
function writing(rewrite: (text: string, isPost: boolean) => string): Hooks {
  const rewritten = (answer: WireAnswer, isPost: boolean) =>
    isJson(answer) ? withBody(answer, Buffer.from(rewrite(answer.body.toString('utf8'), isPost))) : undefined;
  return {
    answer: (answer, request) => rewritten(answer, operationOf(request) === 'postNotification' && answer.status === 201),
    handshaken: (answer) => rewritten(answer, false),
    serverMessage: (message) => [rewrite(JSON.stringify(message), false)],
  };
}

/** In every object except the posted content. */
function everywhere(value: unknown, change: (value: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>): unknown {
  if (Array.isArray(value)) return value.map((one) => everywhere(one, change));
  if (!isObject(value)) return value;
  const inside = Object.entries(value).map(([name, member]) => [name, name === 'payload' ? member : everywhere(member, change)]);
  return change(Object.fromEntries(inside));
}

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, reversed(member)]),
  );
}

const encoded = {
  show: (real: string) => `~${Buffer.from(real).toString('base64url')}`,
  hide: (shown: string) => (shown.startsWith('~') ? Buffer.from(shown.slice(1), 'base64url').toString('utf8') : `not-${shown}`),
};

/** Throttles every n-th call. */
function throttling(every: number, parts: { readonly status: number; readonly code: string; readonly retryAfter: string }): Hooks {
  let count = 0;
  const isThrottled = () => {
    count += 1;
    return count % every === 0;
  };
  const throttle: Required<Hooks>['request'] = async (request, wire) => {
    const answer = await errorAnswer(request, wire, { ...parts, innerCode: 'Throttled', message: 'Too many requests.' });
    return withHeader(answer, 'Retry-After', parts.retryAfter);
  };
  return {
    // A batch itself is not throttled (D34).
    request: (request, wire) =>
      operationOf(request) !== undefined && !request.path.endsWith('/$batch') && isThrottled() ? throttle(request, wire) : undefined,
  };
}

/** Replaces every repeated appNotificationId by another one. */
function withoutUpdates(): Hooks {
  let count = 0;
  const shown = (text: string) => text.replaceAll(/("appNotificationId":"(?:[^"\\]|\\.)*?)~~\d+"/g, '$1"');
  return {
    ...writing(shown),
    ...reading('postNotification', (body) => {
      count += 1;
      const id = body['appNotificationId'];
      return typeof id === 'string' && id !== '' ? put(body, 'appNotificationId', `${id}~~${count}`) : undefined;
    }),
  };
}

/** Limits pings: client libraries give up a connection with too many at once. */
const messagesToAPing = 8;

function fragments(text: string, hasPing: boolean): Buffer {
  const bytes = Buffer.from(text);
  const third = Math.ceil(bytes.length / 3);
  return Buffer.concat([
    frameOf(opcodes.text, bytes.subarray(0, third), { isFinal: false }),
    frameOf(opcodes.continuation, bytes.subarray(third, 2 * third), { isFinal: false }),
    ...(hasPing ? [frameOf(opcodes.ping, Buffer.from('in between'))] : []),
    frameOf(opcodes.continuation, bytes.subarray(2 * third)),
  ]);
}

/** A publication that is an array is 400 in any case (F18). */
const isWrongType = (answer: WireAnswer, request: WireRequest) =>
  answer.status === 400 &&
  listAt(jsonOf(answer), 'error/details').some(
    ({ code, target }) => code === 'type' && (target !== '' || operationOf(request) !== 'postNotification'),
  );

/** Adds a first member to a JSON body; the rest stays unchanged, byte by byte. */
function inFront(request: WireRequest, member: string): WireRequest {
  const text = request.body.toString('utf8');
  const start = text.indexOf('{') + 1;
  return withBody(request, Buffer.from(`${text.slice(0, start)}${member},${text.slice(start)}`));
}

/** A body near the limit would grow beyond it. */
const maxGrowingBytes = 1024 * 1024;

export const variations: readonly Variation[] = [
  {
    id: 'other-unsids',
    description: 'gives UNSIDs of another form',
    allowedBy: '"opaque, URL-safe, at least 128 random bits" (notifications.yaml, Subscription); at most 128 characters',
    create: () =>
      renaming({
        unsid: {
          show: (real) => `u.${[...real].reverse().join('')}~`,
          hide: (shown) => (/^u\..*~$/.test(shown) ? [...shown.slice(2, -1)].reverse().join('') : `not-${shown}`),
        },
      }),
  },
  {
    id: 'other-cursors',
    description: 'gives cursors of another form',
    allowedBy: '"Opaque; compared for equality only; list and socket share them" (devices.asyncapi.yaml, Cursor)',
    create: () => renaming({ cursor: encoded }),
  },
  {
    id: 'other-guids',
    description: 'gives notifications GUIDs of another version',
    allowedBy: '"`id` is a GUID" (F5), of no version in particular',
    create: () => {
      const version = (from: string, to: string) => (id: string) =>
        /^[0-9a-f]{8}-[0-9a-f]{4}-\d/.test(id) && id[14] === from ? `${id.slice(0, 14)}${to}${id.slice(15)}` : id;
      return renaming({ id: { show: version('4', '7'), hide: version('7', '4') } });
    },
  },
  {
    id: 'extra-members',
    description: 'adds members to all bodies and messages except the response to a publication',
    allowedBy: 'no schema but F3 ("exactly") closes an object: additional members are not forbidden',
    create: () =>
      writing((text, isPost) => {
        if (isPost) return text;
        return JSON.stringify(
          // The headers of a batch's responses are texts.
          everywhere(JSON.parse(text), (value) =>
            'Duration' in value ? value : { ...value, 'x-own': { nested: [1, 'two', null] }, etag: 'W/"1"' },
          ),
        );
      }),
  },
  {
    id: 'socket-url-with-unsid',
    description: 'adds the UNSID and another parameter to the query of socketUrl',
    allowedBy: '"`unsid` is set in its query, which may have it already" (notifications.yaml, Subscription)',
    create: () =>
      writing((text) =>
        JSON.stringify(
          everywhere(JSON.parse(text), (value) => {
            const { socketUrl, userNotificationSubscriptionId: unsid } = value;
            return typeof socketUrl === 'string' ? { ...value, socketUrl: `${socketUrl}?region=north&unsid=${unsid}` } : value;
          }),
        ),
      ),
  },
  {
    id: 'extra-headers',
    description: 'spells header names in lower case, in another order, and adds headers',
    allowedBy: 'names of headers have no case and no order (RFC 9110, 5.1 and 5.3); F6 lists what is sent, not all that may be',
    create: () => ({
      answer: (answer) =>
        mapHeaders(answer, (pairs) => [
          ['server', 'other/1.0'] as const,
          ...[...pairs].reverse().map(([name, value]) => [name.toLowerCase(), value] as const),
          ['x-content-type-options', 'nosniff'] as const,
          ['vary', 'Accept-Encoding'] as const,
        ]),
    }),
  },
  {
    id: 'other-diagnostics',
    description: 'sends other values in x-ms-ags-diagnostic, and whole milliseconds in Duration',
    allowedBy: '"`Duration` is in milliseconds; `x-ms-ags-diagnostic` has the recorded shape and the emulator\'s own values" (D15)',
    create: () => ({
      answer: (answer) => {
        if (headerOf(answer, 'x-ms-ags-diagnostic') === undefined) return undefined;
        const diagnostic =
          '{"ServerInfo":{"DataCenter":"North","Slice":"A","Ring":"5","ScaleUnit":"002","RoleInstance":"R_7","ADSiteName":"N"}}';
        return withHeader(withHeader(answer, 'x-ms-ags-diagnostic', diagnostic), 'Duration', '12');
      },
    }),
  },
  {
    id: 'other-json',
    description: 'writes members in another order, with whitespace',
    allowedBy: 'an object of JSON is an unordered collection, whitespace is insignificant (RFC 8259, 2 and 4)',
    create: () => writing((text) => `\n${JSON.stringify(reversed(JSON.parse(text)), null, 2)}\n`),
  },
  {
    id: 'escaped-json',
    description: 'escapes all non-ASCII characters in JSON',
    allowedBy: '"Any character may be escaped" (RFC 8259, 7)',
    create: () =>
      writing((text) => text.replaceAll(/[\u0080-\uffff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)),
  },
  {
    id: 'finer-instants',
    description: 'writes instants with seven digits after the second',
    allowedBy: '`format: date-time` and `pattern: Z$` (notifications.yaml); "ISO 8601 UTC with `Z`" (F8)',
    create: () => writing((text) => text.replaceAll(/("[A-Za-z]*(?:DateTime|date)":"[^"]*\.\d{3})Z"/g, '$10000Z"')),
  },
  {
    id: 'signals-always',
    description: 'never embeds a notification in a push',
    allowedBy: '"A push is a signal, and only some pushes carry the notification" (F24)',
    options: { push: 'signal' },
    create: () => ({}),
  },
  {
    id: 'signals-now-and-then',
    description: 'embeds every second notification in its push and signals the others',
    allowedBy: '"A push is a signal, and only some pushes carry the notification" (F24)',
    create: () => {
      let count = 0;
      return {
        serverMessage: (message) => {
          if (message['type'] !== 'notification') return undefined;
          count += 1;
          return count % 2 === 0 ? [{ type: 'signal', cursor: message['cursor'] }] : undefined;
        },
      };
    },
  },
  {
    id: 'fragmented',
    description: 'sends messages in several frames, now and then with a ping between them',
    allowedBy: '"RFC 6455: a whole message; a frame is a piece of one" (devices.asyncapi.yaml)',
    create: () => {
      let count = 0;
      return {
        serverMessage: (message) => {
          count += 1;
          return [fragments(JSON.stringify(message), count % messagesToAPing === 1)];
        },
      };
    },
  },
  {
    id: 'types-401',
    description: 'answers a wrong data type with 401',
    allowedBy: '"401 (wrong data types)" (F18); "other implementations may answer either" (D7)',
    departs: ['error-codes', 'error-details'],
    create: () =>
      answering(['postNotification', 'createSubscription', 'updateNotification'], (answer, request) => {
        if (!isWrongType(answer, request)) return undefined;
        const coded = asError(answer, { status: 401, code: 'InvalidAuthenticationToken', message: 'A member has a wrong data type.' });
        return withHeader(coded, 'WWW-Authenticate', 'Bearer realm="", authorization_uri="https://login.example/authorize"');
      }),
  },
  {
    id: 'throttled-406',
    description: 'throttles now and then, with 406',
    allowedBy: '"Throttled is 429 with `Retry-After`, by configuration 406. F18 names both" (D8)',
    create: () => throttling(29, { status: 406, code: 'NotAcceptable', retryAfter: '1' }),
  },
  {
    id: 'throttled-429',
    description: 'throttles often, with 429 and a Retry-After of 0',
    allowedBy: '"Graph itself throttles with 429 and `Retry-After`" (F18, D8); Retry-After is a number of seconds',
    create: () => throttling(7, { status: 429, code: 'TooManyRequests', retryAfter: '0' }),
  },
  {
    id: 'chunked',
    description: 'sends bodies in chunks, without Content-Length',
    allowedBy: '"chunked or `Content-Length` is free" (D15)',
    create: () => ({
      answer: (answer, request) => {
        if (answer.body.length === 0 || request.method === 'HEAD') return undefined;
        return withHeader(withoutHeader(answer, 'content-length'), 'Transfer-Encoding', 'chunked');
      },
    }),
  },
  {
    id: 'other-error-texts',
    description: 'sends errors with other messages and codes, without details',
    allowedBy: '`x-level: SHOULD` at ErrorCode and InnerErrorCode (notifications.yaml); details are not required',
    departs: ['error-codes', 'error-details'],
    create: () => ({
      answer: (answer) => {
        if (answer.status < 400 || jsonOf(answer) === undefined) return undefined;
        return asError(answer, { status: answer.status, code: `E${answer.status}`, innerCode: 'other', message: 'Das geht so nicht.' });
      },
    }),
  },
  {
    id: 'slower',
    description: 'delays responses and messages',
    allowedBy: 'no document promises how fast an answer or a push comes',
    create: () => {
      let count = 0;
      return {
        answer: async (_answer, _request, wire) => {
          count += 1;
          await new Promise<void>((resolve) => wire.later((count * 7) % 40, resolve));
          return undefined;
        },
        serverMessage: (message, connection, wire) => {
          wire.later(40, () => connection.send(message));
          return [];
        },
      };
    },
  },
  {
    id: 'late-acknowledgements',
    description: 'processes messages of devices with a delay, so that a device that reconnects at once gets the same again',
    allowedBy: '"Clients can get the same notification more than once" (F24); "delivered until it is acknowledged" (R2)',
    create: () => ({ upDelayMs: 30 }),
  },
  {
    id: 'raw-low-by-default',
    description: 'uses Low for a raw notification without a priority',
    allowedBy: 'F13 gives a default for visual ones only; D9 for raw ones is a SHOULD (requirements.yaml, post-priority-default-raw)',
    departs: ['post-priority-default-raw'],
    create: () =>
      taking('postNotification', (request) => {
        const body = isUtf8(request.body) && request.body.length < maxGrowingBytes ? jsonOf(request) : undefined;
        const payload = body?.['payload'];
        const isRaw = isObject(payload) && payload['visualContent'] === undefined && typeof payload['rawContent'] === 'string';
        return isRaw && body?.['priority'] === undefined ? inFront(request, '"priority":"Low"') : undefined;
      }),
  },
  {
    id: 'no-updates',
    description: 'makes a new notification for every post, also with a known appNotificationId',
    allowedBy: 'requirements.yaml: post-update, update-content and republish-after-delete are SHOULDs; D5 is not required of others',
    departs: ['post-update', 'update-content', 'republish-after-delete'],
    create: withoutUpdates,
  },
  {
    id: 'media-type-spelling',
    description: 'puts spaces into media types and spells the charset in capitals',
    allowedBy: 'optional whitespace around ";" and a charset without case (RFC 9110, 8.3.1 and 8.3.2)',
    create: () => ({
      answer: (answer) => {
        const type = headerOf(answer, 'content-type');
        return type?.includes(';') ? withHeader(answer, 'Content-Type', type.replaceAll(';', '; ').replace('utf-8', 'UTF-8')) : undefined;
      },
    }),
  },
  {
    id: 'head-as-get',
    description: 'answers HEAD as it would answer GET, without the body',
    allowedBy: '"All general-purpose servers MUST support the methods GET and HEAD" (RFC 9110, 9.1)',
    create: () => ({
      request: async (request, wire) => {
        if (request.method !== 'HEAD' || operationOf({ ...request, method: 'GET' }) === undefined) return undefined;
        return { ...(await wire.forward({ ...request, method: 'GET' })), body: Buffer.alloc(0) };
      },
    }),
  },
  {
    id: 'frequent-heartbeat',
    description: 'pings every second, as it announces',
    allowedBy: '`heartbeatSeconds` is any number above 0 (devices.asyncapi.yaml, Connected; R7)',
    options: { heartbeatSeconds: 1 },
    create: () => ({}),
  },
  {
    id: 'stalled-cut',
    description: 'cuts a client that reads nothing, without a close frame',
    allowedBy: '"with 1013 or a cut" (requirements.yaml, stalled-dropped); who takes nothing sees no close frame',
    create: () => ({ closing: (code) => (code === 1013 ? 'cut' : undefined) }),
  },
  {
    id: 'clock-ahead',
    description: 'has a clock that is an hour ahead',
    allowedBy:
      '"One service clock for everything a client can see: expiry, tokens, `Date`, every timestamp": nothing ties it to the client\'s',
    advanceSeconds: 3600,
    create: () => ({}),
  },
  ...connectionVariations,
  ...resumeVariations,
];

/** Variations that a transcript of messages does not show: they differ in time, frames, rare events, or letter case. */
export const unseen: ReadonlySet<string> = new Set([
  'slower',
  'head-as-get',
  'stalled-cut',
  'chunked',
  'frequent-heartbeat',
  'late-acknowledgements',
  'fragmented',
  'capital-guids',
  'compressed',
  'connection-close',
  'number-spelling',
  'unasked-pongs',
  'close-without-reason',
  'first-meant-updated',
  'toast-at-most-once',
]);
