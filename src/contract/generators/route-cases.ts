// Cases of paths and methods: undeclared ones, a trailing slash, and CORS preflights.
import { documentOf } from '../../checks/declared.ts';
import type { Exchange, HttpRequest } from '../../checks/exchange.ts';
import type { Operation } from '../../documents/operation.ts';
import type { Spec } from '../../documents/spec.ts';
import type { Case } from '../case.ts';
import { acceptCase, type RequestVariation, refuseCase } from './variation-case.ts';

/** One operation represents each path: one that deletes nothing, if there is one. */
export function routeCases(spec: Spec, operations: readonly Operation[]): readonly Case[] {
  const byPath = new Map<string, Operation[]>();
  for (const operation of operations) byPath.set(operation.path, [...(byPath.get(operation.path) ?? []), operation]);
  return [...byPath.values()].flatMap((ones) => {
    const [first] = ones.toSorted((a, b) => Number(a.method === 'DELETE') - Number(b.method === 'DELETE'));
    if (!first) return [];
    const declared = ones.map(({ method }) => method);
    return [
      undeclared(spec, first, declared),
      unknown(spec, first),
      preflights(first, declared),
      ...slash(spec, first),
      ...otherCase(spec, first),
    ];
  });
}

/** Without OPTIONS, and without HEAD where GET is declared: HTTP servers may answer those. */
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

function undeclared(spec: Spec, operation: Operation, declared: readonly string[]): Case {
  const { operationId, path } = operation;
  const others = methods.filter((method) => !declared.includes(method) && !(method === 'HEAD' && declared.includes('GET')));
  return refuseCase({
    id: `${operationId}/method/undeclared`,
    requirement: operationId === 'postNotification' ? 'post-only' : 'method-not-allowed',
    title: `refuses methods that are not declared at ${path}`,
    operation,
    about: `${path}`,
    document: `${documentOf(spec)}#/paths/${path.replaceAll('/', '~1')}`,
    rounds: [{ variations: others.map(withMethod) }],
    statuses: [405],
  });
}

/** GET and HEAD have no body. */
function withMethod(method: string): RequestVariation {
  return {
    label: method,
    alter: ({ json, ...base }) => ({
      ...base,
      method,
      ...(/^(GET|HEAD)$/.test(method) || json === undefined ? {} : { json }),
    }),
  };
}

function withPath(label: string, change: (path: string) => string): RequestVariation {
  return { label, alter: (base) => ({ ...base, path: change(base.path) }) };
}

function unknown(spec: Spec, operation: Operation): Case {
  const { operationId, method, path } = operation;
  const changes: readonly (readonly [string, (path: string) => string])[] = [
    ['further segments', (one) => `${one}/unknown/path`],
    ['a misspelt segment', (one) => one.replace(/[a-z]+(?=\/[^/]*$|$)/, (word) => `${word}x`)],
    ['a sibling path', (one) => one.replace(/[^/]+\/?$/, 'undeclared')],
    ['another version', (one) => one.replace(/^\/[^/]+/, (start) => `${start}-unknown`)],
  ];
  // A changed path that the document declares is another operation.
  const isUnknown = (change: (path: string) => string) => spec.match(method, change(path.replaceAll(/[{}]/g, ''))) === undefined;
  return refuseCase({
    id: `${operationId}/path/unknown`,
    requirement: 'unknown-route',
    title: `answers undeclared paths near ${path} with 404`,
    operation,
    about: 'an unknown path',
    document: `${documentOf(spec)}#/x-unmatched`,
    rounds: [{ variations: changes.filter(([, change]) => isUnknown(change)).map(([label, change]) => withPath(label, change)) }],
    statuses: [404],
  });
}

function slash(spec: Spec, operation: Operation): readonly Case[] {
  if (!operation.trailingSlash) return [];
  const { operationId, path } = operation;
  return [
    acceptCase({
      id: `${operationId}/path/trailing-slash`,
      requirement: operationId === 'postNotification' ? 'post-trailing-slash' : 'answer-status',
      title: `accepts ${path} with a trailing slash`,
      operation,
      about: 'a trailing slash',
      document: `${documentOf(spec)}#/paths/${path.replaceAll('/', '~1')}/x-trailing-slash`,
      variations: [{ label: `${path}/`, alter: (base) => ({ ...base, path: `${base.path}/` }) }],
    }),
  ];
}

function otherCase(spec: Spec, operation: Operation): readonly Case[] {
  if (!operation.rules.ignoresPathCase) return [];
  const { operationId, path } = operation;
  const literal = path.split('/').map((segment) => !segment.includes('{'));
  const spelt = (spell: (segment: string) => string) => (own: string) =>
    own
      .split('/')
      .map((segment, index) => (literal[index] ? spell(segment) : segment))
      .join('/');
  return [
    acceptCase({
      id: `${operationId}/path/case`,
      requirement: 'path-letter-case',
      title: `accepts ${path} in any letter case`,
      operation,
      about: 'a path in another letter case',
      document: `${documentOf(spec)}#/x-requests`,
      variations: [
        withPath(
          'in upper case',
          spelt((segment) => segment.toUpperCase()),
        ),
        withPath(
          'with capitals',
          spelt((segment) => segment.slice(0, 1).toUpperCase() + segment.slice(1)),
        ),
      ],
    }),
  ];
}

const origin = 'https://app.contoso.example';
const requestedHeaders = ['authorization', 'content-type', 'x-uns-id', 'client-request-id'];

function preflights(operation: Operation, declared: readonly string[]): Case {
  const { operationId, path } = operation;
  const variations = declared.map((method): RequestVariation => {
    const headers = {
      Origin: origin,
      'Access-Control-Request-Method': method,
      'Access-Control-Request-Headers': requestedHeaders.join(','),
    };
    return {
      label: `a preflight for ${method}`,
      alter: ({ surface, path }): HttpRequest => ({ surface, method: 'OPTIONS', path, caller: 'none', headers }),
    };
  });
  return acceptCase({
    id: `${operationId}/preflight`,
    requirement: 'preflight',
    title: `answers CORS preflights at ${path}`,
    operation,
    about: path,
    document: undefined,
    variations,
    statuses: [200, 204],
    mismatchOf: preflightMismatch,
  });
}

/** CORS-safelisted methods and headers (Fetch standard) need not be listed. */
function preflightMismatch({ sent, answer: { headers } }: Exchange): { requirement: string; expected: string; got: string } | undefined {
  const header = (name: string): string => headers[name] ?? '';
  const listed = (name: string): readonly string[] =>
    header(name)
      .split(',')
      .map((one) => one.trim().toLowerCase());
  const mismatch = (name: string, what: string) => ({
    requirement: 'preflight',
    expected: `${name} to allow ${what}`,
    got: headers[name] ?? 'no such header',
  });
  if (!['*', origin].includes(header('access-control-allow-origin'))) return mismatch('access-control-allow-origin', origin);
  const method = sent.headers['access-control-request-method'] ?? '';
  const allowed = listed('access-control-allow-methods');
  if (!/^(GET|HEAD|POST)$/.test(method) && !allowed.includes('*') && !allowed.includes(method.toLowerCase())) {
    return mismatch('access-control-allow-methods', method);
  }
  const names = listed('access-control-allow-headers');
  const missing = requestedHeaders.find((name) => !names.includes(name) && !(names.includes('*') && name !== 'authorization'));
  return missing === undefined ? undefined : mismatch('access-control-allow-headers', missing);
}
