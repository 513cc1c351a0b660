// Takes parameters from a request and refuses those that the document forbids.
import type { IncomingMessage } from 'node:http';
import type { ParameterViolation, RawParameters } from '../documents/parameters.ts';
import { Refusal } from '../domain/errors.ts';

/** A header that is sent twice comes as one, joined by Node as HTTP says; a query parameter that is given twice comes as a list. */
export function rawParameters(req: IncomingMessage, path: Readonly<Record<string, string>>, query: string): RawParameters {
  const pairs = query === '' ? undefined : new URLSearchParams(query);
  return ({ name, in: location }) => {
    if (location === 'path') return Object.hasOwn(path, name) ? path[name] : undefined;
    if (location === 'header') return req.headers[name.toLowerCase()];
    if (location === 'cookie') return cookieOf(req, name);
    const values = pairs?.getAll(name) ?? [];
    return values.length > 1 ? values : values[0];
  };
}

/** The first of that name; a browser sends the most specific one first. */
function cookieOf({ headers }: IncomingMessage, name: string): string | undefined {
  for (const pair of (headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}

/**
 * Refused headers and parameters come before an encoding that cannot be read (415). All are told; the first names the kind.
 * @throws Refusal
 */
export function refuseViolations(violations: readonly ParameterViolation[]): void {
  if (violations.length === 0) return;
  const parameters = violations.filter(({ kind }) => kind !== 'ContentEncoding');
  const told = parameters.length > 0 ? parameters : violations;
  const [first] = told;
  if (!first) return;
  const faults = told.map(({ violation: fault }) => fault);
  throw new Refusal(first.kind, `${first.violation.target} ${first.violation.message}.`, { violations: faults });
}
