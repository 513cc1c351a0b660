// Variations of the members of an object: required members, alternatives, dependent schemas, unknown members.
import { pointerTo, valueAt, without, withValue } from '../../checks/json-pointer.ts';
import type { RequestRules } from '../../documents/request-rules.ts';
import { isJsonObject, type JsonObject, jsonObjectOf, jsonObjectsIn, listOf } from '../../values/json.ts';
import type { SampleContext } from './sample.ts';
import { alternativesOf, propertiesOf, requiredOf, type SchemaNode } from './schema-node.ts';

/** A change of a body that is valid for a keyword, or violates it. */
export interface Variation {
  readonly label: string;
  readonly alter: (body: unknown, sampleContext: SampleContext) => unknown;
}

export interface KeywordVariations {
  /** JSON pointer of the member. */
  readonly pointer: string;
  readonly keyword: string;
  /** Path of the keyword within the node's schema. */
  readonly written: string;
  /** JSON pointer of a member that the changed bodies have; if undefined, they have all members. */
  readonly including: string | undefined;
  readonly valid: readonly Variation[];
  readonly violating: readonly Variation[];
}

export function memberVariations({ pointer, schema, rules }: SchemaNode): readonly KeywordVariations[] {
  return [
    ...requiredMembers(schema, pointer),
    ...alternatives(schema, pointer),
    ...dependentMembers(schema, pointer, rules),
    ...(rules.dropsNulls ? nullMembers(schema, pointer) : []),
    ...(rules.ignoresCase ? memberNames(schema, pointer) : []),
    ...(schema['additionalProperties'] === false || schema['properties'] === undefined ? [] : [unknownMembers(pointer)]),
  ];
}

function requiredMembers(schema: JsonObject, pointer: string): readonly KeywordVariations[] {
  return requiredOf(schema).map((name) => {
    const member = pointerTo(pointer, name);
    const violating = [{ label: `no ${name}`, alter: (body: unknown) => without(body, member) }];
    return { pointer: member, keyword: 'required', written: 'required', including: pointer, valid: [], violating };
  });
}

/** Each alternative alone, and none of them. */
function alternatives(schema: JsonObject, pointer: string): readonly KeywordVariations[] {
  const asked = alternativesOf(schema).filter((names) => names.length > 0);
  if (asked.length === 0) return [];
  const keyword = schema['anyOf'] === undefined ? 'oneOf' : 'anyOf';
  const all = [...new Set(asked.flat())];
  const only = (names: readonly string[]) => (body: unknown, from: unknown) =>
    all.reduce((current, name) => {
      const member = pointerTo(pointer, name);
      return names.includes(name) ? withValue(current, member, valueAt(from, member)) : without(current, member);
    }, body);
  const keeping = (names: readonly string[]): Variation => ({
    label: names.length === 0 ? `none of ${all.join(', ')}` : `${names.join(' and ')} alone`,
    alter: (body) => only(names)(body, body),
  });
  return [{ pointer, keyword, written: keyword, including: undefined, valid: asked.map(keeping), violating: [keeping([])] }];
}

/** Lists that must contain a value if another member is present: with and without it. */
function dependentMembers(schema: JsonObject, pointer: string, { ignoresCase }: RequestRules): readonly KeywordVariations[] {
  return jsonObjectsIn(schema['dependentSchemas']).flatMap(([name, dependent]) =>
    containing(dependent, '').map(({ at, value }) => {
      const list = `${pointer}${at}`;
      const items = jsonObjectOf(schemaAt(schema, at)['items']);
      const others = listOf(items['enum']).filter((one) => one !== value);
      const put = (label: string, items: readonly unknown[]): Variation => ({ label, alter: (body) => withValue(body, list, items) });
      return {
        pointer: list,
        keyword: 'dependentSchemas',
        written: `dependentSchemas/${name}`,
        including: undefined,
        valid: [
          put(`${value} alone`, [value]),
          put(`${value} last`, [...others, value]),
          ...(ignoresCase || items['x-case-insensitive'] === true ? [put(`${value} in lower case`, [String(value).toLowerCase()])] : []),
          {
            label: `${name} and nothing else`,
            alter: (body: unknown) => without(body, list.slice(0, list.indexOf('/', pointer.length + 1))),
          },
        ],
        violating: [...others.map((one) => put(`${one} alone`, [one])), put(`all but ${value}`, others)],
      };
    }),
  );
}

/** A null of each member that need not be sent, and of all of them that can be left out together. */
function nullMembers(schema: JsonObject, pointer: string): readonly KeywordVariations[] {
  const required = requiredOf(schema);
  const optional = propertiesOf(schema).flatMap(([name, member]) => (required.includes(name) || member['not'] !== undefined ? [] : [name]));
  if (optional.length === 0) return [];
  const put = (names: readonly string[], body: unknown) =>
    names.reduce((current, name) => withValue(current, pointerTo(pointer, name), null), body);
  const valid = optional.map((name): Variation => ({ label: `null as ${name}`, alter: (body) => put([name], body) }));
  if (alternativesOf(schema).length === 0) valid.push({ label: 'null wherever it is allowed', alter: (body) => put(optional, body) });
  return [{ pointer, keyword: 'nulls', written: 'properties', including: undefined, valid, violating: [] }];
}

const spellings: readonly (readonly [string, (name: string) => string])[] = [
  ['in lower case', (name) => name.toLowerCase()],
  ['in upper case', (name) => name.toUpperCase()],
  ['with a capital at the start', (name) => name.slice(0, 1).toUpperCase() + name.slice(1)],
];

/** Every member in another letter case; one member in two of them. */
function memberNames(schema: JsonObject, pointer: string): readonly KeywordVariations[] {
  const names = propertiesOf(schema).flatMap(([name, member]) => (member['not'] === undefined ? [name] : []));
  if (names.length === 0) return [];
  const renamed = (spell: (name: string) => string) => (body: unknown) => {
    const members = jsonObjectOf(valueAt(body, pointer));
    const entries = Object.entries(members).map(([name, value]) => [names.includes(name) ? spell(name) : name, value]);
    return withValue(body, pointer, Object.fromEntries(entries));
  };
  const twice = (name: string): Variation => ({
    label: `${name} and ${name.toUpperCase()}`,
    alter: (body) => withValue(body, pointerTo(pointer, name.toUpperCase()), valueAt(body, pointerTo(pointer, name))),
  });
  const valid = spellings.map(([label, spell]): Variation => ({ label: `members ${label}`, alter: renamed(spell) }));
  return [{ pointer, keyword: 'case', written: 'properties', including: undefined, valid, violating: names.slice(0, 1).map(twice) }];
}

/** The lists that must contain a fixed value. */
function containing(schema: JsonObject, at: string): readonly { at: string; value: unknown }[] {
  const { contains } = schema;
  const own = isJsonObject(contains) && contains['const'] !== undefined ? [{ at, value: contains['const'] }] : [];
  return [...own, ...propertiesOf(schema).flatMap(([name, member]) => containing(member, pointerTo(at, name)))];
}

function schemaAt(schema: JsonObject, pointer: string): JsonObject {
  return pointer
    .split('/')
    .slice(1)
    .reduce((current, name) => jsonObjectOf(jsonObjectOf(current['properties'])[name]), schema);
}

/** Names of every kind, except those with an @, which OData reserves (D6 does not cover them). */
const unknownMemberNames: readonly (readonly [string, unknown])[] = [
  ['colour', 'red'],
  ['sound', null],
  ['weight', 1.5],
  ['count', 0],
  ['isLoud', true],
  ['isQuiet', false],
  ['text', ''],
  ['list', [1, 'two', { three: 3 }]],
  ['emptyList', []],
  ['nested', { a: { b: { c: [] } } }],
  ['emptyObject', {}],
  ['ünïcode 名前', 'x'],
  ['with.dots.in', { it: 1 }],
  ['with-dash_and/slash~tilde', [null]],
  ['$dollar', 'x'],
  ['Colour2', 'red'],
  ['42', 42],
  [`long${'Name'.repeat(75)}`, 'x'],
  ['longText', 'x'.repeat(5000)],
  ['__proto__', { priority: 'Urgent', isAdmin: true }],
  ['constructor', { prototype: { isAdmin: true } }],
  ['toString', 'x'],
  ['hasOwnProperty', null],
];

function unknownMembers(pointer: string): KeywordVariations {
  const valid: Variation[] = unknownMemberNames.map(([name, value]) => ({
    label: `a member '${name.slice(0, 30)}'`,
    alter: (body) => withValue(body, pointerTo(pointer, name), value),
  }));
  if (pointer === '') {
    const many = (body: unknown) => Object.assign(Object.create(null), body, ...range(300).map((index) => ({ [`extra${index}`]: index })));
    valid.push({ label: 'three hundred members', alter: (body) => structuredClone(many(body)) });
    valid.push({
      label: 'a member that is nested a hundred levels deep',
      alter: (body) => withValue(body, '/deep', JSON.parse('['.repeat(100) + ']'.repeat(100))),
    });
  }
  return { pointer, keyword: 'unknown', written: 'properties', including: pointer, valid, violating: [] };
}

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);
