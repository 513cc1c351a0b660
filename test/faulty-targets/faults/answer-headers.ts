// Faults of every response: headers, media types and request-ids.
import { errorAnswer, failing, withRequestId } from '../wire/edits.ts';
import type { Hooks } from '../wire/hooks.ts';
import { headerOf, withBody, withHeader, withoutHeader } from '../wire/http-message.ts';
import { operationOf } from '../wire/operations.ts';
import type { FaultyTarget } from './fault.ts';

/** Throttles every n-th request that changes something, with this Retry-After. */
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

export const answerHeaders: readonly FaultyTarget[] = [
  {
    id: 'request-id-repeated',
    requirement: 'request-id',
    description: 'gives every tenth response the request-id of the previous one',
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
    description: "does not echo the client's client-request-id when it answers an error",
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
    id: 'error-problem-json',
    requirement: 'answer-media-type',
    description: 'answers 400 as application/problem+json',
    create: () => failing((answer) => (answer.status === 400 ? withHeader(answer, 'Content-Type', 'application/problem+json') : undefined)),
  },
  {
    id: 'error-without-sts',
    requirement: 'answer-headers',
    description: 'sends no Strict-Transport-Security with errors',
    create: () => failing((answer) => withoutHeader(answer, 'strict-transport-security')),
  },
  {
    id: 'error-401-hidden-from-scripts',
    requirement: 'answer-headers',
    description: 'sends no Access-Control-Allow-Origin with a 401',
    create: () => failing((answer) => (answer.status === 401 ? withoutHeader(answer, 'access-control-allow-origin') : undefined)),
  },
  {
    id: 'get-cacheable',
    requirement: 'answer-headers',
    description: 'allows caching of responses to GET',
    create: () => ({
      answer: (answer, request) =>
        request.method === 'GET' && answer.status === 200 ? withHeader(answer, 'Cache-Control', 'max-age=60') : undefined,
    }),
  },
  {
    id: 'no-content-bare',
    requirement: 'answer-headers',
    description: 'sends no Duration with a 204',
    create: () => ({
      answer: (answer) =>
        answer.status === 204 && headerOf(answer, 'duration') !== undefined ? withoutHeader(answer, 'duration') : undefined,
    }),
  },
  {
    id: 'diagnostic-no-json',
    requirement: 'answer-headers',
    description: 'sends an x-ms-ags-diagnostic that is not JSON',
    create: () => ({
      answer: (answer) =>
        headerOf(answer, 'x-ms-ags-diagnostic') === undefined ? undefined : withHeader(answer, 'x-ms-ags-diagnostic', 'ServerInfo: local'),
    }),
  },
  {
    id: 'request-id-short',
    requirement: 'request-id',
    also: ['answer-headers'],
    description: 'answers deletions with a request-id that is not a GUID',
    create: () => ({ answer: (answer, request) => (request.method === 'DELETE' ? withRequestId(answer, '943d2ce0e3a9') : undefined) }),
  },
  {
    id: 'client-request-id-anything',
    requirement: 'client-request-id',
    also: ['answer-headers'],
    description: 'echoes a client-request-id that is not a GUID',
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
    id: 'throttled-without-retry',
    requirement: 'throttling',
    also: ['answer-headers'],
    description: 'throttles every ninth call without Retry-After',
    create: () => throttling(9, undefined),
  },
  {
    id: 'throttled-until-date',
    requirement: 'throttling',
    also: ['answer-headers'],
    description: 'throttles every eleventh call, with a Retry-After that is not a number',
    create: () => throttling(11, 'soon'),
  },
];
