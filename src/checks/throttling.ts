// Checks that throttling responses state when to retry, including responses that are retried and those that devices receive.
import { throttlingStatuses } from '../client/throttling.ts';
import type { Check } from './check.ts';
import type { Finding } from './failure.ts';

/** HTTP dates (RFC 9110); `Date.parse` alone accepts many other formats. */
const httpDate = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? .*\d{2}:\d{2}:\d{2}/;

export interface Throttled {
  /** Method and path: `GET /client/v1/socket`. */
  readonly endpoint: string;
  readonly status: number;
  /** The raw header. */
  readonly retryAfter: string | undefined;
}

/** Returns undefined if the status does not mean throttling. A 406 needs Retry-After as 429 does: without it no client knows when to retry. */
export function throttlingFindings({ endpoint, status, retryAfter }: Throttled): readonly Finding[] | undefined {
  if (!throttlingStatuses.has(status)) return undefined;
  const isDate = retryAfter !== undefined && httpDate.test(retryAfter) && !Number.isNaN(Date.parse(retryAfter));
  if (isDate || /^\d+$/.test(retryAfter ?? '')) return [];
  const expected = `Retry-After, in seconds or as a date, with ${status}`;
  const got = `${retryAfter ?? 'no such header'} from ${endpoint}`;
  return [{ requirement: 'throttling', expected, got, fingerprint: `throttling ${status} ${retryAfter === undefined}` }];
}

export const throttling: Check = (exchange) => {
  const { request, answer } = exchange;
  const endpoint = `${request.method} ${request.path}`;
  const found = throttlingFindings({ endpoint, status: answer.status, retryAfter: answer.headers['retry-after'] });
  return found?.map((one) => ({ ...one, exchange }));
};
