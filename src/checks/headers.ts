// Checks on response headers: those of F6, ids, and the headers that 401 and 405 require.
import type { ResponseHeader } from '../documents/responses.ts';
import { isGuid } from '../values/guid.ts';
import type { Check } from './check.ts';
import { documentOf, isPreflight, isTypeRefusal } from './declared.ts';
import type { Exchange } from './exchange.ts';
import { expectationOf } from './expectation.ts';
import type { Finding } from './failure.ts';

/** Headers that have their own requirement. */
const separatelyChecked = new Set(['client-request-id', 'www-authenticate', 'retry-after', 'allow']);
/** Lists that must contain the documented items, in any order and letter case; additional items are allowed. */
const lists = new Set(['access-control-expose-headers', 'cache-control']);

export const answerHeaders: Check = (exchange, { spec, declared: { endpoint, response }, now }) => {
  if (isPreflight(exchange)) return undefined;
  const { sent } = exchange;
  const { status, headers } = exchange.answer;
  return (response?.headers ?? [])
    .filter(({ name }) => !separatelyChecked.has(name.toLowerCase()))
    .flatMap((header): readonly Finding[] => {
      const value = headers[header.name.toLowerCase()];
      // Echoing the request's Origin is equivalent to `*` for that client.
      if (value !== undefined && header.name.toLowerCase() === 'access-control-allow-origin' && value === sent.headers['origin']) return [];
      const reason = violationOf(header, value, now);
      if (reason === undefined) return [];
      return [
        {
          requirement: 'answer-headers',
          expected: expectationOf(header.name, reason),
          got: `${value ?? 'no such header'} from ${endpoint} with ${status}`,
          exchange,
          document: spec.locationOf(header.schema) ?? `${documentOf(spec)}#/components/headers`,
          fingerprint: `answer-headers ${header.name} ${value === undefined ? 'missing' : 'value'}`,
        },
      ];
    });
};

function violationOf({ name, isRequired, constant, validate }: ResponseHeader, value: string | undefined, now: number): string | undefined {
  if (value === undefined) return isRequired ? 'is sent' : undefined;
  if (constant !== undefined && lists.has(name.toLowerCase()) && (value.trim() === '*' || hasAll(value, constant))) return undefined;
  return validate(value, now).violations[0]?.message;
}

function hasAll(list: string, wanted: string): boolean {
  const given = new Set(itemsOf(list));
  return itemsOf(wanted).every((item) => given.has(item));
}

const itemsOf = (list: string): readonly string[] => list.split(',').map((item) => item.trim().toLowerCase());

export const requestId: Check = (exchange, { requestIds }) => {
  if (isPreflight(exchange)) return undefined;
  const id = exchange.answer.headers['request-id']?.toLowerCase();
  if (id === undefined || !requestIds.has(id)) {
    if (id !== undefined) requestIds.add(id);
    return [];
  }
  const expected = 'a request-id that no other response had';
  return [{ requirement: 'request-id', expected, got: `${id} for the second time`, exchange, fingerprint: 'request-id again' }];
};

export const clientRequestId: Check = (exchange) => {
  if (isPreflight(exchange)) return undefined;
  const received = exchange.answer.headers['client-request-id'];
  const own = exchange.sent.headers['client-request-id'];
  const wanted = own === undefined ? exchange.answer.headers['request-id'] : isGuid(own) ? own : undefined;
  const isValid = received !== undefined && isGuid(received) && (wanted === undefined || received.toLowerCase() === wanted.toLowerCase());
  if (isValid) return [];
  const expected =
    own === undefined
      ? 'client-request-id to be the request-id when the client sent none'
      : `client-request-id to be ${wanted ?? 'a new GUID'}`;
  const fingerprint = `client-request-id ${own === undefined ? 'none' : wanted === undefined ? 'no GUID' : 'own'} ${received === undefined}`;
  return [{ requirement: 'client-request-id', expected, got: received ?? 'no such header', exchange, fingerprint }];
};

export const unauthorized: Check = (exchange) => {
  if (exchange.answer.status !== 401 || isTypeRefusal(exchange)) return undefined;
  const got = exchange.answer.headers['www-authenticate'];
  if (got !== undefined && /^Bearer\b/i.test(got)) return [];
  return [finding('unauthorized', 'WWW-Authenticate: Bearer … with 401', got ?? 'no such header', exchange)];
};

export const methodNotAllowed: Check = (exchange, { declared: { operation, allow } }) => {
  if (exchange.answer.status !== 405) return undefined;
  const { method, path } = exchange.request;
  const expected = (what: string) => finding('method-not-allowed', what, exchange.answer.headers['allow'] ?? 'no Allow', exchange);
  if (operation) return [expected(`${method} to be served at ${operation.path}, where it is declared`)];
  const listed = (exchange.answer.headers['allow'] ?? '').split(',').map((one) => one.trim().toUpperCase());
  if (!allow) return listed.includes('') ? [expected(`Allow with 405 at ${path}`)] : [];
  // Servers may list OPTIONS and HEAD, which HTTP itself defines.
  const isComplete =
    allow.every((one) => listed.includes(one)) && listed.every((one) => allow.includes(one) || /^(OPTIONS|HEAD)$/.test(one));
  return isComplete ? [] : [expected(`Allow: ${allow.join(', ')}`)];
};

function finding(requirement: string, expected: string, got: string, exchange: Exchange): Finding {
  return { requirement, expected, got, exchange, fingerprint: `${requirement} ${expected} ${got === 'no such header'}` };
}
