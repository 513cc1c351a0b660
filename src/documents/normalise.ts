// Brings parsed JSON into the spelling of its schema before validation: x-case-insensitive (F14) and x-numeric-string (F7).
import { isJsonObject, jsonObjectOf, jsonObjectsIn, listOf, textOf } from '../values/json.ts';

/** Returns the value; objects and arrays are changed in place. */
export type Normalise = (value: unknown) => unknown;

/** Walks the schema once. Returns undefined if there is nothing to normalise. */
export function compileNormalise(schema: unknown): Normalise | undefined {
  if (!isJsonObject(schema)) return undefined;
  const steps = [numeric(schema), caseInsensitive(schema), members(schema), items(schema), ...applied(schema).map(compileNormalise)];
  const used = steps.filter((step) => step !== undefined);
  if (used.length <= 1) return used[0];
  return (value) => used.reduce((current, step) => step(current), value);
}

/** Subschemas that apply to the same value. */
function applied(schema: Record<string, unknown>): readonly unknown[] {
  const lists = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => listOf(schema[keyword]));
  return [
    ...lists,
    ...['if', 'then', 'else'].map((keyword) => schema[keyword]),
    ...jsonObjectsIn(schema['dependentSchemas']).map(([, one]) => one),
  ];
}

function numeric(schema: Record<string, unknown>): Normalise | undefined {
  if (schema['x-numeric-string'] !== true) return undefined;
  // Digits only; text that exceeds the range of a number stays text and is refused by the schema.
  return (value) => (typeof value === 'string' && /^\d+$/.test(value) && Number.isFinite(Number(value)) ? Number(value) : value);
}

function caseInsensitive(schema: Record<string, unknown>): Normalise | undefined {
  if (schema['x-case-insensitive'] !== true) return undefined;
  const known = [...listOf(schema['enum']), schema['const']].map(textOf).filter((one) => one !== undefined);
  const spelling = new Map(known.map((one) => [one.toLowerCase(), one]));
  return (value) => (typeof value === 'string' ? (spelling.get(value.toLowerCase()) ?? value) : value);
}

function members(schema: Record<string, unknown>): Normalise | undefined {
  const steps = Object.entries(jsonObjectOf(schema['properties'])).flatMap(([name, member]) => {
    const step = compileNormalise(member);
    return step && name !== '__proto__' ? [[name, step] as const] : [];
  });
  const rest = compileNormalise(schema['additionalProperties']);
  if (steps.length === 0 && !rest) return undefined;
  const named = new Set(Object.keys(jsonObjectOf(schema['properties'])));
  return (value) => {
    if (!isJsonObject(value)) return value;
    const target: Record<string, unknown> = value;
    for (const [name, step] of steps) if (Object.hasOwn(target, name)) target[name] = step(target[name]);
    if (rest) for (const name of Object.keys(target)) if (!named.has(name) && name !== '__proto__') target[name] = rest(target[name]);
    return value;
  };
}

function items(schema: Record<string, unknown>): Normalise | undefined {
  const first = listOf(schema['prefixItems']).map(compileNormalise);
  const rest = compileNormalise(schema['items']);
  if (!rest && first.every((step) => step === undefined)) return undefined;
  return (value) => {
    if (!Array.isArray(value)) return value;
    const list: unknown[] = value;
    for (const [index, item] of list.entries()) {
      const step = index < first.length ? first[index] : rest;
      if (step) list[index] = step(item);
    }
    return value;
  };
}
