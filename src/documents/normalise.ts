// Brings parsed JSON into the spelling of its schema before validation: letter case (F14, F50), nulls (F49), numbers as text (F7), and F51.
import { isJsonObject, jsonObjectOf, jsonObjectsIn, listOf, textOf } from '../values/json.ts';
import { type Pass, renaming } from './member-names.ts';
import type { RequestRules } from './request-rules.ts';

/** Returns the value; objects and arrays are changed in place. */
export type Normalise = (value: unknown, pass: Pass) => unknown;

/** Walks the schema once. Returns undefined if there is nothing to normalise. */
export function compileNormalise(schema: unknown, rules: RequestRules): Normalise | undefined {
  if (!isJsonObject(schema)) return undefined;
  const steps = [
    numeric(schema),
    wholeMinutes(schema),
    loneItem(schema),
    caseInsensitive(schema, rules),
    members(schema, rules),
    items(schema, rules),
    ...applied(schema).map((one) => compileNormalise(one, rules)),
  ];
  const used = steps.filter((step) => step !== undefined);
  if (used.length <= 1) return used[0];
  return (value, pass) => used.reduce((current, step) => step(current, pass), value);
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

const instantWithoutSeconds = /^(\d{4}-\d\d-\d\d[Tt]\d\d:\d\d)([Zz]|[+-]\d\d:\d\d)$/;

function wholeMinutes(schema: Record<string, unknown>): Normalise | undefined {
  if (schema['x-seconds-optional'] !== true) return undefined;
  return (value) => (typeof value === 'string' ? value.replace(instantWithoutSeconds, '$1:00$2') : value);
}

function loneItem(schema: Record<string, unknown>): Normalise | undefined {
  if (schema['x-lone-item'] !== true) return undefined;
  return (value) => (typeof value === 'string' ? [value] : value);
}

function caseInsensitive(schema: Record<string, unknown>, { ignoresCase }: RequestRules): Normalise | undefined {
  if (!ignoresCase && schema['x-case-insensitive'] !== true) return undefined;
  const known = [...listOf(schema['enum']), schema['const']].map(textOf).filter((one) => one !== undefined);
  if (known.length === 0) return undefined;
  const documented = new Set(known);
  const spelling = new Map(known.map((one) => [one.toLowerCase(), one]));
  return (value) => (typeof value !== 'string' || documented.has(value) ? value : (spelling.get(value.toLowerCase()) ?? value));
}

function members(schema: Record<string, unknown>, rules: RequestRules): Normalise | undefined {
  const names = Object.keys(jsonObjectOf(schema['properties'])).filter((name) => name !== '__proto__');
  const steps = names.flatMap((name) => {
    const step = compileNormalise(jsonObjectOf(schema['properties'])[name], rules);
    return step ? [[name, step] as const] : [];
  });
  const rename = rules.ignoresCase && names.length > 0 ? renaming(names) : undefined;
  const dropped = rules.dropsNulls ? names : [];
  const rest = compileNormalise(schema['additionalProperties'], rules);
  if (steps.length === 0 && !rest && !rename && dropped.length === 0) return undefined;
  const named = new Set(names);
  return (value, pass) => {
    if (!isJsonObject(value)) return value;
    const target: Record<string, unknown> = value;
    rename?.(target, pass);
    for (const name of dropped) if (target[name] === null && Object.hasOwn(target, name)) delete target[name];
    for (const [name, step] of steps) if (Object.hasOwn(target, name)) target[name] = at(pass, name, step, target[name]);
    if (rest) {
      for (const name of Object.keys(target)) {
        if (!named.has(name) && name !== '__proto__') target[name] = at(pass, name, rest, target[name]);
      }
    }
    return value;
  };
}

function items(schema: Record<string, unknown>, rules: RequestRules): Normalise | undefined {
  const first = listOf(schema['prefixItems']).map((one) => compileNormalise(one, rules));
  const rest = compileNormalise(schema['items'], rules);
  if (!rest && first.every((step) => step === undefined)) return undefined;
  return (value, pass) => {
    if (!Array.isArray(value)) return value;
    const list: unknown[] = value;
    for (const [index, item] of list.entries()) {
      const step = index < first.length ? first[index] : rest;
      if (step) list[index] = at(pass, index, step, item);
    }
    return value;
  };
}

function at(pass: Pass, place: string | number, step: Normalise, value: unknown): unknown {
  pass.path.push(place);
  const normalised = step(value, pass);
  pass.path.pop();
  return normalised;
}
