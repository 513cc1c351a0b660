// Describes the violation of a schema keyword in plain words.
import type { ErrorObject } from 'ajv';
import { jsonObjectOf, listOf } from '../values/json.ts';
import { durationText } from './iso-duration.ts';
import { nearest, nearMiss } from './near-miss.ts';

const nouns: Readonly<Record<string, string>> = {
  string: 'a string',
  integer: 'an integer',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
  array: 'an array',
  null: 'null',
};

const formats: Readonly<Record<string, string>> = {
  'date-time': 'an ISO 8601 instant with an offset',
  uuid: 'a GUID',
  uri: 'an absolute URI',
};

type Describe = (error: ErrorObject) => string;

const descriptions: Readonly<Record<string, Describe>> = {
  required: (error) => `is required${hintOnMissing(error, [String(error.params['missingProperty'])])}`,
  dependentRequired: ({ params }) => `is required with ${params['property']}`,
  type: ({ schema }) => typeText(Array.isArray(schema) ? schema : [schema]),
  enum: ({ schema, data }) => `must be one of ${listOf(schema).map(plain).join(', ')}${hintOnValue(data, listOf(schema))}`,
  const: ({ schema }) => `must be ${plain(schema)}`,
  not: ({ schema }) => (Object.keys(jsonObjectOf(schema)).length === 0 ? 'must not be sent' : 'is not allowed'),
  'false schema': () => 'must not be sent',
  additionalProperties: () => 'is not known here',
  unevaluatedProperties: () => 'is not known here',
  minLength: ({ schema }) => (schema === 1 ? 'must not be empty' : `must have at least ${schema} characters`),
  maxLength: ({ schema }) => `must have at most ${schema} characters`,
  minItems: ({ schema }) => (schema === 1 ? 'must have at least one item' : `must have at least ${schema} items`),
  maxItems: ({ schema }) => `must have at most ${schema} items`,
  uniqueItems: () => 'must not name anything twice',
  contains: ({ schema }) =>
    jsonObjectOf(schema)['const'] === undefined ? 'lacks an item' : `must include ${plain(jsonObjectOf(schema)['const'])}`,
  minimum: ({ schema }) => `must be at least ${schema}`,
  maximum: ({ schema }) => `must be at most ${schema}`,
  exclusiveMinimum: ({ schema }) => `must be more than ${schema}`,
  exclusiveMaximum: ({ schema }) => `must be less than ${schema}`,
  pattern: ({ schema, parentSchema }) => `must match ${schema}${described(parentSchema)}`,
  format: ({ schema }) => `must be ${formats[String(schema)] ?? `a valid ${schema}`}`,
  'x-future': ({ data }) => unreadable(data) ?? 'must be an instant in the future',
  'x-max-ahead': ({ schema, data }) => unreadable(data) ?? `must be at most ${durationText(String(schema))} ahead`,
};

/** What was sent in place of the missing members: a similar name, or an object that wraps them. */
export function hintOnMissing({ data, parentSchema, instancePath }: ErrorObject, missing: readonly string[]): string {
  const sent = jsonObjectOf(data);
  const documented = jsonObjectOf(jsonObjectOf(parentSchema)['properties']);
  const unknown = Object.keys(sent).filter((name) => !Object.hasOwn(documented, name));
  const near = nearMiss(unknown, missing);
  if (near) return `; ${near.sent} was sent: did you mean ${near.meant}?`;
  const wrapper = instancePath === '' ? unknown.find((name) => holdsOneOf(sent[name], missing)) : undefined;
  return wrapper === undefined ? '' : `; it was sent inside ${wrapper}: send what is in ${wrapper} as the body itself`;
}

function holdsOneOf(value: unknown, names: readonly string[]): boolean {
  const wanted = names.map((name) => name.toLowerCase());
  return Object.keys(jsonObjectOf(value)).some((name) => wanted.includes(name.toLowerCase()));
}

function hintOnValue(value: unknown, allowed: readonly unknown[]): string {
  const texts = allowed.filter((one) => typeof one === 'string');
  const meant = typeof value === 'string' && texts.length > 1 ? nearest(value, texts) : undefined;
  return meant === undefined ? '' : `; did you mean ${meant}?`;
}

/** What the document says of a value, which says more than a pattern. */
function described(schema: unknown): string {
  const { description } = jsonObjectOf(schema);
  // A word in capitals, as an abbreviation, stays as it is.
  return typeof description === 'string' ? `: ${description.replace(/^[A-Z](?=[a-z ])/, (letter) => letter.toLowerCase())}` : '';
}

/** The date-time format accepts texts that Date.parse does not: leap seconds, offsets without minutes. */
function unreadable(instant: unknown): string | undefined {
  return Number.isNaN(Date.parse(String(instant)))
    ? 'must be an instant that can be read, with seconds below 60 and an offset such as Z or +05:00'
    : undefined;
}

export function typeText(types: readonly unknown[]): string {
  return `must be ${types.map((type) => nouns[String(type)] ?? String(type)).join(' or ')}`;
}

export function messageOf(error: ErrorObject): string {
  return descriptions[error.keyword]?.(error) ?? error.message ?? 'is not valid';
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
