// Who is throttled must hear when to come again: of every answer, also those that are endpoint for again and those that devices get.
import type { Check } from './check.ts';
import type { Finding } from './failure.ts';

/** Dates as RFC 9110 has them; `Date.parse` alone takes much else for one. */
const httpDate = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? .*\d{2}:\d{2}:\d{2}/;

export interface Throttled {
  /** Who was endpoint: `GET /client/v1/socket`. */
  readonly endpoint: string;
  readonly status: number;
  /** The header, as it came. */
  readonly retryAfter: string | undefined;
}

/** A 406 without Retry-After is one that nobody can obey. Undefined: nobody was throttled. */
export function throttlingFindings({ endpoint, status, retryAfter }: Throttled): readonly Finding[] | undefined {
  if (status !== 429 && status !== 406) return undefined;
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
