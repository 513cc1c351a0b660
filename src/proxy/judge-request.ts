// Judges a request by the documents: its path and method, its token, parameters and body.
import { documentOf } from '../checks/declared.ts';
import { expectationOf } from '../checks/expectation.ts';
import { valueAt } from '../checks/json-pointer.ts';
import { bodyRequirementOf, requirementOf } from '../checks/requirement-of.ts';
import { mediaTypeOf, type Operation, type RequestBody } from '../documents/operation.ts';
import { type Parameter, type RawParameters, validateParameters } from '../documents/parameters.ts';
import type { Spec } from '../documents/spec.ts';
import type { BodyText } from './body-text.ts';
import type { PassedExchange } from './passed.ts';
import { schemaAt } from './schema-place.ts';

export interface RequestFault {
  /** Id in the catalogue. */
  readonly requirement: string;
  readonly expected: string;
  readonly got: string;
  readonly document: string | undefined;
  readonly mark: string;
  /** A wrong data type, for which 401 is as good as 400 (D7). */
  readonly isType: boolean;
}

export interface RequestParts {
  readonly spec: Spec;
  readonly passed: PassedExchange;
  readonly body: BodyText;
  /** Milliseconds since 1970, by the target's clock. */
  readonly now: number;
}

/** The target's clock is known to about a second, and requests take time. */
const clockSlackMs = 5000;
const ofTime = new Set(['x-future', 'x-max-ahead']);

export function requestFaults(parts: RequestParts): readonly RequestFault[] {
  const { spec, passed } = parts;
  const match = spec.match(passed.method, passed.path);
  if (!match || 'allow' in match) return [unmatched(parts, match?.allow)];
  const { operation, pathParameters } = match;
  const raw = rawParameters(passed, pathParameters);
  const parameters = validateParameters(operation.parameters, raw, parts.now).violations.map(({ violation: fault }) =>
    parameterFault(parts, operation, { ...fault, raw }),
  );
  return [...tokenFaults(parts, operation), ...parameters, ...(operation.body ? bodyFaults(parts, operation, operation.body) : [])];
}

function unmatched({ spec, passed: { method, path } }: RequestParts, allow: readonly string[] | undefined): RequestFault {
  const document = `${documentOf(spec)}#/paths`;
  const common = { document, isType: false };
  if (path === spec.socket.path) {
    const expected = `a WebSocket handshake at ${path}`;
    return { ...common, requirement: 'handshake-refused', expected, got: `${method} without one`, mark: `socket ${method}` };
  }
  if (!allow) {
    const expected = 'a path that the documents have';
    return { ...common, requirement: 'unknown-route', expected, got: `${method} ${path}`, mark: `path ${method} ${path}` };
  }
  return {
    ...common,
    requirement: 'method-not-allowed',
    expected: `one of ${allow.join(', ')} at ${path}`,
    got: method,
    mark: `method ${method} ${path}`,
  };
}

/** Of a target that has accepted what breaks the documents. @param ofApp what was expected of the app */
export function refusalExpected(ofApp: string): string {
  return `a refusal, since the documents want ${ofApp}`;
}

/** The document's parameters of a request. */
export function rawParameters(
  { headers, query }: Pick<PassedExchange, 'headers' | 'query'>,
  path: Readonly<Record<string, string>>,
): RawParameters {
  const pairs = new URLSearchParams(query);
  return ({ name, in: place }) => {
    if (place === 'path') return path[name];
    if (place === 'header') return headers[name.toLowerCase()];
    if (place === 'cookie') return undefined;
    const values = pairs.getAll(name);
    return values.length > 1 ? values : values[0];
  };
}

function tokenFaults({ passed: { headers } }: RequestParts, { operationId, security }: Operation): readonly RequestFault[] {
  if (security.length === 0 || /^Bearer +\S/i.test(headers.authorization ?? '')) return [];
  const got = headers.authorization === undefined ? 'no such header' : 'another scheme';
  const expected = 'Authorization: Bearer …';
  return [{ requirement: 'unauthorized', expected, got, document: undefined, mark: `${operationId} Authorization`, isType: false }];
}

interface ParameterAtFault {
  readonly code: string;
  readonly target: string;
  readonly message: string;
  readonly raw: RawParameters;
}

function parameterFault({ spec }: RequestParts, operation: Operation, { code, target, message, raw }: ParameterAtFault): RequestFault {
  const parameter: Parameter | undefined = operation.parameters.find(({ name }) => name === target);
  const { operationId } = operation;
  const given = parameter && raw(parameter);
  return {
    requirement:
      target.toLowerCase() === 'content-encoding'
        ? 'encoding-refused'
        : requirementOf({ operationId, place: target, keyword: code, side: 'violating' }),
    expected: expectationOf(target, message),
    got: given === undefined ? 'nothing' : shortened(JSON.stringify(given)),
    document: spec.locationOf(parameter?.schema),
    mark: `${operationId} ${target} ${code}`,
    isType: false,
  };
}

function bodyFaults(parts: RequestParts, operation: Operation, wanted: RequestBody): readonly RequestFault[] {
  const { passed, body } = parts;
  const { operationId } = operation;
  const told = (requirement: string, expected: string, got: string): readonly RequestFault[] => [
    { requirement, expected, got, document: undefined, mark: `${operationId} ${requirement} ${expected}`, isType: false },
  ];
  const inMost = `a body of at most ${wanted.maxBytes} bytes`;
  // A body that was refused at once was not sent to its end.
  const size = Math.max(passed.body.bytes, Number(passed.headers['content-length'] ?? 0));
  if (size > wanted.maxBytes) return told('body-limit', inMost, `${size}`);
  if (!passed.body.isWhole || body.kind === 'unread') return [];
  if (body.kind === 'none' && !wanted.isRequired) return [];
  const type = mediaTypeOf(passed.headers['content-type'] ?? '');
  const judgedAs = wanted.media.has(type) ? type : [...wanted.media.keys()].find((one) => one.includes('*'));
  if (judgedAs === undefined)
    return told('content-type', `Content-Type ${[...wanted.media.keys()].join(' or ')}`, type === '' ? 'no such header' : type);
  if (body.kind === 'too large') return told('body-limit', inMost, 'more, when it is decoded');
  if (body.kind === 'corrupt') return told('encoding-corrupt', `a body in ${body.coding}`, 'another one');
  const notJson = (got: string) => told(bodyRequirementOf(operationId, false), 'a body in JSON', got);
  if (body.kind !== 'text') return notJson(body.kind === 'none' ? 'nothing' : 'bytes that are not UTF-8');
  if (Buffer.byteLength(body.text) > wanted.maxBytes)
    return told('body-limit', inMost, `${Buffer.byteLength(body.text)} when it is decoded`);
  if (!/[/+]json$/.test(judgedAs)) return [];
  let json: unknown;
  try {
    json = JSON.parse(body.text);
  } catch {
    return notJson(shortened(JSON.stringify(body.text)));
  }
  return schemaFaults({ ...parts, operation, wanted, type: judgedAs, json });
}

interface SchemaParts extends RequestParts {
  readonly operation: Operation;
  readonly wanted: RequestBody;
  readonly type: string;
  readonly json: unknown;
}

function schemaFaults({ spec, now, operation: { operationId }, wanted, type, json }: SchemaParts): readonly RequestFault[] {
  // A judge may change the spelling of what it is given.
  const faultsAt = (at: number) => wanted.media.get(type)?.(structuredClone(json), at).violations ?? [];
  const faults = faultsAt(now);
  const isLateOrEarly = faults.some(({ code }) => ofTime.has(code));
  const others = isLateOrEarly ? [faultsAt(now - clockSlackMs), faultsAt(now + clockSlackMs)] : [];
  const isSure = ({ code, target }: (typeof faults)[number]) =>
    !ofTime.has(code) || others.every((other) => other.some((one) => one.code === code && one.target === target));
  const schema = wanted.schemas.get(type);
  return faults.filter(isSure).map(({ code, target, message }) => {
    const value = valueAt(json, target);
    return {
      requirement:
        target === ''
          ? bodyRequirementOf(operationId, Array.isArray(json))
          : requirementOf({ operationId, place: target.replaceAll(/\/\d+(?=\/|$)/g, ''), keyword: code, side: 'violating' }),
      expected: expectationOf(target || 'the body', message),
      got: value === undefined ? 'nothing' : shortened(JSON.stringify(value)),
      document: spec.locationOf(schemaAt(schema, target)) ?? spec.locationOf(schema),
      mark: `${operationId} ${target.replaceAll(/\/\d+(?=\/|$)/g, '/*')} ${code}`,
      isType: code === 'type',
    };
  });
}

function shortened(text: string): string {
  return text.length <= 120 ? text : `${text.slice(0, 120)}…`;
}
