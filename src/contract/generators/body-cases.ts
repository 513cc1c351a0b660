// Cases of an operation's body: for every keyword of its schema values that keep it and values that break it, and bodies made at random.
import type { HttpRequest } from '../../checks/exchange.ts';
import { withValue } from '../../checks/json-pointer.ts';
import { requirementOf } from '../../checks/requirement-of.ts';
import { jsonObjectOf, listOf } from '../../documents/json.ts';
import type { Operation } from '../../documents/operation.ts';
import type { Spec } from '../../documents/spec.ts';
import type { Case } from '../case.ts';
import { bodySchema } from './base-request.ts';
import { contentMismatch, echoMismatch } from './echo.ts';
import { samplesOf } from './keyword-samples.ts';
import { type KeywordVariations, memberVariations, type Variation } from './member-variations.ts';
import { randomBody } from './mixed-body.ts';
import type { Sample } from './sample.ts';
import { nodesOf, type SchemaNode } from './schema-node.ts';
import { acceptCase, type RefusedVariation, type RequestVariation, refuseCase } from './trial.ts';

export interface BodySubject {
  readonly spec: Spec;
  readonly operation: Operation;
  /** Faults of a body, by the document. */
  readonly isLawful: (body: unknown, now: number) => boolean;
}

export function bodySubject(spec: Spec, operation: Operation): BodySubject | undefined {
  const judge = operation.body?.media.get('application/json');
  if (!judge) return undefined;
  return { spec, operation, isLawful: (body, now) => judge(structuredClone(body), now).violations.length === 0 };
}

export function bodyCases(subject: BodySubject, seed: number): readonly Case[] {
  const nodes = nodesOf(bodySchema(subject.operation));
  return [...baseCases(subject), ...nodes.flatMap((node) => nodeCases(subject, node)), ...mixedCases(subject, seed)];
}

const asItIs: RequestVariation = { label: 'as the document has it', alter: (base) => base };
const inBody = ({ label, alter }: Variation): RequestVariation => ({
  label,
  alter: (base, world) => ({ ...base, json: alter(base.json, world) }),
});

/** The smallest body and the one with everything: what all else is judged by. */
function baseCases({ spec, operation, isLawful }: BodySubject): readonly Case[] {
  const { operationId } = operation;
  const requirement = requirementOf({ operationId, place: '', keyword: 'base', side: 'valid' });
  const breach = (exchange: Parameters<typeof echoMismatch>[0], now: number) => echoMismatch(exchange, now, spec);
  const common = {
    requirement,
    operation,
    document: spec.locationOf(bodySchema(operation)),
    isLawful,
    breach,
    variations: [asItIs],
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
    const put = ({ label, make }: Sample): Variation => ({ label, alter: (body, world) => withValue(body, node.pointer, make(world)) });
    const { pointer } = node;
    return { pointer, keyword, written: keyword, including: pointer, valid: valid.map(put), violating: violating.map(put) };
  });
  // Another type in place of the whole body is a case of its own: it is no change of a member.
  const all = [...(node.pointer === '' ? [] : ofValue), ...memberVariations(node), ...defaultAhead(node)];
  return all.flatMap((one) => variationCases(subject, node, one));
}

/** The time that is taken when none is sent is judged with every answer; this sends none on purpose. */
function defaultAhead({ pointer, schema }: SchemaNode): readonly KeywordVariations[] {
  if (schema['x-default-ahead'] === undefined) return [];
  const valid = [{ label: 'not sent', alter: (body: unknown) => body }];
  return [{ pointer, keyword: 'x-default-ahead', written: 'x-default-ahead', including: '', valid, violating: [] }];
}

/** What is about the type or form of a value may be told with 401 (F18, D7). */
const typeLike = new Set(['type', 'format', 'x-numeric-string', 'items']);

function variationCases({ spec, operation, isLawful }: BodySubject, node: SchemaNode, variations: KeywordVariations): readonly Case[] {
  const { pointer, keyword, written, including, valid, violating } = variations;
  const { operationId } = operation;
  const place = spec.locationOf(node.schema);
  const shape = including === undefined ? { isFull: true } : { including };
  const where = pointer === '' ? 'the body' : pointer;
  const common = { operation, about: `${where} (${keyword})`, document: place && (keyword in node.schema ? `${place}/${written}` : place) };
  const id = `${operationId}/body${pointer}/${keyword}`;
  const requirement = (side: 'valid' | 'violating') => requirementOf({ operationId, place: pointer, keyword, side });
  const accepted = acceptCase({
    ...common,
    id: `${id}/accepted`,
    requirement: requirement('valid'),
    title: `accepts ${where} that keeps ${keyword}`,
    shape,
    variations: valid.map(inBody),
    isLawful,
    breach: (exchange, now, place) =>
      echoMismatch(exchange, now, spec) ?? (keyword === 'text' ? contentMismatch(exchange, place, spec.match) : undefined),
  });
  const first = violating.slice(0, 1).map(inBody);
  const refused = refuseCase({
    ...common,
    id: `${id}/refused`,
    requirement: requirement('violating'),
    title: `refuses ${where} that breaks ${keyword}`,
    // A good rest does not excuse it: once also in a body with everything.
    rounds: [{ shape, variations: violating.map(inBody) }, ...(shape.isFull ? [] : [{ shape: { isFull: true }, variations: first }])],
    statuses: typeLike.has(keyword) ? [400, 401] : [400],
    isUnlawful: (body, now) => !isLawful(body, now),
  });
  return [...(valid.length > 0 ? [accepted] : []), ...(violating.length > 0 ? [refused] : [])];
}

const mixes = 3;
const bodiesOfMix = 6;

/** Members of all kinds together, other ones for each seed. */
function mixedCases({ spec, operation, isLawful }: BodySubject, seed: number): readonly Case[] {
  const schema = jsonObjectOf(bodySchema(operation));
  const { operationId } = operation;
  return Array.from({ length: mixes }, (_, mix) => {
    const variations = Array.from({ length: bodiesOfMix }, (_, index): RequestVariation => {
      const number = seed * 1000 + mix * bodiesOfMix + index;
      const alter = (base: HttpRequest, world: Parameters<Sample['make']>[0]) => ({ ...base, json: randomBody(schema, world, number) });
      return { label: `number ${number} of the bodies made at random`, alter };
    });
    return acceptCase({
      id: `${operationId}/body/mixed-${mix + 1}`,
      requirement: requirementOf({ operationId, place: '', keyword: 'mixed', side: 'valid' }),
      title: 'accepts bodies whose members are drawn from all valid values',
      operation,
      about: 'the body',
      document: spec.locationOf(schema),
      variations,
      isLawful,
      breach: (exchange, now, place) => echoMismatch(exchange, now, spec) ?? contentMismatch(exchange, place, spec.match),
    });
  });
}

/** A fault of a body is pointed at (SHOULD). */
export function detailsCase({ spec, operation }: BodySubject): readonly Case[] {
  const schema = jsonObjectOf(bodySchema(operation));
  const names = listOf(schema['required']).map(String);
  const name = names[0];
  if (name === undefined) return [];
  const breach: RefusedVariation['breach'] = ({ answer: { json } }) => {
    const targets = listOf(jsonObjectOf(jsonObjectOf(json)['error'])['details']).map((detail) => jsonObjectOf(detail)['target']);
    if (targets.includes(`/${name}`)) return undefined;
    return { requirement: 'error-details', expected: `error.details to point at /${name}`, got: JSON.stringify(targets) };
  };
  return [
    refuseCase({
      id: `${operation.operationId}/body/details`,
      requirement: 'error-details',
      title: `points at the member that is missing`,
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
      breach,
    }),
  ];
}
