// Makes bodies that are valid for a schema: the smallest one with a certain member, and one with all members.
import { segmentsOf } from '../../checks/json-pointer.ts';
import { durationMs } from '../../documents/iso-duration.ts';
import { type JsonObject, listOf, textOf } from '../../values/json.ts';
import type { SampleContext } from './sample.ts';
import { alternativesOf, isApplicationName, propertiesOf, requiredOf, typesOf } from './schema-node.ts';

export interface BodyShape {
  /** Has every member. */
  readonly isFull?: boolean;
  /** JSON pointer of a member that the body has even if it is optional. */
  readonly including?: string;
}

export function makeBody(schema: JsonObject, sampleContext: SampleContext, { isFull = false, including = '' }: BodyShape = {}): unknown {
  return makeValue({ schema, name: '', sampleContext, isFull, including: segmentsOf(including) });
}

export interface ValueParts {
  readonly schema: JsonObject;
  readonly name: string;
  readonly sampleContext: SampleContext;
  readonly isFull: boolean;
  readonly including: readonly string[];
}

/** A value for the member with this name. */
export function makeValue(parts: ValueParts): unknown {
  const { schema, name, sampleContext, isFull } = parts;
  if (isApplicationName(name)) return sampleContext.application;
  const type = typesOf(schema)[0] ?? (schema['properties'] === undefined ? 'string' : 'object');
  if (type === 'object') return objectOf(parts);
  const example = exampleOf(schema);
  if (type === 'array') return isFull && Array.isArray(example) ? example : listWith(parts);
  if (schema['const'] !== undefined) return schema['const'];
  const [first] = listOf(schema['enum']);
  if (first !== undefined) return first;
  if (schema['format'] === 'date-time') return new Date(sampleContext.now + aheadMs(schema)).toISOString();
  // Ids are unique for each case, so that cases do not affect each other.
  if (type === 'string' && /Id$/.test(name)) return sampleContext.name(name);
  if (example !== undefined) return example;
  if (type === 'string') return 'x'.repeat(Math.max(1, numberOf(schema['minLength']) ?? 1));
  return type === 'boolean' ? true : (numberOf(schema['minimum']) ?? 0);
}

/** Half of the maximum. */
function aheadMs(schema: JsonObject): number {
  return (durationMs(textOf(schema['x-max-ahead']) ?? '') ?? 7_200_000) / 2;
}

function objectOf({ schema, sampleContext, isFull, including: [next, ...rest] }: ValueParts): unknown {
  const names = new Set(requiredOf(schema));
  if (next !== undefined) names.add(next);
  const alternatives = alternativesOf(schema);
  if (alternatives.length > 0 && !alternatives.some((asked) => asked.every((name) => names.has(name)))) {
    for (const name of alternatives[0] ?? []) names.add(name);
  }
  const members = propertiesOf(schema).filter(([name, member]) => names.has(name) || (isFull && member['not'] === undefined));
  return Object.fromEntries(
    members.map(([name, member]) => [
      name,
      makeValue({ schema: member, name, sampleContext, isFull, including: name === next ? rest : [] }),
    ]),
  );
}

function listWith({ schema, name, sampleContext, isFull, including: [next, ...rest] }: ValueParts): unknown {
  const count = Math.max(numberOf(schema['minItems']) ?? 0, next === undefined ? 0 : 1);
  const items = schema['items'];
  if (typeof items !== 'object' || items === null) return Array.from({ length: count }, () => 'x');
  return Array.from({ length: count }, () => makeValue({ schema: items as JsonObject, name, sampleContext, isFull, including: rest }));
}

export function exampleOf(schema: JsonObject): unknown {
  return listOf(schema['examples'])[0] ?? schema['example'];
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
