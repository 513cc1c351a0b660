// Checks on the status of a response: declared in the documents, and no server error.
import type { Check } from './check.ts';
import { documentOf, isPreflight } from './declared.ts';

export const answerStatus: Check = (exchange, { spec, declared: { operation, endpoint, allow, response } }) => {
  if (isPreflight(exchange)) return undefined;
  if (response) return [];
  const { status } = exchange.answer;
  const statuses = operation ? [...operation.responses.keys()] : [allow ? '405' : '404'];
  return [
    {
      requirement: 'answer-status',
      expected: `one of the statuses that are declared: ${statuses.join(', ')}`,
      got: `${status} from ${endpoint}`,
      exchange,
      ...(operation ? { document: `${documentOf(spec)}#${pathPointer(operation.path)}/${operation.method.toLowerCase()}/responses` } : {}),
      fingerprint: `answer-status ${endpoint} ${status}`,
    },
  ];
};

function pathPointer(path: string): string {
  return `/paths/${path.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** 503 is permitted: the target is temporarily unavailable. */
export const noServerError: Check = (exchange, { declared: { endpoint } }) => {
  const { status } = exchange.answer;
  if (status < 500 || status === 503) return [];
  return [
    {
      requirement: 'no-server-error',
      expected: 'a status below 500',
      got: `${status} from ${endpoint}`,
      exchange,
      fingerprint: `no-server-error ${endpoint} ${status}`,
    },
  ];
};
