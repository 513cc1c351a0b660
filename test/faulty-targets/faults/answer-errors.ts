// Faults of error responses and of authorization.
import { asError, errorAnswer, failing } from '../wire/edits.ts';
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
} from '../wire/http-message.ts';
import { operationOf } from '../wire/operations.ts';
import type { FaultyTarget } from './fault.ts';

const message = 'error/message';

const withMessage = (answer: WireAnswer, text: string) => {
  const body = jsonOf(answer);
  return body && withJson(answer, put(body, message, `${String(at(body, message))} ${text}`));
};

export const answerErrors: readonly FaultyTarget[] = [
  {
    id: 'error-404-bare',
    requirement: 'error-body',
    also: ['answer-schema'],
    description: 'answers 404 with a body of another shape',
    create: () => failing((answer) => (answer.status === 404 ? withJson(answer, { message: 'There is no such resource.' }) : undefined)),
  },
  {
    id: 'error-request-id-other',
    requirement: 'error-body',
    also: ['request-id'],
    description: 'sends another request-id in the body of an error than in its header',
    create: () =>
      failing((answer) => {
        const body = jsonOf(answer);
        return body && withJson(answer, put(body, 'error/innerError/request-id', '00000000-0000-4000-8000-000000000000'));
      }),
  },
  {
    id: 'error-415-text',
    requirement: 'error-body',
    also: ['answer-schema'],
    description: 'sends the error of a 415 as text',
    create: () => failing((answer) => (answer.status === 415 ? withJson(answer, { error: 'unsupported media type' }) : undefined)),
  },
  {
    id: 'error-without-date',
    requirement: 'error-body',
    also: ['answer-schema'],
    description: 'leaves the date out of innerError',
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
    description: 'answers 405 with an empty body',
    create: () => failing((answer) => (answer.status === 405 && answer.body.length > 0 ? withBody(answer, Buffer.alloc(0)) : undefined)),
  },
  {
    id: 'client-401-bare',
    requirement: 'unauthorized',
    also: ['answer-headers'],
    description: 'sends no WWW-Authenticate on the client surface',
    create: () => ({
      answer: (answer, request) =>
        answer.status === 401 && request.path.startsWith('/client') ? withoutHeader(answer, 'www-authenticate') : undefined,
    }),
  },
  {
    id: 'broken-token-403',
    requirement: 'unauthorized',
    description: 'answers 403 for an invalid token',
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
    description: 'answers an empty list of subscriptions to callers without a token',
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
    id: 'null-payload-500',
    requirement: 'no-server-error',
    also: ['post-types', 'post-payload'],
    description: 'fails at a payload of null',
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
    description: 'fails at notification ids that are not GUIDs',
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
    description: 'reveals in a 400 where in its code the error arose',
    create: () =>
      failing((answer) =>
        answer.status === 400 ? withMessage(answer, '    at judge (/srv/app/node_modules/service/judge.js:12:7)') : undefined,
      ),
  },
  {
    id: 'token-in-401',
    requirement: 'no-leak',
    description: 'repeats the token in the message of a 401',
    create: () => ({
      answer: (answer, request) => {
        const token = headerOf(request, 'authorization');
        return answer.status === 401 && token !== undefined ? withMessage(answer, token) : undefined;
      },
    }),
  },
];
