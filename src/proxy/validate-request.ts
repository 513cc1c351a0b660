// Validates a request against the documents: path, method, token, parameters and body.
import { documentOf } from '../checks/declared.ts';
import { expectationOf } from '../checks/expectation.ts';
import { valueAt } from '../checks/json-pointer.ts';
import { bodyRequirementOf, requirementOf } from '../checks/requirement-of.ts';
import { mediaTypeOf, type Operation, type RequestBody } from '../documents/operation.ts';
import { type Parameter, type RawParameters, validateParameters } from '../documents/parameters.ts';
import { exactly, type RequestRules } from '../documents/request-rules.ts';
import type { Spec } from '../documents/spec.ts';
import { bearerToken } from '../net/bearer.ts';
import { queryValue } from '../net/request-target.ts';
import { jsonIn } from '../values/json.ts';
import type { BodyText } from './body-text.ts';
import type { ForwardedExchange } from './forwarded-exchange.ts';
import { schemaAt } from './schema-at.ts';

export interface RequestViolation {
  /** Id in the catalogue of requirements. */
  readonly requirement: string;
  readonly expected: string;
  readonly got: string;
  readonly document: string | undefined;
  readonly fingerprint: string;
  /** A wrong data type, for which 401 is permitted as well as 400 (D7). */
  readonly isType: boolean;
}

export interface RequestParts {
  readonly spec: Spec;
  readonly forwarded: ForwardedExchange;
  readonly body: BodyText;
  /** Milliseconds since 1970, by the target's clock. */
  readonly now: number;
}

/** The target's clock is known to about a second, and requests take time to arrive. */
const clockToleranceMs = 5000;
const timeKeywords = new Set(['x-future', 'x-max-ahead']);

export function requestViolations(parts: RequestParts): readonly RequestViolation[] {
  const { spec, forwarded } = parts;
  const match = spec.match(forwarded.method, forwarded.path);
  if (!match || 'allow' in match) return [unmatched(parts, match?.allow)];
  const { operation, pathParameters } = match;
  const raw = rawParameters(forwarded, pathParameters, operation.rules);
  const parameters = validateParameters(operation.parameters, raw, parts.now).violations.map(({ violation }) =>
    parameterViolation(parts, operation, { ...violation, raw }),
  );
  return [...tokenViolations(parts, operation), ...parameters, ...(operation.body ? bodyViolations(parts, operation, operation.body) : [])];
}

function unmatched({ spec, forwarded: { method, path } }: RequestParts, allow: readonly string[] | undefined): RequestViolation {
  const document = `${documentOf(spec)}#/paths`;
  const common = { document, isType: false };
  if (path === spec.socket.path) {
    const expected = `a WebSocket handshake at ${path}`;
    return { ...common, requirement: 'handshake-refused', expected, got: `${method} without one`, fingerprint: `socket ${method}` };
  }
  if (!allow) {
    const expected = 'a path that the documents declare';
    return { ...common, requirement: 'unknown-route', expected, got: `${method} ${path}`, fingerprint: `path ${method} ${path}` };
  }
  return {
    ...common,
    requirement: 'method-not-allowed',
    expected: `one of ${allow.join(', ')} at ${path}`,
    got: method,
    fingerprint: `method ${method} ${path}`,
  };
}

/** The expectation of a target that accepted an invalid request. @param ofApp what was expected of the app */
export function refusalExpected(ofApp: string): string {
  return `a refusal, since the documents require ${ofApp}`;
}

/** The raw parameters of a request, by the document's declaration. */
export function rawParameters(
  { headers, query }: Pick<ForwardedExchange, 'headers' | 'query'>,
  path: Readonly<Record<string, string>>,
  { ignoresCase, dropsEmptyHeaders }: RequestRules = exactly,
): RawParameters {
  const pairs = new URLSearchParams(query);
  return ({ name, in: location }) => {
    if (location === 'path') return path[name];
    if (location === 'header') return dropsEmptyHeaders ? headers[name.toLowerCase()] || undefined : headers[name.toLowerCase()];
    if (location === 'cookie') return undefined;
    return queryValue(pairs, name, ignoresCase);
  };
}

function tokenViolations({ forwarded: { headers } }: RequestParts, { operationId, security }: Operation): readonly RequestViolation[] {
  if (security.length === 0 || bearerToken(headers.authorization) !== undefined) return [];
  const got = headers.authorization === undefined ? 'no such header' : 'another scheme';
  const expected = 'Authorization: Bearer …';
  return [{ requirement: 'unauthorized', expected, got, document: undefined, fingerprint: `${operationId} Authorization`, isType: false }];
}

interface ParameterViolation {
  readonly code: string;
  readonly target: string;
  readonly message: string;
  readonly raw: RawParameters;
}

function parameterViolation(
  { spec }: RequestParts,
  operation: Operation,
  { code, target, message, raw }: ParameterViolation,
): RequestViolation {
  const parameter: Parameter | undefined = operation.parameters.find(({ name }) => name === target);
  const { operationId } = operation;
  const given = parameter && raw(parameter);
  return {
    requirement:
      target.toLowerCase() === 'content-encoding'
        ? 'encoding-refused'
        : requirementOf({ operationId, location: target, keyword: code, side: 'violating' }),
    expected: expectationOf(target, message),
    got: given === undefined ? 'nothing' : shortened(JSON.stringify(given)),
    document: spec.locationOf(parameter?.schema),
    fingerprint: `${operationId} ${target} ${code}`,
    isType: false,
  };
}

function bodyViolations(parts: RequestParts, operation: Operation, wanted: RequestBody): readonly RequestViolation[] {
  const { forwarded, body } = parts;
  const { operationId } = operation;
  const violation = (requirement: string, expected: string, got: string): readonly RequestViolation[] => [
    { requirement, expected, got, document: undefined, fingerprint: `${operationId} ${requirement} ${expected}`, isType: false },
  ];
  const withinLimit = `a body of at most ${wanted.maxBytes} bytes`;
  // A body that was refused early may not have been sent completely.
  const size = Math.max(forwarded.body.bytes, Number(forwarded.headers['content-length'] ?? 0));
  if (size > wanted.maxBytes) return violation('body-limit', withinLimit, `${size}`);
  if (!forwarded.body.isWhole || body.kind === 'unread') return [];
  if (body.kind === 'none' && !wanted.isRequired) return [];
  const type = mediaTypeOf(forwarded.headers['content-type'] ?? '');
  const validatedType = wanted.media.has(type) ? type : [...wanted.media.keys()].find((one) => one.includes('*'));
  if (validatedType === undefined)
    return violation('content-type', `Content-Type ${[...wanted.media.keys()].join(' or ')}`, type === '' ? 'no such header' : type);
  if (body.kind === 'too large') return violation('body-limit', withinLimit, 'a larger body after decoding');
  if (body.kind === 'corrupt') return violation('encoding-corrupt', `a body in ${body.coding}`, 'a body in another format');
  const notJson = (got: string) => violation(bodyRequirementOf(operationId, false), 'a body in JSON', got);
  if (body.kind !== 'text') return notJson(body.kind === 'none' ? 'nothing' : 'bytes that are not UTF-8');
  if (Buffer.byteLength(body.text) > wanted.maxBytes)
    return violation('body-limit', withinLimit, `${Buffer.byteLength(body.text)} after decoding`);
  if (!/[/+]json$/.test(validatedType)) return [];
  const json = jsonIn(body.text);
  if (json === undefined) return notJson(shortened(JSON.stringify(body.text)));
  return schemaViolations({ ...parts, operation, wanted, type: validatedType, json });
}

interface SchemaParts extends RequestParts {
  readonly operation: Operation;
  readonly wanted: RequestBody;
  readonly type: string;
  readonly json: unknown;
}

function schemaViolations({ spec, now, operation: { operationId }, wanted, type, json }: SchemaParts): readonly RequestViolation[] {
  // A validator may normalize the value that it is given.
  const validationAt = (at: number) => wanted.media.get(type)?.(structuredClone(json), at) ?? { value: json, violations: [] };
  const violationsAt = (at: number) => validationAt(at).violations;
  const { value: read, violations } = validationAt(now);
  const isLateOrEarly = violations.some(({ code }) => timeKeywords.has(code));
  const others = isLateOrEarly ? [violationsAt(now - clockToleranceMs), violationsAt(now + clockToleranceMs)] : [];
  const isCertain = ({ code, target }: (typeof violations)[number]) =>
    !timeKeywords.has(code) || others.every((other) => other.some((one) => one.code === code && one.target === target));
  const schema = wanted.schemas.get(type);
  return violations.filter(isCertain).map(({ code, target, message }): RequestViolation => {
    // What was read has the names of the document, which targets are made of.
    const value = valueAt(read, target) ?? valueAt(json, target);
    return {
      requirement:
        target === ''
          ? bodyRequirementOf(operationId, Array.isArray(json))
          : requirementOf({ operationId, location: target.replaceAll(/\/\d+(?=\/|$)/g, ''), keyword: code, side: 'violating' }),
      expected: expectationOf(target || 'the body', message),
      got: value === undefined ? 'nothing' : shortened(JSON.stringify(value)),
      document: spec.locationOf(schemaAt(schema, target)) ?? spec.locationOf(schema),
      fingerprint: `${operationId} ${target.replaceAll(/\/\d+(?=\/|$)/g, '/*')} ${code}`,
      isType: code === 'type',
    };
  });
}

function shortened(text: string): string {
  return text.length <= 120 ? text : `${text.slice(0, 120)}…`;
}
