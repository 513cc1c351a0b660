// Faults of methods, unknown paths and preflights.
import { asError, errorAnswer, refused } from '../wire/edits.ts';
import { headerOf, withHeader, withoutHeader } from '../wire/http-message.ts';
import type { FaultyTarget } from './fault.ts';

const isPreflight = (request: { readonly method: string; readonly headers: readonly string[] }) =>
  request.method === 'OPTIONS' && headerOf(request, 'access-control-request-method') !== undefined;

export const answerRoutes: readonly FaultyTarget[] = [
  {
    id: 'allow-missing',
    requirement: 'method-not-allowed',
    also: ['answer-headers', 'post-only'],
    description: 'sends no Allow with 405',
    create: () => ({ answer: (answer) => (answer.status === 405 ? withoutHeader(answer, 'allow') : undefined) }),
  },
  {
    id: 'allow-too-much',
    requirement: 'method-not-allowed',
    also: ['post-only'],
    description: 'names GET in Allow where only POST exists',
    create: () => ({
      answer: (answer) =>
        answer.status === 405 && headerOf(answer, 'allow') === 'POST' ? withHeader(answer, 'Allow', 'GET, POST') : undefined,
    }),
  },
  {
    id: 'client-method-404',
    requirement: 'method-not-allowed',
    description: 'answers undeclared methods on the client surface with 404',
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
    description: 'treats PUT as PATCH on a notification',
    create: () => ({
      request: (request) =>
        request.method === 'PUT' && /^\/client\/v1\/notifications\/[^/]+$/.test(request.path) ? { ...request, method: 'PATCH' } : undefined,
    }),
  },
  {
    id: 'unknown-route-400',
    requirement: 'unknown-route',
    description: 'answers unknown paths of the client surface with 400',
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
    description: 'answers paths below the notifications path with 405',
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
    description: 'answers a CORS preflight without a token with 401',
    create: () => ({
      request: (request) =>
        isPreflight(request) ? { ...refused(request, 401), method: 'GET', path: '/client/v1/subscriptions', query: '' } : undefined,
    }),
  },
  {
    id: 'preflight-names-no-methods',
    requirement: 'preflight',
    description: 'leaves the allowed methods out of a preflight',
    create: () => ({
      answer: (answer, request) => (isPreflight(request) ? withoutHeader(answer, 'access-control-allow-methods') : undefined),
    }),
  },
];
