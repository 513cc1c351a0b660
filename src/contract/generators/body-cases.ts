// Cases of an operation's body: valid and violating values for every keyword of its schema, and random bodies.
import type { HttpRequest } from '../../checks/exchange.ts';
import { withValue } from '../../checks/json-pointer.ts';
import { requirementOf } from '../../checks/requirement-of.ts';
import type { Operation } from '../../documents/operation.ts';
import type { Spec } from '../../documents/spec.ts';
import { jsonObjectOf, listOf } from '../../values/json.ts';
import type { Case } from '../case.ts';
import { bodySchema } from './base-request.ts';
import { samplesOf } from './keyword-samples.ts';
import { type KeywordVariations, memberVariations, type Variation } from './member-variations.ts';
import { randomBody } from './random-body.ts';
import { contentMismatch, echoMismatch } from './response-echo.ts';
import type { Sample } from './sample.ts';
import { nodesOf, type SchemaNode } from './schema-node.ts';
import { acceptCase, type RefusedVariation, type RequestVariation, refuseCase } from './variation-case.ts';

export interface BodySubject {
  readonly spec: Spec;
  readonly operation: Operation;
  /** Validates a body by the document. */
  readonly isValid: (body: unknown, now: number) => boolean;
}

export function bodySubject(spec: Spec, operation: Operation): BodySubject | undefined {
  const validate = operation.body?.media.get('application/json');
  if (!validate) return undefined;
  return { spec, operation, isValid: (body, now) => validate(structuredClone(body), now).violations.length === 0 };
}

export function bodyCases(subject: BodySubject, seed: number): readonly Case[] {
  const nodes = nodesOf(bodySchema(subject.operation), subject.operation.rules);
  return [...baseCases(subject), ...nodes.flatMap((node) => nodeCases(subject, node)), ...mixedCases(subject, seed)];
}

const unchanged: RequestVariation = { label: 'as documented', alter: (base) => base };
const inBody = ({ label, alter }: Variation): RequestVariation => ({
  label,
  alter: (base, sampleContext) => ({ ...base, json: alter(base.json, sampleContext) }),
});

/** The smallest body and the full one, which all other cases alter. */
function baseCases({ spec, operation, isValid }: BodySubject): readonly Case[] {
  const { operationId } = operation;
  const requirement = requirementOf({ operationId, location: '', keyword: 'base', side: 'valid' });
  const mismatchOf = (exchange: Parameters<typeof echoMismatch>[0], now: number) => echoMismatch(exchange, now, spec);
  const common = {
    requirement,
    operation,
    document: spec.locationOf(bodySchema(operation)),
    isValid,
    mismatchOf,
    variations: [unchanged],
    isBase: true,
  };
  return [
    acceptCase({
      ...common,
      id: `${operationId}/body/smallest`,
      title: 'accepts the smallest body',
      about: 'the smallest body',
      shape: {},
    }),
    acceptCase({
      ...common,
      id: `${operationId}/body/full`,
      title: 'accepts a body with every member',
      about: 'a body with every member',
      shape: { isFull: true },
    }),
  ];
}

function nodeCases(subject: BodySubject, node: SchemaNode): readonly Case[] {
  const ofValue = samplesOf(node).map(({ keyword, valid, violating }): KeywordVariations => {
    const put = ({ label, make }: Sample): Variation => ({
      label,
      alter: (body, sampleContext) => withValue(body, node.pointer, make(sampleContext)),
    });
    const { pointer } = node;
    return { pointer, keyword, written: keyword, including: pointer, valid: valid.map(put), violating: violating.map(put) };
  });
  // A whole body of another type is covered by the raw-body cases.
  const all = [...(node.pointer === '' ? [] : ofValue), ...memberVariations(node), ...defaultAhead(node)];
  return all.flatMap((one) => variationCases(subject, node, one));
}

/** A default duration is validated with every response; this case leaves the member out on purpose. */
function defaultAhead({ pointer, schema }: SchemaNode): readonly KeywordVariations[] {
  if (schema['x-default-ahead'] === undefined) return [];
  const valid = [{ label: 'not sent', alter: (body: unknown) => body }];
  return [{ pointer, keyword: 'x-default-ahead', written: 'x-default-ahead', including: '', valid, violating: [] }];
}

/** Violations of type or format may be refused with 401 (F18, D7). */
const typeKeywords = new Set(['type', 'format', 'x-numeric-string', 'items']);

function variationCases({ spec, operation, isValid }: BodySubject, node: SchemaNode, variations: KeywordVariations): readonly Case[] {
  const { pointer, keyword, written, including, valid, violating } = variations;
  const { operationId } = operation;
  const location = spec.locationOf(node.schema);
  const shape = including === undefined ? { isFull: true } : { including };
  const where = pointer === '' ? 'the body' : pointer;
  const common = {
    operation,
    about: `${where} (${keyword})`,
    document: location && (keyword in node.schema ? `${location}/${written}` : location),
  };
  const id = `${operationId}/body${pointer}/${keyword}`;
  const requirement = (side: 'valid' | 'violating') => requirementOf({ operationId, location: pointer, keyword, side });
  const accepted = acceptCase({
    ...common,
    id: `${id}/accepted`,
    requirement: requirement('valid'),
    title: `accepts ${where} with values that are valid for ${keyword}`,
    shape,
    variations: valid.map(inBody),
    isValid,
    mismatchOf: (exchange, now, parts) =>
      echoMismatch(exchange, now, spec) ?? (keyword === 'text' ? contentMismatch(exchange, parts, spec.match) : undefined),
  });
  const first = violating.slice(0, 1).map(inBody);
  const refused = refuseCase({
    ...common,
    id: `${id}/refused`,
    requirement: requirement('violating'),
    title: `refuses ${where} with values that violate ${keyword}`,
    // The first violation is also tried in a full body: valid other members must not hide it.
    rounds: [{ shape, variations: violating.map(inBody) }, ...(shape.isFull ? [] : [{ shape: { isFull: true }, variations: first }])],
    statuses: typeKeywords.has(keyword) ? [400, 401] : [400],
    isInvalid: (body, now) => !isValid(body, now),
  });
  return [...(valid.length > 0 ? [accepted] : []), ...(violating.length > 0 ? [refused] : [])];
}

const mixes = 3;
const bodiesOfMix = 6;

/** Random combinations of all members, different for each seed. */
function mixedCases({ spec, operation, isValid }: BodySubject, seed: number): readonly Case[] {
  const schema = jsonObjectOf(bodySchema(operation));
  const { operationId } = operation;
  return Array.from({ length: mixes }, (_, mix) => {
    const variations = Array.from({ length: bodiesOfMix }, (_, index): RequestVariation => {
      const number = seed * 1000 + mix * bodiesOfMix + index;
      const alter = (base: HttpRequest, sampleContext: Parameters<Sample['make']>[0]) => ({
        ...base,
        json: randomBody({ schema, rules: operation.rules }, sampleContext, number),
      });
      return { label: `random body number ${number}`, alter };
    });
    return acceptCase({
      id: `${operationId}/body/mixed-${mix + 1}`,
      requirement: requirementOf({ operationId, location: '', keyword: 'mixed', side: 'valid' }),
      title: 'accepts bodies with random combinations of all valid values',
      operation,
      about: 'the body',
      document: spec.locationOf(schema),
      variations,
      isValid,
      mismatchOf: (exchange, now, parts) => echoMismatch(exchange, now, spec) ?? contentMismatch(exchange, parts, spec.match),
    });
  });
}

/** Errors should point at the violating member (SHOULD). */
export function detailsCase({ spec, operation }: BodySubject): readonly Case[] {
  const schema = jsonObjectOf(bodySchema(operation));
  const names = listOf(schema['required']).map(String);
  const name = names[0];
  if (name === undefined) return [];
  const mismatchOf: RefusedVariation['mismatchOf'] = ({ answer: { json } }) => {
    const targets = listOf(jsonObjectOf(jsonObjectOf(json)['error'])['details']).map((detail) => jsonObjectOf(detail)['target']);
    if (targets.includes(`/${name}`)) return undefined;
    return { requirement: 'error-details', expected: `error.details to point at /${name}`, got: JSON.stringify(targets) };
  };
  return [
    refuseCase({
      id: `${operation.operationId}/body/details`,
      requirement: 'error-details',
      title: `points at the missing member`,
      operation,
      about: `/${name} (required)`,
      document: spec.locationOf(schema),
      rounds: [
        {
          variations: [
            inBody({
              label: `no ${name}`,
              alter: (body) => Object.fromEntries(Object.entries(jsonObjectOf(body)).filter(([one]) => one !== name)),
            }),
          ],
        },
      ],
      statuses: [400],
      mismatchOf,
    }),
  ];
}
