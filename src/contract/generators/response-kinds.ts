// Calls that provoke a response of every kind: accepted, and refused for each possible reason.
import { gzipSync } from 'node:zlib';
import type { HttpRequest } from '../../checks/exchange.ts';
import type { Operation } from '../../documents/operation.ts';
import type { Spec } from '../../documents/spec.ts';
import { jsonObjectOf, listOf } from '../../values/json.ts';
import { bodySchema, type CaseParts, callerOf } from './base-request.ts';
import { bytesOf } from './raw-body.ts';

/** A call without an expectation of its status, which other cases have. */
export interface Call {
  readonly label: string;
  readonly make: (base: HttpRequest, parts: CaseParts) => HttpRequest | Promise<HttpRequest>;
}

const call = (label: string, make: Call['make']): Call => ({ label, make });
const withHeaders = (request: HttpRequest, headers: HttpRequest['headers']): HttpRequest => ({
  ...request,
  headers: { ...request.headers, ...headers },
});
const withBytes = ({ json: _, ...request }: HttpRequest, bytes: Uint8Array, headers: HttpRequest['headers'] = {}): HttpRequest => ({
  ...withHeaders(request, headers),
  bytes,
});

/** Well-formed, but given by no service. */
const unknownUnsid = 'unknown-unsid-0123456789-0123456789';
const unknownId = '00000000-0000-4000-8000-000000000000';

export function callsOf(spec: Spec, operation: Operation): readonly Call[] {
  return [
    call('a call as documented', (base) => base),
    ...credentialCalls(operation),
    ...bodyCalls(operation),
    ...parameterCalls(operation),
    ...(operation.operationId === 'createSubscription' ? [anotherPlatform(operation)] : []),
    ...routeCalls(spec, operation),
  ];
}

function credentialCalls(operation: Operation): readonly Call[] {
  if (operation.security.length === 0) return [];
  const wrong = callerOf(operation) === 'user' ? [call('the token of an app server', (base) => ({ ...base, caller: 'app' }))] : [];
  return [call('no token', (base) => ({ ...base, caller: 'none' })), ...badTokens.slice(0, 1), ...wrong];
}

/** Error responses must not repeat even an invalid token. */
export const badTokens: readonly Call[] = [
  ...['opaque-unknown-token-0123456789', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJub2JvZHkifQ.c2lnbmF0dXJl', 'x'.repeat(600)].map((literal) =>
    call(`the invalid token ${literal.slice(0, 12)}…`, (base) => ({ ...base, caller: { literal } })),
  ),
  call('Basic credentials', (base) => withHeaders({ ...base, caller: 'none' }, { Authorization: 'Basic bm9ib2R5OnMzY3JldC13b3Jk' })),
];

function bodyCalls({ operationId, body }: Operation): readonly Call[] {
  if (!body) return [];
  // Small when sent, too large when decompressed.
  const large = () => gzipSync(`{"padding":"${'x'.repeat(body.maxBytes)}"}`);
  return [
    call('a body that is not JSON', (base) => withBytes(base, bytesOf('{'))),
    call('an empty object', (base) => ({ ...base, json: {} })),
    call('an array', (base) => ({ ...base, json: [] })),
    call('a body declared as text/plain', (base) => withBytes(base, bytesOf(JSON.stringify(base.json)), { 'Content-Type': 'text/plain' })),
    call('an unknown encoding', (base) =>
      withBytes(base, bytesOf(JSON.stringify(base.json)), { 'Content-Encoding': 'unknown', 'Content-Type': 'application/json' }),
    ),
    // Large bodies take time, so the limit is tested on POST only.
    ...(operationId === 'postNotification'
      ? [
          call('a body over the limit', (base) =>
            withBytes(base, large(), { 'Content-Encoding': 'gzip', 'Content-Type': 'application/json' }),
          ),
        ]
      : []),
  ];
}

function parameterCalls({ path, parameters }: Operation): readonly Call[] {
  const inHeader = parameters.filter((one) => one.in === 'header').map(({ name }) => name);
  const unsid = inHeader.find((name) => name.toLowerCase() === 'x-uns-id');
  const inQuery = new Set(parameters.filter((one) => one.in === 'query').map(({ name }) => name));
  const asking = (query: Readonly<Record<string, string>>) => (base: HttpRequest) => ({ ...base, query: { ...base.query, ...query } });
  const missing = path.endsWith('/{id}') ? unknownId : path.endsWith('/{unsid}') ? unknownUnsid : undefined;
  return [
    ...(unsid === undefined
      ? []
      : [
          call(`no ${unsid}`, (base) => withHeaders(base, { [unsid]: null })),
          call(`an unknown ${unsid}`, (base) => withHeaders(base, { [unsid]: unknownUnsid })),
        ]),
    ...(inQuery.has('$top') ? [call('$top=0', asking({ $top: '0' }))] : []),
    ...(inQuery.has('since') ? [call('an unknown cursor', asking({ since: 'unknown-cursor' }))] : []),
    ...(missing === undefined
      ? []
      : [call('a resource that does not exist', (base) => ({ ...base, path: base.path.replace(/[^/]+$/, missing) }))]),
  ];
}

/** A different platform for a device that is subscribed. */
function anotherPlatform(operation: Operation): Call {
  const platforms = listOf(jsonObjectOf(jsonObjectOf(jsonObjectOf(bodySchema(operation))['properties'])['platform'])['enum']);
  return call('another platform for the same device', async (base, { fixture }) => {
    await fixture.send(base);
    const own = jsonObjectOf(base.json);
    return { ...base, json: { ...own, platform: platforms.find((one) => one !== own['platform']) } };
  });
}

function routeCalls(spec: Spec, { path }: Operation): readonly Call[] {
  const method = ['PUT', 'PATCH', 'DELETE'].find((one) => {
    const match = spec.match(one, path.replaceAll(/[{}]/g, ''));
    return match !== undefined && 'allow' in match;
  });
  const elsewhere = (base: HttpRequest, change: Partial<HttpRequest>): HttpRequest => ({ ...base, ...change });
  return [
    ...(method === undefined ? [] : [call(`the undeclared method ${method}`, (base) => elsewhere(base, { method }))]),
    call('an unknown path', (base) => elsewhere(base, { path: `${base.path}/unknown/path` })),
  ];
}
