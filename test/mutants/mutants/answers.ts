// Wrong in any answer: headers, request-ids and the shape of errors.
import { asError, errorAnswer, failing, refused, withRequestId } from '../edits.ts';
import type { Hooks } from '../hooks.ts';
import {
  at,
  drop,
  headerOf,
  isObject,
  jsonOf,
  put,
  type WireAnswer,
  withBody,
  withHeader,
  withJson,
  withoutHeader,
} from '../http-message.ts';
import type { Mutant } from '../mutant.ts';
import { operationOf } from '../operations.ts';

const isPreflight = (request: { readonly method: string; readonly headers: readonly string[] }) =>
  request.method === 'OPTIONS' && headerOf(request, 'access-control-request-method') !== undefined;
const message = 'error/message';
const withMessage = (answer: WireAnswer, text: string) => {
  const body = jsonOf(answer);
  return body && withJson(answer, put(body, message, `${String(at(body, message))} ${text}`));
};

/** Every so many requests that do something are throttled, with this Retry-After. */
function throttling(every: number, retryAfter: string | undefined): Hooks {
  let count = 0;
  return {
    request: async (request, wire) => {
      if (operationOf(request) === undefined) return undefined;
      count += 1;
      if (count % every !== 0) return undefined;
      const answer = await errorAnswer(request, wire, { status: 429, code: 'TooManyRequests', innerCode: 'Throttled' });
      return retryAfter === undefined ? answer : withHeader(answer, 'Retry-After', retryAfter);
    },
  };
}

export const answers: readonly Mutant[] = [
  {
    id: 'request-id-repeated',
    requirement: 'request-id',
    says: 'gives every tenth answer the request-id of the one before',
    kind: 'answer',
    steps: 'several',
    create: () => {
      let count = 0;
      let last = '';
      return {
        answer: (answer) => {
          count += 1;
          const before = last;
          last = headerOf(answer, 'request-id') ?? last;
          return count % 10 === 0 && before !== '' ? withRequestId(answer, before) : undefined;
        },
      };
    },
  },
  {
    id: 'client-request-id-lost-on-errors',
    requirement: 'client-request-id',
    says: "does not echo the client's client-request-id when it answers an error",
    kind: 'answer',
    steps: 'one',
    create: () =>
      failing((answer) => {
        const own = headerOf(answer, 'request-id') ?? '';
        const echoed = headerOf(answer, 'client-request-id') ?? '';
        if (own === echoed) return undefined;
        const headed = withHeader(answer, 'client-request-id', own);
        return answer.body.length === 0 ? headed : withBody(headed, Buffer.from(answer.body.toString('utf8').replaceAll(echoed, own)));
      }),
  },
  {
    id: 'error-404-bare',
    requirement: 'error-body',
    also: ['answer-schema'],
    says: 'tells a 404 in a body of its own shape',
    kind: 'answer',
    steps: 'one',
    create: () => failing((answer) => (answer.status === 404 ? withJson(answer, { message: 'There is no such resource.' }) : undefined)),
  },
  {
    id: 'error-problem-json',
    requirement: 'answer-media-type',
    says: 'tells a 400 as application/problem+json',
    kind: 'answer',
    steps: 'one',
    create: () => failing((answer) => (answer.status === 400 ? withHeader(answer, 'Content-Type', 'application/problem+json') : undefined)),
  },
  {
    id: 'error-without-sts',
    requirement: 'answer-headers',
    says: 'sends no Strict-Transport-Security with errors',
    kind: 'answer',
    steps: 'one',
    create: () => failing((answer) => withoutHeader(answer, 'strict-transport-security')),
  },
  {
    id: 'error-401-hidden-from-scripts',
    requirement: 'answer-headers',
    says: 'sends no Access-Control-Allow-Origin with a 401',
    kind: 'answer',
    steps: 'one',
    create: () => failing((answer) => (answer.status === 401 ? withoutHeader(answer, 'access-control-allow-origin') : undefined)),
  },
  {
    id: 'get-cacheable',
    requirement: 'answer-headers',
    says: 'lets answers to GET be cached',
    kind: 'answer',
    steps: 'one',
    create: () => ({
      answer: (answer, request) =>
        request.method === 'GET' && answer.status === 200 ? withHeader(answer, 'Cache-Control', 'max-age=60') : undefined,
    }),
  },
  {
    id: 'no-content-bare',
    requirement: 'answer-headers',
    says: 'sends no Duration with a 204',
    kind: 'answer',
    steps: 'one',
    create: () => ({
      answer: (answer) =>
        answer.status === 204 && headerOf(answer, 'duration') !== undefined ? withoutHeader(answer, 'duration') : undefined,
    }),
  },
  {
    id: 'diagnostic-no-json',
    requirement: 'answer-headers',
    says: 'sends an x-ms-ags-diagnostic that is no JSON',
    kind: 'answer',
    steps: 'one',
    create: () => ({
      answer: (answer) =>
        headerOf(answer, 'x-ms-ags-diagnostic') === undefined ? undefined : withHeader(answer, 'x-ms-ags-diagnostic', 'ServerInfo: local'),
    }),
  },
  {
    id: 'request-id-short',
    requirement: 'request-id',
    also: ['answer-headers'],
    says: 'gives a request-id that is no GUID to deletions',
    kind: 'answer',
    steps: 'one',
    create: () => ({ answer: (answer, request) => (request.method === 'DELETE' ? withRequestId(answer, '943d2ce0e3a9') : undefined) }),
  },
  {
    id: 'error-request-id-other',
    requirement: 'error-body',
    also: ['request-id'],
    says: 'tells another request-id in the body of an error than in its header',
    kind: 'answer',
    steps: 'one',
    create: () =>
      failing((answer) => {
        const body = jsonOf(answer);
        return body && withJson(answer, put(body, 'error/innerError/request-id', '00000000-0000-4000-8000-000000000000'));
      }),
  },
  {
    id: 'client-request-id-anything',
    requirement: 'client-request-id',
    also: ['answer-headers'],
    says: 'echoes a client-request-id that is no GUID',
    kind: 'answer',
    steps: 'one',
    create: () => ({
      answer: (answer, request) => {
        const own = headerOf(request, 'client-request-id');
        return own !== undefined && headerOf(answer, 'client-request-id') !== undefined
          ? withHeader(answer, 'client-request-id', own)
          : undefined;
      },
    }),
  },
  {
    id: 'error-415-text',
    requirement: 'error-body',
    also: ['answer-schema'],
    says: 'tells a 415 as a text in error',
    kind: 'answer',
    steps: 'one',
    create: () => failing((answer) => (answer.status === 415 ? withJson(answer, { error: 'unsupported media type' }) : undefined)),
  },
  {
    id: 'error-without-date',
    requirement: 'error-body',
    also: ['answer-schema'],
    says: 'tells no date in innerError',
    kind: 'answer',
    steps: 'one',
    create: () =>
      failing((answer) => {
        const body = jsonOf(answer);
        return isObject(at(body, 'error/innerError')) && body ? withJson(answer, drop(body, 'error/innerError/date')) : undefined;
      }),
  },
  {
    id: 'error-405-empty',
    requirement: 'error-body',
    also: ['answer-schema', 'method-not-allowed'],
    says: 'answers 405 with an empty body',
    kind: 'answer',
    steps: 'one',
    create: () => failing((answer) => (answer.status === 405 && answer.body.length > 0 ? withBody(answer, Buffer.alloc(0)) : undefined)),
  },
  {
    id: 'client-401-bare',
    requirement: 'unauthorized',
    also: ['answer-headers'],
    says: 'sends no WWW-Authenticate on the client surface',
    kind: 'answer',
    steps: 'one',
    create: () => ({
      answer: (answer, request) =>
        answer.status === 401 && request.path.startsWith('/client') ? withoutHeader(answer, 'www-authenticate') : undefined,
    }),
  },
  {
    id: 'broken-token-403',
    requirement: 'unauthorized',
    says: 'answers 403 for a token that is not valid',
    kind: 'answer',
    steps: 'one',
    create: () => ({
      answer: (answer, request) =>
        answer.status === 401 && headerOf(request, 'authorization') !== undefined
          ? { ...asError(withoutHeader(answer, 'www-authenticate'), { status: 403, code: 'Forbidden' }) }
          : undefined,
    }),
  },
  {
    id: 'anonymous-sees-nothing',
    requirement: 'unauthorized',
    says: 'answers an empty list of subscriptions to callers without a token',
    kind: 'accepts',
    steps: 'one',
    create: () => ({
      answer: (answer, request) =>
        operationOf(request) === 'listSubscriptions' && answer.status === 401 && headerOf(request, 'authorization') === undefined
          ? {
              ...withHeader(
                withJson(withoutHeader(answer, 'www-authenticate'), { value: [] }),
                'Content-Type',
                'application/json;charset=utf-8',
              ),
              status: 200,
            }
          : undefined,
    }),
  },
  {
    id: 'throttled-without-retry',
    requirement: 'throttling',
    also: ['answer-headers'],
    says: 'throttles every ninth call and does not say when to come again',
    kind: 'answer',
    steps: 'several',
    create: () => throttling(9, undefined),
  },
  {
    id: 'throttled-until-date',
    requirement: 'throttling',
    also: ['answer-headers'],
    says: 'throttles every eleventh call, with a Retry-After that is no number',
    kind: 'answer',
    steps: 'several',
    create: () => throttling(11, 'soon'),
  },
  {
    id: 'allow-missing',
    requirement: 'method-not-allowed',
    also: ['answer-headers', 'post-only'],
    says: 'sends no Allow with 405',
    kind: 'answer',
    steps: 'one',
    create: () => ({ answer: (answer) => (answer.status === 405 ? withoutHeader(answer, 'allow') : undefined) }),
  },
  {
    id: 'allow-too-much',
    requirement: 'method-not-allowed',
    also: ['post-only'],
    says: 'names GET in Allow where only POST exists',
    kind: 'answer',
    steps: 'one',
    create: () => ({
      answer: (answer) =>
        answer.status === 405 && headerOf(answer, 'allow') === 'POST' ? withHeader(answer, 'Allow', 'GET, POST') : undefined,
    }),
  },
  {
    id: 'client-method-404',
    requirement: 'method-not-allowed',
    says: 'answers undeclared methods on the client surface with 404',
    kind: 'answer',
    steps: 'one',
    create: () => ({
      answer: (answer, request) =>
        answer.status === 405 && request.path.startsWith('/client')
          ? asError(withoutHeader(answer, 'allow'), { status: 404, code: 'NotFound', innerCode: 'UnknownRoute' })
          : undefined,
    }),
  },
  {
    id: 'put-patches',
    requirement: 'method-not-allowed',
    says: 'takes PUT for PATCH on a notification',
    kind: 'accepts',
    steps: 'one',
    create: () => ({
      request: (request) =>
        request.method === 'PUT' && /^\/client\/v1\/notifications\/[^/]+$/.test(request.path) ? { ...request, method: 'PATCH' } : undefined,
    }),
  },
  {
    id: 'unknown-route-400',
    requirement: 'unknown-route',
    says: 'answers unknown paths of the client surface with 400',
    kind: 'answer',
    steps: 'one',
    create: () => ({
      request: (request, wire) =>
        request.path.startsWith('/client/v1/') && !/^\/client\/v1\/(subscriptions|notifications|socket)/.test(request.path)
          ? errorAnswer(request, wire, { status: 400, code: 'BadRequest' })
          : undefined,
    }),
  },
  {
    id: 'unknown-route-405',
    requirement: 'unknown-route',
    says: 'answers paths below the notifications path with 405',
    kind: 'answer',
    steps: 'one',
    create: () => ({
      answer: (answer, request) =>
        answer.status === 404 && /^\/beta\/me\/notifications\/./.test(request.path)
          ? withHeader(asError(answer, { status: 405, code: 'MethodNotAllowed' }), 'Allow', 'POST')
          : undefined,
    }),
  },
  {
    id: 'preflight-needs-token',
    requirement: 'preflight',
    says: 'answers a CORS preflight without a token with 401',
    kind: 'refuses',
    steps: 'one',
    create: () => ({
      request: (request) =>
        isPreflight(request) ? { ...refused(request, 401), method: 'GET', path: '/client/v1/subscriptions', query: '' } : undefined,
    }),
  },
  {
    id: 'preflight-names-no-methods',
    requirement: 'preflight',
    says: 'does not say in a preflight which methods are allowed',
    kind: 'answer',
    steps: 'one',
    create: () => ({
      answer: (answer, request) => (isPreflight(request) ? withoutHeader(answer, 'access-control-allow-methods') : undefined),
    }),
  },
  {
    id: 'null-payload-500',
    requirement: 'no-server-error',
    also: ['post-types', 'post-payload'],
    says: 'fails at a payload of null',
    kind: 'answer',
    steps: 'one',
    create: () => ({
      request: (request, wire) =>
        operationOf(request) === 'postNotification' && jsonOf(request)?.['payload'] === null
          ? errorAnswer(request, wire, { status: 500, code: 'InternalServerError' })
          : undefined,
    }),
  },
  {
    id: 'long-id-500',
    requirement: 'no-server-error',
    also: ['notification-get', 'foreign-hidden'],
    says: 'fails at ids of notifications that are no GUID',
    kind: 'answer',
    steps: 'one',
    create: () => ({
      request: (request, wire) =>
        /^\/client\/v1\/notifications\//.test(request.path) &&
        !/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(request.path) &&
        operationOf(request) !== undefined
          ? errorAnswer(request, wire, { status: 500, code: 'InternalServerError' })
          : undefined,
    }),
  },
  {
    id: 'stack-in-400',
    requirement: 'no-leak',
    says: 'tells where in its code a 400 arose',
    kind: 'answer',
    steps: 'one',
    create: () =>
      failing((answer) =>
        answer.status === 400 ? withMessage(answer, '    at judge (/srv/app/node_modules/service/judge.js:12:7)') : undefined,
      ),
  },
  {
    id: 'token-in-401',
    requirement: 'no-leak',
    says: 'repeats the token in the message of a 401',
    kind: 'answer',
    steps: 'one',
    create: () => ({
      answer: (answer, request) => {
        const token = headerOf(request, 'authorization');
        return answer.status === 401 && token !== undefined ? withMessage(answer, token) : undefined;
      },
    }),
  },
];
