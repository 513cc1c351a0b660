// Compares what the suite says of an exchange with what Prism says of it.
import type { Exchange } from '../../../src/checks/exchange.ts';
import { testimonyOf, type Violation } from './witness.ts';

/** An exchange of a case of a suite that found nothing wrong. */
export interface Seen {
  readonly caseId: string;
  readonly exchange: Exchange;
  /** Undefined: the documents have no operation for its method and path. */
  readonly operationId: string | undefined;
}

export interface Disagreement extends Seen {
  readonly about: 'request' | 'answer';
  /** What Prism reports where the suite sees nothing wrong; `nothing`: the other way round. */
  readonly prism: string;
}

/**
 * Every case has passed, so each request that breaks the document was refused as such: the answer's status reports what the suite
 * thinks of the request. Of what only the service can know (403, 404 for an id, 409, 410) a document says nothing: such a request is
 * well formed.
 */
export function isRefused({ operationId, exchange }: Seen): boolean {
  const { status } = exchange.answer;
  return [400, 401, 405, 413, 415].includes(status) || (status === 404 && operationId === undefined);
}

/** Violations of answers are all disagreements: the checks look at every answer, and have found none. */
export function disagreementsOf(seen: Seen): readonly Disagreement[] {
  const testimony = testimonyOf(seen.exchange);
  if ('withheld' in testimony) return [];
  const ofRequest = testimony.violations.filter(isOfRequest);
  const ofAnswer = testimony.violations.filter((one) => !isOfRequest(one));
  const disagreementOf = (about: Disagreement['about'], prism: string): Disagreement => ({ ...seen, about, prism });
  const silent = isRefused(seen) && ofRequest.length === 0 ? [disagreementOf('request', 'nothing')] : [];
  const alarms = isRefused(seen) ? [] : ofRequest.map((one) => disagreementOf('request', text(one)));
  return [...silent, ...alarms, ...ofAnswer.map((one) => disagreementOf('answer', text(one)))];
}

const isOfRequest = ({ place }: Violation): boolean => /^request\b/.test(place);
const text = ({ place, code }: Violation): string => `${place} ${code}`;
