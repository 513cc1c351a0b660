// Makes bodies that keep a schema: the smallest one that has a certain member, and one with everything.
import { segmentsOf } from '../../checks/json-pointer.ts';
import { durationMs } from '../../documents/iso-duration.ts';
import { type JsonObject, listOf, textOf } from '../../documents/json.ts';
import type { SampleContext } from './sample.ts';
import { alternativesOf, isApplicationName, propertiesOf, requiredOf, typesOf } from './schema-node.ts';

export interface BodyShape {
  /** Every member there is. */
  readonly isFull?: boolean;
  /** This place is in the body, also where it is optional. */
  readonly including?: string;
}

export function makeBody(schema: JsonObject, world: SampleContext, { isFull = false, including = '' }: BodyShape = {}): unknown {
  return makeValue({ schema, name: '', world, isFull, including: segmentsOf(including) });
}

export interface ValueParts {
  readonly schema: JsonObject;
  readonly name: string;
  readonly world: SampleContext;
  readonly isFull: boolean;
  readonly including: readonly string[];
}

/** A value for the member of that name. */
export function makeValue(parts: ValueParts): unknown {
  const { schema, name, world, isFull } = parts;
  if (isApplicationName(name)) return world.application;
  const type = typesOf(schema)[0] ?? (schema['properties'] === undefined ? 'string' : 'object');
  if (type === 'object') return objectOf(parts);
  const example = exampleOf(schema);
  if (type === 'array') return isFull && Array.isArray(example) ? example : listWith(parts);
  if (schema['const'] !== undefined) return schema['const'];
  const [first] = listOf(schema['enum']);
  if (first !== undefined) return first;
  if (schema['format'] === 'date-time') return new Date(world.now + aheadMs(schema)).toISOString();
  // Ids are the case's own: what one case names must not be what another has named.
  if (type === 'string' && /Id$/.test(name)) return world.name(name);
  if (example !== undefined) return example;
  if (type === 'string') return 'x'.repeat(Math.max(1, numberOf(schema['minLength']) ?? 1));
  return type === 'boolean' ? true : (numberOf(schema['minimum']) ?? 0);
}

/** Well within what is allowed. */
function aheadMs(schema: JsonObject): number {
  return (durationMs(textOf(schema['x-max-ahead']) ?? '') ?? 7_200_000) / 2;
}

function objectOf({ schema, world, isFull, including: [next, ...rest] }: ValueParts): unknown {
  const names = new Set(requiredOf(schema));
  if (next !== undefined) names.add(next);
  const alternatives = alternativesOf(schema);
  if (alternatives.length > 0 && !alternatives.some((asked) => asked.every((name) => names.has(name)))) {
    for (const name of alternatives[0] ?? []) names.add(name);
  }
  const members = propertiesOf(schema).filter(([name, member]) => names.has(name) || (isFull && member['not'] === undefined));
  return Object.fromEntries(
    members.map(([name, member]) => [name, makeValue({ schema: member, name, world, isFull, including: name === next ? rest : [] })]),
  );
}

function listWith({ schema, name, world, isFull, including: [next, ...rest] }: ValueParts): unknown {
  const count = Math.max(numberOf(schema['minItems']) ?? 0, next === undefined ? 0 : 1);
  const items = schema['items'];
  if (typeof items !== 'object' || items === null) return Array.from({ length: count }, () => 'x');
  return Array.from({ length: count }, () => makeValue({ schema: items as JsonObject, name, world, isFull, including: rest }));
}

export function exampleOf(schema: JsonObject): unknown {
  return listOf(schema['examples'])[0] ?? schema['example'];
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
