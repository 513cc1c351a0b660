// Cases of parameters: missing required ones, and valid and violating values for every keyword of their schemas.
import type { HttpRequest } from '../../checks/exchange.ts';
import { requirementOf } from '../../checks/requirement-of.ts';
import type { Operation } from '../../documents/operation.ts';
import type { Parameter } from '../../documents/parameters.ts';
import type { Spec } from '../../documents/spec.ts';
import { isGuid } from '../../values/guid.ts';
import { type JsonObject, jsonObjectOf } from '../../values/json.ts';
import type { Case } from '../case.ts';
import { callerOf } from './base-request.ts';
import { samplesOf } from './keyword-samples.ts';
import { type KeywordSamples, type Sample, sample } from './sample.ts';
import { typesOf } from './schema-node.ts';
import { acceptCase, type RequestVariation, refuseCase } from './variation-case.ts';

export function parameterCases(spec: Spec, operation: Operation): readonly Case[] {
  return operation.parameters.flatMap((parameter) => [
    ...(parameter.in === 'header' || parameter.in === 'query' ? ofParameter(spec, operation, parameter) : []),
  ]);
}

/** Sets a parameter, or leaves it out if `text` is null. */
function withParameter({ name, in: where }: Parameter, label: string, text: string | null): RequestVariation {
  return {
    label,
    alter: (base): HttpRequest => {
      if (where === 'header') return { ...base, headers: { ...base.headers, [name]: text } };
      const { [name]: _, ...rest } = base.query ?? {};
      return { ...base, query: text === null ? rest : { ...rest, [name]: text } };
    },
  };
}

function ofParameter(spec: Spec, operation: Operation, parameter: Parameter): readonly Case[] {
  const { name } = parameter;
  const lower = name.toLowerCase();
  // Content-Encoding must match the body, so it has its own cases.
  if (lower === 'content-encoding') return [];
  const schema = jsonObjectOf(parameter.schema);
  if (schema['not'] !== undefined) return [forbidden(spec, operation, parameter)];
  const isUnsid = parameter.violation === 'MissingUnsid';
  return [
    ...(parameter.isRequired || (isUnsid && callerOf(operation) === 'app') ? [leftOut(spec, operation, parameter)] : []),
    // Only the service makes UNSIDs, so there are no further valid values.
    ...samplesFor(operation, parameter, schema).flatMap((samples) => keywordCases(spec, operation, parameter, samples)),
    ...(lower === 'client-request-id' ? [clientRequestIds(operation, parameter)] : []),
    ...(parameter.in === 'query' && operation.rules.ignoresCase ? [otherNames(spec, operation, parameter)] : []),
  ];
}

interface ParameterDescription {
  readonly operation: Operation;
  readonly about: string;
  readonly document: string | undefined;
}

function descriptionOf(spec: Spec, operation: Operation, { name, schema }: Parameter, keyword: string): ParameterDescription {
  return { operation, about: `${name} (${keyword})`, document: spec.locationOf(schema) };
}

function leftOut(spec: Spec, operation: Operation, parameter: Parameter): Case {
  const { name } = parameter;
  const { operationId } = operation;
  return refuseCase({
    ...descriptionOf(spec, operation, parameter, 'required'),
    id: `${operationId}/${name}/required`,
    requirement: requirementOf({ operationId, location: name, keyword: 'required', side: 'violating' }),
    title: `requires ${name}`,
    rounds: [{ variations: [withParameter(parameter, `no ${name}`, null)] }],
    statuses: [400],
  });
}

/** `not: {}`: the parameter must not be sent at all. */
function forbidden(spec: Spec, operation: Operation, parameter: Parameter): Case {
  const { name } = parameter;
  const { operationId } = operation;
  const texts = ['Fri, 23 Aug 2019 00:25:55 GMT', '"etag"', 'x'];
  return refuseCase({
    ...descriptionOf(spec, operation, parameter, 'not'),
    id: `${operationId}/${name}/not`,
    requirement: requirementOf({ operationId, location: name, keyword: 'not', side: 'violating' }),
    title: `refuses ${name}`,
    rounds: [{ variations: texts.map((text) => withParameter(parameter, text, text)) }],
    statuses: [400],
  });
}

/** Parameters are sent as text, so only other types than text can be violated. */
function samplesFor({ rules }: Operation, { name, violation, validate, coerce }: Parameter, schema: JsonObject): readonly KeywordSamples[] {
  const isText = typesOf(schema).includes('string');
  const isUnsid = violation === 'MissingUnsid';
  const wrongType: KeywordSamples = { keyword: 'type', valid: [], violating: ['all', '', '1.5', 'true', '5x'].map((text) => sample(text)) };
  const all = samplesOf({ pointer: '', name: '', schema, rules, isOptional: false }).filter(
    ({ keyword }) => keyword !== 'type' && keyword !== 'text',
  );
  const hasValidity = (isValid: boolean) => (one: Sample) =>
    isSendable(name, text(one)) && (validate(coerce(text(one)), 0).violations.length === 0) === isValid;
  return [...all, ...(isText ? [] : [wrongType])].map(({ keyword, valid, violating }) => ({
    keyword,
    valid: isUnsid ? [] : valid.filter(hasValidity(true)),
    violating: violating.filter(hasValidity(false)),
  }));
}

const plainContext = { now: 0, application: '', isApplicationGiven: true, name: (hint: string) => hint };
const text = (one: Sample): string => String(one.make(plainContext));
/** White space around a header value is not part of the value. */
const isSendable = (_name: string, value: string): boolean => value === value.trim();

function keywordCases(
  spec: Spec,
  operation: Operation,
  parameter: Parameter,
  { keyword, valid, violating }: KeywordSamples,
): readonly Case[] {
  const { operationId } = operation;
  const { name } = parameter;
  const description = descriptionOf(spec, operation, parameter, keyword);
  const requirement = (side: 'valid' | 'violating') => requirementOf({ operationId, location: name, keyword, side });
  const vary = (samples: readonly Sample[]) => samples.map((one) => withParameter(parameter, one.label, text(one)));
  const accepted = acceptCase({
    ...description,
    id: `${operationId}/${name}/${keyword}/accepted`,
    requirement: requirement('valid'),
    title: `accepts ${name} with values that are valid for ${keyword}`,
    variations: vary(valid),
  });
  // An empty UNSID may count as missing or as unknown.
  const statuses = parameter.violation === 'MissingUnsid' ? [400, 403, 404] : [400];
  const refused = refuseCase({
    ...description,
    id: `${operationId}/${name}/${keyword}/refused`,
    requirement: requirement('violating'),
    title: `refuses ${name} with values that violate ${keyword}`,
    rounds: [{ variations: vary(violating) }],
    statuses,
  });
  return [...(valid.length > 0 ? [accepted] : []), ...(violating.length > 0 ? [refused] : [])];
}

/** The name in other letter case, with a value that is good by itself, or one that must be refused all the same. */
function otherNames(spec: Spec, operation: Operation, parameter: Parameter): Case {
  const { name } = parameter;
  const schema = jsonObjectOf(parameter.schema);
  const bad = samplesFor(operation, parameter, schema).flatMap(({ violating }) => violating)[0];
  const named = (spelling: string) => (value: string) => withParameter({ ...parameter, name: spelling }, `${spelling}=${value}`, value);
  const spellings = [...new Set([name.toUpperCase(), name.toLowerCase()])].filter((spelling) => spelling !== name);
  const description = descriptionOf(spec, operation, parameter, 'case');
  const id = `${operation.operationId}/${name}/name-case`;
  const common = { ...description, id, requirement: 'path-letter-case', title: `compares the name ${name} without case` };
  if (bad) return refuseCase({ ...common, rounds: [{ variations: spellings.map((one) => named(one)(text(bad))) }], statuses: [400] });
  // Only the service makes cursors: an unknown one that is seen is 410.
  return refuseCase({ ...common, rounds: [{ variations: spellings.map((one) => named(one)('unknown')) }], statuses: [400, 410] });
}

/** The check on every response validates that the id is returned. */
function clientRequestIds(operation: Operation, parameter: Parameter): Case {
  const texts = ['1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11', '1F0C2B9E-5C2C-4C7F-9A53-3F6B1F3F0B12', 'not-a-guid', '42', 'x'.repeat(300)];
  return acceptCase({
    operation,
    about: parameter.name,
    document: undefined,
    id: `${operation.operationId}/${parameter.name}`,
    requirement: 'client-request-id',
    title: 'accepts any client-request-id, and echoes one that is a GUID',
    variations: texts.map((one) => withParameter(parameter, one.slice(0, 60), one)),
    mismatchOf: ({ sent, answer: { headers } }) => {
      const own = sent.headers['client-request-id'] ?? '';
      const echoed = headers['client-request-id'];
      if (!isGuid(own) || echoed?.toLowerCase() === own.toLowerCase()) return undefined;
      return { requirement: 'client-request-id', expected: `client-request-id to be ${own}`, got: echoed ?? 'no such header' };
    },
  });
}
