// Legal variations of connections and details: freedoms of HTTP and WebSocket, page sizes, names, lifetimes.
import { gzipSync } from 'node:zlib';
import { taking } from '../wire/edits.ts';
import { frameOf, opcodes } from '../wire/frames.ts';
import type { Hooks, Wire } from '../wire/hooks.ts';
import {
  headerOf,
  type JsonObject,
  jsonOf,
  put,
  type WireAnswer,
  withBody,
  withHeader,
  withJson,
  withParameters,
} from '../wire/http-message.ts';
import { operationOf } from '../wire/operations.ts';
import { renaming } from '../wire/renaming.ts';
import type { Variation } from './variation.ts';

const day = 86_400;
const isGuid = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

function compressed(answer: WireAnswer, accepted: string): WireAnswer | undefined {
  if (answer.body.length === 0 || !accepted.includes('gzip')) return undefined;
  return withHeader(withHeader(withBody(answer, gzipSync(answer.body)), 'Content-Encoding', 'gzip'), 'Vary', 'Accept-Encoding');
}

/** Reverses the parameters of a media type and the members of a list. */
function turned(answer: WireAnswer): WireAnswer {
  const [type = '', ...parameters] = (headerOf(answer, 'content-type') ?? '').split(';');
  const typed = parameters.length > 1 ? withHeader(answer, 'Content-Type', [type, ...parameters.reverse()].join(';')) : answer;
  const exposed = headerOf(answer, 'access-control-expose-headers');
  if (exposed === undefined) return typed;
  return withHeader(typed, 'Access-Control-Expose-Headers', exposed.split(/, */).reverse().join(' , ').toLowerCase());
}

const isSubscription = (body: JsonObject) =>
  typeof body['userNotificationSubscriptionId'] === 'string' && typeof body['expirationDateTime'] === 'string';

/** Extends the lifetime of subscriptions by up to 30 days, by renewing each at that age. */
function livingLonger(days: number): Hooks {
  /** UNSIDs, and when to renew them. */
  const due = new Map<string, number>();
  const later = (body: JsonObject): JsonObject =>
    put(body, 'expirationDateTime', new Date(Date.parse(String(body['expirationDateTime'])) + days * day * 1000).toISOString());
  const renew = async (unsid: string, wire: Wire) => {
    due.delete(unsid);
    const known = wire.ledger.subscriptions.get(unsid);
    if (!known || known.isEnded) return;
    const { authorization, application, deviceId, platform } = known;
    const json = { application, deviceId, platform };
    await wire.upstream({ path: '/client/v1/subscriptions', headers: { Authorization: authorization }, json });
  };
  return {
    answer: (answer, request, wire) => {
      const body = answer.status < 300 ? jsonOf(answer) : undefined;
      if (!body) return undefined;
      if (operationOf(request) === 'createSubscription')
        due.set(String(body['userNotificationSubscriptionId']), wire.now() + days * day * 1000);
      if (isSubscription(body)) return withJson(answer, later(body));
      return operationOf(request) === 'listSubscriptions' && Array.isArray(body['value'])
        ? withJson(answer, { ...body, value: body['value'].map(later) })
        : undefined;
    },
    advancing: async (seconds, wire) => {
      const end = wire.now() + seconds * 1000;
      for (const [unsid, at] of [...due].sort(([, one], [, other]) => one - other)) {
        if (at > end) break;
        if (at > wire.now()) await wire.advance((at - wire.now()) / 1000);
        await renew(unsid, wire);
      }
      return Math.max(0, (end - wire.now()) / 1000);
    },
  };
}

export const connectionVariations: readonly Variation[] = [
  {
    id: 'connection-close',
    description: 'closes the connection after every response',
    allowedBy: 'a server may close a persistent connection after any response, with `Connection: close` (RFC 9112, 9.6)',
    create: () => ({ answer: (answer) => withHeader(answer, 'Connection', 'close') }),
  },
  {
    id: 'compressed',
    description: 'compresses response bodies if the client accepts that',
    allowedBy: '"Accept-Encoding … to indicate preferences regarding the use of content codings in responses" (RFC 9110, 12.5.3)',
    create: () => ({
      answer: (answer, request) => (request.method === 'HEAD' ? undefined : compressed(answer, headerOf(request, 'accept-encoding') ?? '')),
    }),
  },
  {
    id: 'number-spelling',
    description: 'writes whole numbers with a fraction of zero',
    allowedBy: '30.0 is the number 30 (RFC 8259, 6; JSON Schema: "1.0" is an integer)',
    create: () => {
      const spelled = (text: string) => text.replaceAll(/("(?:displayTimeToLive|heartbeatSeconds)":\d+)(?=[,}])/g, '$1.0');
      return {
        answer: (answer) => (jsonOf(answer) ? withBody(answer, Buffer.from(spelled(answer.body.toString('utf8')))) : undefined),
        serverMessage: (message) => [spelled(JSON.stringify(message))],
      };
    },
  },
  {
    id: 'turned-lists',
    description: 'sends parameters of media types and lists in headers in another order, with spaces',
    allowedBy: 'parameters have no order, lists of header names have none and spaces around commas (RFC 9110, 5.6.1 and 8.3.1)',
    create: () => ({ answer: (answer) => turned(answer) }),
  },
  {
    id: 'capital-guids',
    description: 'writes the GUIDs of notifications in capital letters',
    allowedBy: '"`id` is a GUID" (F5); GUIDs are compared without case (RFC 9562, 4)',
    create: () =>
      renaming({
        id: {
          show: (real) => (isGuid(real) ? real.toUpperCase() : real),
          hide: (shown) => (isGuid(shown) ? shown.toLowerCase() : shown),
        },
      }),
  },
  {
    id: 'small-pages',
    description: 'returns at most three notifications in a page, whatever $top is',
    allowedBy: '"The largest number of notifications in the page … While `more`, repeat" (notifications.yaml, $top and listNotifications)',
    create: () =>
      taking('listNotifications', (request) =>
        withParameters(request, (parameters) => {
          const asked = parameters.getAll('$top');
          const isValid = asked.length === 0 || (asked.length === 1 && /^[1-9]\d{0,2}$|^1000$/.test(asked[0] ?? ''));
          if (isValid) parameters.set('$top', String(Math.min(3, Number(asked[0] ?? 3))));
        }),
      ),
  },
  {
    id: 'signals-besides',
    description: 'sends a signal before every notification that it embeds',
    allowedBy:
      '"A push is a signal, and only some pushes carry the notification … more than once" (F24); R1 is about changes, a signal is none',
    create: () => ({
      serverMessage: (message) =>
        message['type'] === 'notification' ? [{ type: 'signal', cursor: message['cursor'] }, message] : undefined,
    }),
  },
  {
    id: 'unasked-pongs',
    description: 'sends an unsolicited pong before every message',
    allowedBy: '"A Pong frame MAY be sent unsolicited" (RFC 6455, 5.5.3)',
    create: () => ({ serverMessage: (message) => [frameOf(opcodes.pong, Buffer.from('here I am')), message] }),
  },
  {
    id: 'close-without-reason',
    description: 'closes sockets with a code but without a reason',
    allowedBy: '"The Close frame MAY contain a body … the reason is not necessarily human readable" (RFC 6455, 5.5.1); R8 gives codes only',
    // The answer to the device's close stays unchanged.
    create: () => ({ closing: (code) => (code > 1000 && code !== 1005 ? code : undefined) }),
  },
  {
    id: 'longer-subscriptions',
    description: 'gives subscriptions a lifetime of 45 days',
    allowedBy: '"F21 names an expiration time, not its length" (D12); subscribe-lifetime is a SHOULD (requirements.yaml)',
    departs: ['subscribe-lifetime'],
    create: () => livingLonger(15),
  },
];
