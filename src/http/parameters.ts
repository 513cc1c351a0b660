// Reads the parameters of a request, and refuses it if they violate the document.
import type { Operation } from '../documents/operation.ts';
import type { ParameterViolation, RawParameters, SentNames } from '../documents/parameters.ts';
import type { RequestRules } from '../documents/request-rules.ts';
import { Refusal } from '../domain/errors.ts';
import { queryValue } from '../net/request-target.ts';
import type { RequestHead } from './request-source.ts';

/** Repeated headers are joined by Node, as HTTP defines; a repeated query parameter is a list. */
export function rawParameters(
  req: RequestHead,
  { rules }: Pick<Operation, 'rules'>,
  path: Readonly<Record<string, string>>,
  query: string,
): RawParameters {
  const pairs = query === '' ? undefined : new URLSearchParams(query);
  return ({ name, in: location }) => {
    if (location === 'path') return Object.hasOwn(path, name) ? path[name] : undefined;
    if (location === 'header') return headerOf(req, name, rules);
    if (location === 'cookie') return cookieOf(req, name);
    return pairs && queryValue(pairs, name, rules.ignoresCase);
  };
}

function headerOf({ headers }: RequestHead, name: string, { dropsEmptyHeaders }: RequestRules): string | readonly string[] | undefined {
  const value = headers[name.toLowerCase()];
  return dropsEmptyHeaders && value === '' ? undefined : value;
}

/** For hints: the names of the headers or of the query. */
export function sentNames({ headers }: RequestHead, query: string): SentNames {
  return (location) => (location === 'header' ? Object.keys(headers) : location === 'query' ? [...new URLSearchParams(query).keys()] : []);
}

/** The first cookie with that name; a browser sends the most specific one first. */
function cookieOf({ headers }: RequestHead, name: string): string | undefined {
  for (const pair of (headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}

/**
 * Invalid headers and parameters take precedence over an unsupported encoding (415). All are reported; the first determines the kind.
 * @throws Refusal
 */
export function refuseViolations(violations: readonly ParameterViolation[]): void {
  if (violations.length === 0) return;
  const parameters = violations.filter(({ kind }) => kind !== 'ContentEncoding');
  const reported = parameters.length > 0 ? parameters : violations;
  const [first] = reported;
  if (!first) return;
  throw new Refusal(first.kind, `${first.violation.target} ${first.violation.message}.`, {
    violations: reported.map(({ violation }) => violation),
  });
}
