// Responds to CORS preflight requests on every path.
import type { Spec } from '../documents/spec.ts';
import { asksForMethod } from '../net/preflight.ts';
import type { RequestHead } from './request-source.ts';
import type { HttpResponse } from './response.ts';

/** How long a browser may cache the response. */
const maxAgeSeconds = 7200;
const token = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;

/** A browser always sends Origin; without it, the request is an ordinary OPTIONS. */
export function isPreflight({ method, headers }: RequestHead): boolean {
  return asksForMethod(method, headers) && headers.origin !== undefined;
}

/** @param common headers with request ids and date */
export function preflightResponse(spec: Spec, req: RequestHead, path: string, common: readonly string[]): HttpResponse {
  const match = spec.match('OPTIONS', path);
  const methods = match && 'allow' in match ? match.allow : spec.methods;
  const asked = (req.headers['access-control-request-headers'] ?? '').split(',').map((name) => name.trim());
  const allowed = asked.filter((name) => token.test(name));
  const headers = [
    ...common,
    'Access-Control-Allow-Origin',
    '*',
    'Access-Control-Allow-Methods',
    methods.join(', '),
    ...(allowed.length > 0 ? ['Access-Control-Allow-Headers', allowed.join(', ')] : []),
    'Access-Control-Max-Age',
    String(maxAgeSeconds),
  ];
  return { status: 204, headers, body: undefined, declared: undefined, alsoDeclared: [], operationId: undefined };
}
